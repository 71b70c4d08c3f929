"""What the site said of a pledge at one entry of its ledger, from the published forms of that time.

Citations point here and never change: not when the record is amended, judged again or withdrawn.
The tables give only the slugs to find entries by; every word comes from a payload. What a redaction
removed is gone from here too.
"""

from dataclasses import dataclass
from datetime import date

from commitments.ledger.history import PUBLIC_ONCE
from commitments.ledger.reviving import PledgeAsSaid, PledgeBuilder, revive_record
from commitments.models import (
    Action,
    Assessment,
    Evidence,
    Leader,
    LedgerEntry,
    OutsideReport,
    Party,
    SearchNote,
    Source,
    Summit,
)
from commitments.publicforms import upgrade

# PostgreSQL keeps no larger number, so no ledger has reached one.
LARGEST = 2**63 - 1


@dataclass(frozen=True)
class PublishedForm:
    """What one record was published as by then, and the days on which it was confirmed since."""

    seq: int
    body: dict
    confirmed_on: tuple[date, ...] = ()


def load_pledge_as_said(slug, seq) -> PledgeAsSaid | None:
    """Return what the site said of the pledge `slug` at ledger entry `seq`, if it was public then.

    Thirteen statements at most, however many parties and judgements there are.
    """
    entry, pledge = find_published_form(slug, seq)
    if pledge is None:
        return None
    shelf = Shelf(seq)
    evidence = shelf.load_forms(Evidence, find_slugs(Evidence, "pledge", slug))
    slugs = find_slugs(SearchNote, "pledge", slug)
    searches = shelf.load_forms(SearchNote, slugs)
    assessments = shelf.load_forms(
        Assessment,
        find_slugs(Assessment, "undertaking__pledge", slug),
    )
    reports = shelf.load_forms(
        OutsideReport,
        find_slugs(OutsideReport, "verdicts__undertaking__pledge", slug),
    )
    shelf.fill(pledge, evidence.values(), reports.values())
    builder = PledgeBuilder(pledge, shelf)
    builder.add_evidence(evidence.values())
    builder.add_search_notes(searches.values())
    builder.add_assessments(assessments.values())
    builder.add_reports(reports.values())
    return builder.build(entry)


def find_published_form(slug, seq) -> tuple[LedgerEntry | None, PublishedForm | None]:
    """Return ledger entry `seq` and the form in which the pledge `slug` was public then.

    Either is None if there is none. Two statements.
    """
    if not 0 < seq <= LARGEST:
        return None, None
    entries = LedgerEntry.objects.published()
    entry = entries.filter(seq=seq).first()
    if entry is None:
        return None, None
    forms = load_published_forms("pledge", [slug], seq)
    form = forms.get(slug)
    return entry, form


def find_day_of_entry(seq):
    """Return the day (UTC) of ledger entry `seq`, None if there is none. One statement."""
    entries = LedgerEntry.objects.published()
    moments = entries.values_list("recorded_at", flat=True)
    moment = moments.filter(seq=seq).first()
    if moment is None:
        return None
    return moment.date()


def load_published_forms(record_type, slugs, seq) -> dict[str, PublishedForm]:
    """Return {slug: form} of what was public of these records at entry `seq`. One statement."""
    entries = LedgerEntry.objects.published().filter(
        record_type=record_type,
        record_slug__in=slugs,
        seq__lte=seq,
    )
    entries = entries.exclude(action=Action.REDACT).select_related("payload")
    forms = {}
    for entry in entries.order_by("seq"):
        previous = forms.pop(entry.record_slug, None)
        form = read_form(entry, previous)
        if form is not None:
            forms[entry.record_slug] = form
    return forms


def read_form(entry, previous) -> PublishedForm | None:
    """Return the form that is public after `entry`; `previous` is the one before it, or None."""
    if previous and entry.action == Action.CONFIRM:
        day = entry.recorded_at.date()
        return PublishedForm(previous.seq, previous.body, (*previous.confirmed_on, day))
    # A withdrawal has no payload, and a redaction removes it.
    if not hasattr(entry, "payload"):
        return None
    body = upgrade(entry.record_type, entry.payload.body)
    return PublishedForm(entry.seq, body)


def find_slugs(model, path, pledge_slug):
    """Return the slugs of what was once public of a pledge: nothing else has an entry."""
    of_pledge = f"{path}__slug"
    rows = model.objects.filter(
        **{of_pledge: pledge_slug},
        state__in=PUBLIC_ONCE,
    )
    slugs = rows.values_list("slug", flat=True)
    slugs = slugs.order_by("slug").distinct()
    return list(slugs)


class Shelf:
    """The records that a pledge names, as they were published at entry `seq`, by model and slug."""

    def __init__(self, seq):
        self.seq = seq
        self.rows = {}

    def load_forms(self, model, slugs):
        record_type = model._meta.model_name
        return load_published_forms(record_type, slugs, self.seq)

    def fill(self, pledge, evidence, reports):
        """Load the records that the forms of a pledge, its evidence and its reports name."""
        body = pledge.body
        owing = [row["party"] for row in body["undertakings"]]
        self.load(Party, owing)
        assessors = [report.body["assessor"] for report in reports]
        self.load(Party, [body["stated_by"], *assessors])
        self.load(Leader, [body["stated_by_leader"]])
        self.load(Summit, [body["summit"]])
        citing = [pledge, *evidence, *reports]
        sources = [form.body["source"] for form in citing]
        sources += [row["source"] for row in body["quotes"]]
        self.load(Source, sources)

    def load(self, model, slugs):
        """Load the records of `model` with these slugs, unless they are loaded. One statement."""
        missing = set()
        for slug in slugs:
            if slug and (model, slug) not in self.rows:
                missing.add(slug)
        if not missing:
            return
        forms = self.load_forms(model, missing)
        for slug in missing:
            if slug in forms:
                body = forms[slug].body
            else:
                # Redacted since: only its slug may still be shown.
                body = {"slug": slug, "name": slug, "title": slug}
            self.rows[model, slug] = revive_record(model, body)

    def get(self, model, slug):
        return self.rows.get((model, slug))
