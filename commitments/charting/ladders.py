"""The stages of money: announced, committed, allocated, disbursed.

Each stage is a series of its own; stages are never summed.
"""

from dataclasses import dataclass

from commitments.models import Indicator, Observation, Stage


@dataclass(frozen=True)
class LadderStep:
    """The newest figure of one indicator of a stage, None while there is none."""

    indicator: Indicator
    row: Observation | None


@dataclass(frozen=True)
class Rung:
    """A stage. Without `steps` we have no figures of it, but money may have been paid."""

    stage: str
    steps: list[LadderStep]


def ladder(series) -> list[Rung]:
    """Return all four stages if a series of one party's money has a stage; [] otherwise.

    `series` are those that the targets name, in any role; to add another one would be a guess. A
    share of an economy may have a stage too, but is no sum of money.
    """
    staged = [row for row in series if _is_money(row.indicator) and not row.several_parties]
    if not staged:
        return []
    rungs = []
    for stage in Stage:
        steps = _list_steps(staged, stage)
        rung = Rung(stage.label, steps)
        rungs.append(rung)
    return rungs


def _list_steps(staged, stage) -> list[LadderStep]:
    steps = []
    for row in staged:
        if row.indicator.stage == stage:
            newest = row.rows[0] if row.rows else None
            step = LadderStep(row.indicator, newest)
            steps.append(step)
    return steps


def _is_money(indicator):
    is_share = indicator.unit.startswith("%")
    return indicator.stage and indicator.currency and not is_share
