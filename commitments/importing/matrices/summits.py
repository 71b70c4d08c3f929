"""The summits of a matrix: from the file of summits, from the record, or from their year alone."""

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date

from commitments.importing.matrices.columns import SUMMIT_NAMES, SUMMIT_NEEDED, find_columns
from commitments.importing.matrices.defects import SUMMITS, FilePlace
from commitments.importing.matrices.slugs import slug_of
from commitments.models import Summit, SummitKind
from commitments.verdicts.dates import parse_day

UNDATED = "Only its year is known here: the catalogue it was entered from does not give its days."


@dataclass(frozen=True)
class Meeting:
    """A summit as the files describe it; `days` is None where only its year is known."""

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
        first = date(self.year, 1, 1)
        last = date(self.year, 12, 31)
        return first, last

    def slug(self, series):
        year = str(self.year)
        return slug_of(series.slug, year, self.code)

    def build_summit(self, series) -> Summit:
        first, last = self.first_and_last
        words = [series.name, str(self.year), self.code]
        usual_name = " ".join(word for word in words if word)
        return Summit(
            slug=self.slug(series),
            series=series,
            name=self.name or usual_name,
            kind=SummitKind.MULTILATERAL,
            starts_on=first,
            ends_on=last,
            city=self.city,
            summary="" if self.days else UNDATED,
        )


def read_year(text) -> int | None:
    """Return the year from 1900 to 2199 in `text`, which a spreadsheet may write as 2018.0."""
    year = text.strip().removesuffix(".0")
    if not re.fullmatch("[0-9]{4}", year):
        return None
    if not "1900" <= year <= "2199":
        return None
    return int(year)


def read_summits(table, defects) -> dict:
    """Return the meetings in the file of summits as {(year, code): meeting}."""
    columns = find_columns(table, names=SUMMIT_NAMES, needed=SUMMIT_NEEDED)
    for column in columns.without_key:
        place = FilePlace(SUMMITS, 1, column)
        defects.note("unknown-column", place, "Nothing here is called so.")

    meetings = {}
    first_lines, first_lines_of_days = {}, {}
    for row in table.rows:
        meeting = _read_meeting(row, columns, defects)
        if meeting is None:
            continue
        key, days = meeting.key, meeting.days
        first = first_lines.setdefault(key, row.line)
        if first != row.line:
            place = columns.place(row, "year", file=SUMMITS)
            sentence = f"Lines {first} and {row.line} are both the summit of that year and code."
            lines = [first, row.line]
            defects.note("duplicate-summit", place, sentence, lines=lines)
            continue
        first = first_lines_of_days.setdefault(days, row.line)
        if days and first != row.line:
            place = columns.place(row, "starts_on", file=SUMMITS)
            sentence = f"Lines {first} and {row.line} give two summits the same days."
            lines = [first, row.line]
            policy = defects.note("identical-summit-dates", place, sentence, lines=lines)
            if policy == "whole-year":
                meeting = replace(meeting, days=None)
        meetings[key] = meeting
    return meetings


def _read_meeting(row, columns, defects):
    """Return the meeting in a row, or None where the row is left out; note its defects."""
    place = columns.place(row, "year", file=SUMMITS)
    year = read_year(place.value)
    if year is None:
        defects.note("unusable-summit", place, "This is no year such as 2018.")
        return None
    days = _read_days(row, columns, year)
    if isinstance(days, str):
        place = columns.place(row, "starts_on", file=SUMMITS)
        policy = defects.note("impossible-summit-date", place, days)
        if policy != "whole-year":
            return None
        days = None
    code = columns.cell(row, "code")
    place = columns.place(row, "name", file=SUMMITS)
    name = place.value.strip()
    city = columns.cell(row, "city").strip()
    too_long = len(name) > 200 or len(city) > 100
    broken = "\n" in name or "\n" in city
    if too_long or broken:
        defects.note("unusable-summit", place, "The name or city is too long.")
        return None
    return Meeting(year, code.strip(), name, days, city)


def _read_days(row, columns, year):
    """Return the first and last day, or a sentence that says why they cannot be."""
    starts_on = columns.cell(row, "starts_on").strip()
    ends_on = columns.cell(row, "ends_on").strip()
    # One day alone is a meeting of one day.
    texts = [starts_on, ends_on or starts_on]
    days = []
    for text in texts:
        day = parse_day(text)
        if day is None:
            start = text[:40]
            return f"“{start}” is no day such as 2018-06-09."
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
        self.series = series
        self.meetings = dict(meetings)
        self.defects = defects
        self.meetings_by_year = defaultdict(list)
        for meeting in meetings.values():
            self.meetings_by_year[meeting.year].append(meeting)
        self.recorded_by_year = defaultdict(list)
        self.recorded_by_slug = {}
        if series.pk:
            for summit in Summit.objects.filter(series=series).order_by("slug"):
                self.recorded_by_year[summit.starts_on.year].append(summit)
                self.recorded_by_slug[summit.slug] = summit
        self.answers = {}
        self.new_summits = {}
        self.different = {}

    def find_summit(self, year, code, place: FilePlace) -> Summit | None:
        """Return the summit of a row, saved or not yet; None if the row must be left out."""
        key = year, code.casefold()
        answer = self.answers.get(key)
        if answer is None:
            answer = self._decide(year, code, place)
            self.answers[key] = answer
        if isinstance(answer, str):
            self.defects.note("unknown-summit", place, answer)
            return None
        return answer

    def _decide(self, year, code, place):
        """Return the summit of this year and code, or a sentence that says why there is none."""
        meeting = self.meetings.get((year, code.casefold()))
        if meeting is None and not code:
            meetings = self.meetings_by_year[year]
            if len(meetings) > 1:
                return (
                    f"{year} has {len(meetings)} summits, and the row does not say by a"
                    " code which it means."
                )
            if meetings:
                meeting = meetings[0]
            elif len(self.recorded_by_year[year]) == 1:
                return self.recorded_by_year[year][0]
        if meeting is None:
            return self._decide_undated(Meeting(year, code, "", None), place)
        return self._find_recorded(meeting) or self._make_summit(meeting)

    def _make_summit(self, meeting):
        slug = meeting.slug(self.series)
        if len(slug) > 100:
            return "The code is too long for a summit's address."
        summit = self.new_summits.get(slug)
        if summit is None:
            summit = meeting.build_summit(self.series)
            self.new_summits[slug] = summit
        return summit

    def _decide_undated(self, meeting, place):
        """Return the summit of a meeting that no file gives days, or a sentence."""
        summit = self._find_recorded(meeting)
        if summit:
            return summit
        code = f" with code {meeting.code}" if meeting.code else ""
        sentence = f"No summit of {meeting.year}{code} has its days given."
        policy = self.defects.note("undated-summit", place, sentence)
        if policy != "whole-year":
            return "Its summit is left out."
        return self._make_summit(meeting)

    def _find_recorded(self, meeting):
        """Return the summit on record with the slug or days of the meeting, or None.

        If its days are not those of the meeting, add it to `different`.
        """
        days = meeting.days
        slug = meeting.slug(self.series)
        summit = self.recorded_by_slug.get(slug)
        if summit:
            if days and _days_of(summit) != days:
                first, last = days
                self.different[summit] = f"by the file of summits it was from {first} to {last}"
            return summit
        for summit in self.recorded_by_year[meeting.year]:
            if _days_of(summit) == days:
                return summit
        return None


def _days_of(summit):
    return summit.starts_on, summit.ends_on
