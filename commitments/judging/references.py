"""What a public record refers to must be public: publishing sees to it, SQL past it does not.

No rule of `integrity`: an amendment may name a draft, which is published along with it.
"""

from collections import defaultdict
from collections.abc import Iterator

from commitments.judging.integrity import BrokenRule, Strength
from commitments.models import Root, State
from commitments.publicforms import find_references

RULE = "refers_to_a_hidden_record"


def find_hidden_references(record: Root) -> Iterator[BrokenRule]:
    """Yield each hidden record that `record`, which is published, refers to."""
    keys = defaultdict(list)
    for reference in find_references(record):
        model = type(reference)
        keys[model].append(reference.pk)
    for model, its_keys in keys.items():
        rows = model.objects.filter(pk__in=its_keys)
        hidden = rows.exclude(state=State.PUBLISHED)
        for reference in hidden.order_by("slug"):
            sentence = _describe_reference(reference)
            yield BrokenRule(RULE, record, sentence, Strength.REFUSE)


def _describe_reference(reference):
    kind = reference._meta.verbose_name
    state = reference.get_state_display()
    return (
        f"It refers to the {kind} {reference.slug}, which is “{state}”. Publish that, or refer to"
        " another; until then readers do not see what rests on it."
    )
