from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Prefetch, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from commitments.models.fields import Line
from commitments.models.looking_back import LooksBack, make_condition
from commitments.models.roots import Root, RootQuerySet, make_root_rules
from commitments.models.rules import limit_lengths, require_filled, require_one_of, require_order

WIKIDATA = RegexValidator(r"^Q[1-9][0-9]*\Z", _("A Wikidata id is a Q and a number, such as Q17."))
ISO_ALPHA_3 = RegexValidator(r"^[A-Z]{3}\Z", _("Three capital letters of ISO 3166-1, such as JPN."))


class PartyKind(models.TextChoices):
    STATE = "state", _("State")
    ORGANISATION = "organisation", _("Organisation")
    BLOC = "bloc", _("Bloc with dated members")
    GROUP = "group", _("Group without defined members")
    AREA = "area", _("Area")


class PartyQuerySet(RootQuerySet):
    def with_undertakings(self):
        """Keep the parties that owe something in public."""
        from commitments.models.undertakings import Undertaking

        undertakings = Undertaking.objects.published()
        undertakings = undertakings.as_of(self.day)
        return self.filter(pk__in=undertakings.values("party"))

    def with_members(self):
        """Load the members whose time in the bloc had begun."""
        memberships = Membership.objects.as_of(self.day)
        memberships = memberships.select_related("member")
        return self.prefetch_related(Prefetch("memberships", memberships))


class Party(Root):
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
        help_text=_("ISO 3166-1 alpha-3 of a state: JPN. Leave empty for anything else."),
    )
    wikidata_id = models.CharField(
        _("Wikidata id"), max_length=20, blank=True, validators=[WIKIDATA]
    )

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
            models.UniqueConstraint(
                fields=["iso_code"],
                condition=~Q(iso_code=""),
                name="party_iso_code_once",
            ),
            models.CheckConstraint(
                condition=Q(iso_code="") | Q(kind=PartyKind.STATE),
                name="party_iso_code_of_state",
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


class MembershipQuerySet(LooksBack):
    @staticmethod
    def known(day, prefix=""):
        """A time is there from its first day; if that is not known, always."""
        unknown = make_condition(prefix, starts_on__isnull=True)
        begun = make_condition(prefix, starts_on__lte=day)
        return unknown | begun

    def on(self, day):
        """Keep the memberships that held on `day`; first and last day count."""
        not_ended = Q(ends_on__isnull=True) | Q(ends_on__gte=day)
        return self.filter(self.known(day), not_ended)


class Membership(models.Model):
    """A state's time in a bloc. An empty day means not known, or not ended."""

    bloc = models.ForeignKey(Party, models.CASCADE, related_name="memberships")
    member = models.ForeignKey(Party, models.PROTECT, related_name="member_of")
    starts_on = models.DateField(_("member from"), null=True, blank=True)
    ends_on = models.DateField(
        _("member until"),
        null=True,
        blank=True,
        help_text=_("The last day. Empty: still."),
    )

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["bloc", "starts_on", "member"]
        constraints = [
            require_order("membership", "starts_on", "ends_on", name="ends_after_start"),
            models.CheckConstraint(
                condition=~Q(bloc=models.F("member")), name="membership_not_of_itself"
            ),
            models.UniqueConstraint(fields=["bloc", "member", "starts_on"], name="membership_once"),
            models.UniqueConstraint(
                fields=["bloc", "member"],
                condition=Q(starts_on__isnull=True),
                name="membership_without_start_once",
            ),
        ]

    def __str__(self):
        return f"{self.member} in {self.bloc}"
