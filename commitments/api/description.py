"""What the OpenAPI description says of every operation."""

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse

from commitments.api import choosing
from commitments.api.errors import ErrorSerializer
from commitments.api.parameters import parameter


class Description(AutoSchema):
    """An operation with the answers that all of them may give."""

    def get_tags(self):
        return [self.path.split("/")[3]]

    def get_operation_id(self):
        # /api/v1/pledges/, /api/v1/pledges/{slug}/, /api/v1/pledges/{slug}/evaluation/
        resource, _slug, further, *_ = [*self.path.split("/")[3:], "", "", ""]
        action = "retrieve" if self.view.detail else "list"
        return f"{resource.replace('-', '_')}_{further or action}"

    def get_filter_backends(self):
        # The filters are asked by the view itself; here they only have to describe themselves.
        return [lambda: self]

    def get_schema_operation_parameters(self, view):
        fields = view.filterset_class({}, view.queryset).form.fields
        return [parameter(name, field) for name, field in fields.items() if name in view.parameters]

    def get_override_parameters(self):
        if choosing.NAME not in self.view.parameters:
            return []
        about = (
            "Only these fields of each record, with commas between them. Whatever names a record"
            " stays."
        )
        # An empty name asks for none, as an empty value of any other parameter does.
        names = ["", *self.view.get_serializer_class()().fields]
        return [
            OpenApiParameter(
                choosing.NAME, str, many=True, enum=names, explode=False, description=about
            )
        ]

    def get_response_serializers(self):
        answers = {
            200: self._get_serializer(),
            304: OpenApiResponse(
                description="Nothing was published since the answer whose ETag you sent."
            ),
            400: OpenApiResponse(
                ErrorSerializer, "An unknown parameter, or a value that cannot be used."
            ),
            # What the site refuses before any view sees it.
            (400, "text/plain"): OpenApiResponse(OpenApiTypes.STR),
            406: OpenApiResponse(ErrorSerializer, "The Accept header leaves out application/json."),
        }
        if self.view.detail:
            answers[404] = OpenApiResponse(
                ErrorSerializer, "Nothing public has this slug, or had it then."
            )
        return answers
