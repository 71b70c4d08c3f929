"""What is wrong with a target as it is entered: {column: what is wrong, and what to write}.

These bind what is entered from now on. Older targets stay as they are.
"""

import re
from datetime import date

from commitments.judging.gaps import explain_due_too_early
from commitments.models import Target, TargetRole
from commitments.verdicts.targets import FALLS_AND_RISES, Comparator, Kind
from commitments.verdicts.wording import COMPARATORS

FALLING = re.compile(
    r"\b(cut(s|ting)?|reduc\w+|decreas\w+|fall(s|ing)?|lower(s|ed|ing)? (by|the|their|its)"
    r"|declin\w+|shrink\w*|halv\w+|drop\w*|baiss\w+|rédui\w+|senk\w+|verringer\w+|dismin\w+)\b"
    r"|削減|減らす|減少|引き下げ",
    re.IGNORECASE,
)
RISING = re.compile(
    r"\b(rais\w+|rise(s|n)?|rising|increas\w+|grow\w*|expand\w*|doubl\w+|tripl\w+|augment\w+"
    r"|steiger\w+|erhöh\w+|aument\w+)\b|増や|増加|引き上げ|倍増",
    re.IGNORECASE,
)
# “by at least 45 %”: an amount of change, not a level.
BY_AN_AMOUNT = re.compile(
    r"\bby (?:at least |up to |some |about |more than )?([0-9]+(?:\.[0-9]+)?) ?"
    r"(?:%|per cent|percent)",
    re.IGNORECASE,
)
# Comparators whose value for a change has a sign of its own.
SIGNED = frozenset({Comparator.AT_LEAST, Comparator.AT_MOST})
SHARED_BASELINE = (
    "Several parties share this target, and each is measured by its own figures. Leave this empty:"
    " it is read from each party's own series for the baseline period."
)


def find_target_faults(target: Target, words: str) -> dict[str, str]:
    """Return what is wrong with the numbers of `target`; `words` are its label and the quote."""
    if target.kind == Kind.MILESTONE:
        return {}
    checks = (
        _check_direction,
        _check_sign,
        _check_words,
        _check_level,
        _check_bounds,
    )
    faults = {}
    for check in checks:
        for column, sentence in check(target, words).items():
            faults.setdefault(column, sentence)
    return faults


def find_due_faults(target: Target, *, made_on: date | None) -> dict[str, str]:
    """Return what is wrong with the due day of `target` in a pledge that was made on `made_on`."""
    if target.role == TargetRole.INTERIM and target.due is None:
        if target.no_due_day:
            return {"no_due_day": "An interim step has a day: untick this and give it."}
        return {"due": "An interim step needs its day."}
    if target.due is None and not target.no_due_day:
        return {"due": "Give the last day that counts, or tick “no due day”."}
    if target.due and made_on and target.due < made_on:
        return {"due": explain_due_too_early(target.due, made_on)}
    return {}


def _check_direction(target, words):
    """A level neither falls nor rises, and a change does one of both."""
    comparator = target.comparator
    if target.kind != Kind.CHANGE:
        if comparator in FALLS_AND_RISES:
            change = "Only a change falls or rises. Choose the kind “Change against a baseline”, or"
            return {"comparator": f"{change} “at least” or “at most” for a level."}
        return {}
    if comparator in SIGNED:
        direction = _find_direction(target, words)
        label = COMPARATORS[direction].label.lower()
        return {"comparator": f"Say which way it changes: choose “{label}”."}
    return {}


def _find_direction(target, words):
    """Return the comparator in words that a signed one most likely stands for."""
    is_fall = _speaks_of_a_fall(words)
    value = target.value
    if value is not None and value < 0:
        if target.comparator == Comparator.AT_MOST or is_fall:
            return Comparator.FALLS_BY_AT_LEAST
        return Comparator.FALLS_BY_AT_MOST
    if is_fall:
        return Comparator.FALLS_BY_AT_LEAST
    if target.comparator == Comparator.AT_MOST:
        return Comparator.RISES_BY_AT_MOST
    return Comparator.RISES_BY_AT_LEAST


def _check_sign(target, words):
    value = target.value
    if target.comparator in FALLS_AND_RISES and value is not None and value < 0:
        direction = COMPARATORS[target.comparator].word
        return {"value": f"Write {-value:f} without a sign: “{direction}” says the direction."}
    return {}


def _check_words(target, words):
    """A rise is not what “cut by 45 %” says."""
    if target.kind != Kind.CHANGE or not _speaks_of_a_fall(words):
        return {}
    if target.comparator == Comparator.RISES_BY_AT_LEAST:
        return {"comparator": "The words speak of a fall. Choose “falls by at least”."}
    has_sign = target.comparator in (Comparator.EQUAL, Comparator.BETWEEN)
    if has_sign and target.value is not None and target.value > 0:
        sentence = f"A change of {target.value:f} is a rise, and the words speak of a fall."
        return {"value": f"{sentence} Choose “falls by at least”, or write −{target.value:f}."}
    return {}


def _check_level(target, words):
    """“By at least 45 %” is no level of 45."""
    is_level = target.kind != Kind.CHANGE and target.comparator not in FALLS_AND_RISES
    if not is_level or target.value is None or not FALLING.search(words):
        return {}
    amounts = BY_AN_AMOUNT.findall(words)
    if f"{abs(target.value):f}" in amounts:
        return {
            "kind": (
                f"The words speak of a change by {abs(target.value):f} %. Choose “Change against a"
                " baseline”."
            )
        }
    return {}


def _check_bounds(target, words):
    lower, upper = target.value, target.upper_value
    if lower is not None and upper is not None and upper <= lower:
        return {"upper_value": f"The second value is the larger one. Write more than {lower:f}."}
    return {}


def _speaks_of_a_fall(words):
    return bool(FALLING.search(words)) and not RISING.search(words)
