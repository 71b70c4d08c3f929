from django.urls import path

from commitments.pages import (
    calendar,
    changes,
    charts,
    citations,
    health,
    home,
    indicators,
    leaders,
    matrices,
    parties,
    pledges,
    prose,
    scoreboards,
    style,
    summits,
    topics,
)

urlpatterns = [
    path("", home.home, name="home"),
    path("summits/", summits.summit_list, name="summits"),
    path("summits/<slug:slug>/", summits.summit_detail, name="summit"),
    path("pledges/", pledges.pledge_list, name="pledges"),
    path("pledges/<slug:slug>/", pledges.pledge_detail, name="pledge"),
    path("pledges/<slug:slug>/figures/", charts.pledge_figures, name="pledge_figures"),
    path("pledges/<slug:slug>/chart.svg", charts.chart_file, name="pledge_chart"),
    path("pledges/<slug:slug>/at/<int:seq>/", citations.pledge_cited, name="pledge_cited"),
    path("leaders/", leaders.leader_list, name="leaders"),
    path("leaders/<slug:slug>/", leaders.leader_detail, name="leader"),
    path("parties/", parties.party_list, name="parties"),
    path("parties/<slug:slug>/", parties.party_detail, name="party"),
    path("changes/", changes.change_list, name="changes"),
    path("corrections/", changes.correction_list, name="corrections"),
    path("ledger/", changes.ledger, name="ledger"),
    path("scoreboard/", scoreboards.score_board, name="scoreboard"),
    path("calendar/", calendar.calendar, name="calendar"),
    path("indicators/", indicators.indicator_list, name="indicators"),
    path("indicators/<slug:slug>/", indicators.indicator_detail, name="indicator"),
    path("topics/", topics.topic_list, name="topics"),
    path("topics/<slug:slug>/", topics.topic_detail, name="topic"),
    path("methodology/", prose.methodology, name="methodology"),
    path("data/", prose.data, name="data"),
    path("about/", prose.about, name="about"),
    path("about/style/", style.style, name="style"),
]

# For programs: the same in every language, so each has one address, without a prefix.
files = [
    path("summits/<slug:slug>/matrix.csv", matrices.matrix_file, name="summit_matrix"),
    path("pledges/<slug:slug>/inputs.csv", charts.inputs_file, name="pledge_inputs"),
    path("ledger/entries.jsonl", changes.ledger_file, name="ledger_file"),
    path("indicators/<slug:slug>/series.csv", indicators.series_file, name="indicator_series"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]
