"""Money on its way: announced, committed, allocated, disbursed. Each stage is a series of its own,
never summed.
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
    """A stage; without `steps` nothing is held of it, which is not to say that nothing was paid."""

    stage: str
    steps: list[LadderStep]


def ladder(series) -> list[Rung]:
    """Return all four stages if a series of one party's money is of any; [] otherwise.

    What belongs is what the targets name, whatever their role: another series of like money would
    be a guess. A share of an economy has a stage too, but is no sum of money.
    """
    staged = [one for one in series if _is_money(one.indicator) and not one.several_parties]
    if not staged:
        return []
    return [
        Rung(
            stage.label,
            [
                LadderStep(one.indicator, one.rows[0] if one.rows else None)
                for one in staged
                if one.indicator.stage == stage
            ],
        )
        for stage in Stage
    ]


def _is_money(indicator):
    return indicator.stage and indicator.currency and not indicator.unit.startswith("%")
