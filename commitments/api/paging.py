"""Lists in pages that cost the same at any depth: each begins beside a row, not after a number of
rows.
"""

import base64
import re
from dataclasses import dataclass
from functools import reduce
from urllib.parse import urlencode

import orjson
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import F, Q
from rest_framework.pagination import BasePagination

from commitments.ledger.freshness import write_canonical_query
from commitments.models.roots import SLUG

DEFAULT_SIZE, LARGEST_SIZE, LONGEST_CURSOR = 25, 100, 2000


class BadCursor(Exception):
    """A cursor that no list of ours gave out, or one of another ordering."""


@dataclass(frozen=True)
class Column:
    """One of the columns a list is ordered by. Rows without a value come last, in both
    directions.
    """

    model: type
    path: str
    descends: bool = False

    @property
    def field(self):
        *relations, name = self.path.split("__")
        model = self.model
        for relation in relations:
            model = model._meta.get_field(relation).related_model
        return model._meta.get_field(name)

    def value(self, row):
        return reduce(getattr, self.path.split("__"), row)

    def sort(self, *, backwards):
        way = {"nulls_first" if backwards else "nulls_last": True} if self.field.null else {}
        return F(self.path).desc(**way) if self.descends != backwards else F(self.path).asc(**way)

    def beyond(self, value, then, *, backwards):
        """Return the condition for the rows beyond `value`, and for those of this value that `then`
        keeps.
        """
        if value is None:
            same = Q(**{f"{self.path}__isnull": True}) & then
            return same | Q(**{f"{self.path}__isnull": False}) if backwards else same
        way = "lt" if self.descends != backwards else "gt"
        further = Q(**{f"{self.path}__{way}": value})
        if then is None:
            return further
        if self.field.null:
            beyond = further | (Q(**{self.path: value}) & then)
            return beyond if backwards else beyond | Q(**{f"{self.path}__isnull": True})
        # Said twice, so that the database can begin in the index instead of testing every row.
        return Q(**{f"{self.path}__{way}e": value}) & (further | then)

    def read(self, text):
        """Return the value that a cursor holds as `text`."""
        if text is None and self.field.null:
            return None
        if (
            not isinstance(text, str)
            or "\0" in text
            or (self.field.name == "slug" and not SLUG.regex.fullmatch(text))
        ):
            raise BadCursor
        return self.field.to_python(text)


class Order:
    """By one column and then by those that tell equal rows apart."""

    def __init__(self, model, filterset, name):
        self.name = name
        first = Column(model, filterset.column(name), name.startswith("-"))
        self.columns = [
            first,
            *(Column(model, path) for path in filterset.tie if path != first.path),
        ]

    def sort(self, queryset, *, backwards):
        return queryset.order_by(*(column.sort(backwards=backwards) for column in self.columns))

    def beyond(self, place):
        condition = None
        for column, value in reversed(list(zip(self.columns, place.values, strict=True))):
            condition = column.beyond(value, condition, backwards=place.backwards)
        return condition


@dataclass(frozen=True)
class PagePlace:
    """Beside which row a page begins, and to which side of it."""

    values: list
    backwards: bool

    @classmethod
    def read(cls, cursor, order):
        try:
            text = base64.b64decode(
                cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True
            )
            name, way, *values = orjson.loads(text)
            if name != order.name or way not in ("next", "previous"):
                raise BadCursor
            pairs = zip(order.columns, values, strict=True)
            return cls([column.read(value) for column, value in pairs], way == "previous")
        except (ValueError, TypeError, ValidationError):
            raise BadCursor from None

    def write(self, order):
        way = "previous" if self.backwards else "next"
        values = [None if value is None else str(value) for value in self.values]
        text = orjson.dumps([order.name, way, *values])
        return base64.urlsafe_b64encode(text).decode().rstrip("=")


class CursorPages(BasePagination):
    """One request's page of a list."""

    parameters = frozenset({"cursor", "page_size"})

    def __init__(self, request=None, known=frozenset(), order=None):
        self.errors = {}
        if request is None:  # the schema asks for the parameters only
            return
        self.path, self.query, self.known = request.path, request.query_params, known
        self.order = order
        self.size = self.asked_size()
        self.place = self.asked_place()

    def asked_size(self):
        text = self.query.get("page_size") or str(DEFAULT_SIZE)
        if re.fullmatch(r"[0-9]{1,3}", text) and 1 <= int(text) <= LARGEST_SIZE:
            return int(text)
        self.errors["page_size"] = f"Give a whole number from 1 to {LARGEST_SIZE}."

    def asked_place(self):
        cursor = self.query.get("cursor")
        if not cursor:
            return None
        try:
            if len(cursor) > LONGEST_CURSOR:
                raise BadCursor
            return PagePlace.read(cursor, self.order)
        except BadCursor:
            self.errors["cursor"] = (
                "Not a cursor of this list in this order. Follow “next”, or begin without one."
            )

    def answer(self, queryset, present):
        """Return the page of `queryset` as a body, its rows as `present` shows them."""
        backwards = self.place is not None and self.place.backwards
        queryset = self.order.sort(queryset, backwards=backwards)
        if self.place is not None:
            queryset = queryset.filter(self.order.beyond(self.place))
        rows = list(queryset[: self.size + 1])
        more, rows = len(rows) > self.size, rows[: self.size]
        if backwards:
            rows.reverse()
        after = more or backwards
        before = more if backwards else self.place is not None
        return {
            "next": (
                self.link(cursor=self.beside(rows[-1], backwards=False)) if rows and after else None
            ),
            "previous": (
                self.link(cursor=self.beside(rows[0], backwards=True)) if rows and before else None
            ),
            "results": present(rows),
        }

    def beside(self, row, *, backwards):
        values = [column.value(row) for column in self.order.columns]
        return PagePlace(values, backwards).write(self.order)

    def link(self, **changed):
        """Return the absolute address of another page of this list."""
        query = write_canonical_query(self.query, self.known - changed.keys())
        query = "&".join(filter(None, [query, urlencode(changed)]))
        return f"{settings.SITE_ADDRESS}{self.path}?{query}"

    def get_schema_operation_parameters(self, view):
        size = {"type": "integer", "minimum": 1, "maximum": LARGEST_SIZE, "default": DEFAULT_SIZE}
        about = {
            "page_size": ("Records on a page.", size),
            "cursor": ("Where the page begins: follow “next” and “previous”.", {"type": "string"}),
        }
        return [
            {
                "name": name,
                "in": "query",
                "description": text,
                "schema": kind,
                "allowEmptyValue": True,
            }
            for name, (text, kind) in about.items()
            if name in self.parameters
        ]

    def get_paginated_response_schema(self, schema):
        link = {"type": ["string", "null"], "format": "uri"}
        properties = {
            "next": {**link, "description": "Address of the next page; null on the last."},
            "previous": {**link, "description": "Address of the page before; null on the first."},
            "results": schema,
        }
        return {"type": "object", "properties": properties, "required": list(properties)}
