"""The parameters of a list, as its filters declare them."""

from django.forms import ChoiceField, IntegerField

from commitments.days import DayField
from commitments.models.roots import SLUG

# Without anchors: addresses and JSON Schema have their own.
SLUG_PATTERN = SLUG.regex.pattern.removeprefix("^").removesuffix(r"\Z")


def find_repeated(request, form):
    """Return {name: error} for the parameters that stand twice and may stand once.

    Otherwise one value would win and the other be ignored without a word.
    """
    errors = {}
    repeatable = {name for name, field in form.fields.items() if may_repeat(field)}
    for name, values in request.query_params.lists():
        if len(values) > 1 and name not in repeatable:
            errors[name] = "Give it once."
    return errors


def may_repeat(field):
    return getattr(field.widget, "allow_multiple_selected", False)


def describe_parameter(name, field):
    """Return how the schema describes the filter `name`, whose form field is `field`."""
    kind = {"type": "string"}
    if isinstance(field, DayField):
        kind["format"] = "date"
    elif isinstance(field, IntegerField):
        kind = {
            "type": "integer",
            "minimum": field.min_value,
            "maximum": field.max_value,
        }
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
