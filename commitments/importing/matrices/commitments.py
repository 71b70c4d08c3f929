"""Read the rows of a matrix: each is a commitment with the scores of its members."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from commitments.importing.defects import LEAVING_OUT, FilePlace
from commitments.importing.matrices.defects import MATRIX
from commitments.importing.matrices.members import Member
from commitments.importing.matrices.scores import Score, check_average, read_score, usual_decimals
from commitments.importing.matrices.slugs import slug_of
from commitments.importing.matrices.summits import read_year
from commitments.models import Party, Summit
from commitments.models.fields import describe_hidden_characters, find_forbidden_character
from commitments.numbers import looks_like_excel_date

# Room in a slug for the party of an undertaking and for the suffix of a duplicate.
LONGEST_SLUG, LONGEST_ID, LONGEST_AREA = 150, 100, 100
LONGEST_TITLE = 200


class PartyScore(NamedTuple):
    party: Party
    score: Score


@dataclass(frozen=True)
class Commitment:
    line: int
    slug: str
    id: str
    text: str
    title: str
    area: str
    summit: Summit
    scores: list[PartyScore]


class RowReader:
    """Reads row after row, and remembers the ids of the rows before."""

    def __init__(self, table, columns, members: list[Member], *, calendar, defects, left_out):
        self.table = table
        self.columns = columns
        self.members = members
        self.calendar = calendar
        self.defects = defects
        self.left_out = left_out
        self.series = calendar.series.slug
        self.decimals = usual_decimals(columns.cell(row, "average") for row in table.rows)
        self.first_lines = {}
        # A suffix must not make a slug that another row has by its own id.
        ids = [columns.cell(row, "id") for row in table.rows]
        self.slugs = {slug_of(self.series, commitment_id) for commitment_id in ids}

    def read(self) -> Iterator[Commitment]:
        for row in self.table.rows:
            cells = []
            commitment = self._read_row(row, cells)
            if commitment:
                self.left_out.cells += cells
                yield commitment
            else:
                place = self.columns.place(row, "id")
                self.left_out.rows.append(place)

    def _read_row(self, row, left_out_cells):
        """Return the commitment of a row, or None where it is left out; note all its defects.

        The cells that are left out are added to `left_out_cells`.
        """
        slug = self._read_slug(row)
        text = self._read_text(row)
        summit = self._find_summit(row)
        area = self._read_area(row, left_out_cells)
        scores = self._read_scores(row, left_out_cells)
        place = self.columns.place(row, "id")
        if not scores:
            sentence = (
                "No member has a score here that is taken, so nobody is recorded as owing it."
            )
            self.defects.note("no-scores", place, sentence)
        if None in (slug, text, summit) or not scores:
            return None
        return Commitment(
            line=row.line,
            slug=slug,
            id=place.value.strip(),
            text=text or write_missing_text(place.value.strip()),
            title=_make_title(place.value.strip(), text, area),
            area=area,
            summit=summit,
            scores=scores,
        )

    def _read_slug(self, row):
        """Return the slug made of the row's id, or None where the row is left out for it."""
        place = self.columns.place(row, "id")
        note = self.defects.note
        bare = place.value.strip()
        if not slug_of(bare):
            note("unusable-id", place, "The id has no letter or digit of the Latin alphabet.")
            return None
        slug = slug_of(self.series, bare)
        too_long = len(slug) > LONGEST_SLUG or len(bare) > LONGEST_ID
        if too_long or find_forbidden_character(bare, allowed=""):
            sentence = f"The id is longer than {LONGEST_ID} characters, or has invisible ones."
            note("unusable-id", place, sentence)
            return None
        policies = []
        if bare != place.value:
            policy = note("edge-blanks", place, "There are blanks around the id.")
            policies.append(policy)
        if looks_like_excel_date(bare):
            sentence = (
                "A spreadsheet seems to have turned the id into a date. Restore it in the"
                " catalogue."
            )
            policy = note("date-for-id", place, sentence)
            policies.append(policy)
        first_line = self.first_lines.setdefault(slug, row.line)
        if first_line != row.line:
            slug = self._add_suffix(slug)
            policy = note(
                "duplicate-id",
                place,
                f"Lines {first_line} and {row.line} have the same id.",
                done=f"kept as {slug}",
                lines=[first_line, row.line],
                slug=slug,
            )
            policies.append(policy)
        return slug if LEAVING_OUT.isdisjoint(policies) else None

    def _add_suffix(self, slug):
        """Return `slug` with the first number from 2 on that no other row has."""
        number = 2
        while f"{slug}-{number}" in self.slugs:
            number += 1
        numbered = f"{slug}-{number}"
        self.slugs.add(numbered)
        return numbered

    def _read_text(self, row):
        """Return the commitment's text, blank where it has none; None where the row is left out."""
        place = self.columns.place(row, "text")
        text = place.value.strip()
        if not text:
            done = "taken, and the pledge says that the catalogue gives no text"
            policy = self.defects.note("no-text", place, "There is no text.", done=done)
            return "" if policy == "take" else None
        with_plain_ends = place.value.replace("\r\n", "\n").replace("\r", "\n")
        sentence = describe_hidden_characters(with_plain_ends)
        if sentence:
            self.defects.note("unusable-text", place, sentence)
            return None
        return text

    def _find_summit(self, row):
        """Return the row's summit, or None where the row is left out for it."""
        place = self.columns.place(row, "year")
        code = self.columns.cell(row, "code").strip()
        year = read_year(place.value)
        if year is None:
            self.defects.note("unreadable-year", place, "This is no year such as 2018.")
            return None
        if find_forbidden_character(code, allowed=""):
            code_place = self.columns.place(row, "code")
            self.defects.note("unknown-summit", code_place, "The code has invisible characters.")
            return None
        return self.calendar.find_summit(year, code, place)

    def _read_area(self, row, left_out_cells):
        """Return the name of the row's topic; blank where it has none that can be used."""
        place = self.columns.place(row, "area")
        area = " ".join(place.value.split())
        if not area:
            return ""
        if len(area) > LONGEST_AREA or not slug_of(area) or find_forbidden_character(area):
            sentence = (
                f"An area is a name of at most {LONGEST_AREA} characters, some of them Latin"
                " letters or digits."
            )
            self.defects.note("unusable-area", place, sentence)
            left_out_cells.append(place)
            return ""
        return area

    def _read_scores(self, row, left_out_cells):
        """Return a `PartyScore` for each score of a member that is not left out."""
        scores, party_scores = [], []
        for member in self.members:
            column = member.column
            place = FilePlace(MATRIX, row.line, column, row[column], self.columns.id_of(row))
            score = read_score(place, self.defects)
            if score is None:
                if place.value.strip() and member.party:
                    left_out_cells.append(place)
                continue
            scores.append(score)
            if member.party:
                party_scores.append(PartyScore(member.party, score))
        average = self.columns.place(row, "average")
        # The published average includes the members that are left out here.
        check_average(average, scores, self.defects, decimals=self.decimals)
        return party_scores


def write_missing_text(commitment_id) -> str:
    """Return what stands for the words of a commitment that the catalogue gives no text."""
    return f"[The catalogue gives no text for commitment {commitment_id}.]"


def _make_title(commitment_id, text, area):
    """Return the title: the text on one line, cut after a word if it is too long for one."""
    if not text:
        about = f" ({area})" if area else ""
        return f"Commitment {commitment_id}{about}: no text in the catalogue"
    line = " ".join(text.split())
    if len(line) <= LONGEST_TITLE:
        return line
    start = line[: LONGEST_TITLE - 1]
    words = start.rsplit(" ", 1)[0]
    return f"{words}…"
