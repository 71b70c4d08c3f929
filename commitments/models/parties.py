from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Prefetch, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from commitments.models.fields import LANGUAGE, Line
from commitments.models.imprecise import DayPrecision, read_imprecise_date, require_day_precision
from commitments.models.looking_back import LooksBack, make_condition
from commitments.models.roots import Root, RootQuerySet, make_root_rules, require_published
from commitments.models.rules import (
    limit_lengths,
    make_quiet_rule,
    require_filled,
    require_once,
    require_one_of,
    require_order,
)

WIKIDATA = RegexValidator(r"^Q[1-9][0-9]*\Z", _("A Wikidata id is a Q and a number, such as Q17."))
ISO_ALPHA_3 = RegexValidator(r"^[A-Z]{3}\Z", _("Three capital letters of ISO 3166-1, such as JPN."))


class PartyKind(models.TextChoices):
    STATE = "state", _("State")
    ORGANISATION = "organisation", _("Organisation")
    BLOC = "bloc", _("Bloc with dated members")
    ECONOMY = "economy", _("Economy")
    GROUP = "group", _("Group without defined members")
    AREA = "area", _("Area")


class PartyQuerySet(RootQuerySet):
    def with_undertakings(self):
        """Keep the parties that owe something in public."""
        from commitments.models.undertakings import Undertaking

        undertakings = Undertaking.objects.published()
        undertakings = undertakings.as_of(self.day)
        return self.filter(pk__in=undertakings.values("party"))

    def with_names(self):
        """Load the other names of each party."""
        return self.prefetch_related("names")

    def with_members(self):
        """Load the members whose time in the bloc had begun."""
        memberships = Membership.objects.published().as_of(self.day)
        memberships = memberships.select_related("member")
        return self.prefetch_related(Prefetch("memberships", memberships))


class TimeSpan(models.Model):
    """A time with a first and a last day, either of them imprecise or not known."""

    class Meta:
        abstract = True

    @property
    def begins(self):
        return read_imprecise_date(self, "starts_on")

    @property
    def ends(self):
        return read_imprecise_date(self, "ends_on")


def require_time_span(record):
    """Return the constraints of a `TimeSpan`; `record` is the constraint prefix."""
    return [
        require_order(record, "starts_on", "ends_on", name="ends_after_start"),
        *require_day_precision(record, "starts_on"),
        *require_day_precision(record, "ends_on"),
    ]


class Party(TimeSpan, Root):
    """Who can owe a pledge, speak or be measured, such as a state, an organisation or a bloc."""

    name = Line(_("name"), help_text=_("The usual English name: “Japan”, “European Union”."))
    name_ja = Line(_("name in Japanese"), blank=True)
    short_name = Line(
        _("short name"),
        max_length=40,
        blank=True,
        help_text=_("For narrow tables: “US”. Empty: the name is used."),
    )
    kind = models.CharField(_("kind"), max_length=20, choices=PartyKind)
    iso_code = models.CharField(
        _("ISO code"),
        max_length=3,
        blank=True,
        validators=[ISO_ALPHA_3],
        help_text=_("ISO 3166-1 alpha-3, of whoever has one: JPN. Empty for anybody else."),
    )
    wikidata_id = models.CharField(
        _("Wikidata id"), max_length=20, blank=True, validators=[WIKIDATA]
    )
    starts_on = models.DateField(
        _("exists from"),
        null=True,
        blank=True,
        help_text=_("The first day it may have been. Empty: not known, or always."),
    )
    starts_on_precision = DayPrecision(_("exact to"))
    ends_on = models.DateField(
        _("existed until"),
        null=True,
        blank=True,
        help_text=_("The last day it may have been. Empty: it still exists."),
    )
    ends_on_precision = DayPrecision(_("exact to"))

    objects = PartyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = _("parties")
        ordering = ["name"]
        constraints = [
            *make_root_rules("party"),
            *limit_lengths(
                "party",
                name=200,
                name_ja=200,
                short_name=40,
                iso_code=3,
                wikidata_id=20,
            ),
            *require_filled("party", "name"),
            *require_one_of("party", kind=PartyKind.values),
            *require_time_span("party"),
            require_once(
                "iso_code",
                sentence="Another party has this code already.",
                fields=["iso_code"],
                condition=~Q(iso_code=""),
                name="party_iso_code_once",
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("party", args=[self.slug])

    @property
    def label(self):
        return self.short_name or self.name

    @property
    def label_ja(self):
        """The Japanese name, which is short by itself."""
        return self.name_ja


class PartyNameKind(models.TextChoices):
    OFFICIAL = "official", _("Official")
    COMMON = "common", _("Common")
    FORMER = "former", _("Former")
    CODE = "code", _("Code")


class PartyName(TimeSpan):
    """Another name of a party: look-ups, importers and the search find the party by it."""

    party = models.ForeignKey(Party, models.CASCADE, related_name="names")
    name = Line(_("name"), help_text=_("“United Kingdom of Great Britain and Northern Ireland”."))
    language = models.CharField(
        _("language"),
        max_length=10,
        blank=True,
        validators=[LANGUAGE],
        help_text=_("“en”, “ja”, “fr”. Empty for a code."),
    )
    kind = models.CharField(
        _("kind"), max_length=10, choices=PartyNameKind, default=PartyNameKind.COMMON
    )
    starts_on = models.DateField(
        _("in use from"), null=True, blank=True, help_text=_("Empty: not known, or always.")
    )
    starts_on_precision = DayPrecision(_("exact to"))
    ends_on = models.DateField(
        _("in use until"), null=True, blank=True, help_text=_("Empty: still in use.")
    )
    ends_on_precision = DayPrecision(_("exact to"))

    class Meta:
        ordering = ["party", "name"]
        constraints = [
            *limit_lengths("party_name", name=200, language=10),
            *require_filled("party_name", "name"),
            *require_one_of("party_name", kind=PartyNameKind.values),
            *require_time_span("party_name"),
            require_once(
                "name",
                sentence="This party has this name already, in this language and of this kind.",
                fields=["party", "name", "language", "kind"],
                name="party_name_once",
            ),
        ]

    def __str__(self):
        return self.name


class TimesQuerySet(LooksBack):
    """Readings of what has a first and a last day: memberships, and offices."""

    @staticmethod
    def known(day, prefix=""):
        """A time is there from its first day; if that is not known, always."""
        unknown = make_condition(prefix, starts_on__isnull=True)
        begun = make_condition(prefix, starts_on__lte=day)
        return unknown | begun

    def on(self, day):
        """Keep the memberships that held on `day`; first and last day count."""
        return self.on_any_day(day, day)

    def on_any_day(self, first, last):
        """Keep those that may have held on a day from `first` to `last`."""
        not_ended = Q(ends_on__isnull=True) | Q(ends_on__gte=first)
        return self.filter(self.known(last), not_ended)


class MembershipQuerySet(TimesQuerySet):
    def published(self):
        """Keep the memberships of a bloc and a member that are no hidden records."""
        return self.filter(require_published(bloc=Party, member=Party))


class Membership(TimeSpan):
    """A state's time in a bloc. An empty day means not known, or not ended."""

    bloc = models.ForeignKey(Party, models.CASCADE, related_name="memberships")
    member = models.ForeignKey(Party, models.PROTECT, related_name="member_of")
    starts_on = models.DateField(_("member from"), null=True, blank=True)
    starts_on_precision = DayPrecision(_("exact to"))
    ends_on = models.DateField(
        _("member until"),
        null=True,
        blank=True,
        help_text=_("The last day. Empty: still."),
    )
    ends_on_precision = DayPrecision(_("exact to"))

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["bloc", "starts_on", "member"]
        constraints = [
            *require_time_span("membership"),
            make_quiet_rule(
                "member",
                sentence="A bloc is no member of itself. Choose another party.",
                condition=~Q(bloc=models.F("member")),
                name="membership_not_of_itself",
            ),
            require_once(
                "member",
                sentence="This party is a member from this day already.",
                fields=["bloc", "member", "starts_on"],
                name="membership_once",
            ),
            require_once(
                "member",
                sentence="This party is a member without a first day already. Give one of them.",
                fields=["bloc", "member"],
                condition=Q(starts_on__isnull=True),
                name="membership_without_start_once",
            ),
        ]

    def __str__(self):
        return f"{self.member} in {self.bloc}"
