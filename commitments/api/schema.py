"""The OpenAPI description and the page to read it."""

from functools import cache

from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.views import SpectacularSwaggerSplitView

from commitments.api.base import Answers


@cache
def openapi():
    # It changes with the code only.
    return SchemaGenerator().get_schema(request=None, public=True)


class Schema(Answers):
    """The OpenAPI 3.1 description of this API."""

    schema = None

    def get(self, request):
        self.refuse_unknown(request)
        return self.answer(request, openapi)


class Docs(SpectacularSwaggerSplitView):
    """A page to read the description and try the API; its files come from this site."""

    schema = None
    url_name = "api-schema"

    def get(self, request, *args, **kwargs):
        response = super().get(request, *args, **kwargs)
        # Nothing here can be forged, and printing the real token would set a cookie.
        response.data["csrf_token"] = ""
        return response
