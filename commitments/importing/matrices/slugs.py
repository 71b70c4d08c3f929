"""Slugs of what a matrix makes: from the ids and names in it alone, so that they come out the same
each time.
"""

import re
import unicodedata


def slug_of(*parts, default="") -> str:
    """Return the parts in lower-case Latin letters and digits with single hyphens; `default` if
    none is left.
    """
    plain = (
        unicodedata.normalize("NFKD", "-".join(parts)).encode("ascii", "ignore").decode().lower()
    )
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or default
