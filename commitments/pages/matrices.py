"""Parties × pledges: the field's own view of a summit, as a table and as CSV."""

from collections import Counter
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from commitments.models import Pledge, Summit
from commitments.pages.conditional import conditional
from commitments.pages.sheets import as_download, csv_lines

# More columns than this no screen shows at once: then the parties stand in the rows.
MOST_COLUMNS = 8
VERDICT = ("party", "party_name", "status", "exempt", "shown_by", "as_of", "checked_on")
COLUMNS = ("summit", "pledge", "title", *VERDICT)


@dataclass(frozen=True)
class Matrix:
    """`rows` are (pledge or party, its undertakings), one for each of `columns`, None where nothing
    is owed.
    """

    columns: list
    rows: list
    parties_in_rows: bool


def matrix(pledges) -> Matrix:
    """Return the matrix of `pledges`, read for listing, the party that owes most first. No
    statement.
    """
    owed = {
        (row.party_id, pledge.pk): row for pledge in pledges for row in pledge.listed_undertakings
    }
    parties = {row.party_id: row.party for row in owed.values()}
    counted = Counter(party for party, _pledge in owed)
    parties = sorted(parties.values(), key=lambda party: (-counted[party.pk], party.name))
    if len(parties) > MOST_COLUMNS:
        rows = [
            (party, [owed.get((party.pk, pledge.pk)) for pledge in pledges]) for party in parties
        ]
        return Matrix(list(pledges), rows, parties_in_rows=True)
    rows = [(pledge, [owed.get((party.pk, pledge.pk)) for party in parties]) for pledge in pledges]
    return Matrix(parties, rows, parties_in_rows=False)


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
    rows = (
        (summit.slug, pledge.slug, pledge.title, *verdict_cells(row))
        for pledge in pledges
        for row in sorted(pledge.listed_undertakings, key=lambda row: row.party.slug)
    )
    response = HttpResponse("".join(csv_lines(COLUMNS, rows)), "text/csv; charset=utf-8")
    return as_download(
        response,
        f"{summit.slug}-as-of-{request.as_of}.csv" if request.as_of else f"{summit.slug}.csv",
    )


def verdict_cells(row):
    """Return what a file says of one party's part in a pledge, in the columns VERDICT."""
    judged = row.current_assessment
    return (
        *(row.party.slug, row.party.name),
        *("" if row.is_exempt else row.status, "yes" if row.is_exempt else "no", row.shown_by),
        *(judged.as_of if judged else None, row.checked_on),
    )
