"""What every answer of the API has in common: strict parameters, ETags, one shape of error.

The API only reads. It needs no sign-in, knows one format, and starts from `published()`.
"""

from django.conf import settings
from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import Http404
from rest_framework import exceptions, status
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.response import Response
from rest_framework.views import APIView
from rest_framework.viewsets import GenericViewSet

from commitments.api import choosing
from commitments.api.choosing import FieldChoice
from commitments.api.description import Description
from commitments.api.errors import NotYetError, PreconditionFailed, WrongParameters, render_error
from commitments.api.paging import CursorPages, Order
from commitments.api.parameters import SLUG_PATTERN, find_repeated
from commitments.api.payloads import fill_payloads, with_payload
from commitments.filters import Filters, LookingBack
from commitments.ledger import freshness

METHODS = "GET, HEAD, OPTIONS"
SAFE_METHODS = ("GET", "HEAD")


class JSONOnly(DefaultContentNegotiation):
    """Chosen by the Accept header alone: `?format=` is an unknown parameter like any other."""

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
    # Who holds the answer already, once it is known.
    state = None

    def refuse_unknown(self, request, errors=()):
        """Raise for parameters that nobody declared, and for `errors` found in the others."""
        unknown = [name for name in request.query_params if name not in self.parameters]
        if unknown or errors:
            raise WrongParameters(unknown, dict(errors), known=self.parameters)

    def dispatch(self, request, *args, **kwargs):
        """Answer 304 before anything is made, for a client that holds this answer already.

        An ETag was given with an answer alone, so the parameters it stands for were right.
        """
        is_asked_again = request.method in SAFE_METHODS and "If-None-Match" in request.headers
        if is_asked_again and self.has_known_parameters(request):
            self.state = self.find_state(request)
            if self.state.is_unchanged:
                response = self.state.make_empty_response()
                self.state.add_headers(response)
                return add_public_headers(response)
        return super().dispatch(request, *args, **kwargs)

    def has_known_parameters(self, request):
        try:
            return self.parameters >= request.GET.keys()
        except SuspiciousOperation:
            # There are too many to read: the answer says so.
            return False

    def find_state(self, request):
        """Return who holds the answer to the request already. One statement.

        The ETag is of the path too, so that the name of one address is not taken for another's. The
        ledger's head is read before the rows: after a publication in between, the ETag is too old,
        never too new.
        """
        query = freshness.write_canonical_query(request.GET, self.parameters)
        return freshness.make_conditional_answer(
            f"{request.path}?{query}", request.headers, form="json"
        )

    def answer(self, request, make_body):
        """Return what `make_body` returns, with the ETag that names it."""
        state = self.state or self.find_state(request)
        if state.is_refused:
            raise PreconditionFailed
        response = state.make_empty_response() or Response(make_body())
        state.add_headers(response)
        return response

    def options(self, request, *args, **kwargs):
        """Answer a browser that asks whether another site's script may send `If-None-Match`."""
        headers = {
            "Access-Control-Allow-Methods": METHODS,
            "Access-Control-Allow-Headers": "If-None-Match",
            "Access-Control-Max-Age": "86400",
        }
        return Response(status=status.HTTP_204_NO_CONTENT, headers=headers)

    def finalize_response(self, request, response, *args, **kwargs):
        response = super().finalize_response(request, response, *args, **kwargs)
        return add_public_headers(response)


def add_public_headers(response):
    """Write into `response`, and return it, who may read and keep it."""
    response["Cache-Control"] = "no-cache"
    # Public data, no cookies: any site's script may read it.
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Expose-Headers"] = "ETag"
    return response


class Nowhere(Answers):
    """The answer to addresses under /api/ that the API does not have."""

    schema = None

    def get(self, request):
        raise Http404


class Lists(Answers, GenericViewSet):
    """A list of public rows, filtered, ordered and in pages."""

    schema = Description()
    lookup_field = "slug"
    # Reject impossible slugs before querying.
    lookup_value_regex = SLUG_PATTERN
    pagination_class = CursorPages
    filterset_class = Filters
    # The day looked back to, and the one that deadlines are judged on: that day, else today (UTC).
    day = today = None
    # The fields that the request asks for.
    choice = None

    @property
    def parameters(self):
        names = self.filterset_class.names()
        if self.detail:
            # Of one record only the day can be asked, if its list can look back.
            names &= LookingBack.names()
        else:
            names |= self.pagination_class.parameters
        return names | {choosing.NAME}

    def read_question(self, request):
        """Return the filters of the request, and what is wrong with its parameters."""
        filters, errors = read_view_filters(self, request)
        self.day = filters.day
        self.today = filters.today
        self.choice = self.read_choice(request)
        return filters, errors | self.choice.errors

    def read_choice(self, request):
        serializer = self.get_serializer_class()
        fields = frozenset()
        # Making a serializer costs more than most answers: only for those who ask for fields.
        if choosing.NAME in request.query_params:
            fields = frozenset(serializer().fields)
        return FieldChoice(request, fields, serializer.always)

    def list(self, request):
        filters, errors = self.read_question(request)
        ordering = filters.form.cleaned_data.get("ordering")
        if not ordering:
            ordering = self.filterset_class.orders()[0]
        order = Order(self.queryset.model, self.filterset_class, ordering)
        pages = self.pagination_class(request, self.parameters, order)
        self.refuse_unknown(request, errors | pages.errors)

        def make_body():
            rows = self.loading(filters.qs)
            return pages.answer(rows, self.make_bodies)

        return self.answer(request, make_body)

    def make_bodies(self, rows):
        bodies = []
        for row in self.whole(rows):
            body = self.present(row)
            bodies.append(self.choice.cut(body))
        return bodies

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
        filters, errors = self.read_question(request)
        self.refuse_unknown(request, errors)

        def make_body():
            row = self.find_row(filters.qs, slug)
            return self.choice.cut(self.detailed(row))

        return self.answer(request, make_body)

    def find_row(self, rows, slug):
        matches = self.loading(rows).filter(slug=slug)
        matches = self.whole(list(matches))
        if not matches:
            raise make_absence_error(self.get_queryset(), slug)
        return matches[0]

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
        filters = self.filterset_class
        columns = {filters.column(order) for order in filters.orders()}
        return with_payload(queryset, also=[*columns, *self.columns])

    def whole(self, rows):
        return fill_payloads(rows)

    def present(self, row):
        return row.payload


def read_view_filters(view, request):
    """Return the filters of `request`, and what is wrong with them by the name of the parameter."""
    rows = view.get_queryset()
    query = request.query_params
    filters = view.filterset_class(query, rows, only=query.keys())
    errors = {}
    for name, sentences in filters.errors.items():
        errors[name] = sentences[0]
    errors.update(find_repeated(request, filters.form))
    return filters, errors


def make_absence_error(rows, slug):
    """Return the error for a record that was not found on the day asked about.

    It was not there yet, or there is none at all.
    """
    if rows.filter(slug=slug).exists():
        return NotYetError()
    return Http404()


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
    body = render_error(exc)
    return Response(body, status=exc.status_code)
