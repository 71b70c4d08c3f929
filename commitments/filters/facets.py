"""What the list of pledges can be narrowed to, and how many pledges each choice would leave.

Each facet is counted with its own choice left out and all the others kept, so that a count is what
a reader gets by choosing it. Nine statements, however many filters there are: columns of the pledge
are counted together, what one undertaking has to match facet by facet, names joined last.
"""

from collections import Counter
from dataclasses import dataclass

from django.db.models import CharField, Count, DateField, F, Q, Value
from django.db.models.functions import Cast

from commitments.filters import ByUndertaking, PledgeFilter
from commitments.languages import ENGLISH, JAPANESE, spoken
from commitments.models import Leader, Party, Pledge, Summit, SummitSeries, Topic
from commitments.models.leaders import written_in_japanese
from commitments.verdicts.statuses import NOT_ASSESSED

# In the order a reader asks. Each is a filter of the same name.
NAMES = (
    *(
        "status",
        "party",
        "topic",
        "series",
        "summit",
        "leader",
        "kind",
        "overdue",
        "confidence",
        "year",
    ),
    *("attribution", "modality"),
)
# Few values each, so that their combinations can be read at once.
OF_PLEDGE = {
    "kind": "kind",
    "attribution": "attribution",
    "modality": "modality",
    "year": "made_on__year",
}
RECORDS = {
    "party": Party,
    "topic": Topic,
    "series": SummitSeries,
    "summit": Summit,
    "leader": Leader,
}


@dataclass(frozen=True)
class Option:
    value: str
    word: str
    count: int
    chosen: bool
    # Of the word, where it is not the reader's.
    language: str = ""


@dataclass(frozen=True)
class Facet:
    name: str
    label: str
    options: list[Option]


def count_facets(asked: PledgeFilter) -> list[Facet]:
    """Return the facets of the valid question `asked`; a choice that would leave nothing is left
    out, unless made.
    """
    given = asked.given()
    counts = {
        **_of_pledge(asked, given),
        **_of_summit(asked, given),
        "topic": dict(_pledges(asked, given, "topic").values_list("topics").annotate(Count("pk"))),
        "party": _by(_owed(asked, given, "party"), "party"),
        "leader": _leaders(_owed(asked, given, "leader")),
        "status": _statuses(_owed(asked, given, "status")),
        "confidence": _confidences(_owed(asked, given, "confidence")),
        "overdue": {"true": _late(_owed(asked, given, "overdue"), on=asked.today)},
    }
    chosen = {name: {str(value) for value in _as_list(given.get(name))} for name in NAMES}
    # “Not overdue” is no choice of its own: it stays in the address, and counts in the others.
    chosen["overdue"].discard("false")
    called = _named(counts, chosen)
    return [
        _facet(name, asked.form.fields[name], counts[name], chosen[name], called.get(name))
        for name in NAMES
    ]


def _facet(name, field, counts, chosen, called):
    """Return the facet `name`; `called` are its records as by `_named`, None where the filter has
    choices.
    """
    counts = {str(key): count for key, count in counts.items()}
    if called is None:
        years = [(year, year) for year in sorted({*counts, *chosen}, reverse=True)]
        called = [
            (value, value, word, "") for value, word in getattr(field, "choices", years) if value
        ]
    options = [
        Option(value, word, counts.get(str(key), 0), value in chosen, language)
        for key, value, word, language in called
        if str(key) in counts or value in chosen
    ]
    if name != "year":
        options.sort(key=lambda option: (-option.count, str(option.word)))
    return Facet(name, field.label, [option for option in options if option.count or option.chosen])


def _pledges(asked, given, *without):
    """Return the pledges that all filters given but those named leave."""
    others = {name: value for name, value in given.items() if name not in {*without, "ordering"}}
    kept = asked.keep(Pledge.objects.published().as_of(asked.day), others)
    # Apart from how they were found, so that nothing a search adds to its rows takes part in the
    # counting.
    return Pledge.objects.published().filter(pk__in=kept.order_by().values("pk")).order_by()


def _owed(asked, given, without):
    """Return the undertakings that match all filters given but `without`, of the pledges that
    do.
    """
    others = {name: value for name, value in given.items() if name != without}
    of_pledge = {
        name: value for name, value in others.items() if name not in ByUndertaking.base_filters
    }
    return asked.owed(others).filter(pledge__in=_pledges(asked, of_pledge).values("pk")).order_by()


def _by(undertakings, field):
    return dict(undertakings.values_list(F(field)).annotate(Count("pledge", distinct=True)))


def _of_pledge(asked, given):
    counts = {name: Counter() for name in OF_PLEDGE}
    rows = _pledges(asked, given, *OF_PLEDGE).values_list(*OF_PLEDGE.values()).annotate(Count("pk"))
    for *values, count in rows:
        unlike = [
            name
            for name, value in zip(OF_PLEDGE, values, strict=True)
            if given.get(name, value) != value
        ]
        for name, value in zip(OF_PLEDGE, values, strict=True):
            if set(unlike) <= {name}:
                counts[name][value] += count
    return counts


def _of_summit(asked, given):
    counts = {"summit": Counter(), "series": Counter()}
    rows = _pledges(asked, given, "summit", "series").filter(summit__isnull=False)
    keys = ("summit", "summit__slug", "summit__series", "summit__series__slug")
    for summit, summit_slug, series, series_slug, count in rows.values_list(*keys).annotate(
        Count("pk")
    ):
        if given.get("series", series_slug) == series_slug:
            counts["summit"][summit] += count
        if series and given.get("summit", summit_slug) == summit_slug:
            counts["series"][series] += count
    return counts


def _leaders(undertakings):
    """Count a pledge for the leader who stated it, and for those who bound a party to it and did
    not state it.
    """
    stated = undertakings.values_list("pledge__stated_by_leader").annotate(
        Count("pledge", distinct=True)
    )
    bound = undertakings.exclude(leader=F("pledge__stated_by_leader")).values_list("leader")
    counts = Counter()
    for leader, count in stated.union(bound.annotate(Count("pledge", distinct=True)), all=True):
        counts[leader] += count
    return counts


def _statuses(undertakings):
    column = undertakings.status_column
    judged = undertakings.filter(~Q(**{column: ""}) | Q(exempt_reason=""))
    return {status or NOT_ASSESSED: count for status, count in _by(judged, column).items()}


def _confidences(undertakings):
    return _by(undertakings, undertakings.ours_column("confidence"))


def _late(undertakings, *, on):
    late = undertakings.overdue(on=on)
    return late.aggregate(count=Count("pledge", distinct=True))["count"]


def _named(counts, chosen):
    """Return (key, slug, name, language) of the public records that are counted or chosen, by
    facet. One statement.
    """
    arms = []
    for name, model in RECORDS.items():
        wanted = Q(pk__in=[key for key in counts[name] if key]) | Q(slug__in=chosen[name])
        rows = model.objects.published().filter(wanted).order_by()
        # Cast, or PostgreSQL takes it for a text.
        day = F("starts_on") if model is Summit else Cast(None, DateField())
        japanese = F("native_name") if model is Leader else F("name_ja")
        arms.append(rows.values_list(Value(name, CharField()), "pk", "slug", "name", japanese, day))
    called = {name: [] for name in RECORDS}
    for name, key, slug, word, japanese, day in arms[0].union(*arms[1:], all=True):
        is_there = japanese and (name != "leader" or written_in_japanese(japanese))
        word, language = (
            (japanese, JAPANESE) if is_there and spoken() == JAPANESE else (word, ENGLISH)
        )
        word = f"{word} ({day:%Y})" if day else word
        called[name].append((key, slug, word, "" if language == spoken() else language))
    return called


def _as_list(value):
    return value if isinstance(value, list) else [] if value is None else [value]
