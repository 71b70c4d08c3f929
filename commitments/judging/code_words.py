"""Words of the program that no reader should meet: “not_met”, “awaiting_data”, “by_rule”."""

import re
from collections.abc import Iterator
from functools import cache

from commitments.models import ROOTS, Assessment, Evidence
from commitments.publicforms import CURRENT
from commitments.verdicts.findings import Reason

# Prose that a person writes or a rule drafts.
TEXTS_OF_A_VERDICT = ("answer", "rationale", "caveat", "differs_because")
OTHER_WORDS = ("by_rule", "not_assessed")


def code_words_in_a_verdict(assessment: Assessment, today) -> Iterator[str]:
    for name in TEXTS_OF_A_VERDICT:
        yield from _find_in(assessment, name)


def code_words_in_evidence(evidence: Evidence, today) -> Iterator[str]:
    yield from _find_in(evidence, "finding")


def _find_in(record, name):
    """Yield a sentence on each code word in a text of `record`, or in its Japanese."""
    for column in (name, f"{name}_ja"):
        text = getattr(record, column)
        label = record._meta.get_field(column).verbose_name
        for word in find_code_words(text):
            yield f"The {label} has “{word}”: a word of the program. Write what it means."


def find_code_words(text: str) -> list[str]:
    """Return the words of the program in `text`, in their order."""
    if "_" not in text:
        return []
    words = re.findall(r"[A-Za-z_]+", text)
    known = list_code_words()
    code_words = []
    for word in dict.fromkeys(words):
        if word.lower() in known:
            code_words.append(word)
    return code_words


@cache
def list_code_words() -> frozenset[str]:
    """Return every value with an underscore that a field of a public record may have."""
    values = [*Reason, *OTHER_WORDS]
    for model in _list_models():
        for field in model._meta.concrete_fields:
            choices = dict(field.flatchoices)
            values += choices
    words = map(str, values)
    return frozenset(word for word in words if "_" in word)


def _list_models():
    """Yield the models of public records, and of the rows inside them."""
    yield from ROOTS
    for form in CURRENT.values():
        for child in form.children:
            yield child.model
