"""Pages that look back: their links lead to the same day, and they show no later day."""

from urllib.parse import urlencode

from django import template
from django.utils.html import format_html, format_html_join

register = template.Library()


def day_of(context):
    """Return the day that the page looks at; None for today."""
    # From the request, because a fragment included with “only” has no variables.
    return getattr(getattr(context, "request", None), "as_of", None)


@register.simple_tag(takes_context=True)
def then(context, address):
    """Return `address`, of a page that can look back, as of the day that this page looks at."""
    day = day_of(context)
    if day is None:
        return address
    page, mark, place = address.partition("#")
    separator = "&" if "?" in page else "?"
    return f"{page}{separator}as_of={day}{mark}{place}"


@register.simple_tag(takes_context=True)
def and_day(context):
    """Return the end of a query that makes an address keep the day."""
    day = day_of(context)
    if day is None:
        return ""
    return f"&as_of={day}"


@register.simple_tag(takes_context=True)
def keep_day(context):
    """Return the field that a form needs so that its answer looks at the same day."""
    day = day_of(context)
    if day is None:
        return ""
    return format_html('<input type="hidden" name="as_of" value="{}">', day)


@register.simple_tag(takes_context=True)
def by_then(context, day):
    """Return `day`, or None if it is after the day that this page looks at: nobody knew then that
    it would come true.
    """
    as_of = day_of(context)
    if as_of and day and day > as_of:
        return None
    return day


@register.simple_tag(takes_context=True)
def page_parameters(context):
    """Return the parameters that stay when the reader chooses another day, as sorted pairs."""
    request = context.request
    pairs = []
    for name in request.known:
        if name in ("as_of", "page"):
            continue
        for value in request.GET.getlist(name):
            if value:
                pairs.append((name, value))
    # Sorted, because the same parameters in another order have the same ETag.
    return sorted(pairs)


@register.filter
def as_fields(pairs):
    """Return the hidden fields that keep these parameters in a form."""
    return format_html_join("", '<input type="hidden" name="{}" value="{}">', pairs)


@register.filter
def as_query(pairs):
    """Return the query with these parameters."""
    if not pairs:
        return ""
    return f"?{urlencode(pairs)}"


@register.filter
def without(pairs, names):
    """Leave out the parameters of these names: {{ pairs|without:"view zoom" }}."""
    unwanted = names.split()
    return [(name, value) for name, value in pairs if name not in unwanted]
