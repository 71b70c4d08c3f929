"""What a page that looks back shows: links that lead to the same day, and no later day."""

from urllib.parse import urlencode

from django import template
from django.utils.html import format_html, format_html_join

register = template.Library()


def day_of(context):
    # Not from the variables: a fragment included with “only” has none, but its context knows the
    # request.
    return getattr(getattr(context, "request", None), "as_of", None)


@register.simple_tag(takes_context=True)
def then(context, address):
    """Return `address`, of a page that can look back, as of the day that this page looks at."""
    day = day_of(context)
    if day is None:
        return address
    page, mark, place = address.partition("#")
    return f"{page}{'&' if '?' in page else '?'}as_of={day.isoformat()}{mark}{place}"


@register.simple_tag(takes_context=True)
def and_day(context):
    """Return what makes the query of such an address, at its end, keep the day."""
    day = day_of(context)
    return "" if day is None else f"&as_of={day.isoformat()}"


@register.simple_tag(takes_context=True)
def keep_day(context):
    """Return what a form needs so that its answer looks at the same day."""
    day = day_of(context)
    return (
        ""
        if day is None
        else format_html('<input type="hidden" name="as_of" value="{}">', day.isoformat())
    )


@register.simple_tag(takes_context=True)
def by_then(context, day):
    """Return `day`, or None where it lies after the day that this page looks at: nobody knew it for
    a fact then.
    """
    looked_at = day_of(context)
    return None if day is None or (looked_at and day > looked_at) else day


@register.simple_tag(takes_context=True)
def others(context):
    """Return the page's other parameters, as sorted pairs: what stays when another day is asked
    about.
    """
    request = context.request
    known = [name for name in request.known if name not in ("as_of", "page")]
    # Sorted, since the ETag does not tell the same question in another order apart.
    return sorted((name, value) for name in known for value in request.GET.getlist(name) if value)


@register.filter
def as_fields(pairs):
    return format_html_join("", '<input type="hidden" name="{}" value="{}">', pairs)


@register.filter
def as_query(pairs):
    return f"?{urlencode(pairs)}" if pairs else ""


@register.filter
def but(pairs, names):
    """Leave out the parameters of these names."""
    return [(name, value) for name, value in pairs if name not in names.split()]
