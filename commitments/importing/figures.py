"""The rows of a file of figures: read each cell, or say what is wrong with it."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from commitments.dates import read_period
from commitments.days import EARLIEST, LATEST
from commitments.importing.rows import Table, TableRow
from commitments.importing.texts import suggest_names
from commitments.models import Indicator, Party
from commitments.models.numbers import DECIMALS, DIGITS
from commitments.naming.directory import Directory
from commitments.naming.suggesting import write_advice
from commitments.numbers import looks_like_excel_date, read_number
from commitments.verdicts.dates import parse_day
from commitments.verdicts.targets import FigureKind

OBSERVATION_FIELDS = (
    "party",
    "period_start",
    "period_end",
    "value",
    "decimals",
    "kind",
    "note",
)
NEEDED = ("party", "period", "value", "kind")
OPTIONAL = ("decimals", "note", "indicator", "release", "released_on", "url")


class Wrong(Exception):
    """A cell that cannot be read: its column, and a sentence that says what would be right."""

    def __init__(self, column, sentence):
        self.column = column
        self.sentence = sentence


@dataclass(frozen=True)
class FigureLine:
    """One figure of the file, where it stands, and the release that it belongs to."""

    line_number: int
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
        return self.party.pk, self.period_start, self.period_end, self.kind

    def observation_fields(self):
        """Return the fields that the line gives an observation, by name."""
        return {name: getattr(self, name) for name in OBSERVATION_FIELDS}


class FigureLines:
    """Reads the rows of a table into `lines`, or into `problems` where a row has one."""

    def __init__(self, options, today):
        self.options = options
        self.today = today
        self.lines = []
        self.problems = []
        self.first_lines = {}
        self.urls = {}
        self.directory = Directory()
        self.advice = {}
        self.indicators = {row.slug: row for row in Indicator.objects.all()}

    def read(self, table: Table):
        for row in table.rows:
            try:
                line = self._read_line(row)
                self._refuse_second(line)
            except Wrong as wrong:
                self.problems.append(row.problem(wrong.column, wrong.sentence))
            else:
                self.lines.append(line)

    def _read_line(self, row: TableRow) -> FigureLine:
        indicator = self._find_indicator(row)
        title, released_on, url = self._read_release(row)
        start, end = _read_days(row["period"], indicator)
        value, decimals = _read_value(row)
        if row["kind"] not in set(FigureKind):
            raise Wrong("kind", f"Write one of {', '.join(FigureKind)}.")
        return FigureLine(
            line_number=row.line,
            indicator=indicator,
            title=title,
            released_on=released_on,
            url=url,
            party=self._find_party(row["party"], end),
            period=row["period"],
            period_start=start,
            period_end=end,
            value=value,
            decimals=decimals,
            kind=row["kind"],
            note=row.get("note"),
        )

    def _find_indicator(self, row):
        option = self.options.indicator
        slug = row.get("indicator") or option
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

    def _read_release(self, row):
        """Return the title, day and address of the row's release."""
        options = self.options
        title = _merge_option("release", row.get("release"), options.release)
        written = _merge_option("released_on", row.get("released_on"), options.released_on)
        day = _parse_likely_day(written)
        if day is None:
            raise Wrong("released_on", "This is not a day. Write it as 2026-03-31.")
        if day > self.today:
            raise Wrong(
                "released_on", "This day is still to come: a release is entered when it is out."
            )
        url = row.get("url") or options.url
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
            raise Wrong("party", f"Several parties are called this. Write a slug: {slugs}.")
        if not match.parties:
            raise Wrong("party", f"There is no such party. {self._write_advice(text)}")
        return match.parties[0]

    def _write_advice(self, text):
        """Return what to do about an unknown name: a file may have it in every other row."""
        if text not in self.advice:
            self.advice[text] = write_advice(self.directory, text)
        return self.advice[text]

    def _refuse_second(self, line):
        key = (line.indicator.pk, line.title, line.released_on, *line.key)
        first = self.first_lines.setdefault(key, line.line_number)
        if first != line.line_number:
            raise Wrong(
                "period", f"Line {first} has this party, period and kind already. Keep one of them."
            )


def _read_days(text, indicator):
    """Return the first and last day of a period as official files write it: see `dates`."""
    if looks_like_excel_date(text):
        raise Wrong(
            "period",
            "A spreadsheet has turned this into a date. Enter it anew, in a column formatted as"
            " text.",
        )
    try:
        period = read_period(text, indicator.fiscal_year_starts)
    except ValueError as error:
        raise Wrong("period", str(error))
    return period.first_day, period.last_day


def _read_value(row):
    """Return the number of the row, and how many decimals of it the publisher printed."""
    try:
        value = read_number(row["value"])
    except ValueError as error:
        raise Wrong("value", str(error))
    written = max(-value.as_tuple().exponent, 0)
    text = row.get("decimals")
    if text and not re.fullmatch("[0-9]", text):
        raise Wrong("decimals", f"Write how many decimals the publisher printed, 0 to {DECIMALS}.")
    decimals = int(text) if text else written
    if decimals > DECIMALS:
        raise Wrong("value", f"At most {DECIMALS} decimals are kept.")
    if written > decimals:
        raise Wrong("decimals", f"The value has {written} decimals. Give it as it was printed.")
    if len(str(abs(int(value)))) > DIGITS - DECIMALS:
        raise Wrong(
            "value",
            f"At most {DIGITS - DECIMALS} digits before the point are kept. Use a larger unit.",
        )
    return value, decimals


def _parse_likely_day(text):
    """Return the day, None for anything else, a day that no figure can be about included."""
    day = parse_day(text)
    if day and EARLIEST <= day <= LATEST:
        return day
    return None


def _merge_option(column, cell, option):
    """Return what the cell or the command's option of the same name says."""
    flag = f"--{column.replace('_', '-')}"
    if cell and option and cell != option:
        raise Wrong(column, f"{flag} says “{option}”. Leave one of the two out.")
    if not cell and not option:
        raise Wrong(column, f"Say it in this column, or by {flag}.")
    return cell or option


def _suggest(text, known):
    near = suggest_names(text, known)
    if not near:
        return "Enter it first."
    return f"The nearest are {', '.join(near)}."
