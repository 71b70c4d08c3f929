"""Pledges that may be on record twice, and how they and sources are warned of."""

import re

import pytest
from django.core.management import call_command
from django.utils import timezone

from commitments.judging.integrity import find_broken_rules
from commitments.judging.same_pledges import find_same_pledges, fold_wording
from commitments.models import Pledge, PledgeLink

TODAY = timezone.now().date()


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("WE WILL FINANCE 2% OF GDP", id="case"),
        pytest.param("“We will finance 2 % of GDP.”", id="quotation marks and blanks"),
        pytest.param("We will,\n finance\u00a02% -- of GDP!", id="punctuation"),
        pytest.param("We will ﬁnance ２% of GDP", id="ligatures and wide digits"),
    ],
)
def test_these_texts_are_the_same(text):
    assert fold_wording(text) == fold_wording("We will finance 2% of GDP")


@pytest.mark.parametrize("text", ["We will finance 3% of GDP", "We finance 2% of GDP", ""])
def test_these_texts_are_others(text):
    assert fold_wording(text) != fold_wording("We will finance 2% of GDP")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "quote, other",
    [
        pytest.param("We will finance 2% of GDP.", "WE WILL FINANCE “2% of GDP”", id="English"),
        pytest.param("We will ﬁnance it", "we will finance it", id="a ligature of a PDF"),
        pytest.param("防衛費を２％に増額する。", "防衛費を2%に増額する", id="Japanese"),
        pytest.param("ÉTÉ à Biarritz", "été à Biarritz.", id="accents"),
        pytest.param("Ya. Да.", "ya, да", id="no long word"),
    ],
)
def test_a_pledge_with_the_same_words_is_found(make_pledge, quote, other):
    stored = make_pledge("stored", quote=quote, state="draft")
    make_pledge("unlike", quote="We will finance 3% of GDP.", state="draft")
    assert find_same_pledges(Pledge(quote=other, title="New")) == [stored]
    assert find_same_pledges(Pledge(quote="New", title="stored!")) == [stored]
    assert find_same_pledges(Pledge(quote="", title="")) == []


def list_warnings(record):
    return [
        broken.sentence
        for broken in find_broken_rules(record, today=TODAY)
        if broken.rule in ("pledge_entered_twice", "source_entered_twice")
    ]


@pytest.mark.django_db
def test_of_two_pledges_with_one_quote_the_later_names_the_earlier(make_pledge):
    first = make_pledge("first", quote="We will.")
    second = make_pledge("second", quote="We will!")
    assert list_warnings(first) == []
    [sentence] = list_warnings(second)
    assert sentence.startswith("It has the words of first (quote).")
    link = PledgeLink.objects.create(from_pledge=second, to_pledge=first, kind="reaffirms")
    assert list_warnings(second) == []
    link.delete()
    sentence = second.source.statements.create(quote="We will, and we will!")
    sentence.pledges.set([second])
    assert list_warnings(second) != []
    sentence.pledges.add(first)
    assert list_warnings(second) == []


@pytest.mark.django_db
def test_check_integrity_lists_sources_and_pledges_on_record_twice(
    make_source, make_pledge, capsys
):
    make_source("first", url="https://example.org/page")
    make_source("second", url="http://www.example.org/page/")
    make_pledge("one", title="Trees")
    make_pledge("two", title="trees")
    call_command("check_integrity")
    lines = capsys.readouterr().out.splitlines()
    named = [line for line in lines if "_entered_twice" in line]
    assert [re.split(": (?:The|It) ", line)[0] for line in named] == [
        "warning: source second",
        "warning: pledge two",
    ]
