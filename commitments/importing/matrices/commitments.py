"""The rows of a matrix, each a commitment with its members' scores; what is wrong with a row is
noted.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from commitments.importing.matrices.defects import MATRIX, FilePlace
from commitments.importing.matrices.members import Member
from commitments.importing.matrices.scores import Score, check_average, read_score, usual_places
from commitments.importing.matrices.slugs import slug_of
from commitments.importing.matrices.summits import read_year
from commitments.importing.numbers import looks_like_excel_date
from commitments.models import Party, Summit
from commitments.models.fields import forbidden_character

# Room in a slug for the party of an undertaking and for the suffix of a duplicate.
LONGEST_SLUG, LONGEST_ID, LONGEST_AREA = 150, 100, 100


@dataclass(frozen=True)
class Commitment:
    line: int
    slug: str
    id: str
    text: str
    area: str
    summit: Summit
    scores: list[tuple[Party, Score]]


class Reader:
    """Reads row after row; knows the ids that came before."""

    def __init__(self, table, columns, members: list[Member], *, calendar, defects):
        self.table, self.columns, self.members = table, columns, members
        self.calendar, self.defects = calendar, defects
        self.series = calendar.series.slug
        self.decimals = usual_places(columns.cell(row, "average") for row in table.rows)
        self.lines = {}
        # A suffix must not take the slug that another row has by its own id.
        self.taken = {slug_of(self.series, columns.cell(row, "id")) for row in table.rows}

    def read(self) -> Iterator[Commitment]:
        for row in self.table.rows:
            commitment = self._read(row)
            if commitment:
                yield commitment

    def _read(self, row):
        # All of it is read before anything is decided: a row left out for one fault still tells the
        # others.
        slug, text, summit = self._slug(row), self._text(row), self._summit(row)
        area, scores = self._area(row), self._scores(row)
        if not scores:
            sentence = (
                "No member has a score here that is taken, so nobody is recorded as owing it."
            )
            self.defects.note("no-scores", self.columns.place(row, "id"), sentence)
        if None in (slug, text, summit) or not scores:
            return None
        return Commitment(
            row.line, slug, self.columns.cell(row, "id").strip(), text, area, summit, scores
        )

    def _slug(self, row):
        place, note = self.columns.place(row, "id"), self.defects.note
        bare, policies = place.value.strip(), []
        if not slug_of(bare):
            note("unusable-id", place, "The id has no letter or digit of the Latin alphabet.")
            return None
        slug = slug_of(self.series, bare)
        if (
            len(slug) > LONGEST_SLUG
            or len(bare) > LONGEST_ID
            or forbidden_character(bare, allowed="")
        ):
            note(
                "unusable-id",
                place,
                f"The id is longer than {LONGEST_ID} characters, or has invisible ones.",
            )
            return None
        if bare != place.value:
            policies.append(note("edge-blanks", place, "There are blanks around the id."))
        if looks_like_excel_date(bare):
            sentence = (
                "A spreadsheet seems to have turned the id into a date. Restore it in the"
                " catalogue."
            )
            policies.append(note("date-for-id", place, sentence))
        if slug in self.lines:
            slug, policy = self._suffixed(slug, row, place)
            policies.append(policy)
        else:
            self.lines[slug] = row.line
        return None if {"leave-out", "refuse"} & set(policies) else slug

    def _suffixed(self, slug, row, place):
        number = 2
        while f"{slug}-{number}" in self.taken:
            number += 1
        self.taken.add(f"{slug}-{number}")
        lines = [self.lines[slug], row.line]
        sentence = f"Lines {lines[0]} and {lines[1]} have the same id."
        policy = self.defects.note(
            "duplicate-id",
            place,
            sentence,
            done=f"kept as {slug}-{number}",
            lines=lines,
            slug=f"{slug}-{number}",
        )
        return f"{slug}-{number}", policy

    def _text(self, row):
        place = self.columns.place(row, "text")
        hidden = forbidden_character(place.value.replace("\r\n", "\n").replace("\r", "\n"))
        if not place.value.strip():
            self.defects.note("unusable-text", place, "There is no text.")
        elif hidden:
            sentence = f"The text has the invisible character U+{ord(hidden):04X}."
            self.defects.note("unusable-text", place, sentence)
        else:
            return place.value.strip()
        return None

    def _summit(self, row):
        place, code = self.columns.place(row, "year"), self.columns.cell(row, "code").strip()
        year = read_year(place.value)
        if year is None:
            self.defects.note("unreadable-year", place, "This is no year such as 2018.")
            return None
        if forbidden_character(code, allowed=""):
            self.defects.note(
                "unknown-summit",
                self.columns.place(row, "code"),
                "The code has invisible characters.",
            )
            return None
        return self.calendar.summit_of(year, code, place)

    def _area(self, row):
        place = self.columns.place(row, "area")
        area = " ".join(place.value.split())
        if area and (len(area) > LONGEST_AREA or not slug_of(area) or forbidden_character(area)):
            sentence = (
                f"An area is a name of at most {LONGEST_AREA} characters, some of them Latin"
                " letters or digits."
            )
            self.defects.note("unusable-area", place, sentence)
            return ""
        return area

    def _scores(self, row):
        read = []
        for member in self.members:
            score = read_score(
                FilePlace(MATRIX, row.line, member.column, row[member.column]), self.defects
            )
            if score:
                read.append((member.party, score))
        average = self.columns.place(row, "average")
        # Whoever published the average took all columns into it, those left out here too.
        check_average(
            average, [score for _party, score in read], self.defects, decimals=self.decimals
        )
        return [(party, score) for party, score in read if party]
