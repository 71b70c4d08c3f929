"""Lists in pages that cost the same at any depth: a page begins next to a row of the list.

Counting rows from the start of the list would cost more the deeper the page is.
"""

import base64
import re
from dataclasses import dataclass
from urllib.parse import urlencode

import orjson
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import F, Q
from rest_framework.pagination import BasePagination

from commitments.ledger.freshness import write_canonical_query
from commitments.models.roots import SLUG

DEFAULT_SIZE, LARGEST_SIZE, LONGEST_CURSOR = 25, 100, 2000
DIGITS = re.compile(r"[0-9]{1,3}")
DIRECTIONS = FORWARDS, BACKWARDS = "next", "previous"
WRONG_CURSOR = "Not a cursor of this list in this order. Follow “next”, or begin without one."
SIZE_SCHEMA = {
    "type": "integer",
    "minimum": 1,
    "maximum": LARGEST_SIZE,
    "default": DEFAULT_SIZE,
}
# An empty value counts as none.
SCHEMA_PARAMETERS = (
    {
        "name": "page_size",
        "in": "query",
        "description": "Records on a page.",
        "schema": SIZE_SCHEMA,
        "allowEmptyValue": True,
    },
    {
        "name": "cursor",
        "in": "query",
        "description": "Where the page begins: follow “next” and “previous”.",
        "schema": {"type": "string"},
        "allowEmptyValue": True,
    },
)
LINK_SCHEMA = {"type": ["string", "null"], "format": "uri"}
NEXT_SCHEMA = {**LINK_SCHEMA, "description": "Address of the next page; null on the last."}
PREVIOUS_SCHEMA = {**LINK_SCHEMA, "description": "Address of the page before; null on the first."}


class BadCursor(Exception):
    """A cursor that this API never gave out, or one of a list in another order."""


@dataclass(frozen=True)
class Column:
    """A column that a list is ordered by. Rows without a value come last in both directions."""

    model: type
    path: str
    descends: bool = False

    @property
    def field(self):
        *relations, name = self.path.split("__")
        model = self.model
        for relation in relations:
            field = model._meta.get_field(relation)
            model = field.related_model
        return model._meta.get_field(name)

    def read_value(self, row):
        value = row
        for name in self.path.split("__"):
            value = getattr(value, name)
        return value

    def make_ordering(self, *, backwards):
        """Return the ORDER BY expression of this column."""
        nulls = {}
        if self.field.null:
            nulls["nulls_first" if backwards else "nulls_last"] = True
        column = F(self.path)
        if self._goes_down(backwards):
            return column.desc(**nulls)
        return column.asc(**nulls)

    def make_condition(self, value, on_ties, *, backwards):
        """Return the condition for the rows that come after a row with `value`.

        Rows with the same value are kept if they satisfy `on_ties`, the condition of the columns
        after this one; None if there are none.
        """
        if value is None:
            return self._make_condition_on_null(on_ties, backwards)
        comparison = "lt" if self._goes_down(backwards) else "gt"
        further = self._compare(comparison, value)
        if on_ties is None:
            return further
        if self.field.null:
            same = self._compare("exact", value)
            after = further | (same & on_ties)
            if backwards:
                return after
            valueless = self._compare("isnull", True)
            return after | valueless
        # This follows from what stands after the “&”, and lets the database start in the index
        # instead of testing every row.
        not_before = self._compare(f"{comparison}e", value)
        return not_before & (further | on_ties)

    def _make_condition_on_null(self, on_ties, backwards):
        """Return the condition for the rows that come after one without a value."""
        valueless = self._compare("isnull", True)
        ties = valueless & on_ties
        if not backwards:
            return ties
        with_value = self._compare("isnull", False)
        return ties | with_value

    def _goes_down(self, backwards):
        return self.descends != backwards

    def _compare(self, lookup, value):
        condition = f"{self.path}__{lookup}"
        return Q(**{condition: value})

    def parse_value(self, text):
        """Return the value that a cursor holds as `text`; raise BadCursor if it cannot be one."""
        if text is None and self.field.null:
            return None
        if not isinstance(text, str):
            raise BadCursor
        if "\0" in text:
            raise BadCursor
        is_slug = self.field.name == "slug"
        if is_slug and not SLUG.regex.fullmatch(text):
            raise BadCursor
        return self.field.to_python(text)


class Order:
    """The order of a list: by one column, then by the columns that separate equal rows."""

    def __init__(self, model, filterset, name):
        self.name = name
        first = Column(model, filterset.column(name), name.startswith("-"))
        self.columns = [first]
        for path in filterset.tie:
            if path != first.path:
                self.columns.append(Column(model, path))

    def sort(self, queryset, *, backwards):
        orderings = []
        for column in self.columns:
            orderings.append(column.make_ordering(backwards=backwards))
        return queryset.order_by(*orderings)

    def make_condition(self, place):
        """Return the condition for the rows on the page that begins at `place`."""
        backwards = place.backwards
        pairs = list(zip(self.columns, place.values, strict=True))
        condition = None
        for column, value in reversed(pairs):
            condition = column.make_condition(value, condition, backwards=backwards)
        return condition


@dataclass(frozen=True)
class PagePlace:
    """Where a page begins: the values of the row next to it, and on which side of that row."""

    values: list
    backwards: bool

    @classmethod
    def read(cls, cursor, order):
        """Return the place that `cursor` names; raise BadCursor if it is not one of `order`."""
        if len(cursor) > LONGEST_CURSOR:
            raise BadCursor
        padding = "=" * (-len(cursor) % 4)
        try:
            text = base64.b64decode(cursor + padding, altchars=b"-_", validate=True)
            name, direction, *texts = orjson.loads(text)
            if name != order.name:
                raise BadCursor
            if direction not in DIRECTIONS:
                raise BadCursor
            values = []
            for column, value in zip(order.columns, texts, strict=True):
                values.append(column.parse_value(value))
        except (ValueError, TypeError, ValidationError):
            raise BadCursor from None
        return cls(values, direction == BACKWARDS)

    def write(self, order):
        direction = BACKWARDS if self.backwards else FORWARDS
        parts = [order.name, direction]
        for value in self.values:
            text = None if value is None else str(value)
            parts.append(text)
        text = orjson.dumps(parts)
        cursor = base64.urlsafe_b64encode(text)
        return cursor.decode().rstrip("=")


class CursorPages(BasePagination):
    """One request's page of a list."""

    parameters = frozenset({"cursor", "page_size"})

    def __init__(self, request=None, known=frozenset(), order=None):
        self.errors = {}
        if request is None:  # the schema needs the parameters only
            return
        self.path = request.path
        self.query = request.query_params
        self.known = known
        self.order = order
        self.size = self._read_size()
        self.place = self._read_place()

    def _read_size(self):
        """Return how many rows the request wants; None, and an error, if that is no size."""
        text = self.query.get("page_size")
        if not text:
            return DEFAULT_SIZE
        size = int(text) if DIGITS.fullmatch(text) else 0
        if 1 <= size <= LARGEST_SIZE:
            return size
        self.errors["page_size"] = f"Give a whole number from 1 to {LARGEST_SIZE}."
        return None

    def _read_place(self):
        """Return the place of the request's cursor; None without one, and an error if it is bad."""
        cursor = self.query.get("cursor")
        if not cursor:
            return None
        try:
            return PagePlace.read(cursor, self.order)
        except BadCursor:
            self.errors["cursor"] = WRONG_CURSOR
            return None

    def answer(self, queryset, present):
        """Return the page of `queryset` as a body; `present` makes the bodies of its rows."""
        place = self.place
        backwards = place is not None and place.backwards
        queryset = self.order.sort(queryset, backwards=backwards)
        if place is not None:
            condition = self.order.make_condition(place)
            queryset = queryset.filter(condition)
        rows, has_more = self.read_page(queryset)
        if backwards:
            rows.reverse()
            has_next = True
            has_previous = has_more
        else:
            has_next = has_more
            has_previous = place is not None
        links = {"next": None, "previous": None}
        if rows and has_next:
            links["next"] = self.link_from(rows[-1], backwards=False)
        if rows and has_previous:
            links["previous"] = self.link_from(rows[0], backwards=True)
        return {**links, "results": present(rows)}

    def read_page(self, queryset):
        """Return the first rows of `queryset`, as many as fit, and whether it has more of them."""
        size = self.size
        rows = list(queryset[: size + 1])
        has_more = len(rows) > size
        return rows[:size], has_more

    def link_from(self, row, *, backwards):
        """Return the address of the page that begins next to `row`."""
        order = self.order
        values = [column.read_value(row) for column in order.columns]
        place = PagePlace(values, backwards)
        return self.link(cursor=place.write(order))

    def link(self, **parameters):
        """Return the absolute address of this list with `parameters` changed."""
        same = self.known - parameters.keys()
        query = write_canonical_query(self.query, same)
        changed = urlencode(parameters)
        if query:
            changed = f"{query}&{changed}"
        return f"{settings.SITE_ADDRESS}{self.path}?{changed}"

    def get_schema_operation_parameters(self, view):
        entries = []
        for entry in SCHEMA_PARAMETERS:
            if entry["name"] in self.parameters:
                entries.append(entry)
        return entries

    def get_paginated_response_schema(self, schema):
        properties = {
            "next": NEXT_SCHEMA,
            "previous": PREVIOUS_SCHEMA,
            "results": schema,
        }
        return {
            "type": "object",
            "properties": properties,
            "required": list(properties),
        }
