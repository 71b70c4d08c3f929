"""Lead from the form of what belongs to one pledge back to that pledge."""

from django.http import HttpResponseRedirect
from django.urls import reverse

from commitments.models import Assessment

# In an address: it was opened from the pledge. It names no address, so it can lead nowhere else.
ORIGIN = "_from"
FROM_PLEDGE = "pledge"
QUERY = "?_from=pledge"
# A form that adds is opened for a pledge by one of these.
OPENED_FOR = ("pledge", "undertaking")
SAVE_AND_GO_BACK = "_topledge"


class GoingBack:
    """For a ModelAdmin of a root that belongs to one pledge."""

    def render_change_form(self, request, context, *args, **kwargs):
        record = kwargs.get("obj")
        # What is saved of a published record waits for somebody else, or asks for a note first.
        is_public = record is not None and record.is_published
        is_popup = context.get("is_popup")
        context["leads_to_pledge"] = not is_public and not is_popup
        if comes_from_pledge(request):
            context["comes_from_pledge"] = True
            context["origin"] = QUERY
        return super().render_change_form(request, context, *args, **kwargs)

    def response_post_save_add(self, request, obj):
        response = super().response_post_save_add(request, obj)
        return _go_back_if_said(request, obj, response)

    def response_post_save_change(self, request, obj):
        response = super().response_post_save_change(request, obj)
        return _go_back_if_said(request, obj, response)

    def act_view(self, request, object_id, name):
        """Go back to the pledge once the act is done."""
        response = super().act_view(request, object_id, name)
        if request.method != "POST" or not comes_from_pledge(request):
            return response
        if not isinstance(response, HttpResponseRedirect):
            return response
        record = self.get_object(request, object_id)
        address = find_pledge_address(record)
        return HttpResponseRedirect(address)


def comes_from_pledge(request):
    """Whether this form or page was opened from a pledge at the desk, or for one."""
    query = request.GET
    if query.get(ORIGIN) == FROM_PLEDGE:
        return True
    return any(query.get(name) for name in OPENED_FOR)


def _go_back_if_said(request, record, response):
    if SAVE_AND_GO_BACK not in request.POST:
        return response
    address = find_pledge_address(record)
    return HttpResponseRedirect(address)


def find_pledge_address(record):
    """Return the address of the form of the pledge that `record` belongs to."""
    owner = record
    if isinstance(record, Assessment):
        owner = record.undertaking
    return reverse(
        "admin:commitments_pledge_change",
        args=[owner.pledge_id],
    )
