from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.utils.translation import gettext_lazy as _

from commitments.models.fields import Prose
from commitments.models.imprecise import (
    make_fiscal_named_field,
    make_fiscal_start_field,
    make_precision_field,
    read_imprecise_date,
    require_imprecise_date,
)
from commitments.models.leaders import Leader
from commitments.models.looking_back import LooksBack
from commitments.models.parties import Party
from commitments.models.pledges import Pledge, PledgeQuerySet
from commitments.models.roots import require_published
from commitments.models.rules import (
    limit_lengths,
    make_field_rule,
    require_filled,
    require_once,
    require_one_of,
)
from commitments.models.verdicts_then import (
    OURS,
    ShownThen,
    name_column_then,
    ours_on,
    status_on,
)
from commitments.verdicts.dates import ImpreciseDate, Precision, has_passed
from commitments.verdicts.statuses import (
    LOOK_AGAIN_AFTER,
    NOT_ASSESSED,
    OPEN,
    OVERDUE,
    UNJUDGED_MEANINGS,
    Status,
    Unjudged,
    may_be_out_of_date,
)


def describe_reason(reason):
    """Return a stored reason as a choice: its value and its word."""
    meaning = UNJUDGED_MEANINGS[reason]
    return reason.value, _(meaning.word)


class UnjudgedReason(models.TextChoices):
    """Why a part has no verdict. That it is not due yet follows from its last day."""

    AWAITING_DATA = describe_reason(Unjudged.AWAITING_DATA)
    NOTHING_FOUND = describe_reason(Unjudged.NOTHING_FOUND)
    JUDGED_UNDER = describe_reason(Unjudged.JUDGED_UNDER)
    NOT_LOOKED_AT = describe_reason(Unjudged.NOT_LOOKED_AT)


class UndertakingQuerySet(LooksBack):
    @staticmethod
    def public(prefix=""):
        """A part is public with its pledge, if who owes it is not hidden."""
        pledge = PledgeQuerySet.public(f"{prefix}pledge__")
        owing = require_published(prefix, party=Party, leader=Leader)
        return pledge & owing

    def published(self):
        public = self.public()
        return self.filter(public)

    @staticmethod
    def known(day, prefix=""):
        """Match parts in pledges made by `day`, of parties that were bound by then."""
        no_day = f"{prefix}binds_from__isnull"
        day_of_binding = f"{prefix}binds_from__lte"
        from_the_start = Q((no_day, True))
        joined = Q((day_of_binding, day))
        bound = from_the_start | joined
        made = PledgeQuerySet.known(day, f"{prefix}pledge__")
        return made & bound

    def bound(self, *, on):
        """Keep the parts that are owed on the day `on`; without a day, all of them.

        Their verdicts stay those of now.
        """
        if on is None:
            return self
        return self.filter(self.known(on))

    def as_of(self, day):
        """Read the parts in pledges made by `day`, each with the verdict its records give then.

        The rows show that verdict as rows of now show theirs. Queries use `status_column` and
        `ours_column`.
        """
        rows = super().as_of(day)
        if rows.day == self.day:
            return rows
        columns = {"status_then": status_on(day)}
        for field in ("status", "late", "cause", "confidence"):
            name = name_column_then(field)
            columns[name] = ours_on(day, field)
        rows = rows.alias(**columns)
        # A private part of Django: tests/architecture/test_private_parts.py says why.
        rows._iterable_class = ShownThen
        return rows

    @property
    def status_column(self):
        """The column to filter and count by the shown status; "" stands for none."""
        if self.day is None:
            return "shown_status"
        return "status_then"

    def ours_column(self, field):
        """Return the column to filter and count by `field` of our own shown assessment."""
        if self.day is None:
            return f"current_assessment__{field}"
        return name_column_then(field)

    def waiting(self):
        """Keep those for which `Undertaking.is_waiting` is true."""
        return self.filter(self._match_waiting())

    def _match_waiting(self):
        column = self.status_column
        lookup = f"{column}__in"
        not_assessed = Q((column, ""))
        still_open = Q((lookup, OPEN))
        waiting = not_assessed | still_open
        return waiting & Q(exempt_reason="")

    def overdue(self, *, on):
        """Keep those that are overdue on `on`; see `Undertaking.is_overdue`."""
        return self.filter(self._match_overdue(on))

    def _match_overdue(self, on):
        waiting = self._match_waiting()
        unsettled = self._match_unsettled()
        return waiting & unsettled & Q(due_on__lt=on)

    def _match_unsettled(self):
        """Match those that no verdict under another pledge settles; that is known of now alone."""
        if self.day is None:
            return ~Q(unjudged_reason=UnjudgedReason.JUDGED_UNDER)
        return Q()

    def may_be_out_of_date(self, *, on):
        """Keep those for which `Undertaking.may_be_out_of_date` is true on `on`."""
        return self.with_age(on=on).filter(is_aged=True)

    def with_age(self, *, on):
        """Name `is_aged`: what `Undertaking.may_be_out_of_date` returns."""
        from commitments.models.last_looks import match_looks_since

        last = on - LOOK_AGAIN_AFTER
        status = self.ours_column("status")
        still_open = Q((f"{status}__in", OPEN))
        if self.day is None:
            is_old = Q(checked_on__lt=last)
            return self._name_condition(is_aged=still_open & is_old)
        rows = self.alias(
            our_slug_then=ours_on(self.day, "slug"),
            our_day_then=ours_on(self.day, "as_of"),
        )
        looked_at = match_looks_since(last, as_of=self.day, assessment_slug="our_slug_then")
        is_old = Q(our_day_then__lt=last) & ~looked_at
        return rows._name_condition(is_aged=still_open & is_old)

    def with_standing(self, *, on):
        """Name `standing`: what `Undertaking.find_standing` returns, but "" for no verdict without
        a reason.
        """
        is_overdue = self._match_overdue(on)
        is_unjudged = self._match_unjudged()
        standing = Case(
            When(is_overdue, then=Value(OVERDUE)),
            When(is_unjudged, then=F("reason")),
            default=F(self.status_column),
        )
        rows = self.with_reason(on=on)
        return rows.annotate(standing=standing)

    def with_reason(self, *, on):
        """Name `reason`: what `Undertaking.find_reason` returns. Without a day, nothing is said of
        what is not due yet.
        """
        nothing = Value("")
        stored = nothing
        needs_none = ~self._match_unjudged()
        cases = [When(needs_none, then=nothing)]
        if self.day is None:
            stored = F("unjudged_reason")
            is_settled = Q(unjudged_reason=UnjudgedReason.JUDGED_UNDER)
            cases.append(When(is_settled, then=stored))
        if on is not None:
            not_due = Value(Unjudged.NOT_DUE.value)
            cases.append(When(due_on__gte=on, then=not_due))
        reason = Case(*cases, default=stored)
        return self.annotate(reason=reason)

    def with_author(self):
        """Name `others_alone`: what `Undertaking.is_theirs` returns."""
        if self.day is None:
            condition = ~Q(shown_by__in=["", OURS])
        else:
            our_status = self.ours_column("status")
            has_verdict = ~Q((self.status_column, ""))
            has_none_of_ours = Q((f"{our_status}__isnull", True))
            condition = has_verdict & has_none_of_ours
        return self._name_condition(others_alone=condition)

    def _name_condition(self, **conditions):
        """Name whether a row meets each of `conditions`; where that is unknown, it does not."""
        columns = {}
        for name, condition in conditions.items():
            case = When(condition, then=True)
            columns[name] = Case(case, default=False)
        return self.annotate(**columns)

    def _match_unjudged(self):
        return Q((self.status_column, ""), exempt_reason="")

    def for_listing(self):
        rows = self.order_by("party__name", "slug")
        return rows.select_related("party", "current_assessment", "judged_under")


class Undertaking(models.Model):
    """One party's part in a pledge: the party owes it, and is judged for its own part alone."""

    slug = models.CharField(
        _("slug"),
        max_length=330,
        unique=True,
        editable=False,
        help_text=_("Made of the pledge's and the party's: <pledge>--<party>."),
    )
    pledge = models.ForeignKey(Pledge, models.CASCADE, related_name="undertakings")
    party = models.ForeignKey(Party, models.PROTECT, related_name="undertakings")
    leader = models.ForeignKey(
        Leader,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="undertakings",
        help_text=_("Who bound the party, if one person did."),
    )
    binds_from = models.DateField(
        _("binds from"),
        null=True,
        blank=True,
        help_text=_("If later than the pledge: a party that joined afterwards."),
    )
    deadline = models.DateField(
        _("own deadline"),
        null=True,
        blank=True,
        help_text=_("Only if this party has another last day than the pledge."),
    )
    deadline_precision = make_precision_field(_("exact to"), default=Precision.NONE)
    deadline_fiscal_start = make_fiscal_start_field()
    deadline_fiscal_named = make_fiscal_named_field()
    deadline_from = models.DateField(_("first day of the period"), null=True, blank=True)
    reservation = Prose(
        _("reservation"),
        blank=True,
        help_text=_("What this party excepted, in its own words."),
    )
    exempt_reason = Prose(
        _("why it is exempt"),
        blank=True,
        help_text=_("Filled: exempt. It is never assessed and is counted apart."),
    )
    missing = Prose(
        _("what is missing for a verdict"),
        blank=True,
        help_text=_("Shown while it is not assessed: which proof we would need and do not have."),
    )
    missing_ja = Prose(_("what is missing, in Japanese"), blank=True)

    # Only `publishing` writes these seven, so that every list reads its verdicts from one row.
    due_on = models.DateField(
        null=True,
        blank=True,
        editable=False,
        help_text=_("The last day to keep it in time, by its own deadline or the pledge's."),
    )
    current_assessment = models.ForeignKey(
        "commitments.Assessment",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    shown_status = models.CharField(max_length=20, blank=True, editable=False)
    shown_by = models.CharField(
        max_length=160,
        blank=True,
        editable=False,
        help_text=_("“ours”, or the slug of the assessing party."),
    )
    checked_on = models.DateField(null=True, blank=True, editable=False)
    unjudged_reason = models.CharField(
        max_length=16,
        choices=UnjudgedReason,
        blank=True,
        editable=False,
        help_text=_("Why it has no verdict, once it is due; empty with a verdict, or if exempt."),
    )
    judged_under = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        help_text=_("The same party's part in a linked pledge, whose verdict holds for this one."),
    )

    objects = UndertakingQuerySet.as_manager()

    class Meta:
        ordering = ["pledge", "party"]
        constraints = [
            *limit_lengths("undertaking", slug=330, shown_by=160),
            *require_filled("undertaking", "slug"),
            *require_one_of("undertaking", shown_status=list(Status), blank={"shown_status"}),
            *require_one_of(
                "undertaking", unjudged_reason=UnjudgedReason.values, blank={"unjudged_reason"}
            ),
            *require_imprecise_date(
                "undertaking", "deadline", undated=["none", "ongoing", "recurring"]
            ),
            require_once(
                "party",
                sentence="This party owes it already: its part is in another row.",
                fields=["pledge", "party"],
                name="undertaking_once",
            ),
            models.CheckConstraint(
                condition=Q(shown_status="", shown_by="") | (~Q(shown_status="") & ~Q(shown_by="")),
                name="undertaking_verdict_names_its_author",
            ),
            make_field_rule(
                "exempt_reason",
                condition=Q(exempt_reason="") | Q(current_assessment__isnull=True),
                name="undertaking_exempt_is_not_assessed",
                sentence=_(
                    "It has a published assessment; withdraw that before exempting the party."
                ),
            ),
        ]
        indexes = [
            models.Index(fields=["party", "shown_status"], name="undertaking_by_verdict"),
            # The overdue lists and the calendar read by this day alone.
            models.Index(fields=["due_on"], name="undertaking_by_due_day"),
        ]

    def __str__(self):
        return f"{self.party}: {self.pledge}"

    def get_absolute_url(self):
        address = self.pledge.get_absolute_url()
        return f"{address}#{self.slug}"

    def clean(self):
        # Curators don't choose the slug. Every form and importer passes here, so it is set here.
        if self.pledge_id and self.party_id:
            pledge_slug = self.pledge.slug
            party_slug = self.party.slug
            self.slug = f"{pledge_slug}--{party_slug}"

    @property
    def status(self):
        """The status a reader sees: the verdict's, or `not_assessed`."""
        return self.shown_status or NOT_ASSESSED

    @property
    def late(self):
        """Whether our verdict says that it was done after its last day."""
        verdict = self.current_assessment
        return verdict is not None and verdict.late

    @property
    def done(self):
        """When it was done after its last day, as an imprecise date; None if it was not."""
        if not self.late:
            return None
        return self.current_assessment.done

    @property
    def is_exempt(self):
        return self.exempt_reason != ""

    @property
    def last_day(self):
        """The last day to keep it in time; None without one."""
        return self.due_on

    @property
    def due(self):
        """The party's own deadline; see `last_day` for the day that counts."""
        return read_imprecise_date(self, "deadline")

    def is_bound(self, *, on):
        """Whether the party owes it on the day `on`: from its start, or from the day it joined."""
        if self.binds_from is None:
            return True
        return self.binds_from <= on

    @property
    def is_waiting(self):
        """Whether its verdict is open or missing. The same rule as `UndertakingQuerySet.waiting`.

        An exempt party is never judged, so it never waits.
        """
        if self.is_exempt:
            return False
        return self.status == NOT_ASSESSED or self.status in OPEN

    def is_overdue(self, *, on):
        """Whether its last day has passed on `on` with the verdict open or missing.

        The same rule as `UndertakingQuerySet.overdue`.
        """
        if not self.is_waiting:
            return False
        if self.unjudged_reason == UnjudgedReason.JUDGED_UNDER:
            return False
        return has_passed(self.last_day, on=on)

    @property
    def is_ours(self):
        """Whether the verdict that readers see is ours."""
        return self.shown_by == OURS

    @property
    def is_theirs(self):
        """Whether others alone have judged it."""
        return self.shown_by not in ("", OURS)

    def may_be_out_of_date(self, *, on):
        """Whether our open verdict was last checked too long before the day `on`.

        The same rule as `UndertakingQuerySet.may_be_out_of_date`.
        """
        if not self.is_ours:
            return False
        return may_be_out_of_date(self.status, self.checked_on, on=on)

    def find_reason(self, *, on):
        """Return why it has no verdict on the day `on`; "" if it has one, is exempt, or on a past
        day may have had another reason than that it was not due.

        A verdict under another pledge holds whatever the day. Before the last day is over there is
        nothing to judge, whatever else is missing.
        """
        if self.is_exempt or self.status != NOT_ASSESSED:
            return ""
        if self.unjudged_reason == UnjudgedReason.JUDGED_UNDER:
            return self.unjudged_reason
        if self.due_on is not None and not has_passed(self.due_on, on=on):
            return Unjudged.NOT_DUE.value
        return self.unjudged_reason

    def find_standing(self, *, on):
        """Return what readers see first on the day `on`: “overdue”, why it has no verdict, else its
        status.

        The status of an overdue part is only what it was last judged: no list, page, picture or
        file shows it as how the part stands.
        """
        if self.is_overdue(on=on):
            return OVERDUE
        return self.find_reason(on=on) or self.status

    @property
    def judged_on(self):
        """The day that our shown verdict is as of; None without one of ours."""
        if self.current_assessment is None:
            return None
        return self.current_assessment.as_of

    @property
    def own_last_day(self):
        """The party's own last day as an imprecise date; None where it has that of the pledge."""
        if self.deadline is not None:
            return self.due
        pledge_day = self.pledge.deadline
        # With neither, its last day may be the day from which the criteria can be judged.
        if pledge_day is None or self.due_on in (None, pledge_day):
            return None
        return ImpreciseDate(self.due_on, Precision.DAY)
