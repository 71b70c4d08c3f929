"""How many verdicts a second the rules give, on one core.

    .venv/bin/python -m bench.rules

A hundred thousand evaluations of twelve yearly figures: every kind of target in numbers, each with
and without a line to keep to and with and without rounding, before the deadline and after it. `make
bench` runs it. The processor's time counts, not the clock's, and of several rounds the least: what
else runs on a machine only adds.
"""

import argparse
import itertools
import time
from datetime import date
from decimal import Decimal

from commitments.verdicts.rules import evaluate
from commitments.verdicts.targets import Figure, Kind, Period, RuleTarget

WANTED = 100_000
KINDS = (Kind.REACH, Kind.STAND, Kind.HOLD, Kind.CHANGE, Kind.TOTAL)


def series():
    """Twelve years of a share that rises from 1.35 to 2.01, one release a year."""
    return [
        Figure(
            Period(date(year, 1, 1), date(year, 12, 31)),
            Decimal("1.35") + Decimal("0.06") * (year - 2014),
            2,
            "actual",
            date(year + 1, 6, 1),
            f"edition-{year + 1}",
        )
        for year in range(2014, 2026)
    ]


def targets():
    goals = {Kind.CHANGE: Decimal("0.65"), Kind.TOTAL: Decimal(20), Kind.HOLD: Decimal("1.35")}
    for kind, lined, decimals in itertools.product(KINDS, (False, True), (None, 1)):
        base = Decimal("1.35") if lined or kind is Kind.CHANGE else None
        yield RuleTarget(
            kind=kind,
            due=date(2024, 12, 31),
            value=goals.get(kind, Decimal(2)),
            baseline=base,
            baseline_day=date(2014, 12, 31) if lined else None,
            window_start=date(2014, 1, 1),
            decimals=decimals,
        )


def run(count):
    """Evaluate `count` times, in turns; return the seconds of the processor."""
    rows = series()
    cases = list(itertools.product(targets(), (date(2023, 7, 1), date(2026, 7, 1))))
    begun = time.process_time()
    for target, day in itertools.islice(itertools.cycle(cases), count):
        evaluate(target, rows, as_of=day, known_on=day)
    return time.process_time() - begun


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("count", type=int, nargs="?", default=WANTED, help="how many evaluations")
    parser.add_argument("--rounds", type=int, default=5, help="how often")
    given = parser.parse_args()
    rounds = sorted(run(given.count) for _ in range(given.rounds))
    print(
        f"rules: {given.count:,} evaluations of a 12-point series in {rounds[0]:.2f} s of one core",
        end=" ",
    )
    print(
        f"(the slowest of {given.rounds} rounds {rounds[-1]:.2f} s): {given.count / rounds[0]:,.0f}"
        " a second"
    )


if __name__ == "__main__":
    main()
