"""What the rules find for an undertaking, beside the verdict on it: a suggestion until a person
signs it. Derived.
"""

from django.db.models import Prefetch, QuerySet, prefetch_related_objects
from rest_framework import serializers

from commitments.judging.evaluating import (
    TooMuch,
    describe_alternatives,
    describe_finding,
    evaluate_undertakings,
)
from commitments.models import FIGURE_KIND_CHOICES, Target
from commitments.models.assessments import STATUS_CHOICES
from commitments.verdicts.findings import Reason

KEYS = frozenset({"finding", "alternatives"})


def render_findings(undertakings, pledges, *, day):
    """Return by slug what the rules find on `day` for `undertakings`, all of them in `pledges`. Two
    statements.

    Nothing where no rule can judge, and where they have more figures than are read for one answer.
    """
    targets = Prefetch("targets", QuerySet(Target).select_related("indicator").order_by("pk"))
    prefetch_related_objects(pledges, targets)
    targets = {target.pk: target for pledge in pledges for target in pledge.targets.all()}
    try:
        evaluated = evaluate_undertakings(
            undertakings, [*targets.values()], as_of=day, known_on=day, bounded=True
        )
    except TooMuch:
        evaluated = []
    judged = {one.undertaking.slug: one for one in evaluated}
    return {row.slug: render_finding(judged.get(row.slug)) for row in undertakings}


def render_finding(one):
    if one is None:
        return {"finding": None, "alternatives": []}
    return {"finding": describe_finding(one.primary), "alternatives": describe_alternatives(one)}


def number_field(about):
    return serializers.CharField(allow_null=True, help_text=about)


class PeriodSerializer(serializers.Serializer):
    start = serializers.DateField(help_text="First day.")
    end = serializers.DateField(help_text="Last day.")


class FigureSerializer(serializers.Serializer):
    """A published figure, as the rule read it."""

    period = PeriodSerializer()
    value = serializers.CharField()
    decimals = serializers.IntegerField(help_text="As printed: 2 for “1.60”.")
    kind = serializers.ChoiceField(FIGURE_KIND_CHOICES)
    released_on = serializers.DateField()
    release = serializers.CharField(help_text="Slug of the release.")
    url = serializers.CharField(allow_blank=True, help_text="Where it was published.")


class FindingSerializer(serializers.Serializer):
    """What the rule finds under one definition. Numbers are strings."""

    label = serializers.CharField(help_text="Which definition it is.")
    status = serializers.ChoiceField(STATUS_CHOICES)
    reason = serializers.ChoiceField([(reason.value, reason.value) for reason in Reason])
    decided_by = FigureSerializer(allow_null=True, help_text="The deciding figure.")
    required = number_field("What has to be reached.")
    actual = number_field("What was compared with it.")
    gap = number_field("Actual minus required.")
    share = number_field("Share of the way from the baseline, or from zero.")
    path = number_field("What the straight line to the target asked for on the day.")
    met_late_in = PeriodSerializer(
        allow_null=True, help_text="First period after the deadline that satisfied."
    )
    missing = PeriodSerializer(many=True, help_text="Periods without a figure.")
    provisional = serializers.BooleanField(
        help_text="Closed on a figure that is not an actual one."
    )
    borderline = serializers.BooleanField(
        help_text="Another status is possible within the rounding of the figures."
    )
    rules_version = serializers.CharField()


class AlternativeSerializer(FindingSerializer):
    """What the rule finds under another definition of the same pledge."""

    flips = serializers.BooleanField(
        help_text="Whether the status is another than under the primary definition."
    )


def fields_found():
    """Return the fields that describe `told`."""
    text = "What the rule finds today, or on the day of `as_of`; null where none can judge."
    return {
        "finding": FindingSerializer(allow_null=True, help_text=text),
        "alternatives": AlternativeSerializer(
            many=True, help_text="The same under other definitions."
        ),
    }
