from django.urls import path

from commitments.pages import (
    changes,
    citations,
    health,
    home,
    leaders,
    matrices,
    parties,
    pledges,
    prose,
    summits,
    topics,
)

urlpatterns = [
    path("", home.home, name="home"),
    path("summits/", summits.summit_list, name="summits"),
    path("summits/<slug:slug>/", summits.summit_detail, name="summit"),
    path("summits/<slug:slug>/matrix.csv", matrices.matrix_file, name="summit_matrix"),
    path("pledges/", pledges.pledge_list, name="pledges"),
    path("pledges/<slug:slug>/", pledges.pledge_detail, name="pledge"),
    path("pledges/<slug:slug>/at/<int:seq>/", citations.pledge_cited, name="pledge_cited"),
    path("leaders/", leaders.leader_list, name="leaders"),
    path("leaders/<slug:slug>/", leaders.leader_detail, name="leader"),
    path("parties/", parties.party_list, name="parties"),
    path("parties/<slug:slug>/", parties.party_detail, name="party"),
    path("changes/", changes.change_list, name="changes"),
    path("corrections/", changes.correction_list, name="corrections"),
    path("ledger/", changes.ledger, name="ledger"),
    path("topics/<slug:slug>/", topics.topic_detail, name="topic"),
    path("methodology/", prose.methodology, name="methodology"),
    path("about/", prose.about, name="about"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]
