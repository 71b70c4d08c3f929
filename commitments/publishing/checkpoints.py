"""Hold the ledger against checkpoints: the file beside it, and a copy kept elsewhere.

Whoever can rewrite the database may be able to rewrite the file beside it. Only a copy out of their
reach proves that the past is what it was.
"""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.utils import timezone

from commitments.ledger.checkpoints import Checkpoint, parse_checkpoint, read_identity
from commitments.models import LedgerEntry
from commitments.publishing.remarks import Remark, Weight, make_finding

# A line is written right after the commit. A publication of many records is dated by its beginning,
# which may be some minutes earlier.
LAG_ALLOWED = timedelta(minutes=10)
# Any database takes so many numbers in one statement.
AT_ONCE = 500
UNSEEN = (
    "nothing on this server would show a rewritten chain. Hold the ledger against a copy kept"
    " elsewhere: --checkpoints FILE."
)


class CheckpointLine(NamedTuple):
    """A line of a file of checkpoints by its number; the checkpoint is None if it is damaged."""

    number: int
    checkpoint: Checkpoint | None


class CheckpointFile:
    """The lines of a file of checkpoints: this ledger's, other ledgers', and damaged ones."""

    def __init__(self, path: Path, identity: str):
        self.name = path.name
        self.own: list[CheckpointLine] = []
        self.foreign: list[CheckpointLine] = []
        self.damaged: list[CheckpointLine] = []
        with open(path, "rb") as file:
            for number, text in enumerate(file, start=1):
                line = CheckpointLine(number, parse_checkpoint(text))
                self._choose_list(line, identity).append(line)

    def _choose_list(self, line, identity):
        if line.checkpoint is None:
            return self.damaged
        return self.own if line.checkpoint.is_of(identity) else self.foreign

    @property
    def is_empty(self):
        return not (self.own or self.foreign or self.damaged)

    @property
    def newest(self) -> int:
        """The largest entry that a line of this ledger names, 0 without one."""
        newest = 0
        for line in self.own:
            newest = max(newest, line.checkpoint.seq)
        return newest

    @property
    def heads(self) -> set:
        """The number and hash in each line of this ledger."""
        heads = set()
        for line in self.own:
            checkpoint = line.checkpoint
            heads.add((checkpoint.seq, checkpoint.hash))
        return heads


def compare_checkpoints(copy: Path | None = None) -> Iterator[Remark]:
    """Yield what the checkpoints of this server have to say, and those in `copy`, if there is one.

    A missing, empty, foreign or lagging file is as good as a rewritten one, and is reported.
    """
    # The head is read before the file: what is published in between has its line or is newer.
    newest = LedgerEntry.objects.order_by("-seq").first()
    local_file = yield from _read_file(settings.CHECKPOINT_FILE, is_expected=newest is not None)
    if local_file:
        yield from _compare_lines(local_file)
        if newest:
            yield from _find_lag(local_file, newest)
    if copy is None:
        return
    copied_file = yield from _read_file(copy, is_expected=True)
    if copied_file:
        yield from _compare_lines(copied_file)
        yield from _describe_copy(copied_file, local_file, newest)


def _read_file(path, *, is_expected):
    """Return the file at `path`, None if there is none; yield what is wrong with it as a whole."""
    try:
        file = CheckpointFile(path, read_identity())
    except FileNotFoundError:
        if is_expected:
            yield make_finding(f"{path.name} is missing: {UNSEEN}")
        return None
    except OSError as error:
        yield make_finding(f"{path.name} cannot be read ({error.strerror}): {UNSEEN}")
        return None
    if is_expected and file.is_empty:
        yield make_finding(f"{file.name} is empty: {UNSEEN}")
    elif is_expected and not file.own:
        yield make_finding(f"{file.name} has no line of this ledger: {UNSEEN}")
    return file


def _compare_lines(file):
    for line in file.damaged:
        yield make_finding(f"Line {line.number} of {file.name} cannot be read.")
    for line, entry_hash in _pair_with_entries(file.own):
        seq = line.checkpoint.seq
        if entry_hash is None:
            yield make_finding(
                f"{file.name} has a checkpoint of entry {seq}, but the ledger has no entry {seq}:"
                " its end was cut off."
            )
        elif entry_hash != line.checkpoint.hash:
            yield make_finding(
                f"Entry {seq} is not the one that its checkpoint in {file.name} saw: the chain was"
                " rewritten."
            )
    yield from _compare_foreign_lines(file)


def _compare_foreign_lines(file):
    skipped = 0
    for line, entry_hash in _pair_with_entries(file.foreign):
        if entry_hash == line.checkpoint.hash:
            yield make_finding(
                f"Line {line.number} of {file.name} names another ledger, but it has the hash of"
                f" our entry {line.checkpoint.seq}: the identity of this ledger was changed."
            )
        else:
            skipped += 1
    if skipped:
        sentence = f"{file.name} has lines of other ledgers too; {skipped} were skipped."
        yield Remark(Weight.NOTE, sentence)


def _pair_with_entries(lines):
    """Yield each line with the hash of the entry it names, None if the ledger has no such entry."""
    for start in range(0, len(lines), AT_ONCE):
        batch = lines[start : start + AT_ONCE]
        numbers = {line.checkpoint.seq for line in batch}
        entries = LedgerEntry.objects.filter(seq__in=numbers)
        hashes = dict(entries.values_list("seq", "hash"))
        for line in batch:
            yield line, hashes.get(line.checkpoint.seq)


def _find_lag(file, newest):
    """Yield that the newest line is older than the head: what follows it can be rewritten."""
    if not file.own or file.newest >= newest.seq:
        return
    sentence = (
        f"{file.name} ends at entry {file.newest} and the ledger at {newest.seq}: nothing outside"
        " the database has seen the entries after that. The next publication writes the head; if"
        " no publication lost its line, the file was cut."
    )
    age = timezone.now() - newest.recorded_at
    if age < LAG_ALLOWED:
        yield Remark(Weight.WARNING, sentence)
    else:
        yield make_finding(sentence)


def _describe_copy(copy, local_file, newest):
    """Yield which lines of the copy the file of this server lacks, and how far the copy reaches."""
    if local_file:
        lost = sorted(copy.heads - local_file.heads)
        if lost:
            yield make_finding(
                f"{local_file.name} lacks {len(lost)} lines that the copy has, the first of entry"
                f" {lost[0][0]}: it was cut or rewritten."
            )
    if newest and copy.own and copy.newest < newest.seq:
        yield Remark(
            Weight.NOTE,
            f"The copy ends at entry {copy.newest}: it proves nothing about the entries after it.",
        )
