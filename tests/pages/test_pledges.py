import re
from datetime import date

import pytest

from commitments import models
from tests.fixtures.records import withdraw
from tests.fixtures.shared import shared

DAY = date(2025, 10, 28)
ORDER = ["verdicts", "promised", "deadline", "criteria", "reasons", "evidence", "outside", "responses", "history",
         "lineage", "rule", "figures", "cite", "embed", "report"]  # fmt: skip


@shared
def whole(japan, source, settle, make_pledge, make_party, make_assessment, make_evidence):
    """A pledge that has something to say in every section."""
    pledge = make_pledge("whole", state="draft", parties=[japan, make_party("france")])
    older = make_pledge("older", made_on=date(2024, 1, 1))
    models.PledgeLink.objects.create(from_pledge=pledge, to_pledge=older, kind="quantifies")
    indicator = settle(
        models.Indicator.objects.create(
            slug="share", name="Defence spending", unit="% of GDP", definition="All of it.", publisher="The Office",
            frequency="fiscal_year",
        )
    )  # fmt: skip
    models.Target.objects.create(
        pledge=pledge,
        label="Share of GDP",
        kind="stand",
        indicator=indicator,
        value=2,
        due=date(2026, 3, 31),
    )
    release = models.Release.objects.create(
        slug="share-2026", indicator=indicator, released_on=date(2026, 5, 1), title="Spring tables"
    )
    models.Observation.objects.create(
        release=release, party=japan, period_start=date(2025, 4, 1), period_end=date(2026, 3, 31), value="1.6",
        decimals=2, kind="budget",
    )  # fmt: skip
    settle(release)
    settle(pledge)
    ours, theirs = (
        pledge.undertakings.get(party=japan),
        pledge.undertakings.exclude(party=japan).get(),
    )
    make_assessment(ours, "met", "whole-verdict", evidence=[make_evidence(pledge, "whole-proof")])
    report = models.OutsideReport.objects.create(
        slug="report", assessor=make_party("research-group", kind="organisation"), title="Compliance report",
        source=source, scale="−1, 0, +1", published_on=date(2026, 6, 1),
    )  # fmt: skip
    models.OutsideVerdict.objects.create(
        report=report, undertaking=theirs, score="−1", status="not_met"
    )
    settle(report)
    reply = models.Response.objects.create(
        slug="whole-reply",
        undertaking=ours,
        received_on=date(2026, 7, 1),
        text="We did more.",
        answer="Noted.",
    )
    settle(reply)
    return pledge


def test_a_pledge_page_answers_in_the_order_a_reader_asks(read, whole):
    text = read(whole.get_absolute_url())
    sections = re.findall(r'<section[^>]* aria-labelledby="([a-z]+)"', text)
    assert sections == ORDER


def test_every_record_on_a_pledge_page_has_its_anchor(read, whole):
    text = read(whole.get_absolute_url())
    for anchor in ("whole--japan", "whole--france", "whole-verdict", "whole-proof", "whole-reply"):
        assert text.count(f'id="{anchor}"') == 1, anchor


def test_an_outside_verdict_is_shown_only_as_theirs(read, whole):
    text = read(whole.get_absolute_url())
    row = text[text.index('id="whole--france"') :]
    row = row[: row.index("</tr>")]
    assert "Not met" in row
    assert "The judgement of Research Group, not ours" in row


def test_what_a_party_says_stands_in_its_language_with_the_way_to_it(read, settle, make_pledge):
    pledge = make_pledge("spoken")
    words = models.Response.objects.create(
        slug="spoken-words",
        undertaking=pledge.undertakings.get(),
        received_on=date(2026, 7, 1),
        text="Lo vamos a cumplir.",
        language="es",
        url="https://example.org/press",
        answer="Said to journalists.",
    )
    settle(words)
    for address in ("/pledges/spoken/", "/ja/pledges/spoken/"):
        section = read(address).split('<section aria-labelledby="responses">')[1]
        assert '<blockquote lang="es"><p>Lo vamos a cumplir.</p></blockquote>' in section
        assert 'href="https://example.org/press"' in section
        assert "Said to journalists." in section
    # It may have been said in public, and never sent here.
    assert "sent to us or said in public" in read("/pledges/spoken/")
    assert "received" not in read("/pledges/spoken/")


def test_a_figure_keeps_the_decimals_it_was_published_with(read, whole):
    text = read(whole.get_absolute_url())
    assert "is at least 2% of GDP for the period with" in text
    assert ">1.60<" in text
    assert "Spring tables" in text


def test_lineage_is_told_from_both_ends(read, whole):
    assert "Quantifies “" in read(whole.get_absolute_url())
    assert "Quantifies this pledge" in read("/pledges/older/")


@pytest.fixture
def make_late(make_pledge):
    """A published pledge whose criteria were written in 2026."""

    def make(slug, **fields):
        pledge = make_pledge(slug, criteria=False, state="draft", **fields)
        models.Criteria.objects.create(
            pledge=pledge, fixed_on=date(2026, 1, 1), met="Done.", not_met="Not done."
        )
        models.Pledge.objects.filter(pk=pledge.pk).update(state="published")
        return pledge

    return make


def test_criteria_written_after_the_day_of_the_verdict_say_so_once(
    read, make_late, make_pledge, make_party, japan, make_assessment
):
    late = make_late("late", parties=[japan, make_party("france")])
    early = make_pledge("early")
    for pledge in (late, early):
        for undertaking in pledge.undertakings.all():
            make_assessment(undertaking, "met", criteria=pledge.criteria.get())
    text = read(late.get_absolute_url())
    assert text.count("after the day of the verdict") == 1
    assert "The criteria were written" not in read(early.get_absolute_url())


def test_criteria_written_after_the_last_day_say_so_without_a_verdict(read, make_late):
    late = make_late("late", deadline=date(2025, 12, 31), deadline_precision="day")
    early = make_late("early", deadline=date(2026, 1, 1), deadline_precision="day")
    assert "after the pledge’s last day" in read(late.get_absolute_url())
    assert "The criteria were written" not in read(early.get_absolute_url())


def test_a_verdict_by_earlier_criteria_is_not_late_because_of_newer_ones(
    read, make_pledge, make_assessment
):
    pledge = make_pledge()
    models.Criteria.objects.create(
        pledge=pledge, number=2, fixed_on=date(2026, 1, 1), met="More.", not_met="Less."
    )
    make_assessment(pledge.undertakings.get(), "met", criteria=pledge.criteria.get(number=1))
    assert "The criteria were written" not in read(pledge.get_absolute_url())


def test_what_is_not_assessed_says_what_is_missing(read, make_pledge):
    text = read(make_pledge().get_absolute_url())
    assert "Not looked at yet" in text
    assert "Nobody here has looked for proof yet: a gap of this record." in text
    assert "What is missing: A figure." in text


def test_an_exempt_party_stands_last_and_apart(read, japan, make_party, make_pledge):
    pledge = make_pledge(state="draft", parties=[make_party("iceland"), japan])
    pledge.undertakings.filter(party__slug="iceland").update(
        exempt_reason="It has no armed forces."
    )
    models.Pledge.objects.filter(pk=pledge.pk).update(state="published")
    text = read(pledge.get_absolute_url())
    assert text.index('id="tokyo-2025-defence--japan"') < text.index(
        'id="tokyo-2025-defence--iceland"'
    )
    assert "It has no armed forces." in text


@pytest.mark.parametrize(
    "today, overdue",
    [
        pytest.param("2026-03-30", False, id="the day before"),
        pytest.param("2026-03-31", False, id="the deadline day still counts"),
        pytest.param("2026-04-01", True, id="the day after"),
    ],
)
def test_overdue_begins_the_day_after_the_deadline(read, monkeypatch, make_pledge, today, overdue):
    from datetime import datetime

    from django.utils import timezone

    pledge = make_pledge(deadline=date(2026, 3, 31), deadline_precision="day")
    monkeypatch.setattr(timezone, "now", lambda: datetime.fromisoformat(f"{today}T12:00:00+00:00"))
    assert ("Overdue" in read(pledge.get_absolute_url())) is overdue


def test_an_overdue_verdict_says_of_which_day_it_is(read, make_pledge, make_assessment):
    pledge = make_pledge(
        made_on=date(2024, 1, 1), deadline=date(2024, 6, 30), deadline_precision="day"
    )
    make_assessment(pledge.undertakings.get(), "on_track", as_of=date(2024, 5, 3))
    for address, begins in (
        (pledge.get_absolute_url(), 'class="overdue"'),
        ("/pledges/", 'class="signs"'),
        ("/", 'id="overdue"'),
    ):
        beside = (
            read(address)
            .partition(begins)[2]
            .partition("</ul>" if begins != 'class="overdue"' else "</td>")[0]
        )
        assert 'last judged on track, <time datetime="2024-05-03">' in beside, address
        assert "#trending-up" not in beside, address


def test_a_paraphrase_has_no_quotation_marks_and_says_so(read, make_pledge):
    text = read(make_pledge(quote="It would do more", quote_is_verbatim=False).get_absolute_url())
    assert "It would do more" in text
    assert "“It would do more”" not in text
    assert "A paraphrase" in text


def test_a_quotation_within_takes_the_other_marks(read, make_pledge):
    text = read(make_pledge(quote="will “move” it").get_absolute_url())
    assert "‘will “move” it’" in text


def test_a_translation_stands_beside_and_names_its_translator(read, make_pledge):
    pledge = make_pledge(
        quote="増額する", quote_language="ja", translation="will increase", translated_by="ours"
    )
    text = read(pledge.get_absolute_url())
    assert '<blockquote lang="ja"><p>「増額する」</p></blockquote>' in text
    assert "will increase" in text
    assert "Our translation" in text


def test_a_withdrawn_verdict_keeps_its_place_with_the_public_note(
    read, reviewer, make_pledge, make_assessment
):
    pledge = make_pledge()
    undertaking = pledge.undertakings.get()
    make_assessment(undertaking, "in_progress", as_of=date(2025, 11, 1), rationale="Early days.")
    wrong = make_assessment(
        undertaking, "met", "wrong-one", as_of=date(2025, 12, 1), rationale="Secret reason."
    )
    withdraw(wrong, by=reviewer, note="The budget was another ministry's.")
    text = read(pledge.get_absolute_url())
    assert "The budget was another ministry&#x27;s." in text
    assert 'as of <time datetime="2025-12-01">' in text
    assert "Secret reason." not in text


def test_unpublished_parts_of_a_published_pledge_are_absent(
    read, make_pledge, make_evidence, make_assessment
):
    pledge = make_pledge()
    make_assessment(pledge.undertakings.get(), "met")
    before = read(pledge.get_absolute_url())
    make_evidence(pledge, "hidden-withdrawn", state="withdrawn", finding="zzhiddenzz")
    for state in ("draft", "in_review"):
        make_evidence(pledge, f"hidden-{state}", state=state, finding="zzhiddenzz")
        make_assessment(
            pledge.undertakings.get(),
            "reversed",
            f"hidden-a-{state}",
            state=state,
            rationale="zzhiddenzz",
        )
    assert read(pledge.get_absolute_url()) == before


def test_a_report_of_an_error_carries_the_address(read, settings, make_pledge):
    settings.SITE_ADDRESS, settings.SITE_CONTACT = "https://ledger.example.org", "desk@example.org"
    text = read(make_pledge().get_absolute_url())
    assert 'href="mailto:desk@example.org?subject=' in text
    assert "https%3A//ledger.example.org/pledges/tokyo-2025-defence/" in text


def test_links_out_give_nothing_away(read, make_pledge, make_evidence):
    pledge = make_pledge()
    make_evidence(pledge)
    for attributes in re.findall(
        r'<a ([^>]*href="https://example.org[^>]*)>', read(pledge.get_absolute_url())
    ):
        assert 'rel="noopener nofollow"' in attributes


class TestList:
    def test_a_search_finds_and_counts(self, read, make_pledge):
        make_pledge("trees", title="250 cherry trees")
        make_pledge("defence", title="Defence spending")
        text = read("/pledges/?q=cherry")
        assert ">1 pledge<" in text
        assert "250 <mark>cherry</mark> trees" in text
        assert "Defence spending" not in text

    def test_the_form_shows_what_was_asked_and_keeps_what_it_cannot_show(
        self, read, japan, make_pledge
    ):
        make_pledge(deadline=DAY, deadline_precision="day")
        text = read("/pledges/?q=tokyo&party=japan&status=not_assessed&deadline_from=2025-01-01")
        assert 'value="tokyo"' in text
        # A chosen facet leads back to the list without it.
        assert (
            'href="/pledges/?status=not_assessed&amp;deadline_from=2025-01-01&amp;q=tokyo"'
            " aria-current" in text
        )
        assert text.count('aria-current="true"') == 2
        assert '<input type="hidden" name="deadline_from" value="2025-01-01">' in text

    def test_statuses_add_up_where_other_facets_replace(
        self, read, make_party, make_pledge, make_assessment
    ):
        make_pledge("two", parties=[make_party("france")])
        make_assessment(make_pledge("one").undertakings.get(), "met")
        text = read("/pledges/?status=met&party=japan")
        assert 'href="/pledges/?status=met&amp;status=not_assessed&amp;party=japan"' not in text
        text = read("/pledges/?status=met")
        assert 'href="/pledges/?status=met&amp;status=not_assessed"' in text
        assert 'href="/pledges/?status=met&amp;party=japan"' in text

    def test_a_long_facet_unfolds(self, read, make_pledge, make_party):
        make_pledge(parties=[make_party(f"ally-{number:02}") for number in range(11)])
        text = read("/pledges/?party=ally-10")
        assert "3 more<" in text
        first = text[: text.index("3 more<")]
        assert "ally-10" in first
        assert "ally-07" not in first

    def test_each_chosen_filter_can_be_taken_away(self, read, make_pledge):
        make_pledge()
        text = read("/pledges/?q=tokyo&party=japan")
        assert 'href="/pledges/?party=japan">remove' in text
        assert 'href="/pledges/?q=tokyo">remove' in text

    @pytest.mark.parametrize(
        "query", ["status=kept", "made_from=2026-02-30", "ordering=secret", "overdue=maybe"]
    )
    def test_a_bad_value_of_a_known_filter_is_refused_in_words(self, client, db, query):
        response = client.get(f"/pledges/?{query}")
        assert response.status_code == 400
        text = response.html()
        assert "This list cannot be made" in text
        assert f"<b>{query.split('=')[0]}</b>" in text

    def test_pages_keep_the_filters_and_leave_out_what_is_unknown(self, read, make_pledge):
        pledge = make_pledge()
        copies = [models.Pledge(slug=f"copy-{n}", title="Copy", state="published", quote="x", source=pledge.source,
                                made_on=DAY, stated_by=pledge.stated_by, attribution="joint_text", modality="aims",
                                kind="trade", occasion="There") for n in range(60)]  # fmt: skip
        models.Pledge.objects.bulk_create(copies)
        text = read("/pledges/?modality=aims&utm_source=mail")
        assert "Page 1 of 2" in text
        assert 'href="?modality=aims&amp;page=2"' in text
