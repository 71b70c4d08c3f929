"""The parameters of a list, as its filters declare them."""

from django.forms import ChoiceField, IntegerField

from commitments.days import DayField
from commitments.models.roots import SLUG

# Without anchors: addresses and JSON Schema have their own.
SLUG_PATTERN = SLUG.regex.pattern.removeprefix("^").removesuffix(r"\Z")


def repeated(request, form):
    """Return an error for every parameter given twice that may be given once: one would win
    unseen.
    """
    several = {name for name, field in form.fields.items() if may_repeat(field)}
    lists = request.query_params.lists()
    return {
        name: "Give it once." for name, values in lists if len(values) > 1 and name not in several
    }


def may_repeat(field):
    return getattr(field.widget, "allow_multiple_selected", False)


def parameter(name, field):
    """Return how the schema describes the filter `name`, from its form field."""
    kind = {"type": "string"}
    if isinstance(field, DayField):
        kind["format"] = "date"
    elif isinstance(field, IntegerField):
        kind = {"type": "integer", "minimum": field.min_value, "maximum": field.max_value}
    elif isinstance(field, ChoiceField):
        kind["enum"] = [value for value, _word in field.choices if value]
    elif field.max_length:
        kind["maxLength"] = field.max_length
        if SLUG in field.validators:
            kind["pattern"] = f"^(?:{SLUG_PATTERN})?$"
    if may_repeat(field):
        kind = {"type": "array", "items": kind}
    # An empty value counts as none: forms send the fields that a reader left empty.
    return {
        "name": name,
        "in": "query",
        "description": str(field.help_text),
        "schema": kind,
        "allowEmptyValue": True,
    }
