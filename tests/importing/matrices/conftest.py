"""A made-up matrix of 60 commitments and 12 members with every defect, and the import of it."""

from datetime import date
from pathlib import Path

import pytest

from commitments.importing.matrices import MatrixOptions, import_matrix
from commitments.models import Party

HERE = Path(__file__).parent
# What the import makes only once somebody has confirmed it.
CONFIRMED = {"new-party": "make", "second-summit": "make"}
TODAY = date(2026, 6, 1)


@pytest.fixture
def sixty():
    return HERE / "sixty_by_twelve.csv"


@pytest.fixture
def summits_file():
    return HERE / "summits.csv"


@pytest.fixture
def japan_and_us(db):
    """Two members that are on record; the others are made."""
    return [
        Party.objects.create(slug="japan", name="Japan", kind="state", iso_code="JPN"),
        Party.objects.create(
            slug="united-states",
            name="United States",
            short_name="US",
            kind="state",
            iso_code="USA",
        ),
    ]


@pytest.fixture
def run(db):
    """Import a matrix: a path or a file's bytes, with the fields of `Asked` by keyword."""

    def run(matrix, *, dry_run=False, **asked):
        asked = {
            "series": "g7",
            "assessor": "Compliance Group",
            "published_on": date(2026, 3, 1),
            **asked,
            "policies": {**CONFIRMED, **asked.get("policies", {})},
        }
        return import_matrix(matrix, MatrixOptions(**asked), today=TODAY, dry_run=dry_run)

    return run


@pytest.fixture
def found():
    """The codes of a report's defects with their lines, in the order of the file."""

    def found(report, *but):
        return [
            (defect.code, defect.place.line) for defect in report.defects if defect.code not in but
        ]

    return found
