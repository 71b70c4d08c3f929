from django.urls import path

from commitments.syndication import (
    calendars,
    citations,
    embeds,
    feeds,
    oembed,
    share_images,
    sitemaps,
)

urlpatterns = [
    path("feeds/changes.atom", feeds.changes_feed, name="changes_feed"),
    path("feeds/corrections.atom", feeds.corrections_feed, name="corrections_feed"),
    path("feeds/summits/<slug:slug>.atom", feeds.summit_feed, name="summit_feed"),
    path("feeds/parties/<slug:slug>.atom", feeds.party_feed, name="party_feed"),
    path("feeds/topics/<slug:slug>.atom", feeds.topic_feed, name="topic_feed"),
    path("feeds/pledges/<slug:slug>.atom", feeds.pledge_feed, name="pledge_feed"),
    path("calendar.ics", calendars.full_calendar, name="calendar_file"),
    path("parties/<slug:slug>/calendar.ics", calendars.party_calendar, name="party_calendar"),
    path("sitemap.xml", sitemaps.sitemap, name="sitemap"),
    path("sitemap-<int:number>.xml", sitemaps.sitemap_part, name="sitemap_part"),
    path("robots.txt", sitemaps.robots, name="robots"),
    path("oembed", oembed.oembed, name="oembed"),
    path("share.png", share_images.site_picture, name="site_image"),
    path("pledges/<slug:slug>/share.png", share_images.pledge_picture, name="share_image"),
    path("pledges/<slug:slug>/at/<int:seq>/cite.bib", citations.bibtex, name="cite_bibtex"),
    path("pledges/<slug:slug>/at/<int:seq>/cite.json", citations.csl, name="cite_csl"),
]

# For readers, though in a frame: in each language, as the pages are.
frames = [
    path("embed/pledges/<slug:slug>/", embeds.card, name="embed"),
    path("embed/pledges/<slug:slug>/chart/", embeds.chart, name="embed_chart"),
    path("embed/pledges/<slug:slug>/at/<int:seq>/", embeds.card_cited, name="embed_cited"),
]
