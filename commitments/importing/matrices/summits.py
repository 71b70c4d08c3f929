"""The summits of a matrix: from the file of summits, from those on record, or by their year
alone.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from commitments.importing.matrices.columns import SUMMIT_NAMES, SUMMIT_NEEDED, recognise
from commitments.importing.matrices.defects import MATRIX, SUMMITS, FilePlace
from commitments.importing.matrices.slugs import slug_of
from commitments.models import Summit, SummitKind
from commitments.verdicts.dates import parse_day

UNDATED = "Only its year is known here: the catalogue it was entered from does not give its days."


@dataclass(frozen=True)
class Meeting:
    """A summit as the files tell it, without a row yet."""

    year: int
    code: str
    name: str
    days: tuple[date, date] | None
    city: str = ""

    @property
    def key(self):
        return self.year, self.code.casefold()

    @property
    def first_and_last(self) -> tuple[date, date]:
        if self.days:
            return self.days
        return date(self.year, 1, 1), date(self.year, 12, 31)

    def slug(self, series):
        return slug_of(series.slug, str(self.year), self.code)

    def row(self, series) -> Summit:
        first, last = self.first_and_last
        name = self.name or " ".join(filter(None, [series.name, str(self.year), self.code]))
        return Summit(
            slug=self.slug(series),
            series=series,
            name=name,
            kind=SummitKind.MULTILATERAL,
            starts_on=first,
            ends_on=last,
            city=self.city,
            summary="" if self.days else UNDATED,
        )


def read_year(text) -> int | None:
    year = text.strip().removesuffix(".0")
    return (
        int(year)
        if year.isascii() and year.isdigit() and len(year) == 4 and "1900" <= year <= "2199"
        else None
    )


def read_summits(table, defects) -> dict:
    """Return the meetings in the file of summits by year and code. Their dates are checked one by
    one.
    """
    columns = recognise(table, names=SUMMIT_NAMES, needed=SUMMIT_NEEDED)
    for column in columns.others:
        defects.note("unknown-column", FilePlace(SUMMITS, 1, column), "Nothing here is called so.")
    meetings, lines, seen_days = {}, {}, {}
    for row in table.rows:
        meeting = _read_meeting(row, columns, defects)
        if meeting is None:
            continue
        place = columns.place(row, "year", file=SUMMITS)
        if meeting.key in meetings:
            sentence = (
                f"Lines {lines[meeting.key]} and {row.line} are both the summit of that year and"
                " code."
            )
            defects.note("duplicate-summit", place, sentence, lines=[lines[meeting.key], row.line])
            continue
        if meeting.days in seen_days and meeting.days:
            other = seen_days[meeting.days]
            place = columns.place(row, "starts_on", file=SUMMITS)
            sentence = f"Lines {other} and {row.line} give two summits the same days."
            if (
                defects.note("identical-summit-dates", place, sentence, lines=[other, row.line])
                == "whole-year"
            ):
                meeting = Meeting(meeting.year, meeting.code, meeting.name, None, meeting.city)
        seen_days.setdefault(meeting.days, row.line)
        meetings[meeting.key], lines[meeting.key] = meeting, row.line
    return meetings


def _read_meeting(row, columns, defects):
    year = read_year(columns.cell(row, "year"))
    if year is None:
        defects.note(
            "unusable-summit",
            columns.place(row, "year", file=SUMMITS),
            "This is no year such as 2018.",
        )
        return None
    days = _read_days(row, columns, year)
    if isinstance(days, str):
        place = columns.place(row, "starts_on", file=SUMMITS)
        if defects.note("impossible-summit-date", place, days) != "whole-year":
            return None
        days = None
    name, city = columns.cell(row, "name").strip(), columns.cell(row, "city").strip()
    if len(name) > 200 or len(city) > 100 or "\n" in name + city:
        defects.note(
            "unusable-summit",
            columns.place(row, "name", file=SUMMITS),
            "The name or city is too long.",
        )
        return None
    return Meeting(year, columns.cell(row, "code").strip(), name, days, city)


def _read_days(row, columns, year):
    """Return the first and last day, or a sentence that says why they cannot be."""
    begins = columns.cell(row, "starts_on").strip()
    ends = columns.cell(row, "ends_on").strip()
    # One day alone is a meeting of one day.
    ends = ends or begins
    days = []
    for text in (begins, ends):
        day = parse_day(text)
        if day is None:
            return f"“{text[:40]}” is no day such as 2018-06-09."
        days.append(day)
    first, last = days
    if last < first:
        return f"It ends on {last}, before it starts on {first}."
    if first.year != year:
        return f"It starts on {first}, which is not in {year}."
    if (last - first).days > 31:
        return f"It lasts from {first} to {last}, longer than a month."
    return first, last


class Calendar:
    """Which summit each row of the matrix belongs to."""

    def __init__(self, series, meetings, defects):
        self.meetings, self.defects = dict(meetings), defects
        self.of_year = defaultdict(list)
        for meeting in meetings.values():
            self.of_year[meeting.year].append(meeting)
        self.on_record = defaultdict(list)
        for summit in Summit.objects.filter(series=series).order_by("slug") if series.pk else []:
            self.on_record[summit.starts_on.year].append(summit)
            self.on_record[summit.slug].append(summit)
        self.series, self.answers, self.new, self.different = series, {}, {}, {}

    def summit_of(self, year, code, place: FilePlace):
        """Return the summit (saved, or still to be saved) of a row, or None if the row must be left
        out.
        """
        key = year, code.casefold()
        if key not in self.answers:
            self.answers[key] = self._decide(year, code, place)
        answer = self.answers[key]
        if isinstance(answer, str):
            self.defects.note("unknown-summit", place, answer)
            return None
        return answer

    def _decide(self, year, code, place):
        meeting = self.meetings.get((year, code.casefold()))
        if meeting is None and not code and self.of_year[year]:
            if len(self.of_year[year]) > 1:
                return (
                    f"{year} has {len(self.of_year[year])} summits, and the row does not say by a"
                    " code which it means."
                )
            meeting = self.of_year[year][0]
        if meeting is None and not code and len(self.on_record[year]) == 1:
            return self.on_record[year][0]
        if meeting is None:
            return self._undated(Meeting(year, code, "", None), place)
        return self._on_record(meeting) or self._new(meeting)

    def _new(self, meeting):
        slug = meeting.slug(self.series)
        if len(slug) > 100:
            return "The code is too long for a summit's address."
        return self.new.setdefault(slug, meeting.row(self.series))

    def _undated(self, meeting, place):
        known = self._on_record(meeting)
        if known:
            return known
        sentence = (
            f"No summit of {meeting.year}{f' with code {meeting.code}' if meeting.code else ''} has"
            " its days given."
        )
        place = FilePlace(MATRIX, place.line, place.column, place.value)
        policy = self.defects.note("undated-summit", place, sentence)
        return self._new(meeting) if policy == "whole-year" else "Its summit is left out."

    def _on_record(self, meeting):
        """Return the summit that is on record already: by its slug, or by the very days."""
        named = self.on_record[meeting.slug(self.series)]
        same_days = [
            one
            for one in self.on_record[meeting.year]
            if (one.starts_on, one.ends_on) == meeting.days
        ]
        summit = (named or same_days or [None])[0]
        if summit and meeting.days and (summit.starts_on, summit.ends_on) != meeting.days:
            self.different[summit] = (
                f"by the file of summits it was from {meeting.days[0]} to {meeting.days[1]}"
            )
        return summit
