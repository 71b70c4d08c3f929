"""What a public record refers to must be public: publishing sees to it, SQL past it does not."""

from collections import defaultdict
from collections.abc import Iterator

from commitments.models import Root
from commitments.publicforms import find_references


def refers_to_a_hidden_record(record: Root, today) -> Iterator[str]:
    if not record.is_published:
        return
    keys = defaultdict(list)
    for reference in find_references(record):
        keys[type(reference)].append(reference.pk)
    # Read again: what was loaded with the record may have been published since.
    for model, its_keys in keys.items():
        hidden = model.objects.hidden().filter(pk__in=its_keys)
        for reference in hidden.order_by("slug"):
            kind = model._meta.verbose_name
            state = reference.get_state_display().lower()
            yield (
                f"It refers to the {kind} {reference.slug}, which is {state}. Publish that, or"
                " refer to another; until then readers do not see what rests on it."
            )
