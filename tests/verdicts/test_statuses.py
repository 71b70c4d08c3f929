"""The statuses: every one explained, in one family, and at its place on the other scale."""

from decimal import Decimal

import pytest

from commitments.verdicts.statuses import (
    CLOSED,
    MEANINGS,
    NOT_ASSESSED,
    OPEN,
    SCORES,
    SET_ASIDE,
    STATUS_OF_SCORE,
    Family,
    Status,
    disagree,
    percent_from_mean,
)

FAMILIES = {
    Family.OPEN: {"not_started", "in_progress", "on_track", "off_track", "stalled", "reversed"},
    Family.CLOSED: {"met", "partly_met", "not_met"},
    Family.SET_ASIDE: {"superseded", "withdrawn", "unverifiable", "not_applicable"},
}


@pytest.mark.parametrize("family, members", FAMILIES.items(), ids=FAMILIES)
def test_a_family_holds_the_statuses_it_is_known_by(family, members):
    """Addresses and JSON carry these words, so none may be renamed or move."""
    assert {status.value for status in Status if MEANINGS[status].family is family} == members


def test_every_status_is_in_exactly_one_family():
    assert sorted([*OPEN, *CLOSED, *SET_ASIDE]) == sorted(Status)


def test_not_assessed_is_explained_but_is_never_a_status_that_can_be_stored():
    assert NOT_ASSESSED not in set(Status)
    assert MEANINGS[NOT_ASSESSED].family is None


def test_every_status_has_a_meaning_and_nothing_else_has():
    assert set(MEANINGS) == {*Status, NOT_ASSESSED}


@pytest.mark.parametrize("part", ["word", "icon", "definition"])
def test_no_two_statuses_share_a(part):
    """Colour may repeat; what a reader who sees no colour goes by may not."""
    values = [getattr(meaning, part) for meaning in MEANINGS.values()]
    assert len(set(values)) == len(values)
    assert all(values)


@pytest.mark.parametrize(
    "status, score",
    [
        pytest.param("met", 1, id="full compliance"),
        pytest.param("partly_met", 0, id="partial"),
        pytest.param("in_progress", 0, id="work in progress"),
        pytest.param("not_met", -1, id="failure"),
        pytest.param("reversed", -1, id="the opposite of the pledge"),
    ],
)
def test_a_status_has_its_place_on_the_scale_of_three(status, score):
    assert SCORES[status] == score


def test_no_other_status_has_a_score():
    assert set(SCORES) == {"met", "partly_met", "in_progress", "not_met", "reversed"}


def test_the_way_back_from_the_scale_reads_its_middle_as_partly_met():
    assert STATUS_OF_SCORE == {1: "met", 0: "partly_met", -1: "not_met"}


@pytest.mark.parametrize(
    "mean, percent",
    [
        pytest.param("-1", "0", id="nobody"),
        pytest.param("0", "50", id="the middle"),
        pytest.param("1", "100", id="everybody"),
        pytest.param("0.5", "75.0", id="between"),
    ],
)
def test_a_mean_becomes_a_percentage(mean, percent):
    assert percent_from_mean(Decimal(mean)) == Decimal(percent)


@pytest.mark.parametrize(
    "ours, theirs, expected",
    [
        pytest.param("met", "met", False, id="the same word"),
        pytest.param("met", "not_met", True, id="another score"),
        pytest.param("in_progress", "partly_met", False, id="their 0 may be work in progress"),
        pytest.param("reversed", "not_met", False, id="both are −1"),
        pytest.param("on_track", "met", True, id="ours has no score"),
        pytest.param("met", "off_track", True, id="theirs has no score"),
        pytest.param("on_track", "off_track", True, id="neither has a score"),
    ],
)
def test_two_verdicts_disagree_if_neither_word_nor_score_is_the_same(ours, theirs, expected):
    assert disagree(ours, theirs) is expected
