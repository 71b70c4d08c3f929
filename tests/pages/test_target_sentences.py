"""What the page of a pledge says of “partly met” beside a target."""

import re
from datetime import date
from decimal import Decimal

import pytest
from django.template.loader import render_to_string

from commitments.models import Indicator, Target

TARGET = {
    "kind": "stand",
    "label": "Share in 2024",
    "value": Decimal(2),
    "due": date(2024, 12, 31),
    "accepts": ["actual"],
}
SHARE = {"name": "Spending", "unit": "% of GDP", "frequency": "annual"}
FROM_2014 = "The way begins at the party’s own figure for 2014."


@pytest.mark.parametrize(
    ("share", "fields", "sentences"),
    [
        pytest.param(None, {}, "", id="there is no partly met"),
        pytest.param("0.5", {}, "Partly met from 0.5 of the way.", id="half of the way"),
        pytest.param("0.001", {}, "Partly met by any progress at all.", id="any progress"),
        pytest.param(
            *("0.001", {"baseline_period": "2014"}),
            f"Partly met by any progress at all. {FROM_2014}",
            id="from each party's own figure",
        ),
        pytest.param(
            *("0.5", {"baseline_period": "2014", "baseline_value": Decimal(1)}),
            "Partly met from 0.5 of the way.",
            id="from a typed baseline",
        ),
        pytest.param(None, {"baseline_period": "2014"}, "", id="a baseline alone"),
    ],
)
def test_a_target_says_what_is_partly_met_and_from_where(share, fields, sentences):
    target = Target(
        **TARGET,
        **fields,
        indicator=Indicator(**SHARE),
        partly_met_share=share and Decimal(share),
    )
    text = re.sub(
        r"<[^>]+>", "", render_to_string("commitments/parts/target.html", {"target": target})
    )
    said = " ".join(text.split()).split("Figures that may close it: actual.")[1]
    assert said.strip() == sentences
