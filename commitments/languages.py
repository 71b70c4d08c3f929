"""A record's texts in the reader's language: the Japanese version where there is one, else the
English.
"""

from django.conf import settings
from django.utils.translation import get_language

ENGLISH, JAPANESE = "en", "ja"


def locale_at(path: str) -> str:
    """Return the locale that the address `path` of this site is answered in, by its first part
    alone.
    """
    return (
        JAPANESE
        if path == f"/{JAPANESE}" or path.startswith(f"/{JAPANESE}/")
        else settings.LANGUAGE_CODE
    )


def spoken() -> str:
    """Return the language of the answer being made: English, unless it is asked for under
    `/ja/`.
    """
    return JAPANESE if get_language() == JAPANESE else ENGLISH


def text_of(record, name: str) -> tuple[str, str]:
    """Return what a reader is shown of the text `name` of `record`, and the language it is in."""
    japanese = getattr(record, f"{name}_ja", "") if spoken() == JAPANESE else ""
    if japanese:
        return japanese, JAPANESE
    # A publication is called what it calls itself; all else is written in English first.
    return getattr(record, name), (
        getattr(record, "language", ENGLISH) if name == "title" else ENGLISH
    )
