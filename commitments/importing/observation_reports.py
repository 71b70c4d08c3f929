"""The report of an import of figures, as lines and as JSON; it is the same for a dry run."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from commitments.importing.confirming import name_parties
from commitments.importing.defects import Defects
from commitments.importing.figures import FIGURE_POLICIES
from commitments.importing.left_out import LeftOut
from commitments.importing.rows import TableProblem
from commitments.models import Party, Release

MOST_LISTED = 20


@dataclass
class ObservationReport:
    """What came of a file: releases made or unchanged with their number of figures, or problems.

    A report with problems means that nothing was entered.
    """

    sha256: str = ""
    rows: int = 0
    made: dict[Release, int] = field(default_factory=dict)
    unchanged: dict[Release, int] = field(default_factory=dict)
    parties: list[Party] = field(default_factory=list)
    published: int = 0
    defects: Defects = field(default_factory=lambda: Defects(FIGURE_POLICIES))
    left_out: LeftOut = field(default_factory=LeftOut)
    problems: list[TableProblem] = field(default_factory=list)

    def __str__(self):
        if self.problems:
            return f"Nothing was entered: {len(self.problems)} problems in {self.rows} rows."
        figures = sum(self.made.values())
        counts = [
            f"{len(self.made)} releases made with {figures} figures",
            f"{len(self.unchanged)} unchanged",
            f"{self.published} published",
        ]
        sentences = [", ".join(counts)]
        defects = self._count_defects()
        if defects:
            sentences.append(f"Defects: {defects}")
        left_out = self.left_out.count()
        if left_out:
            sentences.append(f"Left out: {left_out}")
        text = ". ".join(sentences)
        return f"{text}."

    def _count_defects(self):
        """Return how many defects of each kind the policies have decided about."""
        counts = []
        for code, count in self.defects.count().items():
            counts.append(f"{count} {code}")
        return ", ".join(counts)

    def lines(self) -> Iterator[str]:
        """Yield a line for each of the first defects and problems, and at last the sum."""
        yield from _list_first(self.defects)
        if self.problems:
            yield from _list_first(self.problems)
        else:
            yield from self._list_consequences()
        yield str(self)

    def _list_consequences(self):
        if self.parties:
            names = name_parties(self.parties)
            yield f"New parties: {names}."
        left_out = self.left_out.write_sentence()
        if left_out:
            yield left_out

    def as_json(self):
        made = [_describe_release(*item) for item in self.made.items()]
        unchanged = [_describe_release(*item) for item in self.unchanged.items()]
        return {
            "sha256": self.sha256,
            "rows": self.rows,
            "policies": self.defects.policies,
            "counts": self.defects.count(),
            "defects": [defect.as_json() for defect in self.defects],
            "left_out": self.left_out.as_json(),
            "made": made,
            "unchanged": unchanged,
            "parties": [party.slug for party in self.parties],
            "published": self.published,
            "problems": [vars(problem) for problem in self.problems],
        }


def _list_first(items):
    for item in items[:MOST_LISTED]:
        yield str(item)
    further = len(items) - MOST_LISTED
    if further > 0:
        yield f"… and {further} more; --json REPORT has them all."


def _describe_release(release, count):
    return {
        "release": release.slug,
        "indicator": release.indicator.slug,
        "title": release.title,
        "released_on": release.released_on.isoformat(),
        "observations": count,
    }
