"""Units in Japanese: every unit of the demonstration record has a form, and values are told in
it.
"""

import re
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.utils.translation import override

from commitments.templatetags.figures import in_unit, observation_in_unit
from commitments.templatetags.units import IN_JAPANESE, plain_unit, unit_words

RECORDS = Path(__file__).resolve().parents[2] / "commitments" / "demo" / "records"


def test_every_unit_of_the_demonstration_record_has_a_japanese_form():
    texts = (path.read_text(encoding="utf-8") for path in RECORDS.glob("*.yaml"))
    used = {
        unit
        for text in texts
        for unit in re.findall(r"^\s+unit: ['\"]?(.*?)['\"]?$", text, re.MULTILINE)
    }
    assert used and used - IN_JAPANESE.keys() == set()


@pytest.mark.parametrize(
    "value, unit, english, japanese",
    [
        ("2", "% of GDP", "2% of GDP", "GDP比2％"),
        ("2.35", "% of FY2022 GDP", "2.35% of FY2022 GDP", "2022年度GDP比2.35％"),
        ("550", "USD bn", "550\u00a0USD bn", "5500億米ドル"),
        ("100.25", "USD bn", "100.25\u00a0USD bn", "1002.5億米ドル"),
        ("870", "million doses", "870\u00a0million doses", "8億7000万回分"),
        ("1550.5", "USD bn", "1550.5\u00a0USD bn", "1兆5505億米ドル"),
        ("1000", "USD bn", "1000\u00a0USD bn", "1兆米ドル"),
        ("3", "spoons", "3\u00a0spoons", '3\u00a0<span lang="en">spoons</span>'),
    ],
)
def test_a_value_is_told_in_the_readers_unit(value, unit, english, japanese):
    assert in_unit(Decimal(value), unit) == english
    with override("ja"):
        assert in_unit(Decimal(value), unit) == japanese


def test_a_published_figure_keeps_what_was_printed():
    row = SimpleNamespace(value=Decimal("115.90"), decimals=2)
    assert observation_in_unit(row, "USD bn") == "115.90\u00a0USD bn"
    with override("ja"):
        assert observation_in_unit(row, "USD bn") == "1159.0億米ドル"


def test_a_unit_without_a_form_is_marked_as_english():
    assert (unit_words("USD bn"), unit_words("spoons")) == ("USD bn", "spoons")
    with override("ja"):
        assert (unit_words("USD bn"), plain_unit("% of GNI")) == ("10億米ドル", "対GNI比（％）")
        assert (unit_words("spoons"), plain_unit("spoons")) == (
            '<span lang="en">spoons</span>',
            "spoons",
        )
