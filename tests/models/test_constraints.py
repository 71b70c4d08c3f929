"""Form, importer and database agree: what `full_clean()` accepts raw SQL accepts, and the other way
round.

Each example starts from a row that is right and changes up to three of its columns to values at and
past the edges. What only a form can know (the shape of a slug, of an address, of a Wikidata id) is
left as it is: there a form may be stricter, never looser.
"""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.db import models as db
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from commitments import models
from commitments.models.numbers import ExactNumber
from tests.fixtures.shared import shared

DAYS = [date(2024, 1, 1), date(2025, 10, 28), date(2026, 3, 31)]
LEFT_ALONE = {
    "id",
    "slug",
    "state",
    "accepts",
    "findings",
    "url",
    "final_url",
    "archived_url",
    "read_at",
    "archived_at",
    "file",
    "sha256",
}
LEFT_ALONE |= {
    "wikidata_id",
    "iso_code",
    "retrieved_at",
    "edited_at",
    "language",
    "quote_language",
    "excerpt_language",
    "assessor",
    "reviewer",
    "submitted_by",
}


@shared
def right_rows(make_party, make_leader, make_summit, make_topic, make_pledge, make_user):
    """One unsaved, valid row of every model, by model name."""
    japan, france = (
        models.Party.objects.filter(slug="japan").first(),
        make_party("france", state="draft"),
    )
    pledge = make_pledge(state="draft", criteria=False)
    other = make_pledge("other", state="draft", criteria=False)
    japan, source = pledge.stated_by, pledge.source
    leader, summit = make_leader(state="draft"), make_summit(state="draft")
    series = models.SummitSeries.objects.create(slug="japan-us", name="Japan-US")
    indicator = models.Indicator.objects.create(
        slug="gdp", name="GDP", unit="%", definition="d", publisher="p", frequency="annual"
    )
    release = models.Release.objects.create(
        slug="gdp-1", indicator=indicator, released_on=DAYS[0], title="t"
    )
    report = models.OutsideReport.objects.create(
        slug="r0", assessor=france, title="t", source=source, scale="s", published_on=DAYS[1]
    )
    undertaking = pledge.undertakings.get()
    rows = [
        models.Party(slug="fresh", name="n", kind="bloc"),
        models.PartyName(party=japan, name="n", language="en"),
        models.Membership(bloc=japan, member=france),
        models.Topic(slug="fresh", name="n"),
        models.SummitSeries(slug="fresh", name="n"),
        models.Leader(slug="fresh", name="n"),
        models.Tenure(slug="fresh", leader=leader, party=japan, office="o"),
        models.Summit(slug="fresh", series=series, name="n", kind="bilateral", starts_on=DAYS[1], ends_on=DAYS[1]),
        models.Participation(summit=summit, party=japan, role="host"),
        models.Source(slug="fresh", kind="news", title="t", publisher="p", published_on=DAYS[1], tier="press"),
        models.Snapshot(
            source=source, media_type="text/html", byte_size=1, sha256="a" * 64, retrieved_at="2026-01-01T00:00:00Z"
        ),
        models.Statement(source=source, quote="q", not_tracked_reason="r"),
        models.Indicator(slug="fresh", name="n", unit="%", definition="d", publisher="p", frequency="annual"),
        models.Release(slug="fresh", indicator=indicator, released_on=DAYS[1], title="t"),
        models.Observation(
            release=release, party=japan, period_start=DAYS[0], period_end=DAYS[1], value=Decimal(2),
            decimals=1, kind="budget",
        ),
        models.Pledge(
            slug="fresh", title="t", occasion="o", quote="q", source=source, made_on=DAYS[1], stated_by=japan,
            attribution="joint_text", modality="agrees", kind="trade", deadline=DAYS[2], deadline_precision="day",
        ),
        models.PledgeQuote(pledge=pledge, text="q", language="ja", whose="authentic", source=source),
        models.Criteria(pledge=pledge, fixed_on=DAYS[1], met="m", not_met="n"),
        models.Undertaking(slug="fresh", pledge=pledge, party=france),
        models.PledgeLink(from_pledge=pledge, to_pledge=other, kind="quantifies"),
        models.Target(pledge=pledge, label="l", kind="reach", indicator=indicator, value=Decimal(2)),
        models.Evidence(
            slug="fresh", pledge=pledge, source=source, stance="supports", finding="f", happened_on=DAYS[1]
        ),
        models.SearchNote(slug="fresh", pledge=pledge, searched_on=DAYS[1], places="p", not_found="n"),
        models.Assessment(
            slug="fresh", undertaking=undertaking, status="in_progress", confidence="low", as_of=DAYS[1],
            assessor=make_user("anna"),
        ),
        models.OutsideReport(slug="fresh", assessor=france, title="t", source=source, scale="s", published_on=DAYS[1]),
        models.OutsideVerdict(report=report, undertaking=undertaking, score="+1", status="met"),
        models.Response(slug="fresh", undertaking=undertaking, received_on=DAYS[1], text="t"),
    ]  # fmt: skip
    return {type(row).__name__: row for row in rows}


def edge_values(field):
    """Return values at and past the edges of what `field` may hold."""
    empty = [None] if field.null else []
    if isinstance(field, db.ForeignKey):
        return empty
    if field.choices:
        return [*dict(field.flatchoices), "", "nonsense", *empty]
    if isinstance(field, db.BooleanField):
        return [True, False]
    if isinstance(field, db.DateField):
        return [*DAYS, None]
    if isinstance(field, db.DecimalField | ExactNumber):
        return [Decimal(0), Decimal("0.5"), Decimal(1), Decimal(2), *empty]
    if isinstance(field, db.IntegerField):
        return [0, 1, 4, 8, 9, 12, 13, *empty]
    if field.max_length:
        return [
            "",
            "x",
            "x" * field.max_length,
            "x" * (field.max_length + 1),
            "å" * field.max_length,
        ]
    return ["", "x", "言葉 " * 50]


def changeable(model):
    fields = [field for field in model._meta.local_concrete_fields if field.name not in LEFT_ALONE]
    return [field for field in fields if edge_values(field)]


def changes(model):
    one = st.sampled_from(changeable(model)).flatmap(
        lambda field: st.tuples(st.just(field.attname), st.sampled_from(edge_values(field)))
    )
    return st.lists(one, max_size=3).map(dict)


def insert(row):
    """Insert `row` by plain SQL, as a script past every form would."""
    fields = [field for field in row._meta.local_concrete_fields if not field.primary_key]
    values = [field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields]
    columns = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {row._meta.db_table} ({columns}) VALUES ({marks})", values)


def accepted(action, error):
    """Whether `action` passes without `error`; undone either way."""
    try:
        with transaction.atomic():
            action()
            raise Undone
    except Undone:
        return True
    except error:
        return False


class Undone(Exception):
    pass


INSIDE = (
    models.PartyName,
    models.PledgeQuote,
    models.Membership,
    models.Tenure,
    models.Participation,
    models.Snapshot,
    models.Statement,
    models.Observation,
    models.Criteria,
    models.Undertaking,
    models.PledgeLink,
    models.Target,
    models.OutsideVerdict,
)


@pytest.mark.django_db
@pytest.mark.parametrize("model", [*models.ROOTS, *INSIDE], ids=lambda model: model.__name__)
def test_a_form_and_raw_sql_agree(model, right_rows):
    right = right_rows[model.__name__]
    right.edited_at = "2026-01-01T00:00:00Z"

    @settings(suppress_health_check=list(HealthCheck))
    @given(changes(model))
    def check(changed):
        row = type(right)(
            **{
                field.attname: getattr(right, field.attname)
                for field in right._meta.local_concrete_fields
            }
        )
        for name, value in changed.items():
            setattr(row, name, value)
        by_form = accepted(row.full_clean, ValidationError)
        by_sql = accepted(lambda: insert(row), DatabaseError)
        assert by_form == by_sql, f"full_clean says {by_form}, SQL says {by_sql}: {changed}"

    assert accepted(right.full_clean, ValidationError), "the row to start from is not right"
    check()
