"""What an amendment changed, from the payloads of the ledger: the words before and after."""

from dataclasses import replace

from django.db.models import OuterRef, Subquery

from commitments.ledger.differences import Differences, compare_forms, load_names
from commitments.models import Action, LedgerEntry, LedgerPayload
from commitments.publicforms import upgrade

AMENDMENTS = (Action.AMEND, Action.CORRECT)


def describe_amendment(entry) -> Differences | None:
    """Return what `entry` changed; None if it is no amendment, or if a text of it was removed."""
    differences = describe_amendments([entry])
    return differences.get(entry.seq)


def describe_amendments(entries, load=None) -> dict[int, Differences]:
    """Return what each amendment among `entries` changed, by its number.

    Two statements, and for each amendment one a kind of record that the changed texts name; `load`
    returns the rows of a model that may be named.
    """
    amended = [entry for entry in entries if entry.action in AMENDMENTS]
    if not amended:
        return {}
    differences = {}
    for version in _load_versions(amended):
        entry, before, after = version
        names = load_names(
            entry.record_type,
            _keep_changed(before, after),
            _keep_changed(after, before),
            load=load,
        )
        differences[entry.seq] = compare_forms(
            entry.record_type,
            before,
            after,
            names,
        )
    return differences


def add_differences(changes) -> list:
    """Return the changes, the amendments of public records with the words before and after.

    What they name is named by its slug unless it is public.
    """
    entries = [change.entry for change in changes if change.record]
    by_number = describe_amendments(entries, load=_load_public)
    described = []
    for change in changes:
        differences = by_number.get(change.entry.seq)
        described.append(replace(change, differences=differences))
    return described


def _load_public(model):
    return model.objects.published()


def _load_versions(amended):
    """Yield (entry, form before, form after) of the amendments whose texts are all there."""
    numbers = _find_earlier_numbers(amended)
    wanted = {*numbers, *numbers.values()}
    wanted.discard(None)
    payloads = LedgerPayload.objects.in_bulk(wanted)
    for entry in amended:
        earlier = numbers.get(entry.seq)
        before = payloads.get(earlier)
        after = payloads.get(entry.seq)
        if before is None or after is None:
            continue
        yield (
            entry,
            upgrade(entry.record_type, before.body),
            upgrade(entry.record_type, after.body),
        )


def _find_earlier_numbers(amended):
    """Return {number: that of the entry with the form before}; None if there is none."""
    earlier = LedgerEntry.objects.published().exclude(payload_sha256="")
    earlier = earlier.filter(
        record_type=OuterRef("record_type"),
        record_slug=OuterRef("record_slug"),
        seq__lt=OuterRef("seq"),
    )
    newest_first = earlier.order_by("-seq").values("seq")
    numbers = [entry.seq for entry in amended]
    entries = LedgerEntry.objects.published().filter(seq__in=numbers)
    rows = entries.values_list("seq", Subquery(newest_first[:1]))
    return dict(rows)


def _keep_changed(body, other):
    """Return the fields of `body` that `other` does not have just so."""
    changed = {}
    for name, value in body.items():
        if other.get(name) != value:
            changed[name] = value
    return changed
