"""What changed lately, in sentences: one for all verdicts of a day on one pledge."""

from dataclasses import dataclass, field

from commitments.ledger import history
from commitments.models import Action
from commitments.verdicts.rollup import rollup

# A few sentences may need many entries: one day may judge all parties of a pledge.
ENTRIES_READ = 100
PARTIES_NAMED = 3


@dataclass
class Headline:
    """`change` is its newest entry; `newest` the verdict of each undertaking, if it is about
    verdicts.
    """

    change: history.Change
    newest: dict = field(default_factory=dict)

    def add(self, assessment):
        """Add a verdict. Of several on one undertaking, the one as of the latest day is shown."""
        key = assessment.undertaking_id
        known = self.newest.setdefault(key, assessment)
        if assessment.as_of > known.as_of:
            self.newest[key] = assessment

    @property
    def verdicts(self):
        return list(self.newest.values())

    @property
    def named(self):
        """The parties to name: all, or the first few of many."""
        verdicts = self.verdicts[:PARTIES_NAMED]
        return [verdict.undertaking.party for verdict in verdicts]

    @property
    def unnamed(self):
        """How many more parties there are."""
        number = len(self.verdicts)
        return number - len(self.named)

    @property
    def tally(self):
        verdicts = self.verdicts
        statuses = [verdict.status for verdict in verdicts]
        done_later = [verdict for verdict in verdicts if verdict.late]
        return rollup(
            statuses,
            late=len(done_later),
        )


def headlines(few) -> list[Headline]:
    """Return the newest `few` sentences.

    One statement for the entries and one for each type of record, however many entries are read.
    """
    entries = history.read_news()[:ENTRIES_READ]
    sentences = {}
    for change in history.join_records(entries):
        key = find_sentence_key(change)
        if key not in sentences:
            sentences[key] = Headline(change)
        if is_verdict(change):
            sentences[key].add(change.record)
    newest_first = list(sentences.values())
    return newest_first[:few]


def is_verdict(change):
    """Whether the change is that an assessment was published which is public today."""
    entry = change.entry
    if change.record is None:
        return False
    if entry.action != Action.PUBLISH:
        return False
    return entry.record_type == "assessment"


def find_sentence_key(change):
    """Return what the changes of one sentence share: the day and the pledge of verdicts.

    Any other change has a sentence of its own.
    """
    entry = change.entry
    if not is_verdict(change):
        return entry.seq
    day = entry.recorded_at.date()
    return day, change.record.undertaking.pledge_id
