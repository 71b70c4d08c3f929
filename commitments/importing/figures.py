"""The rows of a file of figures: read each cell, or say what is wrong with it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from commitments.importing.columns import Columns
from commitments.importing.defects import Defects, FilePlace, Policies
from commitments.importing.figure_cells import (
    Wrong,
    merge_option,
    parse_likely_day,
    read_days,
    read_decimals,
    read_kind,
    read_value,
    refuse_blank_value,
    refuse_computed_digits,
    refuse_early_actual,
    refuse_outside_bounds,
)
from commitments.importing.file_kinds import FIGURES_FILE
from commitments.importing.left_out import LeftOut
from commitments.importing.matrices.members import build_party, make_party
from commitments.importing.rows import Table, TableProblem
from commitments.importing.texts import suggest_names
from commitments.models import Indicator, Party
from commitments.naming.directory import Directory
from commitments.naming.suggesting import suggest_parties, write_advice

OBSERVATION_FIELDS = (
    "party",
    "period_start",
    "period_end",
    "value",
    "decimals",
    "kind",
    "note",
)
# The policies of each defect; the first is the default. Names and choices are those of a matrix.
FIGURE_POLICIES: Policies = {
    "unknown-column": ("refuse", "leave-out"),
    "unknown-member": ("refuse", "leave-out", "make-unless-near", "make"),
    "ambiguous-member": ("refuse", "leave-out"),
    "new-party": ("refuse", "make"),
    "edge-blanks": ("take", "leave-out", "refuse"),
    "blank-value": ("refuse", "leave-out"),
    "outside-bounds": ("refuse", "keep", "leave-out"),
    "computed-digits": ("refuse", "take", "leave-out"),
}


@dataclass(frozen=True)
class FigureLine:
    """One figure of the file, where it stands, and the release that it belongs to."""

    place: FilePlace
    indicator: Indicator
    title: str
    released_on: date
    url: str
    party: Party
    period: str
    period_start: date
    period_end: date
    value: Decimal
    decimals: int
    kind: str
    note: str

    @property
    def key(self):
        return self.party.slug, self.period_start, self.period_end, self.kind

    def observation_fields(self):
        """Return the fields that the line gives an observation, by name."""
        fields = {}
        for name in OBSERVATION_FIELDS:
            fields[name] = getattr(self, name)
        return fields

    def problem(self, column, value, sentence) -> TableProblem:
        place = self.place
        return TableProblem(place.line, column, value, sentence, place.id)


class LeaveOut(Exception):
    """A row that a policy leaves out."""


class FigureLines:
    """Reads the rows of a table into `lines`, or into `problems` where a row has one.

    What a policy decides about stands in `defects`, and what it leaves out in `left_out`.
    """

    def __init__(self, options, today, columns: Columns, defects: Defects):
        self.options = options
        self.today = today
        self.columns = columns
        self.defects = defects
        self.left_out = LeftOut()
        self.lines = []
        self.problems = []
        self.first_lines = {}
        self.urls = {}
        self.directory = Directory()
        self.advice = {}
        self.new_parties = {}
        self.indicators = {}
        for indicator in Indicator.objects.all():
            self.indicators[indicator.slug] = indicator

    def read(self, table: Table):
        for row in table.rows:
            try:
                line = self._read_line(row)
                self._refuse_second(line)
            except LeaveOut:
                place = self.columns.place(row, "party")
                self.left_out.rows.append(place)
            except Wrong as wrong:
                self._add_problem(row, wrong.key, wrong.sentence)
            else:
                self.lines.append(line)

    def _add_problem(self, row, key, sentence):
        place = self.columns.place(row, key)
        problem = TableProblem(
            line=place.line,
            column=place.column or key,
            value=place.value,
            sentence=sentence,
            id=place.id,
        )
        self.problems.append(problem)

    def _read_line(self, row) -> FigureLine:
        cells = self._read_cells(row)
        self._decide(row, refuse_blank_value, cells["value"])
        indicator = self._find_indicator(cells)
        title, released_on, url = self._read_release(cells)
        period = read_days(cells["period"], indicator)
        party = self._settle_party(row, cells["party"], period.last_day)
        value = read_value(cells["value"])
        decimals = read_decimals(cells["decimals"], value)
        kind = read_kind(cells["kind"])
        refuse_early_actual(kind, cells["period"], period.last_day, released_on)
        self._decide(row, refuse_computed_digits, value)
        self._decide(row, refuse_outside_bounds, value, indicator)
        return FigureLine(
            place=self.columns.place(row, "value"),
            indicator=indicator,
            title=title,
            released_on=released_on,
            url=url,
            party=party,
            period=cells["period"],
            period_start=period.first_day,
            period_end=period.last_day,
            value=value,
            decimals=decimals,
            kind=kind,
            note=cells["note"],
        )

    def _read_cells(self, row) -> dict[str, str]:
        """Return the cells of the row {by key}, without blanks around them."""
        cells = {}
        for key in FIGURES_FILE.names:
            cell = self.columns.cell(row, key)
            cells[key] = cell.strip()
            has_blanks = cell != cells[key]
            if has_blanks and cells[key]:
                wrong = Wrong(key, "There are blanks around it.", "edge-blanks")
                self._apply_policy(row, wrong)
        return cells

    def _decide(self, row, check, *arguments):
        """Let the policy decide if `check` of the arguments finds something wrong with the row."""
        try:
            check(*arguments)
        except Wrong as wrong:
            if not wrong.code:
                raise
            self._apply_policy(row, wrong)

    def _apply_policy(self, row, wrong, *, done=None, leaves_out=False):
        """Note what is wrong. Raises `Wrong` if the policy refuses it, `LeaveOut` if it leaves the
        row out.
        """
        code = wrong.code
        policy = self.defects.policies[code]
        if policy == "refuse":
            choices = self.defects.write_choices(code)
            sentence = f"{wrong.sentence} {choices}"
            raise Wrong(wrong.key, sentence, code)
        place = self.columns.place(row, wrong.key)
        self.defects.note(code, place, wrong.sentence, done=done)
        if leaves_out or policy == "leave-out":
            raise LeaveOut

    def _settle_party(self, row, text, day):
        """Return the party of a row; one that must still be made is the same in every row."""
        try:
            return self._find_party(text, day)
        except Wrong as wrong:
            if not wrong.code:
                raise
            return self._make_unknown(row, text, wrong)

    def _make_unknown(self, row, text, wrong):
        """Return the new party for a name that nobody has, if the policy is to make it."""
        policy = self.defects.policies[wrong.code]
        if policy not in ("make", "make-unless-near"):
            self._apply_policy(row, wrong)
        shipped = self.directory.find(text).only
        if shipped:
            party = make_party(shipped)
        else:
            if policy == "make-unless-near":
                self._leave_out_slip(row, text, wrong)
            party = build_party(text)
        slug = party.slug
        if slug in self.directory.by_slug:
            return self.directory.by_slug[slug]
        return self.new_parties.setdefault(slug, party)

    def _leave_out_slip(self, row, text, wrong):
        """Raise `LeaveOut` if there is a party whose name is near."""
        near = suggest_parties(self.directory, text)
        if near:
            done = "left out, as it may be a slip"
            self._apply_policy(row, wrong, done=done, leaves_out=True)

    def _find_indicator(self, cells):
        option = self.options.indicator
        slug = cells["indicator"] or option
        if not slug:
            raise Wrong(
                "indicator", "Say which indicator it is: in this column, or by --indicator."
            )
        if option and slug != option:
            raise Wrong("indicator", f"--indicator says {option}. Leave one of the two out.")
        if slug not in self.indicators:
            near = _suggest(slug, self.indicators)
            raise Wrong("indicator", f"There is no such indicator. {near}")
        return self.indicators[slug]

    def _read_release(self, cells):
        """Return the title, day and address of the row's release."""
        options = self.options
        title = merge_option("release", cells["release"], options.release)
        written = merge_option("released_on", cells["released_on"], options.released_on)
        day = parse_likely_day(written)
        if day is None:
            raise Wrong("released_on", "This is not a day. Write it as 2026-03-31.")
        if day > self.today:
            raise Wrong(
                "released_on", "This day is still to come: a release is entered when it is out."
            )
        url = cells["url"] or options.url
        first_url = self.urls.setdefault((title, day), url)
        if first_url != url:
            raise Wrong("url", f"An earlier row gives this release the address “{first_url}”.")
        return title, day, url

    def _find_party(self, text, day):
        """Return the party that `text` names; where that were several, the one of the day."""
        if not text.strip():
            raise Wrong("party", "Say whose figure it is: slug, ISO code or name.")
        match = self.directory.find(text)
        if not match.only:
            match_of_day = self.directory.find(text, on=day)
            match = match_of_day if match_of_day.only else match
        if len(match.candidates) > 1:
            slugs = ", ".join(party.slug for party in match.candidates)
            sentence = f"Several parties are called this. Write a slug: {slugs}."
            raise Wrong("party", sentence, "ambiguous-member")
        if not match.parties:
            sentence = f"There is no such party. {self._write_advice(text)}"
            raise Wrong("party", sentence, "unknown-member")
        return match.parties[0]

    def _write_advice(self, text):
        """Return what to do about an unknown name: a file may have it in every other row."""
        if text not in self.advice:
            self.advice[text] = write_advice(self.directory, text)
        return self.advice[text]

    def _refuse_second(self, line):
        key = (line.indicator.pk, line.title, line.released_on, *line.key)
        first = self.first_lines.setdefault(key, line.place.line)
        if first != line.place.line:
            raise Wrong(
                "period", f"Line {first} has this party, period and kind already. Keep one of them."
            )


def _suggest(text, known):
    near = suggest_names(text, known)
    if not near:
        return "Enter it first."
    return f"The nearest are {', '.join(near)}."
