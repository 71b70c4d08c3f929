"""What is written beside a summit's mark, in either language."""

from types import SimpleNamespace

import pytest
from django.utils.translation import override

from commitments.charting.labels import build_label


@pytest.mark.parametrize(
    "name, city, label",
    [
        pytest.param("NATO summit, The Hague", "The Hague", "The Hague", id="the city"),
        pytest.param("NATO summit, Wales", "Newport", "Wales", id="the place it is known by"),
        pytest.param(
            "State visit to Washington",
            "Washington, D.C.",
            "Washington, D.C.",
            id="the city in full",
        ),
        pytest.param(
            "Assembly, a strategy for very many years",
            "New York",
            "New York",
            id="no place in the name",
        ),
        pytest.param("Quad leaders’ summit, by video", "", "Quad leaders’ summit", id="no city"),
    ],
)
def test_a_summit_is_called_by_its_place(name, city, label):
    assert build_label(SimpleNamespace(name=name, city=city, name_ja="")) == label


@pytest.mark.parametrize(
    "name, city, label",
    [
        pytest.param("日米首脳会談（東京）", "Tokyo", "日米首脳会談（東京）", id="there is room"),
        pytest.param(
            "国連気候変動会議COP21（パリ）", "Paris", "COP21（パリ）", id="number and place"
        ),
        pytest.param("NATO首脳会議（ウェールズ）", "Newport", "ウェールズ", id="the place"),
        pytest.param(
            "AUKUS創設の発表（テレビ会議）",
            "",
            "AUKUS創設の発表",
            id="no city: the brackets hold no place",
        ),
        pytest.param(
            "G7エルマウ・サミット（2015年）",
            "Krün",
            "G7エルマウ・サミット",
            id="a year is no place",
        ),
        pytest.param(
            "G20ピッツバーグ・サミット", "Pittsburgh", "G20ピッツバーグ", id="up to the dot"
        ),
        pytest.param(
            "国連総会の国際開発戦略に関する決議", "New York", "国連総会の国際開発戦略…", id="cut"
        ),
    ],
)
def test_in_japanese_place_and_number_survive(name, city, label):
    with override("ja"):
        assert build_label(SimpleNamespace(name="A summit", city=city, name_ja=name)) == label
