"""What is derived from an undertaking's published records: the verdict readers see, and the
roll-up.
"""

from decimal import ROUND_HALF_UP, Decimal

from rest_framework import serializers

from commitments.models import Cause, Confidence
from commitments.models.assessments import STATUS_CHOICES
from commitments.publicforms import render_exactly
from commitments.verdicts.dates import Precision
from commitments.verdicts.rollup import roll_up_parts
from commitments.verdicts.statuses import MEANINGS, NOT_ASSESSED

FOUR_PLACES = Decimal("0.0001")
# What `render_verdict` reads of our assessment.
OURS_COLUMNS = (
    *("slug", "state", "as_of", "confidence", "caveat", "late", "cause", "answer", "answer_ja"),
    *("done_on", "done_on_precision", "done_on_fiscal_start", "done_on_fiscal_named"),
    "done_on_from",
)
# What is derived of an undertaking reads these.
VERDICT_COLUMNS = (
    *("shown_status", "shown_by", "checked_on", "exempt_reason", "due_on"),
    *(f"current_assessment__{name}" for name in OURS_COLUMNS),
)


def make_due_field():
    return serializers.DateField(
        allow_null=True,
        help_text=(
            "Derived: the party's last day to keep it in time, by its own deadline, its own"
            " primary target, the pledge's deadline or its criteria; null without one."
        ),
    )


def render_verdict(undertaking, *, today):
    """Return the shown verdict of `undertaking`. An exempt one has no status: exempt is not a
    status.
    """
    ours = undertaking.current_assessment
    if ours is not None and not ours.is_published:
        ours = None
    return {
        "status": None if undertaking.is_exempt else undertaking.status,
        "late": ours.late if ours else False,
        "done_on": render_done_on(ours),
        "cause": (ours and ours.cause) or None,
        "answer": (ours and ours.answer) or None,
        "answer_ja": (ours and ours.answer_ja) or None,
        "by": undertaking.shown_by or None,
        "as_of": render_exactly(ours.as_of) if ours else None,
        "confidence": ours.confidence if ours else None,
        "caveat": ours.caveat if ours else None,
        "assessment": ours.slug if ours else None,
        "checked_on": render_exactly(undertaking.checked_on),
        "overdue": undertaking.is_overdue(on=today),
    }


def render_done_on(assessment):
    """Return when what `assessment` judges was done after its last day; None if it was not."""
    if assessment is None or assessment.done_on is None:
        return None
    done = assessment.done
    return {
        "last_day": render_exactly(done.last_day),
        "precision": done.precision,
        "first_day": render_exactly(done.first_day),
    }


def render_rollup(undertakings):
    """Return the counts over the parties of one pledge, and their mean score, as JSON may carry
    it.
    """
    total = roll_up_parts(undertakings)
    return {
        "parties": total.parties,
        "exempt": total.exempt,
        **render_counts(total),
    }


def render_counts(total):
    """Return what a roll-up says of those who are not exempt, as JSON may carry it."""
    return {
        "by_status": total.by_status,
        "late": total.late,
        "scored": total.scored,
        "mean_score": rounded(total.mean_score),
        "percent": rounded(total.percent),
    }


def rounded(number):
    if number is None:
        return None
    return render_exactly(number.quantize(FOUR_PLACES, ROUND_HALF_UP))


class DoneOnSerializer(serializers.Serializer):
    """A day that may be imprecise, such as “April 2026”: its last possible day, and how exact it
    is. Derived.
    """

    last_day = serializers.DateField()
    precision = serializers.ChoiceField([value.value for value in Precision])
    first_day = serializers.DateField(help_text="The first day that it may have been.")


class VerdictSerializer(serializers.Serializer):
    """The verdict that readers see. Derived: it is not part of the public form."""

    status = serializers.ChoiceField(
        [*STATUS_CHOICES, (NOT_ASSESSED, MEANINGS[NOT_ASSESSED].word)],
        allow_null=True,
        help_text="Null for an exempt party.",
    )
    late = serializers.BooleanField(
        help_text="With `not_met`: it was done after its last day (“not met, done later”)."
    )
    done_on = DoneOnSerializer(
        allow_null=True, help_text="When it was done after its last day; null if it was not."
    )
    cause = serializers.ChoiceField(
        Cause.choices, allow_null=True, help_text="Why it was missed or reversed, if we say so."
    )
    answer = serializers.CharField(
        allow_null=True, help_text="Our verdict in one sentence of at most 160 characters."
    )
    answer_ja = serializers.CharField(allow_null=True, help_text="The same in Japanese.")
    by = serializers.CharField(
        allow_null=True, help_text="“ours”, or the assessor's slug; null without a verdict."
    )
    as_of = serializers.DateField(allow_null=True, help_text="The day our judgement is as of.")
    confidence = serializers.ChoiceField(
        Confidence.choices, allow_null=True, help_text="Ours only."
    )
    caveat = serializers.CharField(
        allow_null=True, help_text="A sentence that must stand beside our verdict."
    )
    assessment = serializers.CharField(allow_null=True, help_text="Slug of our assessment.")
    checked_on = serializers.DateField(allow_null=True, help_text="The day it was last looked at.")
    overdue = serializers.BooleanField(
        help_text="The party's last day in time has passed (UTC) with the verdict open or missing."
    )


class CountsSerializer(serializers.Serializer):
    """Counts of verdicts, the exempt left out. Derived."""

    by_status = serializers.DictField(
        child=serializers.IntegerField(), help_text="How many have each status."
    )
    late = serializers.IntegerField(
        help_text="How many of those `not_met` were done after their last day."
    )
    scored = serializers.IntegerField(
        help_text="How many have a status with a place on the scale of −1 to +1."
    )
    mean_score = serializers.CharField(allow_null=True, help_text="Mean of those, to 4 decimals.")
    percent = serializers.CharField(
        allow_null=True, help_text="(mean + 1) / 2 × 100, to 4 decimals."
    )


class RollupSerializer(CountsSerializer):
    """Counts over the parties of a pledge. Derived."""

    parties = serializers.IntegerField(help_text="All parties, the exempt too.")
    exempt = serializers.IntegerField()
