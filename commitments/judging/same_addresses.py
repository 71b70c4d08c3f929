"""Whether two addresses lead to the same document, and which sources have such an address."""

import re
from contextlib import suppress
from functools import lru_cache
from itertools import product
from typing import NamedTuple
from urllib.parse import quote_from_bytes, unquote_to_bytes, urlsplit

from django.db.models import Q

from commitments.models import Source

ADDRESSES = ("url", "read_at", "archived_at")
DEFAULT_PORTS = frozenset({80, 443})
# What newsletters, advertisements and networks add to an address to see who followed it.
TRACKING = re.compile(
    r"utm_\w+|_ga|_gl|dclid|fbclid|gclid|gbraid|wbraid|igshid|mc_cid|mc_eid|msclkid|twclid|yclid"
)
# A page that a script draws is named behind the sign; any other fragment is a place in the page.
DRAWN = ("!", "/")
WORD = re.compile(r"[a-z0-9]{4,}")
# What may be written in other letters: the name of a host in its own script, and escaped letters.
SPELT_OTHERWISE = re.compile(r"xn--[a-z0-9-]+|%[0-9a-f]{2}")


class SameAddress(NamedTuple):
    """A source on record, and the column in which another one has an address of it."""

    source: Source
    column: str


@lru_cache(20_000)
def fold_address(address: str) -> str:
    """Return the address without what makes no difference to where it leads.

    http or https, `www.`, the port they have anyway, a final slash, the place in the page, the case
    of the host, parameters that only count readers, the order of the others, and the ways to write
    a letter with a per cent sign.
    """
    try:
        parts = urlsplit(address.strip())
        port = parts.port
    except ValueError:
        return address.strip()
    host = _fold_host(parts.hostname or "")
    if port and port not in DEFAULT_PORTS:
        host = f"{host}:{port}"
    path = parts.path.rstrip("/")
    steps = [_fold_escapes(step) for step in path.split("/")]
    folded = host + "/".join(steps)
    query = _fold_query(parts.query)
    if query:
        folded += f"?{query}"
    if parts.fragment.startswith(DRAWN):
        folded += f"#{parts.fragment}"
    return folded


def _fold_host(host):
    host = host.casefold().rstrip(".")
    # What no machine can be called is compared as it is.
    with suppress(UnicodeError):
        host = host.encode("idna").decode()
    return host.removeprefix("www.")


def _fold_escapes(text):
    data = unquote_to_bytes(text)
    return quote_from_bytes(data, safe="")


def _fold_query(query):
    pairs = []
    spaced = query.replace("+", " ")
    for pair in spaced.split("&"):
        name, equals, value = pair.partition("=")
        lower_case = name.casefold()
        if not name or TRACKING.fullmatch(lower_case):
            continue
        name = _fold_escapes(name)
        value = _fold_escapes(value)
        pairs.append(f"{name}{equals}{value}")
    pairs.sort()
    return "&".join(pairs)


def find_same_sources(source: Source) -> list[SameAddress]:
    """Return the sources on record that are the same document by their addresses.

    The address under which a source is found, its own or that of the copy if it has no other, is
    held against every address of the other one. Two sources may have been read in one copy.
    """
    own = _fold_addresses(source)
    if not own:
        return []
    condition = _match_words(own.values())
    rows = Source.objects.filter(condition)
    rows = rows.exclude(pk=source.pk)
    same = []
    for row in rows.order_by("pk"):
        theirs = _fold_addresses(row)
        column = _find_same_column(own, theirs)
        if column:
            same.append(SameAddress(row, column))
    return same


def _fold_addresses(source):
    """Return {column: folded address} of a source; the first is where its title leads."""
    addresses = {}
    for column in ADDRESSES:
        address = getattr(source, column)
        if address:
            addresses[column] = fold_address(address)
    return addresses


def _find_same_column(own, theirs):
    own_leading = _find_leading(own)
    leading = _find_leading(theirs)
    for column, other_column in product(own, theirs):
        if own[column] != theirs[other_column]:
            continue
        if column == own_leading or other_column == leading:
            return column
        if column == other_column == "archived_at":
            return column
    return ""


def _find_leading(addresses):
    """Return the column that the title of a source leads to."""
    return next(iter(addresses), "")


def _match_words(folded_addresses):
    """Return the condition of rows that have the longest word of one of the addresses.

    Nobody writes letters and digits with per cent signs, so the word stands in every spelling.
    """
    condition = Q(pk__in=[])
    for address in folded_addresses:
        lower_case = address.casefold()
        spelt_so = SPELT_OTHERWISE.sub(" ", lower_case)
        words = WORD.findall(spelt_so)
        word = max(words, key=len, default="")
        for column in ADDRESSES:
            lookup = f"{column}__icontains"
            condition |= Q(**{lookup: word})
    return condition
