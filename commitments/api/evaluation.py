"""The rule run live for one pledge, as of any day and by the figures known on any day.

The answer is what `evaluate --json` prints.
"""

from django.utils import timezone
from rest_framework import serializers
from rest_framework.generics import GenericAPIView

from commitments.api.base import Answers, make_absence_error, read_view_filters
from commitments.api.description import Description
from commitments.api.errors import WrongParameters
from commitments.api.findings import AlternativeSerializer, FindingSerializer, make_number_field
from commitments.filters import EvaluationFilter
from commitments.judging.answers import EvaluationQuestion, as_json
from commitments.judging.evaluating import NotOwed, TooMuch, evaluate_pledge
from commitments.judging.scopes import NotHeld, Scope
from commitments.models import Pledge

TOO_MUCH = "This pledge has too many parties or figures to judge all at once. Ask about one party."


class PaceSerializer(serializers.Serializer):
    """How fast it goes, and would have to go: arithmetic, not a forecast."""

    since = serializers.DateField(help_text="Where the way begins.")
    begun = serializers.CharField(help_text="The value it begins with.")
    latest_on = serializers.DateField(help_text="Last day of the latest figure's period.")
    latest = serializers.CharField()
    goal = serializers.CharField(help_text="The value at which the target is reached.")
    reached = serializers.BooleanField()
    required = make_number_field("What the path asks for on the day `latest_on`.")
    corners = serializers.ListField(
        child=serializers.ListField(child=serializers.CharField(), min_length=2, max_length=2),
        help_text="Days and values that the path leads through.",
    )
    per_year = serializers.CharField(help_text="The present pace.")
    needed_per_year = make_number_field(
        "The pace needed from the latest figure on; null after the deadline."
    )
    arrives_on = serializers.DateField(
        allow_null=True, help_text="Where the present pace leads to the goal."
    )
    arrives_in = serializers.IntegerField(allow_null=True, help_text="The year of that day.")
    basis = serializers.ChoiceField([("arithmetic", "arithmetic")])


class EvaluatedSerializer(serializers.Serializer):
    """One party's part, judged by the rule."""

    party = serializers.CharField(help_text="Slug.")
    primary = FindingSerializer()
    alternatives = AlternativeSerializer(many=True)
    flips = serializers.ListField(
        child=serializers.CharField(), help_text="Labels of the alternatives that flip it."
    )
    pace = PaceSerializer(allow_null=True)


class LackSerializer(serializers.Serializer):
    """A party and a definition without a figure of the period or the release asked for."""

    party = serializers.CharField(help_text="Slug.")
    label = serializers.CharField(help_text="Which definition it is.")
    held_from = serializers.CharField(allow_null=True, help_text="First period with a figure.")
    held_to = serializers.CharField(allow_null=True, help_text="Last period with a figure.")


class FindingCountsSerializer(serializers.Serializer):
    """Counts over the parties judged, by their primary findings."""

    parties = serializers.IntegerField()
    by_status = serializers.DictField(child=serializers.IntegerField())
    scored = serializers.IntegerField()
    mean_score = make_number_field("Mean of those scored, −1 to 1.")
    percent = make_number_field("(mean + 1) / 2 × 100.")


class EvaluationSerializer(serializers.Serializer):
    """What the rule finds for each party; no verdict before somebody signs it."""

    pledge = serializers.CharField(help_text="Slug.")
    as_of = serializers.DateField()
    known_on = serializers.DateField()
    period = serializers.CharField(
        allow_null=True, help_text="The period judged, as asked for; null for the deadline's."
    )
    release = serializers.CharField(
        allow_null=True, help_text="Slug of the one release judged by; null for all."
    )
    rules_version = serializers.CharField()
    undertakings = EvaluatedSerializer(
        many=True,
        help_text="Empty where no rule can judge. The exempt and those bound later are left out.",
    )
    lacks = LackSerializer(
        many=True, help_text="Who has no figure of the period or the release asked for."
    )
    rollup = FindingCountsSerializer()


class Evaluation(Answers, GenericAPIView):
    """A pledge judged by the rule, as of a day and by the figures known on a day; for any period
    and by any release that is held.
    """

    schema = Description()
    detail = True
    queryset = Pledge.objects.published()
    filterset_class = EvaluationFilter
    serializer_class = EvaluationSerializer
    parameters = EvaluationFilter.names()
    lookup_field = "slug"

    def get(self, request, slug):
        filters, errors = read_view_filters(self, request)
        self.refuse_unknown(request, errors)
        return self.answer(request, lambda: self.build_body(slug, **filters.form.cleaned_data))

    def build_body(self, slug, *, as_of=None, known_on=None, party="", period="", release=""):
        pledges = self.get_queryset()
        pledge = pledges.as_of(as_of).filter(slug=slug).only("slug").first()
        if pledge is None:
            raise make_absence_error(pledges, slug)
        as_of = as_of or timezone.now().date()
        question = EvaluationQuestion(as_of, known_on or as_of, Scope(period, release))
        try:
            evaluated = evaluate_pledge(
                pledge,
                **question._asdict(),
                party=party,
                bounded=True,
            )
        except NotOwed as error:
            raise self.make_error("party", error) from None
        except NotHeld as error:
            raise self.make_error(error.name, error) from None
        except TooMuch:
            raise self.make_error("party", TOO_MUCH) from None
        return as_json(pledge, evaluated, question)

    def make_error(self, name, sentence):
        return WrongParameters([], {name: str(sentence)}, known=self.parameters)
