"""Every due day of a pledge under its own name: which there are, and which of them are overdue."""

from datetime import date

import pytest
from django.utils import timezone

from commitments.due_days import list_due, list_due_days, with_due_days
from commitments.models import Pledge, Undertaking

pytestmark = pytest.mark.django_db
DEADLINE = date(2026, 6, 30)
LATER, EARLIER = date(2027, 12, 31), date(2026, 3, 31)


@pytest.fixture
def make_due(make_pledge, make_party, japan, settle):
    """A pledge of Japan and France due in June 2026; `change` adds what it has besides."""

    def make(change=lambda pledge, part: None, **fields):
        france = make_party("france")
        defaults = {"deadline": DEADLINE, "deadline_precision": "day", "made_on": date(2025, 1, 1)}
        pledge = make_pledge(
            "promise", parties=[japan, france], state="draft", **{**defaults, **fields}
        )
        change(pledge, pledge.undertakings.get(party=france))
        return settle(pledge)

    return make


def give_own_deadline(day, **fields):
    def change(pledge, part):
        Undertaking.objects.filter(pk=part.pk).update(
            deadline=day, **{"deadline_precision": "day", **fields}
        )

    return change


def give_target(role="interim", due=EARLIER, own=False, **fields):
    def change(pledge, part):
        pledge.targets.create(
            role=role, label="Half of it", kind="milestone", due=due,
            undertaking=part if own else None, **fields,
        )  # fmt: skip

    return change


def give_criteria(day):
    def change(pledge, part):
        pledge.criteria.update(judged_from=day, judged_from_precision="day")

    return change


def exempt(change):
    def both(pledge, part):
        change(pledge, part)
        Undertaking.objects.filter(pk=part.pk).update(exempt_reason="It did not sign.")

    return both


def read_days(on=None):
    """Return (kind, party, day, whether it is overdue) of each due day of the one pledge."""
    pledge = with_due_days(Pledge.objects.published().for_listing()).get()
    on = on or timezone.now().date()
    return [
        (str(due.kind), due.party and due.party.slug, due.day, due.is_overdue(on=on))
        for due in list_due_days(pledge)
    ]


JUNE = ("deadline", None, DEADLINE, False)


@pytest.mark.parametrize(
    "change, expected",
    [
        pytest.param(lambda *_: None, [JUNE], id="the deadline alone"),
        pytest.param(
            give_own_deadline(LATER),
            [JUNE, ("own_deadline", "france", LATER, False)],
            id="an own deadline",
        ),
        pytest.param(give_own_deadline(DEADLINE), [JUNE], id="an own deadline that is the same"),
        pytest.param(exempt(give_own_deadline(LATER)), [JUNE], id="that of an exempt party"),
        pytest.param(
            give_target(), [("interim", None, EARLIER, False), JUNE], id="an interim target"
        ),
        pytest.param(
            give_target(own=True),
            [("interim", "france", EARLIER, False), JUNE],
            id="a party's interim target",
        ),
        pytest.param(give_target(due=DEADLINE), [JUNE], id="a target due on the deadline"),
        pytest.param(
            give_target("primary", due=LATER, own=True),
            [JUNE, ("target", "france", LATER, False)],
            id="a party's own target",
        ),
        pytest.param(
            give_target("alternative", due=LATER),
            [JUNE, ("target", None, LATER, False)],
            id="another definition",
        ),
        pytest.param(
            exempt(give_target(own=True)), [JUNE], id="the interim target of an exempt party"
        ),
        pytest.param(
            give_criteria(LATER), [JUNE, ("judged_from", None, LATER, False)], id="criteria"
        ),
        pytest.param(give_criteria(DEADLINE), [JUNE], id="criteria from the deadline on"),
    ],
)
def test_every_due_day_has_its_own_name(make_due, change, expected):
    make_due(change)
    assert read_days(date(2025, 2, 1)) == expected


@pytest.mark.parametrize(
    "change, on, overdue",
    [
        pytest.param(lambda *_: None, DEADLINE, [], id="on the day"),
        pytest.param(lambda *_: None, date(2026, 7, 1), ["deadline"], id="the day after"),
        pytest.param(
            give_own_deadline(LATER), date(2026, 7, 1), ["deadline"], id="later for one party"
        ),
        pytest.param(
            give_own_deadline(EARLIER), date(2026, 4, 1), ["own_deadline"], id="earlier for one"
        ),
        pytest.param(give_target(), EARLIER, [], id="on an interim day"),
        pytest.param(give_target(), date(2026, 4, 1), ["interim"], id="after an interim day"),
        pytest.param(give_criteria(EARLIER), date(2026, 4, 1), ["judged_from"], id="criteria"),
        pytest.param(
            give_target("primary", due=EARLIER, own=True),
            date(2026, 4, 1),
            ["target"],
            id="the own target of a party",
        ),
    ],
)
def test_each_becomes_overdue_by_itself(make_due, change, on, overdue):
    make_due(change)
    assert [kind for kind, _party, _day, missed in read_days(on) if missed] == overdue


def judge_all(pledge, make_assessment, status, as_of):
    for part in pledge.undertakings.all():
        make_assessment(part, status, as_of=as_of)


@pytest.mark.parametrize(
    "change, status, as_of, overdue",
    [
        pytest.param(give_target(), "on_track", date(2026, 3, 30), ["interim"], id="before it"),
        pytest.param(give_target(), "on_track", EARLIER, [], id="on an interim day"),
        pytest.param(give_criteria(EARLIER), "on_track", EARLIER, [], id="when it can be judged"),
        pytest.param(give_target(), "met", date(2026, 3, 1), [], id="closed before"),
        pytest.param(
            give_own_deadline(EARLIER), "on_track", EARLIER, ["own_deadline"], id="no final verdict"
        ),
    ],
)
def test_a_verdict_since_an_interim_day_ends_the_wait(
    make_due, make_assessment, time_machine, change, status, as_of, overdue
):
    time_machine.move_to("2026-04-02 12:00+00:00", tick=False)
    judge_all(make_due(change), make_assessment, status, as_of)
    assert [kind for kind, _party, _day, missed in read_days() if missed] == overdue


@pytest.mark.parametrize(
    "change, on, ahead, passed",
    [
        pytest.param(lambda *_: None, DEADLINE, DEADLINE, None, id="on the deadline"),
        pytest.param(lambda *_: None, date(2026, 7, 1), None, DEADLINE, id="after it"),
        pytest.param(give_own_deadline(LATER), date(2026, 7, 1), LATER, DEADLINE, id="own"),
        pytest.param(exempt(give_own_deadline(LATER)), date(2026, 7, 1), None, DEADLINE, id="exempt"),
        pytest.param(give_target(), date(2026, 4, 1), DEADLINE, EARLIER, id="interim"),
        pytest.param(give_criteria(EARLIER), date(2026, 3, 31), EARLIER, None, id="criteria"),
        pytest.param(give_criteria(LATER), date(2028, 1, 1), None, LATER, id="the last of two"),
    ],
)  # fmt: skip
def test_the_database_finds_the_nearest_day_of_each_side(make_due, change, on, ahead, passed):
    make_due(change)
    found = {}
    for when in ("ahead", "passed"):
        row = list_due(when, on=on).first()
        found[when] = row and row.nearest_due
    assert found == {"ahead": ahead, "passed": passed}


def test_only_the_newest_criteria_count(make_due):
    def change(pledge, part):
        give_criteria(LATER)(pledge, part)
        pledge.criteria.create(
            number=2, fixed_on=date(2025, 1, 1), met="m", not_met="n", judged_from=EARLIER,
            judged_from_precision="day",
        )  # fmt: skip

    make_due(change)
    assert ("judged_from", None, EARLIER, False) in read_days(date(2025, 2, 1))
    assert list_due("ahead", on=date(2026, 12, 1)).first() is None


def test_a_target_keeps_its_key_when_its_day_moves(make_due):
    pledge = make_due(give_target())

    def read_keys():
        row = with_due_days(Pledge.objects.published().for_listing()).get()
        return {due.key for due in list_due_days(row)}

    before = read_keys()
    pledge.targets.update(due=date(2026, 4, 30))
    assert read_keys() == before


@pytest.mark.parametrize("change, sentence", [
    pytest.param(lambda pledge, part: None, "so it cannot become overdue.", id="nothing"),
    pytest.param(give_criteria(EARLIER), "The days below come from how it is judged.", id="criteria"),
])  # fmt: skip
def test_a_page_says_that_nothing_can_fall_due_only_where_nothing_can(
    client, make_due, change, sentence
):
    make_due(change, deadline=None, deadline_precision="none")
    text = client.get("/pledges/promise/").html()
    section = text.split('id="deadline"')[1].split("</section>")[0]
    assert sentence in section
    assert section.count("overdue") == (sentence != "The days below come from how it is judged.")
