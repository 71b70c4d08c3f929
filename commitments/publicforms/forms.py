"""What is public of each record, field by field: the declarations that payloads are rendered from.

A form is never changed once a ledger holds it. To publish another field, add a form with the next
number that names all fields again (lists that stay the same may be shared): `verify_ledger` goes on
reading old entries by the old form.
"""

from dataclasses import dataclass, field

from commitments import models


@dataclass(frozen=True)
class Child:
    """Rows that live inside a record: their key in the payload, their fields and their order.

    `owner` is the field of a row that names its record.
    """

    key: str
    model: type
    owner: str
    fields: tuple[str, ...]
    order: tuple[str, ...]
    # References that are public only once the record they point at is published.
    once_published: frozenset[str] = frozenset()

    @property
    def accessor(self) -> str:
        """The attribute of a record that leads to these rows."""
        owner = self.model._meta.get_field(self.owner)
        relation = owner.remote_field
        return relation.get_accessor_name()


@dataclass(frozen=True)
class PublicForm:
    """One version of a record type's public form."""

    number: int
    model: type
    fields: tuple[str, ...]
    children: tuple[Child, ...] = field(default=())

    @property
    def record_type(self) -> str:
        return self.model._meta.model_name


def _name_date_fields(name):
    """Return the fields of the imprecise date `name`."""
    return (
        name,
        f"{name}_precision",
        f"{name}_fiscal_start",
        f"{name}_from",
    )


# Fields that several forms of a record share. These lists are as fixed as the forms made of them.
PLEDGE = (
    "slug",
    "title",
    "title_ja",
    "summit",
    "occasion",
    "occasion_ja",
    "quote",
    "quote_is_verbatim",
    "quote_language",
    "translation",
    "translated_by",
    "source",
    "locator",
    "made_on",
    "stated_by",
    "stated_by_leader",
    "attribution",
    "modality",
    "kind",
    "topics",
    *_name_date_fields("deadline"),
    "explanation",
    "explanation_ja",
    "verifiability",
    "verifiability_reason",
    "borne_by",
)
PLEDGE_ROWS = (
    Child(
        "criteria",
        models.Criteria,
        "pledge",
        (
            "number",
            "fixed_on",
            "met",
            "met_ja",
            "partly_met",
            "partly_met_ja",
            "not_met",
            "not_met_ja",
        ),
        ("number",),
    ),
    Child(
        "undertakings",
        models.Undertaking,
        "pledge",
        (
            "slug",
            "party",
            "leader",
            "binds_from",
            "reservation",
            "exempt_reason",
            "missing",
            "missing_ja",
        ),
        ("slug",),
    ),
    Child("links", models.PledgeLink, "from_pledge", ("to_pledge", "kind"), ("to_pledge", "kind")),
)
TARGET = (
    "undertaking",
    "role",
    "label",
    "kind",
    "indicator",
    "measured_for",
    "comparator",
    "value",
    "baseline_value",
    "baseline_period",
    "window_start",
    "due",
    "decimals",
    "partly_met_share",
    "accepts",
)
ASSESSMENT = (
    "slug",
    "undertaking",
    "status",
    "confidence",
    "rationale",
    "rationale_ja",
    "caveat",
    "caveat_ja",
    "evidence",
    "as_of",
    "method",
    "criteria",
    "methodology",
    "rules_version",
    "findings",
    "assessor_credit",
    "reviewer_credit",
    "signed_alone",
)


def _make_targets(*fields):
    order = ("role", "label", "undertaking")
    return Child(
        "targets",
        models.Target,
        owner="pledge",
        fields=fields,
        order=order,
    )


FORMS = (
    PublicForm(
        1,
        models.Party,
        ("slug", "name", "name_ja", "short_name", "kind", "iso_code", "wikidata_id"),
        (
            Child(
                "memberships",
                models.Membership,
                "bloc",
                ("member", "starts_on", "ends_on"),
                ("starts_on", "member"),
            ),
        ),
    ),
    PublicForm(1, models.Topic, ("slug", "name", "name_ja", "parent")),
    PublicForm(1, models.SummitSeries, ("slug", "name", "name_ja")),
    PublicForm(
        1,
        models.Leader,
        ("slug", "name", "native_name", "wikidata_id"),
        (
            Child(
                "tenures",
                models.Tenure,
                "leader",
                ("slug", "party", "office", "office_ja", "starts_on", "ends_on"),
                ("starts_on", "slug"),
            ),
        ),
    ),
    PublicForm(
        1,
        models.Summit,
        (
            "slug",
            "series",
            "name",
            "name_ja",
            "kind",
            "starts_on",
            "ends_on",
            "city",
            "country",
            "venue",
            "summary",
            "summary_ja",
        ),
        (
            Child(
                "participations",
                models.Participation,
                "summit",
                ("party", "leader", "tenure", "role"),
                ("party", "leader"),
            ),
        ),
    ),
    PublicForm(
        1,
        models.Source,
        (
            "slug",
            "kind",
            "title",
            "title_ja",
            "publisher",
            *_name_date_fields("published_on"),
            "language",
            "url",
            "tier",
            "issued_by",
            "issued_at",
            "note",
            "may_show_copy",
        ),
        (
            Child(
                "snapshots",
                models.Snapshot,
                "source",
                (
                    "retrieved_at",
                    "final_url",
                    "http_status",
                    "media_type",
                    "byte_size",
                    "sha256",
                    "archived_url",
                ),
                ("retrieved_at", "sha256"),
            ),
            Child(
                "statements",
                models.Statement,
                "source",
                ("quote", "locator", "pledge", "not_tracked_reason"),
                ("locator", "quote"),
                frozenset({"pledge"}),
            ),
        ),
    ),
    PublicForm(
        1,
        models.Indicator,
        (
            "slug",
            "name",
            "name_ja",
            "unit",
            "definition",
            "publisher",
            "url",
            "frequency",
            "fiscal_year_starts",
            "stage",
            "currency",
            "price_year",
        ),
    ),
    PublicForm(
        1,
        models.Release,
        ("slug", "indicator", "released_on", "title", "url", "sha256", "note"),
        (
            Child(
                "observations",
                models.Observation,
                "release",
                ("party", "period_start", "period_end", "value", "decimals", "kind", "note"),
                ("party", "period_start", "period_end", "kind"),
            ),
        ),
    ),
    PublicForm(1, models.Pledge, PLEDGE, (*PLEDGE_ROWS, _make_targets(*TARGET))),
    # Whether the value of a change is a percentage of its baseline.
    PublicForm(2, models.Pledge, PLEDGE, (*PLEDGE_ROWS, _make_targets(*TARGET, "per_cent"))),
    # What a definition is called in Japanese.
    PublicForm(
        3, models.Pledge, PLEDGE, (*PLEDGE_ROWS, _make_targets(*TARGET, "per_cent", "label_ja"))
    ),
    PublicForm(
        1,
        models.Evidence,
        (
            "slug",
            "pledge",
            "undertakings",
            "source",
            "stance",
            "finding",
            "finding_ja",
            "excerpt",
            "excerpt_language",
            "translation",
            "translated_by",
            "locator",
            *_name_date_fields("happened_on"),
        ),
    ),
    PublicForm(1, models.Assessment, ASSESSMENT),
    # Why a person signed another status than the rule found.
    PublicForm(2, models.Assessment, (*ASSESSMENT, "differs_because", "differs_because_ja")),
    PublicForm(
        1,
        models.OutsideReport,
        ("slug", "assessor", "title", "source", "scale", "licence", "published_on"),
        (
            Child(
                "verdicts",
                models.OutsideVerdict,
                "report",
                ("undertaking", "score", "status", "note"),
                ("undertaking",),
            ),
        ),
    ),
    PublicForm(1, models.Response, ("slug", "undertaking", "received_on", "text", "url", "answer")),
)

BY_NUMBER = {(form.record_type, form.number): form for form in FORMS}
# The newest form of each record type: what is published from now on.
CURRENT = {form.record_type: form for form in sorted(FORMS, key=lambda form: form.number)}
MODELS = {record_type: form.model for record_type, form in CURRENT.items()}
