"""What is public of each record, field by field: the declarations that payloads are rendered from.

A form is never changed once a ledger holds it. To publish another field, name it here, and add to
`upgrading` the step that says what payloads of the form before mean: the step raises the number of
the form.
"""

from dataclasses import dataclass, field

from commitments import models
from commitments.publicforms.upgrading import count_forms


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
    """The newest public form of a record type."""

    model: type
    fields: tuple[str, ...]
    children: tuple[Child, ...] = field(default=())

    @property
    def record_type(self) -> str:
        return self.model._meta.model_name

    @property
    def number(self) -> int:
        return count_forms(self.record_type)


def _name_date_fields(name):
    """Return the fields of the imprecise date `name`."""
    return (
        name,
        f"{name}_precision",
        f"{name}_fiscal_start",
        f"{name}_fiscal_named",
        f"{name}_from",
    )


# The fields of a time with a first and a last day.
TERM = ("starts_on", "starts_on_precision", "ends_on", "ends_on_precision")
NAMES = Child(
    "names",
    models.PartyName,
    owner="party",
    fields=("name", "language", "kind", *TERM),
    order=("kind", "language", "name"),
)
MEMBERSHIPS = Child(
    "memberships",
    models.Membership,
    owner="bloc",
    fields=("member", *TERM),
    order=("starts_on", "member"),
)
TENURES = Child(
    "tenures",
    models.Tenure,
    owner="leader",
    fields=("slug", "party", "office", "office_ja", *TERM),
    order=("starts_on", "slug"),
)
PARTICIPATIONS = Child(
    "participations",
    models.Participation,
    owner="summit",
    fields=("party", "leader", "tenure", "role"),
    order=("party", "leader"),
)
SNAPSHOTS = Child(
    "snapshots",
    models.Snapshot,
    owner="source",
    fields=(
        "retrieved_at",
        "final_url",
        "http_status",
        "media_type",
        "byte_size",
        "sha256",
        "archived_url",
    ),
    order=("retrieved_at", "sha256"),
)
STATEMENTS = Child(
    "statements",
    models.Statement,
    owner="source",
    fields=("quote", "locator", "pledges", "not_tracked_reason"),
    order=("locator", "quote"),
    once_published=frozenset({"pledges"}),
)
OBSERVATIONS = Child(
    "observations",
    models.Observation,
    owner="release",
    fields=("party", "period_start", "period_end", "value", "decimals", "kind", "note"),
    order=("party", "period_start", "period_end", "kind"),
)
QUOTES = Child(
    "quotes",
    models.PledgeQuote,
    owner="pledge",
    fields=("text", "language", "whose", "source", "locator"),
    order=("language", "whose", "source"),
)
CRITERIA = Child(
    "criteria",
    models.Criteria,
    owner="pledge",
    fields=(
        "number",
        "fixed_on",
        *_name_date_fields("judged_from"),
        "met",
        "met_ja",
        "partly_met",
        "partly_met_ja",
        "not_met",
        "not_met_ja",
    ),
    order=("number",),
)
UNDERTAKINGS = Child(
    "undertakings",
    models.Undertaking,
    owner="pledge",
    fields=(
        "slug",
        "party",
        "leader",
        "binds_from",
        *_name_date_fields("deadline"),
        "reservation",
        "exempt_reason",
        "missing",
        "missing_ja",
    ),
    order=("slug",),
)
LINKS = Child(
    "links",
    models.PledgeLink,
    owner="from_pledge",
    fields=("to_pledge", "kind"),
    order=("to_pledge", "kind"),
)
TARGETS = Child(
    "targets",
    models.Target,
    owner="pledge",
    fields=(
        "undertaking",
        "role",
        "label",
        "label_ja",
        "kind",
        "indicator",
        "measured_for",
        "comparator",
        "value",
        "upper_value",
        "met_at",
        "per_cent",
        "baseline_value",
        "baseline_source",
        "baseline_period",
        "window_start",
        "due",
        "no_due_day",
        "decimals",
        "partly_met_share",
        "accepts",
    ),
    order=("role", "label", "undertaking"),
)
OUTSIDE_VERDICTS = Child(
    "verdicts",
    models.OutsideVerdict,
    owner="report",
    fields=("undertaking", "score", "status", "note"),
    order=("undertaking",),
)

FORMS = (
    PublicForm(
        models.Party,
        ("slug", "name", "name_ja", "short_name", "kind", "iso_code", "wikidata_id", *TERM),
        (NAMES, MEMBERSHIPS),
    ),
    PublicForm(models.Topic, ("slug", "name", "name_ja", "parent")),
    PublicForm(models.SummitSeries, ("slug", "name", "name_ja")),
    PublicForm(models.Leader, ("slug", "name", "native_name", "wikidata_id"), (TENURES,)),
    PublicForm(
        models.Summit,
        (
            "slug",
            "series",
            "name",
            "name_ja",
            "kind",
            "standing",
            "standing_reason",
            "standing_reason_ja",
            *TERM,
            "city",
            "country",
            "venue",
            "summary",
            "summary_ja",
        ),
        (PARTICIPATIONS,),
    ),
    PublicForm(
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
            "read_at",
            "archived_at",
            "tier",
            "issued_by",
            "issued_at",
            "note",
            "may_show_copy",
        ),
        (SNAPSHOTS, STATEMENTS),
    ),
    PublicForm(
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
            "fiscal_year_named",
            "lowest",
            "highest",
            "stage",
            "currency",
            "price_year",
        ),
    ),
    PublicForm(
        models.Release,
        ("slug", "indicator", "released_on", "title", "url", "sha256", "note"),
        (OBSERVATIONS,),
    ),
    PublicForm(
        models.Pledge,
        (
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
            "made_on_precision",
            "stated_by",
            "stated_by_leader",
            "attribution",
            "modality",
            "kind",
            "topics",
            *_name_date_fields("deadline"),
            "deadline_words",
            "condition",
            "condition_ja",
            "explanation",
            "explanation_ja",
            "verifiability",
            "verifiability_reason",
            "verifiability_reason_ja",
            "borne_by",
        ),
        (QUOTES, CRITERIA, UNDERTAKINGS, LINKS, TARGETS),
    ),
    PublicForm(
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
            "is_milestone",
        ),
    ),
    PublicForm(
        models.SearchNote,
        (
            "slug",
            "pledge",
            "undertakings",
            "searched_on",
            "places",
            "places_ja",
            "not_found",
            "not_found_ja",
        ),
    ),
    PublicForm(
        models.Assessment,
        (
            "slug",
            "undertaking",
            "status",
            "late",
            *_name_date_fields("done_on"),
            "cause",
            "answer",
            "answer_ja",
            "confidence",
            "rationale",
            "rationale_ja",
            "caveat",
            "caveat_ja",
            "differs_because",
            "differs_because_ja",
            "evidence",
            "search_notes",
            "as_of",
            "method",
            "criteria",
            "methodology",
            "rules_version",
            "findings",
            "assessor_credit",
            "reviewer_credit",
            "signed_alone",
        ),
    ),
    PublicForm(
        models.OutsideReport,
        ("slug", "assessor", "title", "source", "scale", "licence", "published_on"),
        (OUTSIDE_VERDICTS,),
    ),
    PublicForm(
        models.Response,
        ("slug", "undertaking", "received_on", "text", "language", "url", "answer"),
    ),
)

# The form of each record type that is published from now on.
CURRENT = {form.record_type: form for form in FORMS}
MODELS = {record_type: form.model for record_type, form in CURRENT.items()}
