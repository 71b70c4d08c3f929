"""Lists in pages that cost the same at any depth: each begins beside a row, not after a number of rows."""

import base64
import re
from dataclasses import dataclass
from urllib.parse import urlencode

import orjson
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import F, Q
from rest_framework.pagination import BasePagination

from commitments.freshness import canonical_query
from commitments.models.roots import SLUG

DEFAULT_SIZE, LARGEST_SIZE, LONGEST_CURSOR = 25, 100, 2000


class BadCursor(Exception):
    """A cursor that no list of ours gave out, or one of another ordering."""


@dataclass(frozen=True)
class Order:
    """By one field and then by slug. Rows without a value come last, in both directions."""

    model: type
    name: str

    @property
    def field(self):
        return self.model._meta.get_field(self.name.removeprefix("-"))

    @property
    def descends(self):
        return self.name.startswith("-")

    def sort(self, queryset, *, backwards):
        by_slug = "-slug" if backwards else "slug"
        if self.field.name == "slug":
            return queryset.order_by(by_slug)
        column = F(self.field.name)
        way = {"nulls_first" if backwards else "nulls_last": True} if self.field.null else {}
        return queryset.order_by(column.desc(**way) if self.descends != backwards else column.asc(**way), by_slug)

    def beyond(self, value, slug, *, backwards):
        """Return the condition for the rows beyond the one with this value and slug."""
        name, along = self.field.name, "lt" if backwards else "gt"
        if name == "slug":
            return Q(**{f"slug__{along}": slug})
        further = Q(**{f"slug__{along}": slug})
        if value is None:
            same = Q(**{f"{name}__isnull": True}) & further
            return same | Q(**{f"{name}__isnull": False}) if backwards else same
        way = "lt" if self.descends != backwards else "gt"
        if self.field.null:
            beyond = Q(**{f"{name}__{way}": value}) | (Q(**{name: value}) & further)
            return beyond if backwards else beyond | Q(**{f"{name}__isnull": True})
        # Said twice, so that the database can begin in the index instead of testing every row.
        return Q(**{f"{name}__{way}e": value}) & (Q(**{f"{name}__{way}": value}) | further)


@dataclass(frozen=True)
class Place:
    """Beside which row a page begins, and to which side of it."""

    value: object
    slug: str
    backwards: bool

    @classmethod
    def read(cls, cursor, order):
        try:
            text = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
            name, way, value, slug = orjson.loads(text)
            if name != order.name or way not in ("next", "previous") or not re.fullmatch(SLUG.regex, slug):
                raise BadCursor
            return cls(value_of(order.field, value), slug, way == "previous")
        except (ValueError, TypeError, ValidationError):
            raise BadCursor from None

    def write(self, order):
        value = None if self.value is None else str(self.value)
        way = "previous" if self.backwards else "next"
        text = orjson.dumps([order.name, way, value, self.slug])
        return base64.urlsafe_b64encode(text).decode().rstrip("=")


def value_of(field, text):
    """Return the value of `field` that a cursor holds as `text`."""
    if text is None and field.null:
        return None
    if not isinstance(text, str) or "\0" in text:
        raise BadCursor
    return field.to_python(text)


class CursorPages(BasePagination):
    """One request's page of a list."""

    parameters = frozenset({"cursor", "page_size"})

    def __init__(self, request=None, known=frozenset(), model=None, ordering=""):
        self.errors = {}
        if request is None:  # the schema asks for the parameters only
            return
        self.path, self.query, self.known = request.path, request.query_params, known
        self.order = Order(model, ordering)
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
            return Place.read(cursor, self.order)
        except BadCursor:
            self.errors["cursor"] = "Not a cursor of this list in this order. Follow “next”, or begin without one."

    def answer(self, queryset, present):
        """Return the page of `queryset` as a body, each row as `present` shows it."""
        backwards = self.place is not None and self.place.backwards
        queryset = self.order.sort(queryset, backwards=backwards)
        if self.place is not None:
            queryset = queryset.filter(self.order.beyond(self.place.value, self.place.slug, backwards=backwards))
        rows = list(queryset[: self.size + 1])
        more, rows = len(rows) > self.size, rows[: self.size]
        if backwards:
            rows.reverse()
        after = more or backwards
        before = more if backwards else self.place is not None
        return {
            "next": self.link(cursor=self.beside(rows[-1], backwards=False)) if rows and after else None,
            "previous": self.link(cursor=self.beside(rows[0], backwards=True)) if rows and before else None,
            "results": [present(row) for row in rows],
        }

    def beside(self, row, *, backwards):
        return Place(getattr(row, self.order.field.attname), row.slug, backwards).write(self.order)

    def link(self, **changed):
        """Return the absolute address of another page of this list."""
        query = canonical_query(self.query, self.known - changed.keys())
        query = "&".join(filter(None, [query, urlencode(changed)]))
        return f"{settings.SITE_ADDRESS}{self.path}?{query}"

    def get_schema_operation_parameters(self, view):
        size = {"type": "integer", "minimum": 1, "maximum": LARGEST_SIZE, "default": DEFAULT_SIZE}
        about = {
            "page_size": ("Records on a page.", size),
            "cursor": ("Where the page begins: follow “next” and “previous”.", {"type": "string"}),
        }
        return [
            {"name": name, "in": "query", "description": text, "schema": kind, "allowEmptyValue": True}
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
