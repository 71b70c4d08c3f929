from rest_framework import serializers

from commitments.api.base import Lists
from commitments.api.paging import CursorPages
from commitments.api.shapes import Choosable
from commitments.filters import ChangeFilter
from commitments.ledger.chain import render_entry
from commitments.models import ROOTS, Action, EntryPart, LedgerEntry


class PeopleSerializer(serializers.Serializer):
    submitted_by = serializers.ListField(child=serializers.CharField(), help_text="Chosen names.")
    approved_by = serializers.ListField(child=serializers.CharField(), help_text="Chosen names.")


class ChangeSerializer(Choosable):
    always = frozenset({"seq"})

    form = serializers.IntegerField(
        required=False, help_text="2; entries of before have none of the fields below marked so."
    )
    seq = serializers.IntegerField(help_text="Number of the entry: 1, 2, 3… without gaps.")
    recorded_at = serializers.DateTimeField(help_text="When it was entered, UTC.")
    action = serializers.ChoiceField(Action.choices)
    record_type = serializers.ChoiceField(
        [(model._meta.model_name, model._meta.verbose_name) for model in ROOTS]
    )
    record_slug = serializers.CharField()
    note = serializers.CharField(help_text="Why, where somebody had to say so.")
    redacts = serializers.IntegerField(
        allow_null=True, help_text="`seq` of the entry of which a part was removed."
    )
    payload_sha256 = serializers.CharField(
        help_text="SHA-256 of salt and payload; empty where there is none."
    )
    redacted_part = serializers.ChoiceField(
        EntryPart.choices, allow_blank=True, help_text="In a redaction: which part. From form 2."
    )
    alone = serializers.BooleanField(
        help_text="Whether one person did what else takes two, or did it alone as is allowed for"
        " `confirm` and `redact`. From form 2."
    )
    people_sha256 = serializers.CharField(
        help_text="SHA-256 of people_salt and people; empty where the program made the entry. From"
        " form 2."
    )
    previous_hash = serializers.CharField(
        help_text="`hash` of the entry before; empty in the first."
    )
    hash = serializers.CharField(help_text="SHA-256 of this entry without its hash.")
    payload = serializers.DictField(
        allow_null=True, help_text="The record's public form; null if none or redacted."
    )
    salt = serializers.CharField(allow_null=True, help_text="Null where the payload is.")
    people = PeopleSerializer(
        allow_null=True, help_text="Who published it; null if the program did, or redacted."
    )
    people_salt = serializers.CharField(allow_null=True, help_text="Null where the people are.")


class ChangePages(CursorPages):
    """Pages by number, forwards only: a client that knows a `seq` can ask for what came after."""

    parameters = frozenset({"page_size"})

    def answer(self, queryset, present):
        rows, has_more = self.read_page(queryset.order_by("seq"))
        return {
            "next": self.link(after=rows[-1].seq) if has_more else None,
            "previous": None,
            "results": present(rows),
        }


class Changes(Lists):
    """The ledger, oldest entry first: every publication, amendment, correction, withdrawal and
    confirmation.
    """

    queryset = LedgerEntry.objects.published()
    filterset_class = ChangeFilter
    serializer_class = ChangeSerializer
    pagination_class = ChangePages

    def loading(self, queryset):
        return queryset.select_related("payload", "people")

    def present(self, record):
        return render_entry(record)
