"""Days at the desk: read as people write them, shown one way, and what is wrong said beside the
field.
"""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from commitments.models import Evidence, Leader, Pledge, Source, Tenure

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
        "published_on": ["There is no such day in the calendar. Check the day and the month."]
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


@pytest.mark.parametrize("written", ["2026-06-30", "30 June 2026", "30 Jun 2026", "30/06/2026"])
def test_a_day_is_read_as_people_write_it(type_source, written):
    assert type_source(published_on=written).published_on == date(2026, 6, 30)


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("06/07/2026", "This may be 6 July 2026 or 7 June 2026. Write 2026-07-06 or 2026-06-07."),
        ("soon", "This leaves open which days are meant."),
        ("abc", "This is not a date."),
    ],
)
def test_a_spelling_that_is_not_read_gets_its_one_sentence(type_source, written, sentence):
    refused = type_source(published_on=written)
    assert set(refused) == {"published_on"}
    assert [str(words).startswith(sentence) for words in refused["published_on"]] == [True]


@pytest.mark.parametrize(
    ("written", "day", "precision"),
    [
        ("31 March 2026", date(2026, 3, 31), "day"),
        ("May 2017", date(2017, 5, 31), "month"),
        ("Q3 2026", date(2026, 9, 30), "quarter"),
        ("2010", date(2010, 12, 31), "year"),
    ],
)
def test_words_set_the_day_and_how_exact_it_is(type_source, written, day, precision):
    assert kept(type_source(published_on=written), "published_on") == (day, precision, None, None)


def test_a_fiscal_year_is_read_with_its_month(type_source):
    source = type_source(published_on="FY2027", published_on_fiscal_start="4")
    assert kept(source, "published_on") == (date(2028, 3, 31), "fiscal_year", 4, None)


def test_a_fiscal_year_asks_for_its_month_and_stays_in_the_box(save, address, at_desk, researcher):
    answer = save(at_desk(researcher), address(Source, "add"), **LAW, published_on="FY2027")
    form = answer.context["adminform"].form
    assert set(form.errors) == {"published_on_fiscal_start"}
    assert "In which month does this fiscal year start?" in str(form.errors)
    assert form["published_on"].value() == "FY2027"


def test_several_years_are_a_period_with_its_first_day(type_source):
    source = type_source(published_on="2024 to 2027")
    expected = (date(2027, 12, 31), "period", None, date(2024, 1, 1))
    assert kept(source, "published_on") == expected


def test_words_replace_all_that_belonged_to_the_date_before(
    save, address, make_pledge, at_desk, researcher
):
    pledge = make_pledge(
        state="draft",
        deadline="2028-03-31",
        deadline_precision="fiscal_year",
        deadline_fiscal_start=4,
    )
    assert save(at_desk(researcher), address(pledge), deadline="May 2029").status_code == 302
    pledge.refresh_from_db()
    assert kept(pledge, "deadline") == (date(2029, 5, 31), "month", None, None)


def test_words_and_another_choice_are_refused(type_source):
    refused = type_source(published_on="May 2017", published_on_precision="year")
    assert set(refused) == {"published_on"}
    assert "You wrote the month and chose “the year”." in str(refused)


@pytest.mark.parametrize(
    ("written", "day", "precision"),
    [
        ("28 October 2025", date(2025, 10, 28), "day"),
        ("October 2025", date(2025, 10, 1), "month"),
        ("2010", date(2010, 1, 1), "year"),
    ],
)
def test_the_day_of_a_pledge_counts_from_its_first(
    save, address, make_pledge, at_desk, researcher, written, day, precision
):
    pledge = make_pledge(state="draft")
    assert save(at_desk(researcher), address(pledge), made_on=written).status_code == 302
    pledge.refresh_from_db()
    assert (pledge.made_on, pledge.made_on_precision) == (day, precision)


def test_a_term_of_office_begins_with_its_first_and_ends_with_its_last_day(
    save, errors, address, japan, at_desk, researcher
):
    term = {
        "tenures-0-party": japan.pk,
        "tenures-0-office": "Prime Minister",
        "tenures-0-starts_on": "2010",
        "tenures-0-ends_on": "May 2017",
    }
    answer = save(at_desk(researcher), address(Leader, "add"), name="Taro", **term)
    assert answer.status_code == 302, errors(answer)
    tenure = Tenure.objects.get()
    assert (tenure.starts_on, tenure.starts_on_precision) == (date(2010, 1, 1), "year")
    assert (tenure.ends_on, tenure.ends_on_precision) == (date(2017, 5, 31), "month")


def test_a_day_in_a_life_is_no_fiscal_year(save, address, make_pledge, at_desk, researcher):
    answer = save(at_desk(researcher), address(make_pledge(state="draft")), made_on="2025 to 2026")
    refused = answer.context["adminform"].form.errors
    assert set(refused) == {"made_on"}
    assert "Write the day, the month, the quarter or the year." in str(refused)


def test_a_day_that_contradicts_its_precision_is_refused_with_the_right_one(type_source):
    refused = type_source(published_on="2026-04-15", published_on_precision="month")
    assert refused == {
        "published_on": ["April 2026 ends on 30 April 2026. Write 2026-04-30, or choose “the day”."]
    }


def test_an_older_record_whose_day_contradicts_its_precision_can_be_edited(
    save, errors, address, make_source, at_desk, researcher
):
    source = make_source(
        "old", state="draft", published_on="2026-04-15", published_on_precision="month"
    )
    answer = save(at_desk(researcher), address(source), publisher="The Diet")
    assert answer.status_code == 302, errors(answer)
    answer = save(at_desk(researcher), address(source), published_on="2026-04-16")
    assert "Write 2026-04-30" in errors(answer)[0]


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


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param({"published_on": "FY2025"}, id="a fiscal year"),
        pytest.param(
            {"published_on": "2026-03-31", "published_on_precision": "fiscal_year"},
            id="its last day",
        ),
    ],
)
def test_a_thirteenth_month_is_refused_beside_its_field_alone(type_source, typed):
    refused = type_source(**typed, published_on_fiscal_start="13")
    assert set(refused) == {"published_on_fiscal_start"}
    [sentence] = refused["published_on_fiscal_start"]
    assert sentence.startswith("In which month does this fiscal year start?")


@pytest.mark.parametrize("typed", ["2010-05-15", "soon"])
def test_a_refused_day_of_a_term_has_one_sentence(save, address, japan, at_desk, researcher, typed):
    term = {
        "tenures-0-party": japan.pk,
        "tenures-0-office": "Prime Minister",
        "tenures-0-starts_on": typed,
        "tenures-0-starts_on_precision": "month",
    }
    answer = save(at_desk(researcher), address(Leader, "add"), name="Taro", **term)
    [inline] = answer.context["inline_admin_formsets"]
    assert set(inline.formset.forms[0].errors) == {"starts_on"}


@pytest.mark.parametrize(
    ("typed", "is_saved"),
    [
        pytest.param("28 October 2025", True, id="the day it was made"),
        pytest.param("27 October 2025", False, id="the day before"),
    ],
)
def test_no_party_has_a_day_before_the_pledge_was_made(
    save, errors, address, make_pledge, at_desk, researcher, typed, is_saved
):
    pledge = make_pledge(state="draft")
    answer = save(at_desk(researcher), address(pledge), **{"undertakings-0-deadline": typed})
    assert (answer.status_code == 302) is is_saved
    if not is_saved:
        [sentence] = errors(answer)
        assert sentence.startswith("27 October 2025 is before the pledge was made")
