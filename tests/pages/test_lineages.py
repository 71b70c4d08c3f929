"""What a pledge grew from and what became of it."""

import re
from datetime import date
from itertools import pairwise

import pytest

from commitments import models
from commitments.pages import lineages

pytestmark = pytest.mark.django_db


@pytest.fixture
def line(make_pledge):
    """Make a chain of so many pledges, one a month, each of which quantifies the one before."""

    def line(length):
        made = [
            make_pledge(f"step-{n}", made_on=date(2020 + n // 12, n % 12 + 1, 1))
            for n in range(length)
        ]
        for later, earlier in pairwise(reversed(made)):
            link(later, earlier)
        return made

    return line


def link(later, earlier, kind="quantifies"):
    models.PledgeLink.objects.create(from_pledge=later, to_pledge=earlier, kind=kind)


def steps_in(text):
    """Return the slugs of the line in its order, "" for the pledge that the page is of."""
    drawn = text.partition('<ol class="lineage">')[2].partition("</ol>")[0]
    return [
        slug for _here, slug in re.findall(r'<b>(This pledge)</b>|href="/pledges/([^/]+)/', drawn)
    ]


def test_the_line_runs_from_the_first_pledge_through_this_one_to_the_last(read, line, make_pledge):
    made = line(5)
    link(make_pledge("sibling", made_on=date(2026, 1, 1)), made[0], "supersedes")
    text = read("/pledges/step-2/")
    assert steps_in(text) == ["step-0", "step-1", "", "step-3", "step-4"]
    assert f"Quantifies “{made[0].title}”" in text and "Quantifies this pledge" in text
    # What else came of the first pledge is told on that pledge's page.
    assert "sibling" in steps_in(read("/pledges/step-0/"))


def test_it_is_bounded_and_says_where_it_goes_on(read, line, make_pledge, monkeypatch):
    line(13)
    whole, half = read("/pledges/step-6/"), read("/pledges/step-0/")
    assert len(steps_in(whole)) == 13 and "The line goes on" not in whole
    assert steps_in(half)[-1] == "step-6" and "The line goes on" in half
    monkeypatch.setattr(lineages, "MOST", 3)
    short = read("/pledges/step-6/")
    assert len(steps_in(short)) == 4 and "The line goes on" in short


def test_it_is_of_the_day_and_goes_through_nothing_unpublished(client, read, line):
    made = line(5)
    then = client.get("/pledges/step-2/", {"as_of": "2020-04-15"}).html()
    assert steps_in(then) == ["step-0", "step-1", "", "step-3"]
    models.Pledge.objects.filter(pk=made[3].pk).update(state="withdrawn")
    assert steps_in(read("/pledges/step-2/")) == ["step-0", "step-1", ""]


def test_each_step_but_this_one_shows_its_verdicts_on_the_day(read, line, make_assessment):
    first, here, last = line(3)
    make_assessment(first.undertakings.get(), "off_track", as_of=date(2020, 6, 1))
    make_assessment(here.undertakings.get(), "in_progress", as_of=date(2020, 6, 1))
    make_assessment(last.undertakings.get(), "on_track", as_of=date(2020, 8, 1))

    def verdicts(text):
        drawn = text.partition('<ol class="lineage">')[2].partition("</ol>")[0]
        return re.findall("Off track|In progress|On track|Not assessed", drawn)

    assert verdicts(read("/pledges/step-1/")) == ["Off track", "On track"]
    assert verdicts(read("/pledges/step-1/?as_of=2020-07-01")) == ["Off track", "Not assessed"]


def test_a_level_costs_one_statement_and_a_circle_ends(read, statements, line):
    made = line(3)
    # Both neighbours of the middle one are read together; from the first it is two levels to the
    # last.
    assert statements("/pledges/step-0/") - statements("/pledges/step-1/") == 1
    link(made[0], made[2])
    assert sorted(steps_in(read("/pledges/step-1/"))) == ["", "step-0", "step-2"]
