"""The addresses to compare that no link leads to, and the values to try of parameters.

Slugs are those of the demonstration record; on another record their answers are merely emptier.
"""

SITE_ADDRESS = "http://127.0.0.1:8000"
FRONT_DOORS = [
    "/",
    "/ja/",
    "/about/style/",
    "/ja/about/style/",
    "/sitemap.xml",
    "/sitemap-1.xml",
    "/sitemap-2.xml",
    "/robots.txt",
    "/share.png",
    "/calendar.ics",
    "/pledges.csv",
    "/ledger/entries.jsonl",
    "/feeds/changes.atom",
    "/feeds/corrections.atom",
    "/oembed",
    "/healthz",
    "/readyz",
    "/api/",
    "/api/v1/",
    "/api/v1/docs/",
    "/api/v1/schema/",
]
SCHEMA = "/api/v1/schema/"
# What is for programs, who need no link, for each record of a kind.
FILES_OF_RECORDS = {
    "summits": ["/summits/{}/matrix.csv", "/feeds/summits/{}.atom"],
    "parties": ["/parties/{}/calendar.ics", "/feeds/parties/{}.atom"],
    "topics": ["/feeds/topics/{}.atom"],
    "indicators": ["/indicators/{}/series.csv"],
    "pledges": [
        "/feeds/pledges/{}.atom",
        "/pledges/{}/inputs.csv",
        "/pledges/{}/chart.svg",
        "/pledges/{}/figures/",
        "/pledges/{}/share.png",
        "/embed/pledges/{}/",
    ],
}
# Pages with the filters of a list of the API.
TWINS = {
    "/pledges/": "/api/v1/pledges/",
    "/pledges.csv": "/api/v1/pledges/",
    "/summits/": "/api/v1/summits/",
    "/leaders/": "/api/v1/leaders/",
    "/parties/": "/api/v1/parties/",
    "/indicators/": "/api/v1/indicators/",
    "/topics/": "/api/v1/topics/",
    "/scoreboard/": "/api/v1/stats/",
}
FILES = ("/pledges.csv",)
# Pages of records that can be read as of a day.
RECORD_PAGES = ("summits", "pledges", "leaders", "parties", "indicators", "topics")
DAYS = ["2023-07-01", "2025-12-01", "2026-11-30"]
PAST_DAY = "2025-12-01"
# Values of parameters that the API's description does not list. A name is looked up whole, then by
# its ending.
VALUES = {
    "as_of": DAYS,
    "known_on": DAYS,
    "year": ["2014", "2025"],
    "after": ["0", "800", "999999"],
    "page_size": ["1", "100"],
    "period": ["2024", "FY2024", "2024-Q3"],
    "fields": ["slug", "slug,name,title", "slug,nonsense"],
    "q": [
        "defence",
        "defense spending",
        '"climate finance"',
        "did the UK keep its promise?",
        "防衛",
        "気候変動",
        "zzzz",
        " ".join(["word"] * 13),
    ],
    "cursor": ["", "WyJzbHVnIl0"],
    "from": ["2025-01-01"],
    "to": ["2024-12-31"],
}
# In which field of the rows the values of a parameter stand, if not in the one of its name.
FIELDS = {"topic": "topics", "member_of": "bloc"}
UNKNOWN_SLUG = "nothing-known"
ODD_VALUE = "@ 2026-02-30"
# What the rows of a list tell of its parameters, several of them together, and its mistakes.
PAGE_QUERIES = {
    "/": ["as_of=2025-12-01", "utm_source=elsewhere"],
    "/pledges/": [
        "party=japan&status=met",
        "party=japan&status=met&status=on_track&as_of=2025-12-01",
        "overdue=true&party=united-states",
        "overdue=false&as_of=2025-12-01",
        "q=defence&party=japan&ordering=deadline",
        "q=defnece",
        "q=spending&as_of=2024-07-01",
        "q=aid&topic=climate&page=1",
        "page=2",
        "page=2&party=japan",
        "page=99",
        "page=two",
        "status=",
        "as_of=2099-01-01",
    ],
    "/pledges.csv": ["party=japan&status=met", "q=defence", "as_of=2025-12-01&overdue=true"],
    "/summits/": [
        "view=list",
        "view=list&page=2",
        "view=timeline&zoom=decade",
        "view=timeline&zoom=year",
        "view=timeline&zoom=year&from=2014",
        "view=timeline&zoom=month&from=2014-05",
        "zoom=month&from=2025-06&summit=nato-hague-2025",
        "summit=nato-wales-2014",
        "zoom=year&series=g7-summits&as_of=2025-12-01",
        "party=japan&year=2025",
        "from=never",
        "zoom=week",
        "view=nothing",
    ],
    "/scoreboard/": [
        "sort=-pledges",
        "sort=pledges",
        "sort=party",
        "sort=-party",
        "sort=score",
        "sort=-score",
        "sort=nothing",
        "series=g7-summits&sort=-score&as_of=2025-12-01",
        "leader=joe-biden&status=met",
    ],
    "/compare/": [
        "party=japan",
        "party=japan&party=united-states",
        "party=united-states&party=japan&as_of=2025-12-01",
        "party=japan&party=germany&page=2",
        "party=japan&party=nothing-known",
        "party=japan&party=germany&party=france",
        "party=japan&summit=nato-wales-2014",
        "summit=nato-wales-2014",
        "summit=nato-wales-2014&summit=nato-hague-2025",
        "summit=nato-wales-2014&summit=nato-hague-2025&as_of=2024-07-01",
        "party=@@",
    ],
    "/calendar/": [
        "when=ahead&page=1",
        "when=passed",
        "when=undated",
        "when=nothing",
        "page=2",
        "as_of=2025-12-01",
    ],
    "/changes/": [
        "kind=news",
        "kind=verdicts",
        "kind=pledges",
        "kind=corrections",
        "kind=all",
        "kind=all&page=2",
        "kind=all&page=17",
        "kind=nothing",
        "month=2026-11",
        "month=2026-10&kind=all",
        "month=2026",
        "party=japan&kind=all",
        "summit=nato-wales-2014&kind=all",
        "topic=defence&kind=verdicts",
        "party=japan&topic=defence&kind=all",
        "party=nothing-known",
    ],
    "/corrections/": [
        "month=2026-11",
        "party=japan",
        "summit=nato-wales-2014",
        "page=2",
        "topic=@@",
    ],
    "/ledger/": ["page=2", "page=18", "page=99", "page=0"],
    "/leaders/": ["page=2", "party=japan&as_of=2025-12-01"],
    "/parties/": ["page=2", "kind=state&ordering=name&page=2"],
    "/topics/": ["page=2"],
    "/indicators/": ["page=2"],
}
ODD_ADDRESSES = [
    "/nothing/",
    "/ja/nothing/",
    "/pledges",
    "/api/v1/pledges",
    "/api/v1/nothing/",
    "/sitemap-0.xml",
    "/sitemap-x.xml",
    "/pledges/Not-A-Slug/",
    "/feeds/parties/nothing-known.atom",
    "/parties/nothing-known/calendar.ics",
    "/embed/pledges/nothing-known/",
    "/pledges/nothing-known/share.png",
    "/pledges/nothing-known/chart.svg",
    "/pledges/nothing-known/inputs.csv",
    "/pledges/nothing-known/figures/",
    "/pledges/nothing-known/at/1/",
    "/pledges/nothing-known/at/1/cite.bib",
    "/pledges/nothing-known/at/1/cite.json",
    "/summits/nothing-known/matrix.csv",
    "/indicators/nothing-known/series.csv",
    "/oembed?format=xml",
    "/oembed?url=nothing",
    f"/oembed?url={SITE_ADDRESS}/pledges/nothing-known/",
    f"/oembed?url={SITE_ADDRESS}/summits/",
]
