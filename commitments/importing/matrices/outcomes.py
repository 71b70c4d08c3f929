"""What an import of a matrix did to the record, or why it could not do it."""

from dataclasses import dataclass, field


class CannotEnter(Exception):
    """A matrix whose rows the database or the rules of the site refuse. `reasons` are sentences."""

    def __init__(self, *reasons):
        self.reasons = [str(reason) for reason in reasons]
        text = "\n".join(self.reasons)
        super().__init__(text)


@dataclass
class Outcome:
    """The records made, left unchanged, or left alone because they differ: {record: why}."""

    made: list = field(default_factory=list)
    unchanged: list = field(default_factory=list)
    different: dict = field(default_factory=dict)
    verdicts_made: int = 0
    verdicts_unchanged: int = 0

    @property
    def records(self):
        records = list(self.made)
        records += self.unchanged
        records += self.different
        return records
