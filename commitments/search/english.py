"""Other ways to write an English word: singular or plural, American or British spelling."""

import re
from functools import lru_cache

# "News" and "aids" are not the plurals of "new" and "aid"; the singular of the other words means
# something else.
NO_PLURALS = frozenset({"aids", "news", "customs", "goods", "means"})
# Shorter words that end with an s are abbreviations more often than plurals.
SHORTEST_SINGULAR = 3
# American and British beginnings of words. Some words that begin so have only one spelling; what
# is made of them ("labouratory") stands in no text and finds nothing.
BEGINNINGS = (
    ("acknowledgment", "acknowledgement"),
    ("aging", "ageing"),
    ("aluminum", "aluminium"),
    ("armor", "armour"),
    ("artifact", "artefact"),
    ("behavior", "behaviour"),
    ("canceled", "cancelled"),
    ("catalog", "catalogue"),
    ("center", "centre"),
    ("color", "colour"),
    ("counselor", "counsellor"),
    ("defens", "defenc"),
    ("dialog", "dialogue"),
    ("endeavor", "endeavour"),
    ("enroll", "enrol"),
    ("favor", "favour"),
    ("fiber", "fibre"),
    ("fueling", "fuelling"),
    ("fulfill", "fulfil"),
    ("gray", "grey"),
    ("harbor", "harbour"),
    ("honor", "honour"),
    ("judgment", "judgement"),
    ("labeling", "labelling"),
    ("labor", "labour"),
    ("licens", "licenc"),
    ("liter", "litre"),
    ("maneuver", "manoeuvre"),
    ("meter", "metre"),
    ("modeling", "modelling"),
    ("neighbor", "neighbour"),
    ("offens", "offenc"),
    ("pediatric", "paediatric"),
    ("plow", "plough"),
    ("practic", "practis"),
    ("program", "programme"),
    ("signaling", "signalling"),
    ("skeptic", "sceptic"),
    ("sulfur", "sulphur"),
    ("theater", "theatre"),
    ("traveler", "traveller"),
)
# From one side of the Atlantic to the other and back. Longer beginnings come first: "programme"
# begins with "program" as well.
OTHER_BEGINNINGS = sorted(
    (pair for two in BEGINNINGS for pair in (two, two[::-1])), key=lambda pair: -len(pair[0])
)
# Organize, organise; analyze, analyse.
ENDING = re.compile("([a-z]{3,}i|[a-z]{2,}y)([sz])(e[drs]?|ers|ing|ations?|ational)")
OTHER_LETTER = {"s": "z", "z": "s"}


@lru_cache(10_000)
def find_other_spelling(word) -> str:
    """Return the American or British spelling of `word`, or `word` if we know no other."""
    match = ENDING.fullmatch(word)
    if match:
        stem, letter, ending = match.groups()
        other_letter = OTHER_LETTER[letter]
        return stem + other_letter + ending
    for beginning, other_beginning in OTHER_BEGINNINGS:
        if word.startswith(beginning):
            remainder = word.removeprefix(beginning)
            return other_beginning + remainder
    return word


def find_other_numbers(word) -> list[str]:
    """Return what may be the singular of `word`, or its plural if that does not begin with it."""
    if word in NO_PLURALS or not word.isalpha():
        return []
    if word.endswith("y") and word[-2] not in "aeiou":
        stem = word.removesuffix("y")
        return [f"{stem}ies"]
    if not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return []
    singular = _make_singular(word)
    if len(singular) < SHORTEST_SINGULAR:
        return []
    return [singular]


def _make_singular(plural) -> str:
    if plural.endswith("ies"):
        stem = plural.removesuffix("ies")
        return f"{stem}y"
    if plural.endswith(("ches", "shes", "sses", "xes", "zes")):
        return plural.removesuffix("es")
    return plural.removesuffix("s")
