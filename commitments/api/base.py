"""What every answer of the API has in common: strict parameters, ETags, one shape of error.

The API only reads. It needs no sign-in, knows one format, and starts from `published()`.
"""

from django.conf import settings
from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import Http404
from django.utils.cache import get_conditional_response
from rest_framework import exceptions, status
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.response import Response
from rest_framework.views import APIView
from rest_framework.viewsets import GenericViewSet

from commitments.api import choosing
from commitments.api.choosing import FieldChoice
from commitments.api.description import Description
from commitments.api.errors import NotYetError, PreconditionFailed, WrongParameters, one_shape
from commitments.api.paging import CursorPages, Order
from commitments.api.parameters import SLUG_PATTERN, repeated
from commitments.api.payloads import fill_payloads, with_payload
from commitments.filters import Filters, LookingBack
from commitments.ledger import freshness

METHODS = "GET, HEAD, OPTIONS"


class JSONOnly(DefaultContentNegotiation):
    """By the Accept header alone: `?format=` is a parameter like any other, and here an unknown
    one.
    """

    class settings:
        URL_FORMAT_OVERRIDE = None


class Answers(APIView):
    """A view that answers with JSON, and 304 at the cost of one statement while the ledger stands
    still.
    """

    http_method_names = ["get", "head", "options"]
    content_negotiation_class = JSONOnly
    # Names of the parameters understood.
    parameters = frozenset()

    def refuse_unknown(self, request, errors=()):
        """Raise for parameters that nobody declared, and for `errors` found in the others."""
        query = request.query_params
        unknown = [name for name in query if name not in self.parameters]
        if unknown or errors:
            raise WrongParameters(unknown, dict(errors), known=self.parameters)

    def answer(self, request, make_body):
        """Return 304 if the client holds this answer already, else what `make_body` returns."""
        query = freshness.write_canonical_query(request.query_params, self.parameters)
        # The path is in it so that a tag seen on one address is not taken for another's.
        tag = freshness.make_etag(f"{request.path}?{query}", form="json")
        # The head is read before the rows: a publication in between makes the tag too old, never
        # too new.
        response = get_conditional_response(request, etag=tag)
        if response is None:
            response = Response(make_body())
        elif response.status_code == status.HTTP_412_PRECONDITION_FAILED:
            raise PreconditionFailed
        response["ETag"] = tag
        return response

    def options(self, request, *args, **kwargs):
        """Answer a browser that asks whether another site's script may send `If-None-Match`."""
        headers = {
            "Access-Control-Allow-Methods": METHODS,
            "Access-Control-Allow-Headers": "If-None-Match",
        }
        return Response(
            status=status.HTTP_204_NO_CONTENT,
            headers={**headers, "Access-Control-Max-Age": "86400"},
        )

    def finalize_response(self, request, response, *args, **kwargs):
        response = super().finalize_response(request, response, *args, **kwargs)
        response["Cache-Control"] = "no-cache"
        # Public data, no cookies: any site's script may read it.
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Expose-Headers"] = "ETag"
        return response


class Nowhere(Answers):
    """Where no address of the API is."""

    schema = None

    def get(self, request):
        raise Http404


class Lists(Answers, GenericViewSet):
    """A list of public rows, filtered, ordered and in pages."""

    schema = Description()
    lookup_field = "slug"
    # What cannot be a slug is not asked of the database.
    lookup_value_regex = SLUG_PATTERN
    pagination_class = CursorPages
    filterset_class = Filters
    # The day looked back to, and the one that deadlines are held against: that day, else the
    # present one (UTC).
    day = today = None
    # The fields that the request asks for.
    choice = None

    @property
    def parameters(self):
        names = self.filterset_class.names()
        if self.detail:
            # Of one record only the day can be asked, if its list can look back.
            return (names & LookingBack.names()) | {choosing.NAME}
        return names | self.pagination_class.parameters | {choosing.NAME}

    def asked(self, request):
        """Return the filters of the request, and what is wrong with its parameters."""
        filters, errors = filtered(self, request)
        serializer = self.get_serializer_class()
        known = serializer().fields if choosing.NAME in request.query_params else ()
        self.choice = FieldChoice(request, frozenset(known), serializer.always)
        self.day, self.today = filters.day, filters.today
        return filters, errors | self.choice.errors

    def list(self, request):
        filters, errors = self.asked(request)
        asked = filters.form.cleaned_data.get("ordering") or self.filterset_class.orders()[0]
        order = Order(self.queryset.model, self.filterset_class, asked)
        pages = self.pagination_class(request, self.parameters, order)
        self.refuse_unknown(request, errors | pages.errors)
        return self.answer(request, lambda: pages.answer(self.loading(filters.qs), self.bodies))

    def bodies(self, rows):
        return [self.choice.cut(self.present(row)) for row in self.whole(rows)]

    def loading(self, queryset):
        """Make `queryset` fetch what `present` reads."""
        return queryset

    def whole(self, rows):
        """Return `rows` with what one statement for all of them adds."""
        return rows

    def present(self, row):
        """Return the body that shows `row`."""
        raise NotImplementedError


class Records(Lists):
    """A list, and each row of it by its slug."""

    def retrieve(self, request, slug):
        filters, errors = self.asked(request)
        self.refuse_unknown(request, errors)
        return self.answer(
            request, lambda: self.choice.cut(self.detailed(self.one(filters.qs, slug)))
        )

    def one(self, rows, slug):
        found = self.whole(list(self.loading(rows).filter(slug=slug)))
        if not found:
            raise absent(self.get_queryset(), slug)
        return found[0]

    def detailed(self, row):
        """Return the body of one row by itself."""
        return self.present(row)


class Roots(Records):
    """Records with a life of their own, as the ledger last published them and with what is derived
    from that.
    """

    # What derived fields read of a row.
    columns = ()

    def loading(self, queryset):
        orders = {self.filterset_class.column(order) for order in self.filterset_class.orders()}
        return with_payload(queryset, also=[*orders, *self.columns])

    def whole(self, rows):
        return fill_payloads(rows)

    def present(self, row):
        return row.payload


def filtered(view, request):
    """Return the filters of `request`, and what is wrong with them by the name of the parameter."""
    filters = view.filterset_class(request.query_params, queryset=view.get_queryset())
    return filters, {name: found[0] for name, found in filters.errors.items()} | repeated(
        request, filters.form
    )


def absent(rows, slug):
    """Return the error for a record that was not found on the day asked about: not yet there, or
    not at all.
    """
    return NotYetError() if rows.filter(slug=slug).exists() else Http404()


def page_address(record):
    """Return the address of the page about `record`."""
    return settings.SITE_ADDRESS + record.get_absolute_url()


def error_answer(exc, context):
    """Return the JSON answer to an error; None for a fault of ours, which Django reports."""
    if isinstance(exc, Http404):
        exc = exceptions.NotFound()
    elif isinstance(exc, SuspiciousOperation | BadRequest):
        exc = exceptions.ParseError()
    if not isinstance(exc, exceptions.APIException):
        return None
    return Response(one_shape(exc), status=exc.status_code)
