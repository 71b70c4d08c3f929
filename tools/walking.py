"""Walk a site from outside: by the links in its pages and by the API's own description.

No module of the program is imported, so that two versions can be walked alike whatever their
modules are called.
"""

import json
import re
from collections import defaultdict
from html import unescape

from tools.addresses import (
    FILES,
    FILES_OF_RECORDS,
    FRONT_DOORS,
    ODD_ADDRESSES,
    PAGE_QUERIES,
    PAST_DAY,
    RECORD_PAGES,
    SCHEMA,
    SITE_ADDRESS,
    TWINS,
    UNKNOWN_SLUG,
)
from tools.listings import Listings

# At most this many of the addresses with the same path and the same names of parameters.
ALIKE = 2
# Requests for one page of each kind, besides its days.
RECORD_MISTAKES = ("as_of=@@", "page=2", "nonsense=1")
# Nothing of the record, or not for everybody.
NOT_FOLLOWED = ("//", "/static/", "/admin/")
ABSOLUTE_LINK = re.compile(SITE_ADDRESS + r"(/[^\s\"'<>\\{}(),]*)")
RELATIVE_LINK = re.compile(r"(?:href|src)=[\"']([/?][^\"']*)")


def path_of(address):
    path, _, _ = address.partition("?")
    return path


def parameter_names(address):
    """Return the names in the query of an address."""
    _, _, query = address.partition("?")
    names = []
    for pair in query.split("&"):
        name, _, _ = pair.partition("=")
        names.append(name)
    return frozenset(names)


def links_in(text, page):
    """Return the addresses at this site that an answer names, without their fragments."""
    text = unescape(text)
    addresses = set()
    links = ABSOLUTE_LINK.findall(text) + RELATIVE_LINK.findall(text)
    for link in links:
        link, _, _ = link.partition("#")
        if link.startswith("?"):
            link = path_of(page) + link
        if not link.startswith(NOT_FOLLOWED):
            addresses.add(link)
    return addresses


def choose_alike(addresses, most=ALIKE):
    """Return a few addresses of each path and set of parameter names: the first and the last."""
    groups = defaultdict(list)
    for address in sorted(addresses):
        path = path_of(address)
        names = parameter_names(address)
        groups[path, names].append(address)
    selection = set()
    for group in groups.values():
        first_of_the_last = len(group) - most + 1
        selection.add(group[0])
        selection.update(group[first_of_the_last:])
    return sorted(selection)


def in_both_languages(pages):
    """Return the addresses of pages, and those of the pages in Japanese."""
    addresses = []
    for address in pages:
        addresses.append(address)
        if path_of(address) not in FILES:
            addresses.append(f"/ja{address}")
    return addresses


def join_queries(path, queries):
    addresses = []
    for query in queries:
        address = f"{path}?{query}"
        addresses.append(address)
    return addresses


def list_addresses(listings):
    """Return the lists of the API and of pages, by each of their parameters."""
    addresses = []
    pages = []
    for path in listings.lists:
        addresses += join_queries(path, listings.queries(path))
    for page, path in TWINS.items():
        pages += join_queries(page, listings.queries(path))
    for page, queries in PAGE_QUERIES.items():
        pages += join_queries(page, queries)
    return addresses + in_both_languages(pages)


def record_files(listings):
    """Return the addresses of what programs read of each record."""
    addresses = []
    for kind, files in FILES_OF_RECORDS.items():
        path = f"/api/v1/{kind}/"
        slugs = listings.slugs(path)
        for slug in slugs:
            for file in files:
                address = file.format(slug)
                addresses.append(address)
    return addresses


def record_pages(listings):
    """Return the page of each record, as of now and of a day, and a few mistakes."""
    pages = []
    for kind in RECORD_PAGES:
        path = f"/api/v1/{kind}/"
        slugs = listings.slugs(path)
        for slug in [*slugs, UNKNOWN_SLUG]:
            page = f"/{kind}/{slug}/"
            past_page = f"{page}?as_of={PAST_DAY}"
            pages += [page, past_page]
        for slug in slugs[:1]:
            page = f"/{kind}/{slug}/"
            pages += join_queries(page, RECORD_MISTAKES)
    return in_both_languages(pages)


class Walk:
    """Visits addresses once each. `visit` returns the text in which links are looked for."""

    def __init__(self, visit):
        self.visit = visit
        self.seen = set()
        self.with_queries = set()

    def open(self, address):
        """Visit an address, unless that was done, and return its text."""
        if address in self.seen:
            return ""
        self.seen.add(address)
        return self.visit(address)

    def follow(self, addresses):
        """Visit `addresses`, and what they lead to without a query; keep what has one."""
        waiting = set(addresses)
        while waiting:
            links = set()
            for address in sorted(waiting):
                text = self.open(address)
                links |= links_in(text, address)
            bare = {link for link in links if "?" not in link}
            self.with_queries |= links - bare
            waiting = bare - self.seen

    def read_rows(self, path):
        """Return all rows of a list of the API, from its first page to its last."""
        rows = []
        address = path
        while address:
            body = json.loads(self.open(address))
            rows += body.get("results", [])
            following = body.get("next") or ""
            address = following.removeprefix(SITE_ADDRESS)
        return rows


def walk_site(visit):
    """Visit every address of the site that is to be compared."""
    walk = Walk(visit)
    schema = json.loads(walk.open(SCHEMA))
    listings = Listings(schema)
    for path in listings.lists:
        rows = walk.read_rows(path)
        listings.add_rows(path, rows)
    walk.follow(FRONT_DOORS)
    walk.follow(record_files(listings))
    walk.follow(record_pages(listings))
    walk.follow(listings.record_addresses())
    # Links of pages with a query are not followed to others with one: there is no end to them.
    selection = choose_alike(walk.with_queries)
    walk.follow(selection)
    walk.follow(list_addresses(listings))
    walk.follow(ODD_ADDRESSES)
