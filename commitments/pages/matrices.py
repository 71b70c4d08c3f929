"""Parties × pledges: the field's own view of a summit, as a table and as CSV."""

from collections import Counter
from dataclasses import dataclass
from typing import NamedTuple

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from commitments.models import Party, Pledge, Summit, Undertaking
from commitments.pages.conditional import conditional
from commitments.pages.sheets import CSV, make_download, name_csv, write_csv_lines

# No screen shows more columns than this at once: with more parties, they stand in the rows.
MOST_COLUMNS = 8
# {heading: function that reads the cell from an undertaking}: one party's part in a pledge.
VERDICT_COLUMNS = {
    "party": lambda part: part.party.slug,
    "party_name": lambda part: part.party.name,
    "status": lambda part: "" if part.is_exempt else part.status,
    "late": lambda part: write_flag(part.late),
    "done_on": lambda part: part.done and part.done.last_day,
    "done_on_precision": lambda part: part.done and part.done.precision,
    "answer": lambda part: part.current_assessment and part.current_assessment.answer,
    "cause": lambda part: part.current_assessment and part.current_assessment.cause,
    "exempt": lambda part: write_flag(part.is_exempt),
    "shown_by": lambda part: part.shown_by,
    "as_of": lambda part: part.current_assessment and part.current_assessment.as_of,
    "checked_on": lambda part: part.checked_on,
    "due_on": lambda part: part.due_on,
}
COLUMNS = {
    "summit": lambda part: part.pledge.summit.slug,
    "pledge": lambda part: part.pledge.slug,
    "title": lambda part: part.pledge.title,
    **VERDICT_COLUMNS,
}


def write_flag(flag):
    if flag:
        return "yes"
    return "no"


def name_settling_part(part):
    """Return the slug of the undertaking that `part` is judged under; None without one."""
    settling = part.judged_under
    return settling and settling.slug


def add_day_columns(columns, *, on) -> dict:
    """Return `columns` and what follows from the day `on`: whether the part is overdue, so that its
    status is only what it was last judged, whether that may be out of date, and why it has none.
    """
    return {
        **columns,
        "overdue": lambda part: write_flag(part.is_overdue(on=on)),
        "may_be_out_of_date": lambda part: write_flag(part.may_be_out_of_date(on=on)),
        "reason": lambda part: part.find_reason(on=on),
        "judged_under": name_settling_part,
    }


class MatrixRow(NamedTuple):
    """A pledge or a party, and its undertaking for each column; None where nothing is owed."""

    heading: Pledge | Party
    undertakings: list[Undertaking | None]


@dataclass(frozen=True)
class Matrix:
    """The columns are parties, or pledges if the parties stand in the rows."""

    columns: list
    rows: list[MatrixRow]
    parties_in_rows: bool


def build_matrix(pledges) -> Matrix:
    """Return the matrix of `pledges`, read for listing, the party that owes most first. No
    statement.
    """
    owed = {}
    for pledge in pledges:
        for part in pledge.listed_undertakings:
            key = (part.party_id, pledge.pk)
            owed[key] = part
    parties = _rank_parties(owed)
    rows = []
    if len(parties) > MOST_COLUMNS:
        for party in parties:
            cells = [owed.get((party.pk, pledge.pk)) for pledge in pledges]
            rows.append(MatrixRow(party, cells))
        return Matrix(list(pledges), rows, parties_in_rows=True)
    for pledge in pledges:
        cells = [owed.get((party.pk, pledge.pk)) for party in parties]
        rows.append(MatrixRow(pledge, cells))
    return Matrix(parties, rows, parties_in_rows=False)


def _rank_parties(owed):
    """Return the parties in the undertakings `owed`, those with most of them first."""
    parties = {}
    counts = Counter()
    for part in owed.values():
        key = part.party_id
        parties[key] = part.party
        counts[key] += 1

    def rank(party):
        count = counts[party.pk]
        return -count, party.name

    return sorted(parties.values(), key=rank)


@conditional("as_of")
def matrix_file(request, slug):
    """Answer the matrix of a summit as CSV: one row for each party's part in a pledge."""
    summit = get_object_or_404(Summit.objects.published(), slug=slug)
    pledges = (
        Pledge.objects.published()
        .as_of(request.as_of)
        .filter(summit=summit)
        .for_listing()
        .order_by("slug")
    )
    parts = []
    for pledge in pledges:
        in_order = sorted(pledge.listed_undertakings, key=lambda part: part.party.slug)
        parts.extend(in_order)
    columns = add_day_columns(COLUMNS, on=request.today)
    lines = write_csv_lines(columns, parts)
    response = HttpResponse("".join(lines), CSV)
    return make_download(response, name_csv(summit.slug, request.as_of))
