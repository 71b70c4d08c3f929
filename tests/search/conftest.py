import pytest
from django.core.management import call_command

from commitments import models
from commitments.search import find_best
from tests.fixtures.shared import shared


@pytest.fixture
def searched(db):
    """Return the slugs of the pledges found, the best first."""

    def searched(text):
        pledges = models.Pledge.objects.published()
        slugs = dict(pledges.values_list("pk", "slug"))
        return [slugs[key] for key in find_best(pledges, text, most=100)]

    return searched


@shared
def rows(make_pledge, make_summit, make_party, make_leader, make_topic, settle):
    """A few published pledges with the words that are hard to find."""
    hiroshima = make_summit(
        "g7-2023", name="G7 summit, Hiroshima", name_ja="広島サミット", city="Hiroshima"
    )
    ishiba = make_leader("ishiba", name="Shigeru Ishiba", native_name="石破茂")
    takaichi = make_leader("takaichi", name="Sanae Takaichi", native_name="高市早苗")
    sao_tome = make_party("sao-tome", name="São Tomé and Príncipe")
    states = make_party("us", name="United States", name_ja="米国", short_name="US")
    climate = make_topic("climate", name="Climate", name_ja="気候変動")
    make_pledge(
        "solar",
        title="More solar power",
        title_ja="太陽光発電の拡大",
        summit=hiroshima,
        parties=[sao_tome],
        topics=[climate],
        explanation="Power from the sun; minerals are needed for it.",
    )
    make_pledge(
        "minerals",
        title="Stockpiles of critical minerals",
        quote="We will fill the stockpiles.",
        stated_by_leader=takaichi,
        parties=[states],
    )
    make_pledge(
        "loan",
        title="A loan of 2%",
        quote="Loans for minerals that are critical.",
        stated_by_leader=ishiba,
    )
    make_pledge("aid", title="Aid", title_ja="援助", quote="重要鉱物を守る。", quote_language="ja",
                translation="We protect critical minerals of Élysée & <b>Co</b>.", translated_by="ours")  # fmt: skip


@pytest.fixture
def rebuild(db):
    def rebuild():
        call_command("rebuild_search")

    return rebuild
