"""Words of the field that mean the same.

A search for one of them also finds the others, after what it finds itself, and the page lists them.
Add a group, with the reason, where a reader would miss a pledge that is meant. Each word costs the
database a look into its index, for each of the columns that rank.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class SynonymGroup:
    """Words that mean the same to readers.

    A search for one of the `broad` words also finds the other `words`, but no search for these
    finds the broad ones: they would find too much.
    """

    words: tuple[str, ...]
    broad: tuple[str, ...] = ()


GROUPS = (
    # Japan's budget says 防衛費, NATO's texts 国防費; the 2 % of GDP is counted in 安全保障関連費.
    SynonymGroup(
        ("防衛費", "国防費", "安全保障関連費"),
        broad=("防衛支出", "防衛予算", "防衛関係費", "軍事費"),
    ),
    # NATO defines expenditure, headlines say spending, parliaments vote budgets; Japan's 2 % is of
    # what security needs.
    SynonymGroup(
        (
            "defence spending",
            "defence expenditure",
            "defence budget",
            "military spending",
            "military expenditure",
            "security-related spending",
        ),
        broad=("military budget",),
    ),
    # Not the same, and asked for as the same: rare earths are among the critical minerals of every
    # list.
    SynonymGroup(
        ("critical minerals", "rare earths"),
        broad=("critical raw materials", "rare metals", "strategic minerals"),
    ),
    SynonymGroup(
        ("重要鉱物", "レアアース", "希土類"), broad=("レアメタル", "希少金属", "重要鉱物資源")
    ),
    # Official development assistance is the statisticians' word for what nearly all call aid; also
    # in Japan.
    SynonymGroup(
        ("ODA", "official development assistance", "development aid", "政府開発援助", "開発援助"),
        broad=("aid", "foreign aid", "development assistance", "援助"),
    ),
    # The Copenhagen texts name the money; only later did it get a name.
    SynonymGroup(("climate finance", "climate funding"), broad=("climate money", "climate aid")),
    SynonymGroup(("気候資金", "気候変動資金"), broad=("気候ファイナンス", "気候変動対策資金")),
    # Joint statements spell out what tables write as a figure.
    SynonymGroup(("2%", "two percent")),
    # Texts in English say DPRK, readers North Korea.
    SynonymGroup(("North Korea", "DPRK")),
    # Who looks for the old word means what is now called by the new one.
    SynonymGroup(("climate change",), broad=("global warming",)),
    SynonymGroup(("気候変動",), broad=("地球温暖化", "温暖化")),
    # Headlines shorten what the texts spell out.
    SynonymGroup(("再エネ", "再生可能エネルギー", "再生エネ")),
    SynonymGroup(("原潜", "原子力潜水艦")),
)
