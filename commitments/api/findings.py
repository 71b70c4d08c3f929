"""What the rules find for an undertaking, derived and shown next to the verdict on it.

It is a suggestion until a person signs it.
"""

from django.db.models import Prefetch, prefetch_related_objects
from rest_framework import serializers

from commitments.judging.answers import describe_alternatives, describe_finding
from commitments.judging.evaluating import TooMuch, evaluate_undertakings
from commitments.models import FIGURE_KIND_CHOICES, Target
from commitments.models.assessments import STATUS_CHOICES
from commitments.verdicts.findings import Reason

KEYS = frozenset({"finding", "alternatives"})


def render_findings(undertakings, pledges, *, day):
    """Return {slug: what the rules find on `day`} for `undertakings`, which are of `pledges`.

    There is no finding where no rule can judge, and none for any of them where they have more
    figures than are read for one answer. Two statements, and a third for milestones.
    """
    targets = load_pledge_targets(pledges)
    try:
        evaluations = evaluate_undertakings(
            undertakings,
            targets,
            as_of=day,
            known_on=day,
            bounded=True,
        )
    except TooMuch:
        evaluations = []
    evaluated = {evaluation.undertaking.slug: evaluation for evaluation in evaluations}
    findings = {}
    for undertaking in undertakings:
        evaluation = evaluated.get(undertaking.slug)
        findings[undertaking.slug] = render_finding(evaluation)
    return findings


def load_pledge_targets(pledges):
    """Return the targets of `pledges`, each once, with their indicators."""
    rows = Target.objects.published().select_related("indicator")
    prefetch = Prefetch("targets", rows.order_by("pk"))
    prefetch_related_objects(pledges, prefetch)
    targets = {}
    for pledge in pledges:
        for target in pledge.targets.all():
            targets[target.pk] = target
    return list(targets.values())


def render_finding(evaluation):
    if evaluation is None:
        return {"finding": None, "alternatives": []}
    return {
        "finding": describe_finding(evaluation),
        "alternatives": describe_alternatives(evaluation),
    }


def make_number_field(about):
    return serializers.CharField(allow_null=True, help_text=about)


class PeriodSerializer(serializers.Serializer):
    start = serializers.DateField(help_text="First day.")
    end = serializers.DateField(help_text="Last day.")


class FigureSerializer(serializers.Serializer):
    """A published figure, as the rule read it, or a dated event: 1 if it happened, else 0."""

    period = PeriodSerializer()
    value = serializers.CharField()
    decimals = serializers.IntegerField(help_text="As printed: 2 for “1.60”.")
    kind = serializers.ChoiceField(FIGURE_KIND_CHOICES)
    released_on = serializers.DateField()
    release = serializers.CharField(help_text="Slug of the release, or of the evidence.")
    url = serializers.CharField(allow_blank=True, help_text="Where it was published.")


class FindingSerializer(serializers.Serializer):
    """What the rule finds under one definition. Numbers are strings."""

    label = serializers.CharField(help_text="Which definition it is.")
    status = serializers.ChoiceField(STATUS_CHOICES)
    reason = serializers.ChoiceField([(reason.value, reason.value) for reason in Reason])
    decided_by = FigureSerializer(allow_null=True, help_text="The deciding figure.")
    required = make_number_field("What has to be reached.")
    actual = make_number_field("What was compared with it.")
    gap = make_number_field("Actual minus required.")
    share = make_number_field("Share of the way from the baseline, or from zero.")
    path = make_number_field(
        "What the straight line to the target asked for at the end of the figure's period."
    )
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
    baseline = FigureSerializer(
        allow_null=True,
        help_text="The figure it starts from, where that is the party's own of a named period.",
    )


class AlternativeSerializer(FindingSerializer):
    """What the rule finds under another definition of the same pledge."""

    flips = serializers.BooleanField(
        help_text="Whether the status is another than under the primary definition."
    )


def build_finding_fields():
    """Return the fields that describe what `render_finding` returns."""
    text = "What the rule finds today, or on the day of `as_of`; null where none can judge."
    return {
        "finding": FindingSerializer(allow_null=True, help_text=text),
        "alternatives": AlternativeSerializer(
            many=True, help_text="The same under other definitions."
        ),
    }
