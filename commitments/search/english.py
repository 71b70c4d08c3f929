"""The other ways to write an English word: its other number, and its American or British
spelling.
"""

import re
from functools import lru_cache

# Not the plurals of "new" and "aid"; of the others the singular means something else.
NO_PLURALS = frozenset({"aids", "news", "customs", "goods", "means"})
# Of a plural word; shorter ones are abbreviations more often.
SHORTEST_SINGULAR = 3
# American and British beginnings of words. What they make of words that have one spelling alone
# (laboratory: "labouratory") stands in no text, and so finds nothing.
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
# Longer ones first: "programme" begins with "program" as well.
OTHER_BEGINNINGS = sorted(
    (pair for two in BEGINNINGS for pair in (two, two[::-1])), key=lambda pair: -len(pair[0])
)
# Organize, organise; analyze, analyse.
ENDING = re.compile("([a-z]{3,}i|[a-z]{2,}y)([sz])(e[drs]?|ers|ing|ations?|ational)")
OTHER_LETTER = {"s": "z", "z": "s"}


@lru_cache(10_000)
def other_spelling(word) -> str:
    """Return `word` as the other side of the Atlantic spells it; the word itself where we know no
    other spelling.
    """
    if found := ENDING.fullmatch(word):
        return found[1] + OTHER_LETTER[found[2]] + found[3]
    for one, other in OTHER_BEGINNINGS:
        if word.startswith(one):
            return other + word[len(one) :]
    return word


def other_numbers(word) -> list[str]:
    """Return what may be the singular of a plural, or a plural that does not begin with its
    singular.
    """
    if word in NO_PLURALS or not word.isalpha():
        return []
    if word.endswith("y") and word[-2] not in "aeiou":
        return [word[:-1] + "ies"]
    if not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return []
    singulars = [word[:-1]]
    if word.endswith("ies"):
        singulars = [word[:-3] + "y"]
    elif word.endswith(("ches", "shes", "sses", "xes", "zes")):
        singulars = [word[:-2]]
    return [one for one in singulars if len(one) >= SHORTEST_SINGULAR]
