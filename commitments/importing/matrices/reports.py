"""What an import of a matrix says of itself: the same for a dry run, in lines and as documented
JSON.
"""

from collections import Counter
from dataclasses import dataclass, field

from commitments.importing.matrices.defects import MATRIX, Defect, Defects, FilePlace
from commitments.importing.matrices.entering import Outcome

FORM = 1


@dataclass
class MatrixReport:
    """`refused` holds the reasons why nothing was entered; without any, `outcome` says what was."""

    sha256: str = ""
    rows: int = 0
    members: dict = field(default_factory=dict)
    defects: Defects = field(default_factory=Defects)
    outcome: Outcome = field(default_factory=Outcome)
    published: int = 0
    refused: list = field(default_factory=list)

    @property
    def changed(self) -> bool:
        return bool(self.outcome.made or self.published)

    def as_json(self):
        outcome = self.outcome
        return {
            "form": FORM,
            "refused": self.refused,
            "file": {"sha256": self.sha256, "rows": self.rows, "members": self.members},
            "policies": self.defects.policies,
            "counts": dict(sorted(Counter(defect.code for defect in self.defects).items())),
            "defects": [defect.as_json() for defect in self.defects],
            "made": _by_type(outcome.made),
            "unchanged": _by_type(outcome.unchanged),
            "different": [
                {"record_type": record._meta.model_name, "slug": record.slug, "sentence": why}
                for record, why in outcome.different.items()
            ],
            "verdicts": {"made": outcome.verdicts_made, "unchanged": outcome.verdicts_unchanged},
            "published": self.published,
        }

    def lines(self):
        yield from map(str, self.defects)
        for record, why in self.outcome.different.items():
            yield f"{record._meta.model_name} {record.slug} was there and is left alone: {why}."
        yield from self.refused
        yield self._closing()

    def _closing(self):
        defects = f"{len(self.defects)} defects"
        if self.refused:
            return f"Nothing was imported; {defects}."
        made, outcome = _by_type(self.outcome.made), self.outcome
        told = (
            ", ".join(f"{len(slugs)} {record_type}" for record_type, slugs in made.items())
            or "nothing"
        )
        if not self.changed:
            differ = (
                f"{len(outcome.different)} records differ and were left alone"
                if outcome.different
                else ""
            )
            return (
                "Nothing changed: it was there already."
                f" {defects}{f'; {differ}' if differ else ''}."
            )
        published = f" {self.published} records published." if self.published else ""
        return f"Made: {told}, with {outcome.verdicts_made} outside verdicts; {defects}.{published}"


def unreadable(problems, file=MATRIX) -> list[Defect]:
    """Return what makes a file unreadable as defects: they refuse it under any policy."""
    return [
        Defect(
            "unreadable-table",
            FilePlace(file, one.line, one.column, one.value),
            one.sentence,
            "refuse",
            "refused",
        )
        for one in problems
    ]


def _by_type(records):
    told = {}
    for record in records:
        told.setdefault(record._meta.model_name, []).append(record.slug)
    return told
