"""What differs between the versions of the rules. All else is the same in each of them.

New findings are by `CURRENT`. One that is stored is repeated by the version stored with it: its
inputs lead to the same finding for as long as the record exists. Each difference is a field here,
and is asked for in one place.
"""

from __future__ import annotations

from decimal import Context
from typing import NamedTuple

from commitments.verdicts.targets import EXACT
from commitments.verdicts.version import RULES_VERSION


class Ruleset(NamedTuple):
    """One version of the rules, and how it differs from the first.

    `arithmetic` is the precision of quotients, which are all that is ever rounded.
    """

    version: str
    arithmetic: Context
    # A figure is held against the path at the end of its own period, and only one for a time after
    # the baseline is; else the newest figure is held against the path on the day “as of”.
    holds_at_own_period: bool
    # Once the day has passed, what awaits its figure is “in progress”; else it stays as it stood.
    waits_in_progress: bool
    # What holds where it starts already has no way to go: see `measuring.is_limit`.
    knows_limits: bool
    # A sum, and what was to be held, say when they were reached after the day.
    finds_all_late: bool
    # An event around the day leaves its milestone open, and a denial counts whenever it was given.
    knows_vague_events: bool
    # The numbers of a finding have the decimals that the figures justify: see `precision`. In JSON
    # they are written without an exponent: see `findings`.
    rounds_numbers: bool


VERSION_1 = Ruleset(
    version="1",
    arithmetic=Context(prec=60),
    holds_at_own_period=False,
    waits_in_progress=False,
    knows_limits=False,
    finds_all_late=False,
    knows_vague_events=False,
    rounds_numbers=False,
)
CURRENT = Ruleset(
    version=RULES_VERSION,
    arithmetic=EXACT,
    holds_at_own_period=True,
    waits_in_progress=True,
    knows_limits=True,
    finds_all_late=True,
    knows_vague_events=True,
    rounds_numbers=True,
)
RULESETS = {rules.version: rules for rules in (VERSION_1, CURRENT)}
