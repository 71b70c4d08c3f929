"""Keys and versions of rows, as an address or a form names them."""

# Longer numbers are no keys of ours, and some are too large for the database.
LONGEST_KEY = 17


def read_key(text: str) -> int | None:
    """Return the number that `text` names; None for what can be no key."""
    if not text.isdecimal():
        return None
    if len(text) > LONGEST_KEY:
        return None
    return int(text)
