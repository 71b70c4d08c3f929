"""Text as a curator may enter it: composed Unicode, and no characters that hide or reorder text."""

import secrets
import unicodedata

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

# Control, surrogate, format (zero-width, direction-changing) and separator characters: with them
# two different titles can look the same.
HIDING = frozenset({"Cc", "Cs", "Cf", "Zl", "Zp"})
# The joiners are spelling in several scripts.
JOINERS = "\u200c\u200d"


def find_forbidden_character(text, *, allowed="\n\t"):
    """Return the first character of `text` that hides or reorders text, or None."""
    for character in text:
        if character not in allowed + JOINERS and unicodedata.category(character) in HIDING:
            return character
    return None


def refuse_hidden_characters(text):
    character = find_forbidden_character(text.replace("\r\n", "\n"))
    if character:
        raise ValidationError(
            _(
                "Contains the invisible character %(code)s. Remove it: it would hide or reorder"
                " text."
            ),
            code="hidden_character",
            params={"code": f"U+{ord(character):04X}"},
        )


LANGUAGE = RegexValidator(
    r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*\Z",
    _("Give the language by its code: “en”, “ja”, “fr”, “zh-Hans”."),
)


def build_choices(words):
    """Return what a column offers: each code of the table `words` with its label."""
    choices = {}
    for code, forms in words.items():
        choices[code.value] = _(forms.label)
    return list(choices.items())


def random_suffix():
    """Return eight random characters for a slug; a number would reveal how many drafts exist."""
    return "".join(secrets.choice("abcdefghjkmnpqrstuvwxyz23456789") for _ in range(8))


def refuse_line_breaks(text):
    if "\n" in text or "\r" in text:
        raise ValidationError(_("Write this in one line."), code="line_break")


class _Text:
    default_validators = [refuse_hidden_characters]

    def to_python(self, value):
        value = super().to_python(value)
        if not isinstance(value, str):
            return value
        # A browser sends its own line ends; an untouched text must not look changed for them.
        return unicodedata.normalize("NFC", value.replace("\r\n", "\n").replace("\r", "\n"))

    def pre_save(self, model_instance, add):
        # Programs that save without full_clean() must store the same text as a form does.
        value = self.to_python(getattr(model_instance, self.attname))
        setattr(model_instance, self.attname, value)
        return value


class Line(_Text, models.CharField):
    """One line of text."""

    default_validators = [refuse_hidden_characters, refuse_line_breaks]

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("max_length", 200)
        super().__init__(*args, **kwargs)


class Prose(_Text, models.TextField):
    """Text of any length, as a reader will see it: plain, paragraphs by an empty line."""
