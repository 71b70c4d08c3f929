"""Rules over several rows: each is broken by a case, and not by the innocent case nearest to it."""

from datetime import UTC, date, datetime, time, timedelta
from types import SimpleNamespace

import pytest

from commitments import models
from commitments.judging import (
    code_words,
    differing,
    integrity,
    late_criteria,
    proof,
    searches,
)
from commitments.publishing.guards import without_guards
from commitments.verdicts.statuses import CLOSED, Status

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 10)
TOMORROW = TODAY + timedelta(days=1)
MADE = date(2025, 10, 28)
LATE = MADE + timedelta(days=2)
BEFORE, AFTER = MADE - timedelta(days=1), MADE + timedelta(days=1)
DUE = date(2026, 1, 31)
PAST_DUE = DUE + timedelta(days=1)
A_SLIP = date(1899, 12, 31)
NOT_LOOKED_AT = {"unjudged_reason": "not_looked_at", "due_on": TODAY - timedelta(days=1)}


@pytest.fixture
def make(
    make_party,
    make_leader,
    make_topic,
    make_summit,
    make_source,
    make_pledge,
    make_evidence,
    make_search_note,
    make_assessment,
    make_figures,
    japan,
    reviewer,
):
    """The makers a case draws on, each making drafts."""

    def draft(maker):
        return lambda *args, **fields: maker(*args, **{"state": "draft", **fields})

    def assessment(pledge, status="in_progress", **fields):
        undertaking = pledge.undertakings.get(party=japan)
        return make_assessment(undertaking, status, **{"state": "draft", **fields})

    return SimpleNamespace(
        party=draft(make_party),
        leader=draft(make_leader),
        topic=draft(make_topic),
        summit=draft(make_summit),
        source=draft(make_source),
        pledge=draft(make_pledge),
        evidence=draft(make_evidence),
        search_note=draft(make_search_note),
        assessment=assessment,
        figures=make_figures,
        japan=japan,
        reviewer=reviewer,
    )


# Each makes the record that a rule judges, from what a case says.


def last_of_leaders(make, *, terms, offices=("Prime Minister",) * 3):
    for number, ((start, end), office) in enumerate(zip(terms, offices, strict=False)):
        leader = make.leader(f"leader-{number}")
        days = {"starts_on": start and date(*start), "ends_on": end and date(*end)}
        models.Tenure.objects.create(leader=leader, party=make.japan, office=office, **days)
    return leader


def bloc(make, *, spans):
    union, member = make.party("union", kind="bloc"), make.party("spain")
    for start, end in spans:
        models.Membership.objects.create(bloc=union, member=member, starts_on=start, ends_on=end)
    return union


def topic(make, *, above):
    top = make.topic("top")
    below = make.topic("below", parent=top)
    if above == "below":
        models.Topic.objects.filter(pk=top.pk).update(parent=below)
    return models.Topic.objects.get(pk=below.pk)


def summit(make, *, start=None, end=None, office_of="guest"):
    people = {name: make.leader(name) for name in ("guest", "other")}
    tenure = models.Tenure.objects.create(
        leader=people[office_of], party=make.japan, office="PM", starts_on=start, ends_on=end
    )
    record = make.summit()
    models.Participation.objects.create(
        summit=record, party=make.japan, leader=people["guest"], tenure=tenure
    )
    return record


def summit_with_guest(make, *, standing):
    record = make.summit(standing=standing, standing_reason="A vote at home.")
    models.Participation.objects.create(summit=record, party=make.japan)
    return record


def planned_summit(make, **fields):
    return make.summit(standing="planned", **fields)


def statement(make, *, reason="", tracked=True):
    record = make.source("read")
    row = record.statements.create(quote="We will.", not_tracked_reason=reason)
    if tracked:
        row.pledges.add(make.pledge())
    return record


def source(make, **fields):
    return make.source("fresh", **fields)


def release(make, *, second_from, second_kind="actual", note=""):
    indicator = models.Indicator.objects.create(
        slug="share", name="Share", unit="%", definition="d", publisher="p", frequency="annual"
    )
    record = models.Release.objects.create(
        slug="share-1", indicator=indicator, released_on=MADE, title="t", note=note
    )
    for start, kind in [(date(2000, 1, 1), "actual"), (second_from, second_kind)]:
        record.observations.create(
            party=make.japan,
            period_start=start,
            period_end=date(start.year, 12, 31),
            value=1,
            decimals=0,
            kind=kind,
        )
    return record


def pledge(make, *, undertaking=None, at_summit=False, **fields):
    where = {"summit": make.summit()} if at_summit else {}
    record = make.pledge("plain", **where, **fields)
    record.undertakings.update(**undertaking or {})
    return record


def first_pledge(make, *, links):
    for slug in sorted({*"".join(links)}):
        make.pledge(slug)
    for start, end in links:
        ends = {
            "from_pledge": models.Pledge.objects.get(slug=start),
            "to_pledge": models.Pledge.objects.get(slug=end),
        }
        models.PledgeLink.objects.create(kind="supersedes", **ends)
    return models.Pledge.objects.get(slug="a")


def pledge_whose_assessment_is(make, *, state):
    record = pledge(make, undertaking={"missing": ""})
    make.assessment(record)
    models.Assessment.objects.update(state=state, reviewer=make.reviewer, published_seq=1)
    return record


def evidence(make, *, names=None, **fields):
    record = make.evidence(make.pledge("own"), **fields)
    make.pledge("other")
    record.undertakings.set(models.Undertaking.objects.filter(slug=names))
    return record


def assessment(make, *, status="in_progress", exempt="", deadline=None, **fields):
    due = {"deadline": deadline, "deadline_precision": "day"} if deadline else {}
    record = pledge(make, undertaking={"exempt_reason": exempt}, **due)
    return make.assessment(record, status, **fields)


def assessment_by_criteria(make, *, of="own"):
    pledges = {slug: make.pledge(slug, criteria=False) for slug in ("own", "other")}
    criteria = models.Criteria.objects.create(
        pledge=pledges[of], fixed_on=MADE, met="m", not_met="n"
    )
    return make.assessment(pledges["own"], criteria=criteria)


def judged_by_criteria_of(make, *, made_on, fixed_on):
    """A verdict as of AFTER; the ledger begins on MADE."""
    begin_ledger(MADE)
    own = make.pledge("own", made_on=made_on, criteria=False)
    criteria = models.Criteria.objects.create(pledge=own, fixed_on=fixed_on, met="m", not_met="n")
    return make.assessment(own, criteria=criteria, as_of=AFTER)


def begin_ledger(day):
    """Have the ledger's first entry recorded on `day`."""
    moment = datetime.combine(day, time(12), UTC)
    with without_guards():
        models.LedgerEntry.objects.filter(seq=1).update(recorded_at=moment)


def assessment_on_evidence(make, *, of="own", names=()):
    pledges = {
        slug: make.pledge(slug, parties=[make.japan, make.party(f"a-{slug}")])
        for slug in ("own", "other")
    }
    proof = make.evidence(pledges[of])
    proof.undertakings.set(models.Undertaking.objects.filter(slug__in=names))
    return make.assessment(pledges["own"], evidence=[proof])


def search_note(make, *, searched_on=MADE, names=None):
    record = make.search_note(make.pledge("own"), "note", searched_on=searched_on)
    make.pledge("other")
    record.undertakings.set(models.Undertaking.objects.filter(slug=names))
    return record


def assessment_on_search(make, *, of="own", names=(), searched_on=MADE):
    pledges = {
        slug: make.pledge(slug, parties=[make.japan, make.party(f"a-{slug}")])
        for slug in ("own", "other")
    }
    note = make.search_note(pledges[of], "note", searched_on=searched_on)
    note.undertakings.set(models.Undertaking.objects.filter(slug__in=names))
    return make.assessment(pledges["own"], search_notes=[note], as_of=MADE)


def resting_on(
    make, *, status="in_progress", proof="", printed=MADE, searched=False, findings=None
):
    """A verdict with evidence of the stance `proof`, and with a search note, or with neither."""
    own = make.pledge()
    printed = make.source("proof", published_on=printed)
    rows = [make.evidence(own, stance=proof, source=printed)] if proof else []
    notes = [make.search_note(own, "note")] if searched else []
    return make.assessment(
        own, status, evidence=rows, search_notes=notes, findings=findings or {}, as_of=MADE
    )


def closed(make, *, status="met", proof=None, printed=MADE, findings=None):
    """A verdict with evidence of the stance `proof`, if any."""
    own = make.pledge()
    printed = make.source("proof", published_on=printed)
    evidence = [make.evidence(own, stance=proof, source=printed)] if proof else []
    return make.assessment(own, status, evidence=evidence, findings=findings or {})


def on_own_claim(make, *, issuer="japan", beside=None, **fields):
    """A verdict of high confidence that rests on a claim, and on evidence of the stance
    `beside`.
    """
    party = make.japan if issuer == "japan" else make.party(issuer)
    own, claim = make.pledge(), make.source("claim", tier="party_claim", issued_by=party)
    proof = [make.evidence(own, "claim", source=claim)]
    if beside:
        proof.append(
            make.evidence(own, "beside", stance=beside, source=make.source("press", tier="press"))
        )
    return make.assessment(own, fields.pop("status", "met"), evidence=proof, **fields)


def beside_the_rule(make, *, status="not_met", because="", released_on=MADE, **fields):
    """A verdict where the rule finds “met”: 2.10 in 2024, known from the day of the release on."""
    indicator, own = (
        make.figures("share", (make.japan, 2024, "2.10"), released_on=released_on),
        make.pledge(),
    )
    own.targets.create(
        label="Share", kind="stand", indicator=indicator, value=2, due=date(2024, 12, 31)
    )
    return make.assessment(own, status, differs_because=because, **fields)


def case(maker, rule, name, innocent, broken):
    """A rule, the words for what makes the difference, and what `maker` is told on either side of
    it.
    """
    return pytest.param(maker, rule, innocent, broken, id=f"{rule}: {name}")


ISHIBA, TAKAICHI = ((2024, 10, 1), (2025, 10, 21)), ((2025, 10, 21), None)
STAYED_ON = ((2024, 10, 1), (2025, 10, 22))
NO_END = ((2024, 10, 1), None)
LONG, SHORT, LATER = (
    ((2000, 1, 1), (2020, 1, 1)),
    ((2001, 1, 1), (2002, 1, 1)),
    ((2005, 1, 1), (2006, 1, 1)),
)
ELSEWHERE = ("Foreign Minister", "Prime Minister", "Prime Minister")
MONTH = {"published_on": date(2026, 3, 31), "published_on_precision": "month"}
OWN = {"confidence": "high"}
A_FINDING, ANOTHER, IN_PROGRESS = (
    {"findings": {"definitions": [{"finding": {"status": status}}]}}
    for status in ("met", "not_met", "in_progress")
)
UNSAID = "differs_from_the_rule_unsaid"

CASES = [
    case(last_of_leaders, "tenures_overlap", "a day more than the day of handing over",
         {"terms": [ISHIBA, TAKAICHI]}, {"terms": [STAYED_ON, TAKAICHI]}),
    case(last_of_leaders, "tenures_overlap", "one without an end, in the same office",
         {"terms": [NO_END, TAKAICHI], "offices": ELSEWHERE}, {"terms": [NO_END, TAKAICHI]}),
    case(last_of_leaders, "tenures_overlap", "with the last but one",
         {"terms": [LONG, SHORT, LATER], "offices": ELSEWHERE}, {"terms": [LONG, SHORT, LATER]}),
    case(bloc, "memberships_overlap", "came back before leaving",
         {"spans": [(None, MADE), (MADE, None)]}, {"spans": [(None, AFTER), (MADE, None)]}),
    case(topic, "topic_under_itself", "by way of another", {"above": "nothing"}, {"above": "below"}),
    case(summit, "participants_not_in_office", "the day after", {"start": MADE}, {"start": AFTER}),
    case(planned_summit, "planned_and_over", "the day after its last",
         {"ends_on": TODAY}, {"ends_on": TODAY - timedelta(days=1)}),
    case(summit, "participants_not_in_office", "the day before", {"end": MADE}, {"end": BEFORE}),
    case(summit, "participants_not_in_office", "somebody else's office", {}, {"office_of": "other"}),
    case(summit_with_guest, "attended_and_not_held", "not yet held", {"standing": "held"}, {"standing": "planned"}),
    case(statement, "tracked_and_not_tracked", "with a reason why not", {}, {"reason": "Praise."}),
    case(statement, "tracked_and_not_tracked", "and a pledge",
         {"reason": "Praise.", "tracked": False}, {"reason": "Praise."}),
    case(source, "source_in_the_future", "tomorrow", {"published_on": TODAY}, {"published_on": TOMORROW}),
    case(source, "source_in_the_future", "a month may have days to come", MONTH, {"published_on": date(2026, 3, 31)}),
    case(source, "source_in_the_future", "the month after", MONTH, {**MONTH, "published_on": date(2026, 4, 30)}),
    case(source, "source_in_the_future", "a slip", {"published_on": date(1900, 1, 1)}, {"published_on": A_SLIP}),
    case(source, "source_cannot_be_found", "not even in print", {"url": "", "note": "Diet library"}, {"url": ""}),
    case(source, "source_cannot_be_found", "not even a copy", {"url": "", "read_at": "https://example.org/copy"}, {"url": ""}),
    case(release, "observations_have_gaps", "a day",
         {"second_from": date(2001, 1, 1)}, {"second_from": date(2001, 1, 2)}),
    case(release, "observations_have_gaps", "its note names but one end of it",
         {"second_from": date(2004, 1, 1), "note": "Not held: 2001 to 2003."},
         {"second_from": date(2004, 1, 1), "note": "Not held: 2001 and later."}),
    case(release, "observations_have_gaps", "a year of the same kind",
         {"second_from": date(2002, 1, 1), "second_kind": "projection"}, {"second_from": date(2002, 1, 1)}),
    case(pledge, "pledge_without_undertaking", "nobody", {}, {"parties": []}),
    case(pledge, "undertaking_slug_differs", "not <pledge>--<party>",
         {"undertaking": {"slug": "plain--japan"}}, {"undertaking": {"slug": "plain--nippon"}}),
    case(first_pledge, "links_go_in_a_circle", "of three",
         {"links": ["ab", "bc", "ac"]}, {"links": ["ab", "bc", "ca"]}),
    case(first_pledge, "links_go_in_a_circle", "its own", {"links": ["ab", "bc", "cb"]}, {"links": ["ab", "ba"]}),
    case(pledge, "made_outside_its_summit", "the day before",
         {"at_summit": True, "made_on": MADE}, {"at_summit": True, "made_on": BEFORE}),
    case(pledge, "made_outside_its_summit", "the day after",
         {"at_summit": False, "made_on": AFTER}, {"at_summit": True, "made_on": AFTER}),
    case(pledge, "pledge_without_criteria", "none needed where nothing can be checked",
         {"criteria": False, "verifiability": "not_checkable", "verifiability_reason": "A position."}, {"criteria": False}),
    *(
        case(pledge, "due_and_not_looked_at", f"without {name}",
             {"undertaking": NOT_LOOKED_AT | {name: value}}, {"undertaking": NOT_LOOKED_AT})
        for name, value in [("due_on", TODAY), ("unjudged_reason", "nothing_found"), ("exempt_reason", "No signature.")]
    ),
    case(pledge, "silent_about_what_is_missing", "neither exempt nor explained",
         {"undertaking": {"missing": "", "exempt_reason": "No signature."}}, {"undertaking": {"missing": ""}}),
    case(pledge_whose_assessment_is, "silent_about_what_is_missing", "a withdrawn assessment is none",
         {"state": "published"}, {"state": "withdrawn"}),
    case(evidence, "evidence_outside_time", "tomorrow", {"happened_on": TODAY}, {"happened_on": TOMORROW}),
    case(evidence, "evidence_outside_time", "the year after",
         {"happened_on": date(2026, 12, 31), "happened_on_precision": "year"},
         {"happened_on": date(2027, 12, 31), "happened_on_precision": "year"}),
    case(evidence, "evidence_outside_time", "a slip", {"happened_on": date(1900, 1, 1)}, {"happened_on": A_SLIP}),
    case(evidence, "event_that_counts_nothing", "no day", {"is_milestone": True},
         {"is_milestone": True, "happened_on": None, "happened_on_precision": "none"}),
    case(evidence, "event_that_counts_nothing", "context", {"stance": "context"},
         {"is_milestone": True, "stance": "context"}),
    case(evidence, "evidence_bears_on_another_pledge", "its party",
         {"names": "own--japan"}, {"names": "other--japan"}),
    case(evidence, "evidence_older_than_pledge", "by a day", {"happened_on": MADE}, {"happened_on": BEFORE}),
    case(evidence, "evidence_older_than_pledge", "and more than context",
         {"happened_on": BEFORE, "stance": "context"}, {"happened_on": BEFORE, "stance": "contradicts"}),
    case(evidence, "reported_before_it_happened", "by a day", {"happened_on": MADE}, {"happened_on": AFTER}),
    case(assessment, "assessment_outside_time", "tomorrow", {"as_of": TODAY}, {"as_of": TOMORROW}),
    case(assessment, "assessment_outside_time", "the day before the pledge", {"as_of": MADE}, {"as_of": BEFORE}),
    *(
        case(assessment, "closed_against_before_deadline", f"{status} on the day itself",
             {"status": status, "deadline": DUE, "as_of": PAST_DUE}, {"status": status, "deadline": DUE, "as_of": DUE})
        for status in ("not_met", "partly_met")
    ),
    *(
        case(assessment, "closed_against_before_deadline", f"{status} may be said earlier",
             {"status": status, "deadline": DUE}, {"status": "not_met", "deadline": DUE})
        for status in ("met", "off_track")
    ),
    case(assessment, "exempt_is_assessed", "although exempt", {"exempt": ""}, {"exempt": "No signature."}),
    case(assessment_by_criteria, "criteria_of_another_pledge", "judged by them", {"of": "own"}, {"of": "other"}),
    case(judged_by_criteria_of, "criteria_of_a_new_pledge_fixed_afterwards", "made on the record's first day",
         {"made_on": BEFORE, "fixed_on": LATE}, {"made_on": MADE, "fixed_on": LATE}),
    case(judged_by_criteria_of, "criteria_of_a_new_pledge_fixed_afterwards", "by a day",
         {"made_on": MADE, "fixed_on": AFTER}, {"made_on": MADE, "fixed_on": LATE}),
    *(
        case(assessment, "code_words_in_a_verdict", f"{word} in its {name}",
             {name: "It is not met, and on_the_whole late."}, {name: f"It is {word}."})
        for name, word in [
            ("answer", "not_met"), ("answer_ja", "partly_met"), ("rationale", "awaiting_data"),
            ("rationale_ja", "at_least"), ("caveat", "by_rule"), ("differs_because", "primary_official"),
        ]
    ),
    case(evidence, "code_words_in_evidence", "a status", {"finding": "Not met."}, {"finding": "It is Not_Met."}),
    case(assessment_on_evidence, "evidence_of_another_pledge", "rests on it", {"of": "own"}, {"of": "other"}),
    case(assessment_on_evidence, "evidence_of_another_pledge", "about other parties only",
         {"names": ["own--a-own", "own--japan"]}, {"names": ["own--a-own"]}),
    case(closed, "closed_without_proof", "context is none", {"proof": "contradicts"}, {"proof": "context"}),
    case(closed, "closed_without_proof", "nor a finding", A_FINDING, {}),
    case(closed, "closed_without_proof", "nor one of another status", A_FINDING, ANOTHER),
    case(closed, "closed_without_proof", "printed a day late",
         {"proof": "supports", "printed": MADE}, {"proof": "supports", "printed": AFTER}),
    case(closed, "closed_without_proof", "for a closed status", {"status": "on_track"}, {"status": "not_met"}),
    *(
        case(resting_on, "nothing_to_show", f"{status} needs a reason",
             {"status": status, "searched": True}, {"status": status})
        for status in sorted(set(Status) - CLOSED)
    ),
    case(resting_on, "nothing_to_show", "evidence of any stance is one", {"proof": "context"}, {}),
    case(resting_on, "nothing_to_show", "printed a day late",
         {"proof": "context"}, {"proof": "context", "printed": AFTER}),
    case(resting_on, "nothing_to_show", "the rule's finding is one", IN_PROGRESS, {}),
    case(resting_on, "nothing_to_show", "but none of another status", IN_PROGRESS, ANOTHER),
    case(resting_on, "closed_without_proof", "a search note is none",
         {"status": "not_met", "proof": "contradicts"}, {"status": "not_met", "searched": True}),
    case(search_note, "search_in_the_future", "tomorrow", {"searched_on": TODAY}, {"searched_on": TOMORROW}),
    case(search_note, "search_for_another_pledge", "its party", {"names": "own--japan"}, {"names": "other--japan"}),
    case(search_note, "searched_before_the_pledge", "by a day", {"searched_on": MADE}, {"searched_on": BEFORE}),
    case(assessment_on_search, "search_note_of_another_pledge", "rests on it", {"of": "own"}, {"of": "other"}),
    case(assessment_on_search, "search_note_of_another_pledge", "about other parties only",
         {"names": ["own--a-own", "own--japan"]}, {"names": ["own--a-own"]}),
    case(assessment_on_search, "searched_after_the_day_judged", "by a day",
         {"searched_on": MADE}, {"searched_on": AFTER}),
    case(on_own_claim, "own_claim_trusted", "with high confidence", {"confidence": "low"}, OWN),
    case(on_own_claim, "own_claim_trusted", "and nobody else's word", {"beside": "contradicts"}, {"beside": "context"}),
    case(on_own_claim, "own_claim_trusted", "its own, not another's", {"issuer": "france"}, OWN),
    case(on_own_claim, "own_claim_trusted", "to close a verdict", {"status": "on_track"}, OWN),
    case(on_own_claim, "own_claim_trusted", "and no rule's finding", A_FINDING, OWN),
    case(on_own_claim, "own_claim_trusted", "nor one that says the same", A_FINDING, ANOTHER),
    case(beside_the_rule, UNSAID, "says another status", {"status": "met"}, {}),
    case(beside_the_rule, UNSAID, "without a reason", {"because": "By the wider definition."}, {"because": " "}),
    case(beside_the_rule, UNSAID, "with nothing to explain", {"status": "met"}, {"status": "met", "because": "So."}),
    case(beside_the_rule, UNSAID, "with no figure to explain, in review", {"because": "So.", "released_on": AFTER},
         {"because": "So.", "released_on": AFTER, "state": "in_review"}),
    case(beside_the_rule, UNSAID, "by what was known on the day", {"released_on": AFTER}, {"released_on": MADE}),
]  # fmt: skip


def rules_broken_by(record):
    return {problem.rule for problem in integrity.find_broken_rules(record, today=TODAY)}


@pytest.mark.parametrize("maker, rule, innocent, broken", CASES)
def test_the_nearest_innocent_case_passes(make, maker, rule, innocent, broken):
    assert rule not in rules_broken_by(maker(make, **innocent))


@pytest.mark.parametrize("maker, rule, innocent, broken", CASES)
def test_the_broken_case_is_found(make, maker, rule, innocent, broken):
    assert rule in rules_broken_by(maker(make, **broken))


def test_every_rule_is_broken_by_a_case():
    """Those of later requirements stand in test_gaps.py."""
    modules = (code_words, differing, integrity, late_criteria, proof, searches)
    tested_here = [module.__name__ for module in modules]
    rules = [rule for rule in integrity.RULES if rule.predicate.__module__ in tested_here]
    known = {rule.predicate.__name__ for rule in rules}
    assert known == {parameters.values[1] for parameters in CASES}


def test_a_problem_names_the_record_and_the_rule_in_a_sentence(make):
    [problem] = integrity.find_broken_rules(make.pledge("empty", parties=[]), today=TODAY)
    assert (
        str(problem) == "pledge empty: Nobody owes it. Add an undertaking for each party it binds."
        " (pledge_without_undertaking)"
    )


def test_people_of_one_name_are_told_apart(make):
    """An overlap of others in the office is theirs, not that of somebody who shares a name with
    them.
    """
    last_of_leaders(make, terms=[LONG, SHORT])
    latest = make.leader("namesake", name="Leader 0")
    models.Tenure.objects.create(
        leader=latest, party=make.japan, office="Prime Minister", starts_on=date(2025, 1, 1)
    )
    assert "tenures_overlap" not in rules_broken_by(latest)


def test_a_circle_of_fifty_is_found_in_few_statements(make, django_assert_max_num_queries):
    pledges = [make.pledge(f"p{number:02d}") for number in range(50)]
    models.PledgeLink.objects.bulk_create(
        models.PledgeLink(from_pledge=one, to_pledge=other, kind="supersedes")
        for one, other in zip(pledges, [*pledges[1:], pledges[0]], strict=True)
    )
    with django_assert_max_num_queries(62):
        assert "links_go_in_a_circle" in rules_broken_by(pledges[0])
