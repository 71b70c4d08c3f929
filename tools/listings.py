"""What the API's description says of its lists: their parameters, and values to try of each."""

from collections import Counter, defaultdict
from urllib.parse import urlencode

from tools.addresses import FIELDS, ODD_VALUE, PAST_DAY, UNKNOWN_SLUG, VALUES

PLACE = "{slug}"
DAYS_OF_RECORDS = ("as_of", "known_on")
# Requests for one record of each kind, besides the whole record.
RECORD_QUERIES = (
    "?nonsense=1",
    "?as_of=@@",
    "?as_of=2025-12-01&known_on=2024-07-01",
    "?fields=slug",
    "?fields=@@",
    "?party=japan",
)


def count_texts(value, counts, field=""):
    """Count the texts in a JSON value by the name of the field they stand in."""
    if isinstance(value, str) and value:
        counts[field][value] += 1
    elif isinstance(value, list):
        for item in value:
            count_texts(item, counts, field)
    elif isinstance(value, dict):
        for name, item in value.items():
            count_texts(item, counts, name)


def most_common(counter):
    """Return the most frequent text, of equal ones the first in the alphabet."""
    texts = sorted(counter)
    return max(texts, key=counter.get)


class Listings:
    """The lists of the API and the rows they have."""

    def __init__(self, schema):
        self.paths = schema["paths"]
        self.lists = []
        for path in self.paths:
            if PLACE not in path:
                self.lists.append(path)
        self.rows = defaultdict(list)
        # By list and, under "", of all lists: how often a text stands in a field.
        self.counts = defaultdict(lambda: defaultdict(Counter))

    def add_rows(self, path, rows):
        self.rows[path] += rows
        count_texts(rows, self.counts[path])
        count_texts(rows, self.counts[""])

    def slugs(self, path):
        slugs = []
        for row in self.rows[path]:
            slugs.append(row["slug"])
        return sorted(slugs)

    def parameters(self, path):
        """Return the schema of each parameter of a query by its name."""
        operation = self.paths[path]["get"]
        schemas = {}
        for parameter in operation.get("parameters", []):
            if parameter["in"] == "query":
                schemas[parameter["name"]] = parameter["schema"]
        return schemas

    def common_value(self, path, name):
        """Return the value that most rows of a list have, else the rows of all lists."""
        field = FIELDS.get(name, name)
        for key in (path, ""):
            counter = self.counts[key][field]
            if counter:
                return most_common(counter)
        return UNKNOWN_SLUG

    def values(self, path, name, schema):
        """Return the values to try of a parameter."""
        _, _, ending = name.rpartition("_")
        items = schema.get("items", {})
        if name in VALUES:
            return VALUES[name]
        if "enum" in schema:
            return schema["enum"]
        if "enum" in items:
            return items["enum"]
        if ending in VALUES:
            return VALUES[ending]
        return [self.common_value(path, name), UNKNOWN_SLUG]

    def queries(self, path):
        """Return queries with each parameter of a list, and one that it does not know."""
        queries = ["nonsense=1"]
        parameters = self.parameters(path)
        for name, schema in parameters.items():
            values = self.values(path, name, schema)
            for value in [*values, ODD_VALUE]:
                query = urlencode({name: value})
                queries.append(query)
        return queries

    def record_addresses(self):
        """Return the address of each record in the API, as of now and of a day, and mistakes."""
        addresses = []
        for path in self.paths:
            if PLACE in path:
                addresses += self.addresses_like(path)
        return addresses

    def addresses_like(self, path):
        list_path, _, _ = path.partition(PLACE)
        slugs = self.slugs(list_path)
        parameters = self.parameters(path)
        addresses = []
        for slug in [*slugs, UNKNOWN_SLUG]:
            address = path.replace(PLACE, slug)
            addresses.append(address)
            for name in DAYS_OF_RECORDS:
                if name in parameters:
                    addresses.append(f"{address}?{name}={PAST_DAY}")
        for slug in [*slugs[:1], UNKNOWN_SLUG]:
            for query in RECORD_QUERIES:
                address = path.replace(PLACE, slug)
                addresses.append(address + query)
        return addresses
