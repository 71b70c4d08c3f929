"""The rows of a pledge made again from published forms, with the words of then."""

from dataclasses import dataclass
from datetime import date

from commitments.models import (
    Assessment,
    Criteria,
    Evidence,
    Leader,
    LedgerEntry,
    OutsideReport,
    OutsideVerdict,
    Party,
    Pledge,
    PledgeQuote,
    SearchNote,
    Source,
    Summit,
    TargetRole,
    Undertaking,
    show_verdicts,
)
from commitments.models.due_days import DueDays, choose_due_day
from commitments.verdicts.statuses import find_last_look

REFERENCES = {"stated_by": Party, "stated_by_leader": Leader, "summit": Summit, "source": Source}


@dataclass(frozen=True)
class PledgeAsSaid:
    """A pledge and its parts with the words of then; none of these rows is in the database."""

    entry: LedgerEntry
    pledge: Pledge
    quotes: list[PledgeQuote]
    criteria: list[Criteria]
    undertakings: list[Undertaking]
    assessments: list[Assessment]
    evidence: list[Evidence]
    search_notes: list[SearchNote]
    outside: list[OutsideVerdict]


def revive_record(model, body, pk=None, **related):
    """Return a row of `model` that says what `body` says and is not in the database.

    `related` are its references.
    """
    row = model(pk=pk)
    for field in model._meta.concrete_fields:
        if field.name in body and not field.is_relation:
            value = field.to_python(body[field.name])
            setattr(row, field.name, value)
    for name, record in related.items():
        setattr(row, name, record)
    return row


class PledgeBuilder:
    """Makes the rows of one pledge as said, of published forms and the records on a shelf."""

    def __init__(self, form, shelf):
        self.shelf = shelf
        self.pledge = self._revive_pledge(form)
        self.quotes = self._revive_quotes(form.body["quotes"])
        self.criteria = self._revive_criteria(form.body["criteria"])
        self.targets = form.body["targets"]
        self.undertakings = self._revive_undertakings(form.body["undertakings"])
        self.by_slug = {row.slug: row for row in self.undertakings}
        self.evidence = {}
        self.search_notes = {}
        self.assessments = []
        self.outside = []
        self.searches = []
        # The day each assessment was last checked, by its key.
        self.checked_on = {}

    def build(self, entry):
        """Return the pledge as said, its rows in order and its verdicts shown."""
        self.assessments.sort(key=lambda row: (row.as_of, row.pk), reverse=True)
        self.outside.sort(key=lambda row: (row.report.published_on, row.report.pk), reverse=True)
        show_verdicts(
            self.undertakings,
            self.assessments,
            self.outside,
            checked_on=self.checked_on,
        )
        evidence = sorted(
            self.evidence.values(),
            key=lambda row: (str(row.happened_on or ""), row.slug),
            reverse=True,
        )
        search_notes = sorted(self.search_notes.values(), key=lambda row: row.slug)
        search_notes.sort(key=lambda row: row.searched_on, reverse=True)
        return PledgeAsSaid(
            entry,
            self.pledge,
            self.quotes,
            self.criteria,
            self.undertakings,
            self.assessments,
            evidence,
            search_notes,
            self.outside,
        )

    def add_evidence(self, forms):
        for form in forms:
            body = form.body
            source = self.shelf.get(Source, body["source"])
            row = revive_record(Evidence, body, form.seq, source=source)
            set_list(row, "undertakings", body["undertakings"], self.by_slug)
            self.evidence[row.slug] = row

    def add_search_notes(self, forms):
        for form in forms:
            self.searches.append(form.body)
            row = revive_record(SearchNote, form.body, form.seq, pledge=self.pledge)
            set_list(row, "undertakings", form.body["undertakings"], self.by_slug)
            self.search_notes[row.slug] = row

    def add_assessments(self, forms):
        by_number = {row.number: row for row in self.criteria}
        for form in forms:
            body = form.body
            self.checked_on[form.seq] = self._find_last_look(form)
            undertaking = self.by_slug.get(body["undertaking"])
            if undertaking is None:
                continue
            row = revive_record(
                Assessment,
                body,
                form.seq,
                undertaking=undertaking,
                criteria=by_number.get(body["criteria"]),
            )
            set_list(row, "evidence", body["evidence"], self.evidence)
            set_list(row, "search_notes", body["search_notes"], self.search_notes)
            self.assessments.append(row)

    def _find_last_look(self, form):
        """Return the day the assessment of `form` was last checked; see `find_last_looks`."""
        body = form.body
        looks = [*form.confirmed_on]
        for search in self.searches:
            parts = search["undertakings"]
            is_cited = search["slug"] in body["search_notes"]
            if is_cited or not parts or body["undertaking"] in parts:
                day = date.fromisoformat(search["searched_on"])
                looks.append(day)
        judged_as_of = date.fromisoformat(body["as_of"])
        return find_last_look(judged_as_of, *looks)

    def add_reports(self, forms):
        for form in forms:
            body = form.body
            report = revive_record(
                OutsideReport,
                body,
                form.seq,
                assessor=self.shelf.get(Party, body["assessor"]),
                source=self.shelf.get(Source, body["source"]),
            )
            for verdict in body["verdicts"]:
                undertaking = self.by_slug.get(verdict["undertaking"])
                if undertaking is None:
                    continue
                row = revive_record(OutsideVerdict, verdict, report=report, undertaking=undertaking)
                self.outside.append(row)

    def _revive_pledge(self, form):
        related = {}
        for name, model in REFERENCES.items():
            record = self.shelf.get(model, form.body[name])
            if record:
                related[name] = record
        return revive_record(Pledge, form.body, form.seq, **related)

    def _revive_quotes(self, bodies):
        rows = []
        for body in bodies:
            source = self.shelf.get(Source, body["source"])
            rows.append(revive_record(PledgeQuote, body, pledge=self.pledge, source=source))
        return rows

    def _revive_criteria(self, bodies):
        """Return the versions of the criteria, the newest first."""
        versions = []
        for body in reversed(bodies):
            row = revive_record(Criteria, body, body["number"], pledge=self.pledge)
            versions.append(row)
        return versions

    def _revive_undertakings(self, bodies):
        rows = []
        for number, body in enumerate(bodies, start=1):
            party = self.shelf.get(Party, body["party"])
            row = revive_record(Undertaking, body, number, pledge=self.pledge, party=party)
            row.due_on = self._choose_due_day(row)
            rows.append(row)
        return rows

    def _choose_due_day(self, undertaking):
        target_days = {}
        for target in self.targets:
            if target["role"] == TargetRole.PRIMARY and target["due"]:
                owner = target["undertaking"]
                target_days[owner] = date.fromisoformat(target["due"])
        newest = self.criteria[0].judged_from if self.criteria else None
        days = DueDays(
            own_target=target_days.get(undertaking.slug),
            pledge_deadline=self.pledge.deadline,
            common_target=target_days.get(None),
            judged_from=newest,
        )
        return choose_due_day(undertaking, days)


def set_list(row, name, slugs, rows):
    """Set what `row.<name>.all()` returns, so that it does not ask the database."""
    members = [rows[slug] for slug in slugs if slug in rows]
    lists = getattr(row, "_prefetched_objects_cache", {})
    row._prefetched_objects_cache = {**lists, name: members}
