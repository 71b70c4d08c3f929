"""The summits of a matrix: from the file of summits, from the record, or from their year alone."""

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date

from commitments.importing.columns import find_columns
from commitments.importing.defects import FilePlace
from commitments.importing.file_kinds import SUMMITS_FILE
from commitments.importing.matrices.defects import SUMMITS
from commitments.importing.matrices.slugs import slug_of
from commitments.importing.texts import join_words
from commitments.models import Summit, SummitKind
from commitments.verdicts.dates import Precision, parse_day

LEFT_OUT = "Its summit is left out."
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
        precision = Precision.DAY if self.days else Precision.YEAR
        return Summit(
            slug=self.slug(series),
            series=series,
            name=self.name or usual_name,
            kind=SummitKind.MULTILATERAL,
            starts_on=first,
            starts_on_precision=precision,
            ends_on=last,
            ends_on_precision=precision,
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


def read_summits(table, defects, left_out) -> dict:
    """Return the meetings in the file of summits as {(year, code): meeting}.

    The rows that a policy leaves out are added to `left_out`.
    """
    columns = find_columns(table, SUMMITS_FILE)
    for column in columns.without_key:
        place = FilePlace(SUMMITS, 1, column)
        defects.note("unknown-column", place, "Nothing here is called so.")

    meetings = {}
    first_lines, first_lines_of_days = {}, {}
    for row in table.rows:
        meeting = _read_meeting(row, columns, defects)
        if meeting is None:
            left_out.rows.append(columns.place(row, "year"))
            continue
        key, days = meeting.key, meeting.days
        first = first_lines.setdefault(key, row.line)
        if first != row.line:
            place = columns.place(row, "year")
            sentence = f"Lines {first} and {row.line} are both the summit of that year and code."
            lines = [first, row.line]
            defects.note("duplicate-summit", place, sentence, lines=lines)
            left_out.rows.append(place)
            continue
        first = first_lines_of_days.setdefault(days, row.line)
        if days and first != row.line:
            place = columns.place(row, "starts_on")
            sentence = f"Lines {first} and {row.line} give two summits the same days."
            lines = [first, row.line]
            policy = defects.note("identical-summit-dates", place, sentence, lines=lines)
            if policy == "whole-year":
                meeting = replace(meeting, days=None)
        meetings[key] = meeting
    return meetings


def _read_meeting(row, columns, defects):
    """Return the meeting in a row, or None where the row is left out; note its defects."""
    place = columns.place(row, "year")
    year = read_year(place.value)
    if year is None:
        defects.note("unusable-summit", place, "This is no year such as 2018.")
        return None
    days = _read_days(row, columns, year)
    if isinstance(days, str):
        place = columns.place(row, "starts_on")
        policy = defects.note("impossible-summit-date", place, days)
        if policy != "whole-year":
            return None
        days = None
    code = columns.cell(row, "code")
    place = columns.place(row, "name")
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

    def __init__(self, series, meetings, defects, years_with_codes=frozenset()):
        """`years_with_codes` are the years in which a row of the matrix has a code."""
        self.series = series
        self.meetings = dict(meetings)
        self.defects = defects
        self.years_with_codes = years_with_codes
        self.slugs = {meeting.slug(series) for meeting in meetings.values()}
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
        if meeting is None:
            undated = Meeting(year, code, "", None)
            return self._decide_undated(undated, place)
        return self._find_recorded(meeting) or self._make_summit(meeting, place)

    def _make_summit(self, meeting, place):
        """Return a new summit, or a sentence that says why there is none."""
        slug = meeting.slug(self.series)
        if len(slug) > 100:
            return "The code is too long for a summit's address."
        summit = self.new_summits.get(slug)
        if summit:
            return summit
        summit = meeting.build_summit(self.series)
        policy = self._ask_for_second(summit, place)
        if policy == "leave-out":
            return LEFT_OUT
        self.new_summits[slug] = summit
        return summit

    def _ask_for_second(self, summit, place):
        """Return what is done about a new summit in a year in which the series has one already.

        Until the policy is to make it, that is noted.
        """
        year = summit.starts_on.year
        same_year = list(self.recorded_by_year[year])
        for new_summit in self.new_summits.values():
            if new_summit.starts_on.year == year:
                same_year.append(new_summit)
        policy = self.defects.policies["second-summit"]
        if not same_year or policy == "make":
            return "make"
        name = _name_summit(summit)
        names = [_name_summit(neighbour) for neighbour in same_year]
        sentence = (
            f"{name} would be another summit of the series in {year}, beside {join_words(names)}."
            " If it is the same, correct its code or days."
        )
        return self.defects.note("second-summit", place, sentence, slug=summit.slug)

    def _find_only_recorded(self, meeting):
        """Return the only summit on record of its year, if no row of that year has a code."""
        summits = self.recorded_by_year[meeting.year]
        is_only = len(summits) == 1
        if is_only and meeting.year not in self.years_with_codes:
            return summits[0]
        return None

    def _decide_undated(self, meeting, place):
        """Return the summit of a meeting that no file gives days, or a sentence.

        One that was dated to its whole year is reported each time, so that a second run reports the
        same.
        """
        summit = self._find_only_recorded(meeting) or self._find_recorded(meeting)
        if summit and not _is_undated(summit):
            return summit
        name = str(meeting.year)
        if meeting.code:
            name += f" with code {meeting.code}"
        sentence = f"No summit of {name} has its days given."
        policy = self.defects.note("undated-summit", place, sentence)
        if policy != "whole-year":
            return LEFT_OUT
        return summit or self._make_summit(meeting, place)

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
            # That of another row of the file is another summit, even if both have the same days.
            if _days_of(summit) == days and summit.slug not in self.slugs:
                return summit
        return None


def _is_undated(summit):
    year = summit.starts_on.year
    first = date(year, 1, 1)
    last = date(year, 12, 31)
    return _days_of(summit) == (first, last)


def _name_summit(summit):
    first, last = _days_of(summit)
    days = str(first)
    if last != first:
        days = f"{first} to {last}"
    return f"{summit.slug} ({days})"


def _days_of(summit):
    return summit.starts_on, summit.ends_on
