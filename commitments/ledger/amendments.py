"""What an amendment changed, from the payloads of the ledger: the words before and after."""

from django.db.models import OuterRef, Subquery

from commitments.ledger.differences import Differences, compare_forms, load_names
from commitments.models import Action, LedgerEntry, LedgerPayload
from commitments.publicforms import upgrade

AMENDMENTS = (Action.AMEND, Action.CORRECT)


def describe_amendment(entry) -> Differences | None:
    """Return what `entry` changed; None if it is no amendment, or if a text of it was removed."""
    return describe_amendments([entry]).get(entry.seq)


def describe_amendments(entries, load=None) -> dict[int, Differences]:
    """Return what each amendment among `entries` changed, by its number.

    Two statements, and for each amendment one a kind of record that the changed texts name; `load`
    returns the rows of a model that may be named.
    """
    amended = [entry for entry in entries if entry.action in AMENDMENTS]
    if not amended:
        return {}
    versions = list(_load_versions(amended))
    names = {}
    for entry, before, after in versions:
        changed = [_keep_changed(before, after), _keep_changed(after, before)]
        names.update(load_names(entry.record_type, *changed, load=load))
    differences = {}
    for entry, before, after in versions:
        differences[entry.seq] = compare_forms(entry.record_type, before, after, names)
    return differences


def _load_versions(amended):
    """Yield (entry, form before, form after) of the amendments whose texts are all there."""
    earlier = LedgerEntry.objects.published().exclude(payload_sha256="")
    earlier = earlier.filter(
        record_type=OuterRef("record_type"),
        record_slug=OuterRef("record_slug"),
        seq__lt=OuterRef("seq"),
    )
    newest_first = earlier.order_by("-seq").values("seq")
    entries = LedgerEntry.objects.filter(seq__in=[entry.seq for entry in amended])
    before_by_seq = dict(entries.values_list("seq", Subquery(newest_first[:1])))
    wanted = {*before_by_seq, *before_by_seq.values()}
    payloads = LedgerPayload.objects.in_bulk(wanted - {None})
    for entry in amended:
        before = payloads.get(before_by_seq.get(entry.seq))
        after = payloads.get(entry.seq)
        if before and after:
            forms = [upgrade(entry.record_type, payload.body) for payload in (before, after)]
            yield entry, *forms


def _keep_changed(body, other):
    """Return the fields of `body` that `other` does not have just so."""
    return {name: value for name, value in body.items() if other.get(name) != value}
