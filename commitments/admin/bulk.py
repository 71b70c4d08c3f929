"""List actions: submit or publish many records, each by itself, and report every refusal."""

from django.contrib import messages
from django.contrib.admin import helpers
from django.contrib.admin.decorators import action
from django.template.response import TemplateResponse

from commitments import publishing
from commitments.admin.acting import CHANGED, foresee, needs_someone_else
from commitments.admin.acts import ACTS, fingerprint_versions
from commitments.admin.readings import load_readings
from commitments.publishing.conditions import MAY_PUBLISH

# A page lists them all, and each is a transaction: more at once is work for a command.
AT_ONCE = 200


@action(permissions=["change"], description="Submit selected drafts for review")
def submit_selected(modeladmin, request, queryset):
    return act_on_selected(modeladmin, request, queryset, ACTS["submit"])


@action(permissions=["publish"], description="Publish selected records")
def publish_selected(modeladmin, request, queryset):
    return act_on_selected(modeladmin, request, queryset, ACTS["publish"])


def act_on_selected(modeladmin, request, queryset, act):
    """Show what `act` would do to the selected records, and what goes along; then do it."""
    if _refuse_too_many(modeladmin, request, queryset):
        return None
    records = list(queryset)
    kinds = modeladmin.opts.verbose_name_plural
    prospects = []
    for record in records:
        ahead = foresee(act, record, by=request.user)
        prospects.append(ahead)
    seen_records = _list_records(prospects)
    seen = fingerprint_versions(seen_records)
    if request.POST.get("post"):
        if request.POST.get("seen") == seen:
            _do_each(modeladmin, request, prospects, act)
            return None
        modeladmin.message_user(request, CHANGED, messages.WARNING)
    readings = {}
    for reading in load_readings(dict.fromkeys(seen_records)):
        readings[reading.record] = reading
    selected = [(ahead, readings.pop(ahead.record, None)) for ahead in prospects]
    context = {
        **modeladmin.admin_site.each_context(request),
        "opts": modeladmin.opts,
        "title": f"{act.label}: {len(records)} {kinds}",
        "act": act,
        "action": f"{act.name}_selected",
        "someone_else": needs_someone_else(act),
        "selected": selected,
        # What is left goes along.
        "along": list(readings.values()),
        "along_ticked": bool(request.POST.get("along")),
        "seen": seen,
        "note": request.POST.get("note", ""),
        "action_checkbox_name": helpers.ACTION_CHECKBOX_NAME,
    }
    return TemplateResponse(request, "admin/commitments/act_selected.html", context)


class Bulk:
    """For a ModelAdmin of a root."""

    def has_publish_permission(self, request):
        return self.has_change_permission(request) and request.user.has_perm(MAY_PUBLISH)


def _list_records(prospects):
    """Return all records of the prospects, each after those that go along with it."""
    records = []
    for ahead in prospects:
        records += [*ahead.along, ahead.record]
    return records


def _refuse_too_many(modeladmin, request, queryset):
    """Whether more records are selected than one request may change; say so if they are."""
    count = queryset.count()
    if count <= AT_ONCE:
        return False
    text = f"{count} are selected; choose at most {AT_ONCE} at a time. Nothing was changed."
    modeladmin.message_user(request, text, messages.ERROR)
    return True


def _do_each(modeladmin, request, prospects, act):
    done = 0
    selected = {ahead.record for ahead in prospects}
    for ahead in prospects:
        record = ahead.record
        try:
            record.refresh_from_db(fields=["state"])
            if record.state == act.after:  # it went along with one before it
                done += 1
                continue
            details = _read_details(request, act, ahead, selected)
            act.function(record, by=request.user, **details)
        except publishing.Refused as refusal:
            for reason in refusal.reasons:
                modeladmin.message_user(request, reason, messages.ERROR)
        except record.DoesNotExist:
            text = f"“{record}” was deleted a moment ago."
            modeladmin.message_user(request, text, messages.ERROR)
        else:
            modeladmin.log_act(request, act, record, details.get("note", ""))
            done += 1
    if done:
        modeladmin.message_user(request, f"{act.done}: {done} of {len(prospects)}.")


def _read_details(request, act, ahead, selected):
    """Return the arguments of the act's function that the page asks for."""
    if act.name == "submit":
        # What is selected itself was agreed to by the selection.
        agreed = selected.issuperset(ahead.along)
        ticked = bool(request.POST.get("along"))
        return {"along": agreed or ticked}
    note = request.POST.get("note", "")
    return {"note": note.strip()}
