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
# Joiners are spelling in several scripts, and text from right to left needs direction marks.
JOINERS = "\u200c\u200d"
DIRECTION_MARKS = "\u200e\u200f\u061c"
# They set a part apart whose direction differs. One that is never closed would turn what follows.
ISOLATES, END_OF_ISOLATE = "\u2066\u2067\u2068", "\u2069"
# They stand among the format characters and are seen: signs of Arabic and Syriac.
SEEN = "\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2"
# What removes an invisible character must not join two words that it kept apart.
SEPARATING = "\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\u2028\u2029"
HIDDEN = "hidden_character"
NAMED_CHARACTERS = 3
LONGEST_WORD = 30
# Control characters have no name in Unicode; these are better known by another one.
KNOWN_NAMES = {
    "\u00ad": "soft hyphen",
    "\u200b": "zero-width space",
    "\u2060": "word joiner",
    "\ufeff": "byte order mark",
}
# Characters: longer than any text of a record.
LONGEST_PROSE = 20_000


def find_forbidden_character(text, *, allowed="\n\t"):
    """Return the first character of `text` that hides or reorders text, or None."""
    places = _find_hidden_places(text, allowed)
    return next((text[place] for place in places), None)


def _find_hidden_places(text, allowed="\n\t"):
    """Return the place of each character of `text` that hides or reorders text."""
    allowed += JOINERS + DIRECTION_MARKS + SEEN
    places = []
    open_isolates = []
    for place, character in enumerate(text):
        category = unicodedata.category(character)
        if character in ISOLATES:
            open_isolates.append(place)
        elif character == END_OF_ISOLATE and open_isolates:
            open_isolates.pop()
        elif category in HIDING and character not in allowed:
            places.append(place)
        if character == "\n":
            # A paragraph ends every isolate in it.
            places += open_isolates
            open_isolates.clear()
    places += open_isolates
    return sorted(places)


def remove_hidden_characters(text):
    """Return `text` without the characters that hide or reorder text."""
    places = _find_hidden_places(text)
    hidden = set(places)
    characters = []
    for place, character in enumerate(text):
        if place not in hidden:
            characters.append(character)
        elif character in SEPARATING:
            characters.append(" ")
    return "".join(characters)


def describe_hidden_characters(text):
    """Return the sentence on the characters of `text` that hide or reorder text; "" without one."""
    places = _find_hidden_places(text)
    if not places:
        return ""
    names = []
    for place in places[:NAMED_CHARACTERS]:
        name = _locate_character(text, place)
        names.append(name)
    more = len(places) - len(names)
    if more:
        names.append(f"{more} more")
    characters = ", ".join(names)
    if len(places) == 1:
        return f"There is an invisible {characters}. It hides or reorders text: take it out."
    return (
        f"There are invisible characters: {characters}. They hide or reorder text: take them out."
    )


def _locate_character(text, place):
    """Return the code and name of an invisible character, and the word that it stands after."""
    character = text[place]
    code = _name_character(character)
    before = _list_words(text[:place])
    if before:
        word = before[-1]
        return f"{code} after “{word[-LONGEST_WORD:]}”"
    after = _list_words(text[place:])
    if after:
        word = after[0]
        return f"{code} before “{word[:LONGEST_WORD]}”"
    return code


def _name_character(character):
    number = ord(character)
    code = f"U+{number:04X}"
    name = KNOWN_NAMES.get(character)
    if name is None:
        name = unicodedata.name(character, "")
        name = name.lower()
    if not name:
        return code
    return f"{code} ({name})"


def _list_words(text):
    plain = remove_hidden_characters(text)
    return plain.split()


def refuse_hidden_characters(text):
    sentence = describe_hidden_characters(text.replace("\r\n", "\n"))
    if sentence:
        raise ValidationError(sentence, code=HIDDEN)


def refuse_long_prose(text):
    if len(text) > LONGEST_PROSE:
        raise ValidationError(
            f"This has {len(text):,} characters; at most {LONGEST_PROSE:,} fit here. Shorten it.",
            code="prose_length",
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

    def formfield(self, **kwargs):
        sentence = "This has %(show_value)d characters; at most %(limit_value)d fit. Shorten it."
        kwargs.setdefault("error_messages", {"max_length": sentence})
        return super().formfield(**kwargs)


class Line(_Text, models.CharField):
    """One line of text."""

    default_validators = [refuse_hidden_characters, refuse_line_breaks]

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("max_length", 200)
        super().__init__(*args, **kwargs)


class Prose(_Text, models.TextField):
    """Text as a reader will see it: plain, paragraphs by an empty line."""

    default_validators = [refuse_hidden_characters, refuse_long_prose]
