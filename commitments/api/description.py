"""What the OpenAPI description says of every operation."""

import re

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse

from commitments.api import choosing
from commitments.api.errors import ErrorSerializer
from commitments.api.parameters import describe_parameter

FIELDS_HELP = (
    "Only these fields of each record, with commas between them. Whatever names a record stays."
)
# A line break between two lines of a paragraph: neither a blank line nor an item of a list follows.
BREAK_IN_PARAGRAPH = re.compile(r"(?<!\n)\n(?!\s|[*-] )")


class Description(AutoSchema):
    """An operation with the answers that all of them may give."""

    def get_tags(self):
        return [self.path.split("/")[3]]

    def get_operation_id(self):
        # /api/v1/pledges/, /api/v1/pledges/{slug}/, /api/v1/pledges/{slug}/evaluation/
        parts = self.path.split("/")
        resource, _slug, further, *_ = [*parts[3:], "", "", ""]
        action = "retrieve" if self.view.detail else "list"
        resource = resource.replace("-", "_")
        return f"{resource}_{further or action}"

    def get_filter_backends(self):
        # The view applies the filters itself; here they only have to describe themselves.
        return [lambda: self]

    def get_schema_operation_parameters(self, view):
        fields = view.filterset_class({}, view.queryset).form.fields
        parameters = []
        for name, field in fields.items():
            if name in view.parameters:
                parameters.append(describe_parameter(name, field))
        return parameters

    def get_override_parameters(self):
        if choosing.NAME not in self.view.parameters:
            return []
        serializer = self.view.get_serializer_class()()
        parameter = OpenApiParameter(
            choosing.NAME,
            str,
            many=True,
            # An empty name asks for none, as an empty value of any other parameter does.
            enum=["", *serializer.fields],
            explode=False,
            description=FIELDS_HELP,
        )
        return [parameter]

    def get_response_serializers(self):
        answers = {
            200: self._get_serializer(),
            304: OpenApiResponse(
                description="Nothing was published since the answer whose ETag you sent."
            ),
            400: OpenApiResponse(
                ErrorSerializer, "An unknown parameter, or a value that cannot be used."
            ),
            # The site's refusal of a request before it reaches a view.
            (400, "text/plain"): OpenApiResponse(OpenApiTypes.STR),
            406: OpenApiResponse(ErrorSerializer, "The Accept header leaves out application/json."),
        }
        if self.view.detail:
            answers[404] = OpenApiResponse(
                ErrorSerializer, "Nothing public has this slug, or had it then."
            )
        return answers


def unwrap_descriptions(result, **options):
    """Return the schema `result` with every paragraph of a description in one line.

    Descriptions come from docstrings, and a client should not see where those wrap.
    """
    return _unwrap(result)


def _unwrap(part):
    if isinstance(part, list):
        return [_unwrap(item) for item in part]
    if not isinstance(part, dict):
        return part
    unwrapped = {}
    for name, value in part.items():
        if name == "description" and isinstance(value, str):
            unwrapped[name] = BREAK_IN_PARAGRAPH.sub(" ", value)
        else:
            unwrapped[name] = _unwrap(value)
    return unwrapped
