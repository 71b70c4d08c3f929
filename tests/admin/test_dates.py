"""Days at the desk: read as people write them, shown one way, and what is wrong said beside the
field.
"""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from commitments.models import Evidence, Pledge, Source

pytestmark = pytest.mark.django_db
LAW = {"kind": "law", "tier": "primary_official", "publisher": "Diet", "title": "A law"}


@pytest.fixture
def type_source(save, address, at_desk, researcher):
    """Add a source by its form; return it, or the errors of the form by field."""

    def type_source(**typed):
        answer = save(at_desk(researcher), address(Source, "add"), **LAW, **typed)
        return (
            Source.objects.get()
            if answer.status_code == 302
            else answer.context["adminform"].form.errors
        )

    return type_source


def kept(record, field):
    names = ("", "_precision", "_fiscal_start", "_from")
    return tuple(getattr(record, field + name) for name in names)


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        pytest.param(
            ("2026-06-30", "none", "", ""),
            "_precision",
            "You gave a day; say how exact",
            id="day, undated",
        ),
        pytest.param(
            ("", "month", "", ""),
            "",
            "Give the day, or choose “no date known”.",
            id="a month of no day",
        ),
        pytest.param(
            ("2026-03-31", "fiscal_year", "", ""),
            "_fiscal_start",
            "Give the month",
            id="no first month",
        ),
        pytest.param(
            ("2026-03-31", "year", "4", ""),
            "_fiscal_start",
            "Only a fiscal year",
            id="a month too many",
        ),
        pytest.param(
            ("2026-03-31", "period", "", ""), "_from", "Give the first day", id="no first day"
        ),
        pytest.param(
            ("2026-03-31", "day", "", "2026-03-01"),
            "_from",
            "Only a period",
            id="a first day too many",
        ),
        pytest.param(
            ("2026-03-31", "period", "", "2026-04-01"),
            "_from",
            "is after its last",
            id="first after last",
        ),
    ],
)
def test_a_date_that_does_not_fit_together_is_explained_beside_its_field(
    type_source, typed, field, sentence
):
    day, precision, month, first = typed
    columns = {"": day, "_precision": precision, "_fiscal_start": month, "_from": first}
    found = type_source(**{f"published_on{name}": value for name, value in columns.items()})
    assert set(found) == {f"published_on{field}"}
    assert sentence in found[f"published_on{field}"][0]


@pytest.mark.parametrize(
    ("record", "field"), [(Pledge, "deadline"), (Evidence, "happened_on"), (Source, "published_on")]
)
def test_the_shell_hears_the_same_of_every_model(record, field):
    row = record(**{field: date(2026, 6, 30), f"{field}_precision": "none"})
    with pytest.raises(ValidationError) as refused:
        row.validate_constraints(exclude={"made_on"})
    assert refused.value.message_dict[f"{field}_precision"] == [
        "You gave a day; say how exact it is, for example “the day”."
    ]


def test_an_empty_day_whose_precision_nobody_chose_is_undated(type_source):
    assert kept(type_source(), "published_on") == (None, "none", None, None)


def test_a_day_that_is_none_is_not_taken_for_undated(type_source):
    assert type_source(published_on="31 February 2026") == {
        "published_on": ["Write the day as 2026-06-30."]
    }


def test_a_deadline_whose_precision_nobody_chose_is_the_day(
    save, address, make_pledge, at_desk, researcher
):
    pledge = make_pledge(state="draft", deadline=None, deadline_precision="none")
    assert save(at_desk(researcher), address(pledge), deadline="2027-03-31").status_code == 302
    pledge.refresh_from_db()
    assert kept(pledge, "deadline") == (date(2027, 3, 31), "day", None, None)


@pytest.mark.parametrize("precision", ["ongoing", "recurring"])
def test_what_was_chosen_is_never_read_otherwise(
    save, errors, address, make_pledge, at_desk, researcher, precision
):
    pledge = make_pledge(state="draft", deadline=None, deadline_precision=precision)
    answer = save(at_desk(researcher), address(pledge), deadline="2027-03-31")
    assert errors(answer) == ["You gave a day; say how exact it is, for example “the day”."]


@pytest.mark.parametrize("written", ["2026-06-30", "30 June 2026", "30 Jun 2026"])
def test_a_day_is_read_as_people_write_it(type_source, written):
    assert type_source(published_on=written).published_on == date(2026, 6, 30)


@pytest.mark.parametrize("written", ["06/07/2026", "30/06/2026", "soon"])
def test_any_other_spelling_is_refused_with_the_one_that_is_wanted(type_source, written):
    assert type_source(published_on=written) == {"published_on": ["Write the day as 2026-06-30."]}


def test_the_forms_show_days_as_they_want_them_written(address, make_pledge, at_desk, researcher):
    page = at_desk(researcher).get(address(make_pledge(state="draft", made_on="2025-10-28"))).html()
    assert 'value="2025-10-28"' in page
    assert "28/10/2025" not in page
    # The calendar beside a box writes its day in the same form.
    catalogue = at_desk(researcher).get("/admin/jsi18n/").html()
    assert catalogue.index('"%Y-%m-%d"', catalogue.index("DATE_INPUT_FORMATS")) < catalogue.index(
        '"%d %B %Y"'
    )


@pytest.fixture
def type_evidence(save, address, make_pledge, source, at_desk, researcher):
    def type_evidence(**typed):
        typed = {"source": source.pk, "stance": "context", "finding": "Something.", **typed}
        return save(
            at_desk(researcher), f"{address(Evidence, 'add')}?pledge={make_pledge().pk}", **typed
        )

    return type_evidence


def test_an_excerpt_is_in_the_language_of_its_source_unless_told(type_evidence, source):
    source.language = "ja"
    source.save()
    assert type_evidence(excerpt="言葉").status_code == 302
    assert Evidence.objects.get().excerpt_language == "ja"


def test_a_language_without_an_excerpt_is_refused_beside_its_field(type_evidence):
    found = type_evidence(excerpt_language="en").context["adminform"].form.errors
    assert set(found) == {"excerpt_language"}
    assert "An excerpt needs its language" in found["excerpt_language"][0]
