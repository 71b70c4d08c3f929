"""Slugs of the records a matrix makes: from its ids and names only, so the same every time."""

import re
import unicodedata

NOT_IN_SLUGS = re.compile(r"[^a-z0-9]+")


def slug_of(*parts, default="") -> str:
    """Return the parts in lower-case Latin letters and digits with single hyphens.

    Where nothing of them is left, return `default`.
    """
    text = "-".join(parts)
    # Letters and their accents become characters of their own, and the accents are dropped.
    decomposed = unicodedata.normalize("NFKD", text)
    ascii_bytes = decomposed.encode("ascii", "ignore")
    latin = ascii_bytes.decode()
    hyphenated = NOT_IN_SLUGS.sub("-", latin.lower())
    slug = hyphenated.strip("-")
    return slug or default
