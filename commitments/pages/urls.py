from django.urls import path

from commitments.addresses import public_page
from commitments.models import Indicator, Leader, Party, Pledge, Source, Summit, Topic
from commitments.pages import (
    calendar,
    changes,
    charts,
    citations,
    comparisons,
    disagreements,
    health,
    home,
    indicators,
    leaders,
    matrices,
    parties,
    pledges,
    prose,
    scoreboards,
    sources,
    style,
    summits,
    topics,
)

# In the order of the sitemap: lists, texts, then the page of each record.
urlpatterns = [
    public_page("", home.home, "home"),
    public_page("summits/", summits.summit_list, "summits"),
    public_page("pledges/", pledges.pledge_list, "pledges"),
    public_page("leaders/", leaders.leader_list, "leaders"),
    public_page("parties/", parties.party_list, "parties"),
    public_page("topics/", topics.topic_list, "topics"),
    public_page("indicators/", indicators.indicator_list, "indicators"),
    public_page("scoreboard/", scoreboards.score_board, "scoreboard"),
    public_page("compare/", comparisons.comparison, "compare"),
    public_page("disagreements/", disagreements.disagreement_list, "disagreements"),
    public_page("calendar/", calendar.calendar, "calendar"),
    public_page("changes/", changes.change_list, "changes"),
    public_page("corrections/", changes.correction_list, "corrections"),
    public_page("ledger/", changes.ledger, "ledger"),
    public_page("methodology/", prose.methodology, "methodology", is_text=True),
    public_page("data/", prose.data, "data", is_text=True),
    public_page("about/", prose.about, "about", is_text=True),
    public_page("about/style/", style.style, "style", is_text=True),
    public_page("summits/<slug:slug>/", summits.summit_detail, "summit", model=Summit),
    public_page("pledges/<slug:slug>/", pledges.pledge_detail, "pledge", model=Pledge),
    public_page("leaders/<slug:slug>/", leaders.leader_detail, "leader", model=Leader),
    public_page("parties/<slug:slug>/", parties.party_detail, "party", model=Party),
    public_page("topics/<slug:slug>/", topics.topic_detail, "topic", model=Topic),
    public_page(
        "indicators/<slug:slug>/", indicators.indicator_detail, "indicator", model=Indicator
    ),
    public_page("sources/<slug:slug>/", sources.source_detail, "source", model=Source),
    # Other views of a pledge: found from its page, and not by search engines.
    path("pledges/<slug:slug>/figures/", charts.pledge_figures, name="pledge_figures"),
    path("pledges/<slug:slug>/chart.svg", charts.chart_file, name="pledge_chart"),
    path("pledges/<slug:slug>/at/<int:seq>/", citations.pledge_cited, name="pledge_cited"),
]

# For programs: the same in every language, so each has one address, without a prefix.
files = [
    path("pledges.csv", pledges.pledges_file, name="pledges_file"),
    path("summits/<slug:slug>/matrix.csv", matrices.matrix_file, name="summit_matrix"),
    path("pledges/<slug:slug>/inputs.csv", charts.inputs_file, name="pledge_inputs"),
    path("ledger/entries.jsonl", changes.ledger_file, name="ledger_file"),
    path("indicators/<slug:slug>/series.csv", indicators.series_file, name="indicator_series"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]
