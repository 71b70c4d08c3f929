"""Text as a curator may enter it: composed Unicode, without characters that hide or reorder text."""

import secrets
import unicodedata

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

# Zero-width and direction-changing characters make two different titles look the same.
HIDDEN = frozenset("\u200b\u200e\u200f\u2060\ufeff\u00ad\u2028\u2029" + "\u202a\u202b\u202c\u202d\u202e") | {
    chr(code) for code in range(0x2066, 0x206A)
}


def forbidden_character(text, *, allowed="\n\t"):
    """Return the first control, surrogate, hidden or direction-changing character of `text`, or None."""
    for character in text:
        if character in allowed:
            continue
        if character in HIDDEN or unicodedata.category(character) in {"Cc", "Cs"}:
            return character
    return None


def refuse_hidden_characters(text):
    found = forbidden_character(text.replace("\r\n", "\n"))
    if found:
        raise ValidationError(
            _("Contains the invisible character %(code)s. Remove it: it would hide or reorder text."),
            code="hidden_character",
            params={"code": f"U+{ord(found):04X}"},
        )


def random_suffix():
    """Return eight characters for a slug: random, so that it does not tell how many drafts exist."""
    return "".join(secrets.choice("abcdefghjkmnpqrstuvwxyz23456789") for _ in range(8))


class _Text:
    default_validators = [refuse_hidden_characters]

    def to_python(self, value):
        value = super().to_python(value)
        return unicodedata.normalize("NFC", value) if isinstance(value, str) else value

    def pre_save(self, model_instance, add):
        # Programs that save without full_clean() must store the same text as a form does.
        value = self.to_python(getattr(model_instance, self.attname))
        setattr(model_instance, self.attname, value)
        return value


class Line(_Text, models.CharField):
    """One line of text."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("max_length", 200)
        super().__init__(*args, **kwargs)


class Prose(_Text, models.TextField):
    """Text of any length, as a reader will see it: plain, paragraphs by an empty line."""
