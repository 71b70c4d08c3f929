"""The question in the address of the list of pledges, and the links that change one value of it."""

from typing import NamedTuple
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from commitments.filters import PledgeFilter
from commitments.filters.facets import Option, count_facets
from commitments.models import Pledge

# A facet with more options than this shows the first ones; the others unfold.
OPTIONS_OPEN = 8
DEADLINES = ("deadline_from", "deadline_to")
# Filters that have a place of their own on the page, apart from the list of active filters.
SHOWN_APART = ("ordering", "as_of")


class OptionLink(NamedTuple):
    """An option of a facet, and the query that chooses it, or drops it if it is chosen."""

    option: Option
    query: str


class ActiveFilter(NamedTuple):
    """A filter that narrows the list, its value in words, and the query without it."""

    label: str
    words: str
    query: str


class OrderLink(NamedTuple):
    words: str
    query: str
    is_present: bool


class PledgeListQuery:
    """The filters of the list of pledges, with the values that the address sets.

    `values` is {parameter: its values} as the address has them, without empty ones.
    """

    def __init__(self, request):
        pledges = Pledge.objects.published().as_of(request.as_of)
        self.filterset = PledgeFilter(request.GET, queryset=pledges)
        # Readers find synonyms too; the API does not.
        self.filterset.with_synonyms = True
        self.form = self.filterset.form
        self.values = {}
        for name in self.form.fields:
            values = list(filter(None, request.GET.getlist(name)))
            if values:
                self.values[name] = values

    def is_valid(self):
        return self.filterset.is_valid()

    def build_form_context(self):
        """Return what the search form needs, which is shown with an invalid query too."""
        return {
            "form": self.form,
            "given": self.values,
            "kept": self.list_pairs(without=["q"]),
        }

    def build_filter_context(self):
        """Return what the page needs to show the filters of a valid query, and to change them."""
        facets = count_facets(self.filterset)
        active_filters = self.describe_active_filters(facets)
        pairs = self.list_pairs(without=["status", "as_of"])
        return {
            "facets": [self.link_facet(facet) for facet in facets if facet.options],
            "chosen": active_filters,
            # The search is not counted as a filter.
            "filters_chosen": len(active_filters) - ("q" in self.values),
            "narrow": f"{urlencode(pairs)}&" if pairs else "",
            "orders": self.list_orders(),
            "kept_beside_days": self.list_pairs(without=DEADLINES),
            "as_data": self.write_api_query(),
        }

    def list_pairs(self, *, without):
        """Return (name, value) of all values, except of the parameters `without`.

        A form that has fields for these sends the pairs along as hidden fields.
        """
        pairs = []
        for name, values in self.values.items():
            if name not in without:
                pairs += [(name, value) for value in values]
        return pairs

    def write_query_with(self, name, values):
        """Return the query with the parameter `name` set to `values`; [] drops it."""
        parameters = self.values.copy()
        parameters.pop(name, None)
        if values:
            parameters[name] = values
        return urlencode(parameters, doseq=True)

    def write_api_query(self):
        """Return the query for the API, which accepts a parameter twice only for statuses.

        Of several values of another parameter, the filters use the last.
        """
        parameters = self.values.copy()
        for name, values in self.values.items():
            if name != "status":
                parameters[name] = values[-1:]
        return urlencode(parameters, doseq=True)

    def link_facet(self, facet):
        """Return `facet` with its options linked: the chosen ones first, the last ones folded."""
        links = [self.link_option(facet.name, option) for option in facet.options]
        links.sort(key=lambda link: not link.option.chosen)
        number_chosen = sum(option.chosen for option in facet.options)
        number_open = max(OPTIONS_OPEN, number_chosen)
        return {
            "name": facet.name,
            "label": facet.label,
            "first": links[:number_open],
            "rest": links[number_open:],
        }

    def link_option(self, name, option):
        """Return `option` with the query that chooses it or drops it.

        Several statuses can be chosen at once; in other facets, an option replaces the one before.
        """
        values = []
        if name == "status":
            statuses = self.values.get(name, [])
            values = [status for status in statuses if status != option.value]
        if not option.chosen:
            values.append(option.value)
        query = self.write_query_with(name, values)
        return OptionLink(option, query)

    def list_orders(self):
        """Return a link for each order of the list. The default of a search is the best match."""
        is_search = "q" in self.values
        default = "" if is_search else "-made_on"
        present = self.values.get("ordering", [default])[-1]
        links = []
        for name, words in self.form.fields["ordering"].choices:
            if name:
                query = self.write_query_with("ordering", [name])
                link = OrderLink(words, query, name == present)
                links.append(link)
        if is_search:
            query = self.write_query_with("ordering", [])
            link = OrderLink(_("Best match first"), query, present == "")
            links.insert(0, link)
        return links

    def describe_active_filters(self, facets):
        """Return the `ActiveFilter` of each filter set, with words from its field and `facets`."""
        options = {facet.name: facet.options for facet in facets}
        active_filters = []
        for name, values in self.values.items():
            if name in SHOWN_APART:
                continue
            field = self.form.fields[name]
            words_by_value = dict(getattr(field, "choices", ()))
            for option in options.get(name, []):
                words_by_value[option.value] = option.word
            words = [str(words_by_value.get(value, value)) for value in values]
            active_filter = ActiveFilter(
                field.label,
                _(", ").join(words),
                self.write_query_with(name, []),
            )
            active_filters.append(active_filter)
        return active_filters
