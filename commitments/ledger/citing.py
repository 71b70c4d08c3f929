"""What the site said of a pledge at one entry of its ledger, read from the published forms of that
time.

Citations point here and never change: not when the record is amended, judged anew or withdrawn. Of
the tables only slugs are read, to find the entries by; every word comes from a payload. What a
redaction removed is gone from here too.
"""

from dataclasses import dataclass

from commitments.models import (
    Action,
    Assessment,
    Criteria,
    Evidence,
    Leader,
    LedgerEntry,
    OutsideReport,
    OutsideVerdict,
    Party,
    Pledge,
    Source,
    State,
    Summit,
    Undertaking,
    show_verdicts,
)

PUBLIC_ONCE = (State.PUBLISHED, State.WITHDRAWN)
# PostgreSQL keeps no larger number; a longer one was never given out.
LARGEST = 2**63 - 1
PEOPLE = {"stated_by": Party, "stated_by_leader": Leader, "summit": Summit, "source": Source}


@dataclass(frozen=True)
class Said:
    """A pledge and its parts as they were: rows with the words of then, of which none is in the
    database.
    """

    entry: LedgerEntry
    pledge: Pledge
    criteria: list[Criteria]
    undertakings: list[Undertaking]
    assessments: list[Assessment]
    evidence: list[Evidence]
    outside: list[OutsideVerdict]


@dataclass(frozen=True)
class PublishedForm:
    """What one record was published as by then, and when it was last published or confirmed."""

    seq: int
    body: dict
    checked_on: object


def load_pledge_as_said(slug, seq) -> Said | None:
    """Return what the site said of the pledge `slug` at ledger entry `seq`; None if it was not
    public then.

    Eleven statements at most, however many parties and judgements there are.
    """
    entry, pledge = find_published_form(slug, seq)
    if pledge is None:
        return None
    shelf = Shelf(seq)
    evidence = shelf.forms("evidence", _slugs(Evidence, "pledge", slug))
    assessments = shelf.forms("assessment", _slugs(Assessment, "undertaking__pledge", slug))
    reports = shelf.forms(
        "outsidereport", _slugs(OutsideReport, "verdicts__undertaking__pledge", slug)
    )
    shelf.fetch(Party, {row["party"] for row in pledge.body["undertakings"]})
    shelf.fetch(
        Party, {pledge.body["stated_by"], *(one.body["assessor"] for one in reports.values())}
    )
    shelf.fetch(Leader, {pledge.body["stated_by_leader"]})
    shelf.fetch(Summit, {pledge.body["summit"]})
    cited = [pledge, *evidence.values(), *reports.values()]
    shelf.fetch(Source, {one.body["source"] for one in cited})
    return _told(entry, pledge, evidence, assessments, reports, shelf)


def find_published_form(slug, seq) -> tuple:
    """Return ledger entry `seq` and the form in which the pledge `slug` was public then, or None.
    Two statements.
    """
    entry = LedgerEntry.objects.published().filter(seq=seq).first() if 0 < seq <= LARGEST else None
    return entry, load_published_forms("pledge", [slug], seq).get(slug) if entry else None


def recorded_on(seq):
    """Return the day (UTC) of ledger entry `seq`, None if there is none. One statement."""
    moment = (
        LedgerEntry.objects.published()
        .filter(seq=seq)
        .values_list("recorded_at", flat=True)
        .first()
    )
    return moment and moment.date()


def load_published_forms(record_type, slugs, seq) -> dict[str, PublishedForm]:
    """Return by slug what was public of these records at entry `seq`. One statement."""
    entries = LedgerEntry.objects.published().filter(
        record_type=record_type, record_slug__in=slugs, seq__lte=seq
    )
    found = {}
    for entry in entries.exclude(action=Action.REDACT).select_related("payload").order_by("seq"):
        before = found.pop(entry.record_slug, None)
        if entry.action == Action.CONFIRM and before:
            found[entry.record_slug] = PublishedForm(
                before.seq, before.body, entry.recorded_at.date()
            )
        elif hasattr(entry, "payload"):
            found[entry.record_slug] = PublishedForm(
                entry.seq, entry.payload.body, entry.recorded_at.date()
            )
    return found


class Shelf:
    """The records that a pledge names, as they were published at entry `seq`, by model and slug."""

    def __init__(self, seq):
        self.seq, self.rows = seq, {}

    def forms(self, record_type, slugs):
        return load_published_forms(record_type, slugs, self.seq)

    def fetch(self, model, slugs):
        wanted = {slug for slug in slugs if slug and (model, slug) not in self.rows}
        found = self.forms(model._meta.model_name, wanted) if wanted else {}
        for slug in wanted:
            # Redacted since: its slug is all that may still be said.
            body = (
                found[slug].body if slug in found else {"slug": slug, "name": slug, "title": slug}
            )
            self.rows[model, slug] = revive_record(model, body)

    def get(self, model, slug):
        return self.rows.get((model, slug))


def revive_record(model, body, pk=None, **related):
    """Return a row of `model`, not of the database, that says what `body` says; `related` are its
    references.
    """
    row = model(pk=pk)
    for field in model._meta.concrete_fields:
        if field.name in body and not field.is_relation:
            setattr(row, field.name, field.to_python(body[field.name]))
    for name, other in related.items():
        setattr(row, name, other)
    return row


def _slugs(model, path, pledge_slug):
    """Name what was public once: nothing else has an entry."""
    rows = model.objects.filter(**{f"{path}__slug": pledge_slug}, state__in=PUBLIC_ONCE).order_by(
        "slug"
    )
    return list(rows.values_list("slug", flat=True).distinct())


def _told(entry, published, evidence, assessments, reports, shelf):
    body = published.body
    named = {name: shelf.get(model, body[name]) for name, model in PEOPLE.items()}
    pledge = revive_record(
        Pledge, body, published.seq, **{name: row for name, row in named.items() if row}
    )
    criteria = [
        revive_record(Criteria, row, row["number"], pledge=pledge)
        for row in reversed(body["criteria"])
    ]
    undertakings = [
        revive_record(Undertaking, row, number, pledge=pledge, party=shelf.get(Party, row["party"]))
        for number, row in enumerate(body["undertakings"], start=1)
    ]
    owed = {row.slug: row for row in undertakings}
    proof = {slug: _evidence(form, owed, shelf) for slug, form in evidence.items()}
    given = [
        _assessment(form, owed, criteria, proof)
        for form in assessments.values()
        if _is_of(form, owed)
    ]
    others = [verdict for form in reports.values() for verdict in _outside(form, owed, shelf)]
    given.sort(key=lambda row: (row.as_of, row.pk), reverse=True)
    others.sort(key=lambda row: (row.report.published_on, row.report.pk), reverse=True)
    show_verdicts(
        undertakings,
        given,
        others,
        checked_on={form.seq: form.checked_on for form in assessments.values()},
    )
    listed = sorted(
        proof.values(), key=lambda row: (str(row.happened_on or ""), row.slug), reverse=True
    )
    return Said(entry, pledge, criteria, undertakings, given, listed, others)


def _is_of(form, owed):
    return form.body["undertaking"] in owed


def _evidence(form, owed, shelf):
    row = revive_record(
        Evidence, form.body, form.seq, source=shelf.get(Source, form.body["source"])
    )
    _give(row, undertakings=[owed[slug] for slug in form.body["undertakings"] if slug in owed])
    return row


def _assessment(form, owed, criteria, proof):
    body = form.body
    judged = next((row for row in criteria if row.number == body["criteria"]), None)
    row = revive_record(
        Assessment, body, form.seq, undertaking=owed[body["undertaking"]], criteria=judged
    )
    _give(row, evidence=[proof[slug] for slug in body["evidence"] if slug in proof])
    return row


def _outside(form, owed, shelf):
    assessor, source = (
        shelf.get(Party, form.body["assessor"]),
        shelf.get(Source, form.body["source"]),
    )
    report = revive_record(OutsideReport, form.body, form.seq, assessor=assessor, source=source)
    for row in form.body["verdicts"]:
        if row["undertaking"] in owed:
            yield revive_record(
                OutsideVerdict, row, report=report, undertaking=owed[row["undertaking"]]
            )


def _give(row, **lists):
    """Set what `row.<name>.all()` answers, so that no database is asked about a row that is in
    none.
    """
    row._prefetched_objects_cache = lists
