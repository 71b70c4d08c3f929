"""The languages of the site, and a record's texts in the reader's language: Japanese where there is
a version in it, otherwise English.
"""

from django.conf import settings
from django.utils.translation import get_language

ENGLISH, JAPANESE = "en", "ja"


# Languages that are written from right to left, by the first part of their code.
RIGHT_TO_LEFT = frozenset(
    {"ar", "arc", "ckb", "dv", "fa", "he", "ks", "nqo", "pnb", "ps", "sd", "syr", "ug", "ur", "yi"}
)
# Scripts that are, whatever the language: az-Arab, ms-Arab.
SCRIPTS_FROM_RIGHT = frozenset({"arab", "hebr", "nkoo", "syrc", "thaa"})


def find_direction(language: str) -> str:
    """Return “rtl” for the code of a language written from right to left, else “ltr”."""
    code = language.lower()
    first, *parts = code.split("-")
    runs_left = first in RIGHT_TO_LEFT
    for part in parts:
        # A script has four letters; it says more than the language.
        if len(part) == 4 and part.isalpha():
            runs_left = part in SCRIPTS_FROM_RIGHT
    if runs_left:
        return "rtl"
    return "ltr"


def locale_at(path: str) -> str:
    """Return the locale that the address `path` of this site is answered in: its first part alone
    decides.
    """
    prefix = f"/{JAPANESE}"
    if path == prefix or path.startswith(f"{prefix}/"):
        return JAPANESE
    return settings.LANGUAGE_CODE


def spoken() -> str:
    """Return the language of the current answer: Japanese below `/ja/`, English everywhere else."""
    if get_language() == JAPANESE:
        return JAPANESE
    return ENGLISH


def text_of(record, name: str) -> tuple[str, str]:
    """Return the text `name` of `record` for the reader, and the language that it is in."""
    if spoken() == JAPANESE:
        translation = getattr(record, f"{name}_ja", "")
        if translation:
            return translation, JAPANESE
    language = ENGLISH
    if name == "title":
        # A publication keeps its own title. Everything else is written in English first.
        language = getattr(record, "language", ENGLISH)
    return getattr(record, name), language
