"""How many verdicts a second the rules give, on one core.

    .venv/bin/python -m bench.rules

A hundred thousand evaluations of twelve yearly figures: every kind of target in numbers, with and
without a baseline, with and without rounding, before the deadline and after it. `make bench` runs
it. It counts processor time, and of several rounds the fastest, because whatever else runs on a
machine only adds time.
"""

import argparse
import itertools
import time
from dataclasses import replace
from datetime import date
from decimal import Decimal

from commitments.verdicts.rules import evaluate
from commitments.verdicts.targets import Figure, Kind, Period, RuleTarget

WANTED = 100_000
FIRST_YEAR = 2014
LOWEST, STEP = Decimal("1.35"), Decimal("0.06")
GOALS = {
    Kind.REACH: Decimal(2),
    Kind.STAND: Decimal(2),
    Kind.HOLD: Decimal("1.35"),
    Kind.CHANGE: Decimal("0.65"),
    Kind.TOTAL: Decimal(20),
}
DAYS = (date(2023, 7, 1), date(2026, 7, 1))


def make_series():
    """Return twelve years of a share that rises from 1.35 to 2.01, with one release a year."""
    figures = []
    for year in range(FIRST_YEAR, FIRST_YEAR + 12):
        start = date(year, 1, 1)
        end = date(year, 12, 31)
        rise = STEP * (year - FIRST_YEAR)
        figure = Figure(
            period=Period(start, end),
            value=LOWEST + rise,
            decimals=2,
            kind="actual",
            released_on=date(year + 1, 6, 1),
            release=f"edition-{year + 1}",
        )
        figures.append(figure)
    return figures


def make_targets():
    """Yield a target for every kind, with and without a path, with and without rounding."""
    for kind, has_path, decimals in itertools.product(GOALS, (False, True), (None, 1)):
        target = RuleTarget(
            kind=kind,
            due=date(2024, 12, 31),
            value=GOALS[kind],
            window_start=date(2014, 1, 1),
            decimals=decimals,
        )
        if has_path or kind is Kind.CHANGE:
            target = replace(target, baseline=LOWEST)
        if has_path:
            target = replace(target, baseline_day=date(2014, 12, 31))
        yield target


def time_evaluations(count):
    """Evaluate `count` times, each case in turn; return the seconds of processor time."""
    rows = make_series()
    cases = list(itertools.product(make_targets(), DAYS))
    turns = itertools.islice(itertools.cycle(cases), count)
    start = time.process_time()
    for target, day in turns:
        evaluate(target, rows, as_of=day, known_on=day)
    return time.process_time() - start


def main():
    options = parse_options()
    rounds = []
    for _ in range(options.rounds):
        seconds = time_evaluations(options.count)
        rounds.append(seconds)
    report(options.count, rounds)


def parse_options():
    title = __doc__.partition("\n")[0]
    parser = argparse.ArgumentParser(description=title)
    parser.add_argument(
        "count",
        type=int,
        nargs="?",
        default=WANTED,
        help="how many evaluations",
    )
    parser.add_argument("--rounds", type=int, default=5, help="how often")
    return parser.parse_args()


def report(count, rounds):
    """Print how long the fastest and the slowest of several rounds took, in seconds."""
    fastest = min(rounds)
    slowest = max(rounds)
    speed = count / fastest
    print(f"rules: {count:,} evaluations of a 12-point series", end=" ")
    print(f"in {fastest:.2f} s of one core", end=" ")
    print(f"(the slowest of {len(rounds)} rounds {slowest:.2f} s): {speed:,.0f} a second")


if __name__ == "__main__":
    main()
