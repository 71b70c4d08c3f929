"""The rows of a file of figures: what each cell means, and what is wrong with those that mean
nothing.
"""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from commitments.days import EARLIEST, LATEST
from commitments.importing.countries import ALPHA_3
from commitments.importing.rows import (
    Table,
    TableRow,
    fold,
    looks_like_excel_date,
    read_number,
    suggest_names,
)
from commitments.models import Indicator, Party
from commitments.models.rules import DECIMALS, DIGITS
from commitments.verdicts.dates import parse_day, span
from commitments.verdicts.targets import FigureKind

NEEDED = ("party", "period", "value", "kind")
OPTIONAL = ("decimals", "note", "indicator", "release", "released_on", "url")


class Wrong(Exception):
    """A cell that cannot be taken: its column, and what would be right."""

    def __init__(self, column, sentence):
        self.column, self.sentence = column, sentence


@dataclass(frozen=True)
class FigureLine:
    """One figure as the file gives it, and which release it belongs to."""

    at: int
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

    def says(self):
        names = ("party", "period_start", "period_end", "value", "decimals", "kind", "note")
        return {name: getattr(self, name) for name in names}


class FigureLines:
    """Reads all rows: the `good` ones, and the `problems` of the others."""

    def __init__(self, asked, today):
        self.asked, self.today = asked, today
        self.good, self.problems = [], []
        self.seen, self.urls = {}, {}
        self.parties, self.names = _parties()
        self.indicators = {row.slug: row for row in Indicator.objects.all()}

    def read(self, table: Table):
        for row in table.rows:
            try:
                line = self._line(row)
                self._refuse_second(line)
                self.good.append(line)
            except Wrong as wrong:
                self.problems.append(row.problem(wrong.column, wrong.sentence))

    def _line(self, row: TableRow) -> FigureLine:
        indicator = self._indicator(row)
        title, released_on, url = self._release(row)
        start, end = read_period(row["period"], indicator.fiscal_year_starts)
        value, decimals = _value(row)
        if row["kind"] not in set(FigureKind):
            raise Wrong("kind", f"Write one of {', '.join(FigureKind)}.")
        return FigureLine(
            at=row.line,
            indicator=indicator,
            title=title,
            released_on=released_on,
            url=url,
            party=self._party(row["party"]),
            period=row["period"],
            period_start=start,
            period_end=end,
            value=value,
            decimals=decimals,
            kind=row["kind"],
            note=row.get("note"),
        )

    def _indicator(self, row):
        slug = row.get("indicator") or self.asked.indicator
        if not slug:
            raise Wrong(
                "indicator", "Say which indicator it is: in this column, or by --indicator."
            )
        if self.asked.indicator and slug != self.asked.indicator:
            raise Wrong(
                "indicator", f"--indicator says {self.asked.indicator}. Leave one of the two out."
            )
        if slug not in self.indicators:
            raise Wrong("indicator", f"There is no such indicator. {_near(slug, self.indicators)}")
        return self.indicators[slug]

    def _release(self, row):
        title, written = (
            _one_of("release", row.get("release"), self.asked.release),
            _one_of("released_on", row.get("released_on"), self.asked.released_on),
        )
        day = _parse_likely_day(written)
        if day is None:
            raise Wrong("released_on", "This is not a day. Write it as 2026-03-31.")
        if day > self.today:
            raise Wrong(
                "released_on", "This day is still to come: a release is entered when it is out."
            )
        url = row.get("url") or self.asked.url
        if self.urls.setdefault((title, day), url) != url:
            raise Wrong(
                "url", f"An earlier row gives this release the address “{self.urls[title, day]}”."
            )
        return title, day, url

    def _party(self, text):
        if not text.strip():
            raise Wrong("party", "Say whose figure it is: slug, ISO code or name.")
        if text in self.parties:
            return self.parties[text]
        found = self.names.get(fold(text), [])
        if len(found) > 1:
            raise Wrong(
                "party",
                "Several parties are called this. Write a slug:"
                f" {', '.join(p.slug for p in found)}.",
            )
        if not found:
            known = [*self.parties, *(party.name for rows in self.names.values() for party in rows)]
            raise Wrong("party", f"There is no such party. {_near(text, known)}")
        return found[0]

    def _refuse_second(self, line):
        key = (line.indicator.pk, line.title, line.released_on, *line.key)
        first = self.seen.setdefault(key, line.at)
        if first != line.at:
            raise Wrong(
                "period", f"Line {first} has this party, period and kind already. Keep one of them."
            )


def read_period(text, fiscal_year_starts):
    """Return the first and last day of “2024”, “FY2025”, “2024-Q3” or a day; raise `Wrong` for
    anything else.
    """
    day = _parse_likely_day(text)
    if day:
        return day, day
    found = span(text, fiscal_year_starts)
    if text.startswith("FY") and found and not fiscal_year_starts:
        raise Wrong(
            "period",
            "The indicator does not say in which month its fiscal year starts. Enter that first.",
        )
    if found:
        return found
    if looks_like_excel_date(text):
        raise Wrong(
            "period",
            "A spreadsheet has turned this into a date. Enter it anew, in a column formatted as"
            " text.",
        )
    raise Wrong(
        "period",
        "Write a year (2024), a fiscal year (FY2025), a quarter (2024-Q3) or a day (2024-03-31).",
    )


def _value(row):
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


def _one_of(column, cell, option):
    if cell and option and cell != option:
        raise Wrong(
            column, f"--{column.replace('_', '-')} says “{option}”. Leave one of the two out."
        )
    if not cell and not option:
        raise Wrong(column, f"Say it in this column, or by --{column.replace('_', '-')}.")
    return cell or option


def _near(text, known):
    near = suggest_names(text, known)
    return f"The nearest are {', '.join(near)}." if near else "Enter it first."


def _parties():
    """Return all parties by slug and ISO code, and by the folded names they go by."""
    exact, names = {}, {}
    alpha_2 = {three: two for two, three in ALPHA_3.items()}
    for party in Party.objects.order_by("slug"):
        codes = [party.iso_code, alpha_2.get(party.iso_code)]
        exact.update({code: party for code in [party.slug, *codes] if code})
        for name in {fold(name) for name in (party.name, party.short_name, party.name_ja) if name}:
            names.setdefault(name, []).append(party)
    return exact, names
