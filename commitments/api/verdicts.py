"""What is derived from an undertaking's published records: the verdict readers see, and the
roll-up.
"""

from decimal import ROUND_HALF_UP, Decimal

from rest_framework import serializers

from commitments.models import Cause, Confidence
from commitments.models.assessments import STATUS_CHOICES
from commitments.publicforms import render_exactly
from commitments.verdicts.dates import Precision
from commitments.verdicts.rollup import roll_up_parts, rollup
from commitments.verdicts.statuses import (
    LOOK_AGAIN_AFTER,
    MEANINGS,
    NOT_ASSESSED,
    UNJUDGED_MEANINGS,
)

UNJUDGED_CHOICES = [(code.value, meaning.word) for code, meaning in UNJUDGED_MEANINGS.items()]
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
    *("unjudged_reason", "judged_under__slug"),
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
        "may_be_out_of_date": undertaking.may_be_out_of_date(on=today),
        "overdue": undertaking.is_overdue(on=today),
        "reason": undertaking.find_reason(on=today) or None,
        "judged_under": undertaking.judged_under and undertaking.judged_under.slug,
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


def render_rollup(undertakings, *, today):
    """Return the counts over the parties of one pledge, and their mean score, as JSON may carry
    it.
    """
    total = roll_up_parts(undertakings, on=today)
    return {
        "parties": total.parties,
        "exempt": total.exempt,
        **render_counts(total),
    }


def render_counts(total):
    """Return our verdicts in a roll-up and, apart from them, what is not judged by us."""
    theirs = total.others_alone or rollup([])
    return {
        **render_verdict_counts(total),
        "judged_under": total.judged_under,
        "unjudged": total.unjudged,
        "others": {
            "undertakings": theirs.parties,
            **render_verdict_counts(theirs),
        },
    }


def render_verdict_counts(total):
    """Return the counts of one assessor's verdicts, and their mean score, as JSON may carry it."""
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
    checked_on = serializers.DateField(
        allow_null=True,
        help_text=(
            "The day it was last looked at: the newest of the day it is as of, its confirmations"
            " and the searches for this party. Of an outside verdict, the day of the report."
        ),
    )
    may_be_out_of_date = serializers.BooleanField(
        help_text=f"Our open verdict was last looked at more than {LOOK_AGAIN_AFTER.days} days ago."
    )
    overdue = serializers.BooleanField(
        help_text=(
            "The party's last day in time has passed (UTC) with the verdict open or missing, and no"
            " verdict under another pledge holds for it."
        )
    )
    reason = serializers.ChoiceField(
        UNJUDGED_CHOICES,
        allow_null=True,
        help_text="Why there is no verdict; null with one, for the exempt, or if it is unknown.",
    )
    judged_under = serializers.CharField(
        allow_null=True,
        help_text="With that reason: slug of the same party's undertaking whose verdict holds.",
    )


class VerdictCountsSerializer(serializers.Serializer):
    """Counts of one assessor's verdicts, the exempt left out. Derived."""

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


class OthersSerializer(VerdictCountsSerializer):
    """Counts of verdicts on those that others alone have judged. Derived."""

    undertakings = serializers.IntegerField(help_text="How many others alone have judged.")


class CountsSerializer(VerdictCountsSerializer):
    """Counts of our verdicts and of what is `not_assessed`; those that others alone have judged,
    those judged under another pledge, and the exempt are left out. Derived.
    """

    judged_under = serializers.IntegerField(
        help_text="How many have no verdict because one under another pledge holds for them."
    )
    unjudged = serializers.DictField(
        child=serializers.IntegerField(),
        help_text=(
            "How many of those `not_assessed` have which reason: `not_due`, `awaiting_data`,"
            " `nothing_found` or `not_looked_at`. On a past day, only the first is known."
        ),
    )

    def get_fields(self):
        fields = super().get_fields()
        fields["others"] = OthersSerializer(
            help_text="Those that others alone have judged; none of ours."
        )
        return fields


class RollupSerializer(CountsSerializer):
    """Counts over the parties of a pledge. Derived."""

    parties = serializers.IntegerField(help_text="All parties, the exempt too.")
    exempt = serializers.IntegerField()
