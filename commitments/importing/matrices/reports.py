"""The report of an import of a matrix, as lines and as JSON; it is the same for a dry run."""

from collections import defaultdict
from dataclasses import dataclass, field

from commitments.importing.confirming import name_parties
from commitments.importing.defects import Defect, Defects, FilePlace
from commitments.importing.left_out import LeftOut
from commitments.importing.matrices.defects import MATRIX, POLICIES
from commitments.importing.matrices.outcomes import Outcome
from commitments.models import Party

FORM = 2


@dataclass
class MatrixReport:
    """`refused` has the reasons why nothing was entered; if it is empty, see `outcome`."""

    sha256: str = ""
    rows: int = 0
    members: dict = field(default_factory=dict)
    defects: Defects = field(default_factory=lambda: Defects(POLICIES))
    left_out: LeftOut = field(default_factory=LeftOut)
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
            "file": {
                "sha256": self.sha256,
                "rows": self.rows,
                "members": self.members,
            },
            "policies": self.defects.policies,
            "counts": self.defects.count(),
            "defects": [defect.as_json() for defect in self.defects],
            "left_out": self.left_out.as_json(),
            "made": _group_by_type(outcome.made),
            "unchanged": _group_by_type(outcome.unchanged),
            "different": [
                {
                    "record_type": record._meta.model_name,
                    "slug": record.slug,
                    "sentence": why,
                }
                for record, why in outcome.different.items()
            ],
            "verdicts": {
                "made": outcome.verdicts_made,
                "unchanged": outcome.verdicts_unchanged,
            },
            "published": self.published,
        }

    def lines(self):
        """Yield a line for each defect and difference, and at last the sum of the import."""
        yield from map(str, self.defects)
        for record, why in self.outcome.different.items():
            yield f"{record._meta.model_name} {record.slug} was there and is left alone: {why}."
        new_parties = [record for record in self.outcome.made if isinstance(record, Party)]
        if new_parties:
            yield f"New parties: {name_parties(new_parties)}."
        yield from self.refused
        left_out = self.left_out.write_sentence()
        if left_out:
            yield left_out
        yield self._summarise()

    def _summarise(self):
        defects = f"{len(self.defects)} defects"
        if self.refused:
            return f"Nothing was imported; {defects}."
        left_out = self.left_out.count()
        if left_out:
            defects = f"{defects}; left out: {left_out}"
        outcome = self.outcome
        if not self.changed:
            differences = ""
            if outcome.different:
                differences = f"; {len(outcome.different)} records differ and were left alone"
            return f"Nothing changed: it was there already. {defects}{differences}."
        counts = [
            f"{len(slugs)} {record_type}"
            for record_type, slugs in _group_by_type(outcome.made).items()
        ]
        made = ", ".join(counts) or "nothing"
        published = f" {self.published} records published." if self.published else ""
        return f"Made: {made}, with {outcome.verdicts_made} outside verdicts; {defects}.{published}"


def list_unreadable(problems, file=MATRIX) -> list[Defect]:
    """Return a defect for each problem of an unreadable file; they refuse it under any policy."""
    defects = []
    for problem in problems:
        place = FilePlace(file, problem.line, problem.column, problem.value, problem.id)
        defect = Defect("unreadable-table", place, problem.sentence, "refuse", "refused")
        defects.append(defect)
    return defects


def _group_by_type(records):
    """Return the slugs of the records as {record type: [slug, ...]}."""
    slugs = defaultdict(list)
    for record in records:
        slugs[record._meta.model_name].append(record.slug)
    return dict(slugs)
