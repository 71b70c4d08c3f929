"""The OpenAPI description and the page to read it."""

from functools import cache

from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.views import SpectacularSwaggerSplitView

from commitments.api.base import Answers


@cache
def build_schema():
    """Return the description; it is made once, because it changes with the code only."""
    generator = SchemaGenerator()
    return generator.get_schema(request=None, public=True)


class Schema(Answers):
    """The OpenAPI 3.1 description of this API."""

    schema = None

    def get(self, request):
        self.refuse_unknown(request)
        return self.answer(request, build_schema)


class Docs(SpectacularSwaggerSplitView):
    """A page to read the description and try the API; its files come from this site."""

    schema = None
    url_name = "api-schema"

    def get(self, request, *args, **kwargs):
        response = super().get(request, *args, **kwargs)
        context = response.data
        # Nothing here can be forged, and printing the real token would set a cookie.
        context["csrf_token"] = ""
        return response
