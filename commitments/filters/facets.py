"""What the list of pledges can be narrowed to: facets, with options and their counts."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models import CharField, DateField, F, Q, Value
from django.db.models.functions import Cast

from commitments.filters import PledgeFilter
from commitments.filters.facet_counts import FacetCounter
from commitments.languages import ENGLISH, JAPANESE, spoken
from commitments.models import Leader, Party, Summit, SummitSeries, Topic
from commitments.models.leaders import written_in_japanese

# In the order a reader asks. Each is the name of a filter.
NAMES = (
    "status",
    "party",
    "topic",
    "series",
    "summit",
    "leader",
    "kind",
    "late",
    "cause",
    "overdue",
    "unjudged_reason",
    "judged_by",
    "may_be_out_of_date",
    "confidence",
    "year",
    "attribution",
    "modality",
)
# The facets whose options are records, counted by primary key.
RECORD_MODELS = {
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
    # The language of the word; empty if it is the reader's.
    language: str = ""


@dataclass(frozen=True)
class Facet:
    name: str
    label: str
    options: list[Option]


class OptionName(NamedTuple):
    """What an option is called: `key` in the counts, `value` in the address, `word` on the page."""

    key: int | str
    value: str
    word: str
    language: str = ""


class RecordRow(NamedTuple):
    """A public record that is an option of `facet`."""

    facet: str
    key: int
    slug: str
    name: str
    japanese_name: str
    starts_on: date | None


def count_facets(filterset: PledgeFilter) -> list[Facet]:
    """Return the facets of a valid `filterset`, with the options that leave a pledge or are chosen.

    Nine statements: one reads the names of records, `FacetCounter` makes the others.
    """
    counts = FacetCounter(filterset).count_all()
    choices = _read_choices(filterset)
    record_names = _read_record_names(counts, choices)
    facets = []
    for name in NAMES:
        field = filterset.form.fields[name]
        if name in RECORD_MODELS:
            option_names = record_names[name]
        elif name == "year":
            option_names = _name_years(counts[name], choices[name])
        else:
            option_names = _name_choices(field)
        options = _build_options(option_names, counts[name], choices[name])
        if name != "year":
            options.sort(key=_rank_option)
        facets.append(Facet(name, field.label, options))
    return facets


def _read_choices(filterset):
    """Return {facet: the values chosen in it, as texts}."""
    values = filterset.read_values()
    choices = {}
    for name in NAMES:
        value = values.get(name)
        if value is None:
            choices[name] = set()
        elif isinstance(value, list):
            choices[name] = set(value)
        else:
            choices[name] = {str(value)}
    # “Not overdue” is not offered as an option. It stays in the address, and the other facets are
    # counted with it.
    choices["overdue"].discard("false")
    choices["may_be_out_of_date"].discard("no")
    return choices


def _name_years(counts, choices):
    """Return the names of the years that are counted or chosen, the newest first."""
    years = {*counts, *map(int, choices)}
    names = []
    for year in sorted(years, reverse=True):
        word = str(year)
        names.append(OptionName(year, word, word))
    return names


def _name_choices(field):
    """Return the names of the choices of a form's `field`, without the empty one."""
    names = []
    for value, word in field.choices:
        if value:
            names.append(OptionName(value, value, word))
    return names


def _rank_option(option):
    """Sort the largest count first, equal ones by their words."""
    word = str(option.word)
    return -option.count, word


def _build_options(option_names, counts, choices):
    """Return an option for each of `option_names` that is counted or chosen."""
    options = []
    for key, value, word, language in option_names:
        count = counts.get(key, 0)
        is_chosen = value in choices
        if count or is_chosen:
            option = Option(value, word, count, is_chosen, language)
            options.append(option)
    return options


def _read_record_names(counts, choices):
    """Return {facet: [OptionName]} of the public records that are counted or chosen.

    One statement: the union of a query for each of `RECORD_MODELS`.
    """
    queries = []
    for name, model in RECORD_MODELS.items():
        keys = [key for key in counts[name] if key]
        condition = Q(pk__in=keys) | Q(slug__in=choices[name])
        records = model.objects.published().filter(condition).order_by()
        row = records.values_list(
            Value(name, CharField()),
            "pk",
            "slug",
            "name",
            F("native_name") if model is Leader else F("name_ja"),
            # Without the cast, PostgreSQL takes the NULL for a text.
            F("starts_on") if model is Summit else Cast(None, DateField()),
        )
        queries.append(row)
    names = {name: [] for name in RECORD_MODELS}
    for values in queries[0].union(*queries[1:], all=True):
        row = RecordRow(*values)
        names[row.facet].append(_name_record(row))
    return names


def _name_record(row):
    """Return the name of a record, in the reader's language if it has one; a summit has a year."""
    word = row.name
    language = ENGLISH
    if spoken() == JAPANESE and _has_japanese_name(row):
        word = row.japanese_name
        language = JAPANESE
    if row.starts_on:
        word = f"{word} ({row.starts_on:%Y})"
    if language == spoken():
        language = ""
    return OptionName(row.key, row.slug, word, language)


def _has_japanese_name(row):
    if row.japanese_name and row.facet == "leader":
        # A leader's native name may be in any script.
        return written_in_japanese(row.japanese_name)
    return bool(row.japanese_name)
