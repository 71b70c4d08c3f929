"""What changed lately, in sentences: the verdicts that one day brought on one pledge are one
sentence.
"""

from dataclasses import dataclass, field

from commitments.ledger import history
from commitments.models import Action
from commitments.verdicts.rollup import rollup

# So many entries are read for a few sentences: one day may judge all parties of a pledge.
READ = 100
NAMED = 3


@dataclass
class Headline:
    """`change` is its newest entry; `newest` the verdict of each undertaking, if it is about
    verdicts.
    """

    change: history.Change
    newest: dict = field(default_factory=dict)

    def add(self, assessment):
        """Of several verdicts on one undertaking, entered in whatever order, the one as of the
        latest day is told.
        """
        known = self.newest.setdefault(assessment.undertaking_id, assessment)
        if assessment.as_of > known.as_of:
            self.newest[assessment.undertaking_id] = assessment

    @property
    def verdicts(self):
        return list(self.newest.values())

    @property
    def named(self):
        """The parties to name: all, or the first few of many."""
        return [one.undertaking.party for one in self.verdicts[:NAMED]]

    @property
    def unnamed(self):
        return len(self.verdicts) - len(self.named)

    @property
    def tally(self):
        return rollup(one.status for one in self.verdicts)


def headlines(few) -> list[Headline]:
    """Return the newest `few` sentences; a statement for each type of record met, however many
    entries are read.
    """
    told = {}
    for change in history.join_records(history.read_news()[:READ]):
        entry, record = change.entry, change.record
        if record and entry.record_type == "assessment" and entry.action == Action.PUBLISH:
            key = (entry.recorded_at.date(), record.undertaking.pledge_id)
            told.setdefault(key, Headline(change)).add(record)
        else:
            told[entry.seq] = Headline(change)
    return list(told.values())[:few]
