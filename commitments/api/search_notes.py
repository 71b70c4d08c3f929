from commitments.api.base import Roots
from commitments.api.shapes import build_shape
from commitments.filters import SearchNoteFilter
from commitments.models import SearchNote


class SearchNotes(Roots):
    """Where proof was looked for and not found."""

    queryset = SearchNote.objects.published()
    serializer_class = build_shape(SearchNote)
    filterset_class = SearchNoteFilter
