"""What a rule found, with its unit."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace

from commitments.charting.figures import DefinitionFinding
from commitments.charting.intervals import rounding
from commitments.models import Indicator, Target
from commitments.templatetags.findings import actual_found, gap_found, interval_found
from commitments.verdicts.rules import evaluate
from commitments.verdicts.targets import Figure, Period

END = date(2024, 12, 31)


def test_a_share_of_a_baseline_is_short_and_apart_from_another_in_points():
    target = Target(
        kind="change", per_cent=True, comparator="at_most", value=Decimal(-30), due=END, baseline_value=Decimal(352),
        indicator=Indicator(unit="Mt CH4", frequency="annual"),
    )  # fmt: skip
    row = Figure(Period(date(2024, 1, 1), END), Decimal(351), 0, "actual", END)
    rule_target = target.build_rule_target()
    found = evaluate(rule_target, [row], as_of=END, known_on=END)
    definition = DefinitionFinding(
        target, SimpleNamespace(finding=found), rounding(rule_target, found)
    )
    assert actual_found(definition) == "−0.3%"
    assert interval_found(definition) == "−0.43 to −0.14%"
    assert gap_found(definition) == "gap +29.7\u00a0percentage points"
