"""List actions: submit or publish many records, each by itself, and report every refusal."""

from django.contrib import messages
from django.contrib.admin import helpers
from django.contrib.admin.decorators import action
from django.template.response import TemplateResponse

from commitments import publishing
from commitments.admin.acting import CHANGED, foresee
from commitments.admin.acts import ACTS, fingerprint_versions
from commitments.publishing.conditions import MAY_PUBLISH

# A page lists them all, and each is a transaction: more at once is work for a command.
AT_ONCE = 200


@action(permissions=["change"], description="Submit selected drafts for review")
def submit_selected(modeladmin, request, queryset):
    if not _refuse_too_many(modeladmin, request, queryset):
        _do_each(modeladmin, request, list(queryset), ACTS["submit"], {})


@action(permissions=["publish"], description="Publish selected records")
def publish_selected(modeladmin, request, queryset):
    """Show what would be published, then publish it."""
    if _refuse_too_many(modeladmin, request, queryset):
        return None
    records = list(queryset)
    act = ACTS["publish"]
    prospects = [foresee(act, record) for record in records]
    seen_records = _list_records(prospects)
    seen = fingerprint_versions(seen_records)
    note = request.POST.get("note", "")
    if request.POST.get("post"):
        if request.POST.get("seen") == seen:
            _do_each(modeladmin, request, records, act, {"note": note.strip()})
            return None
        modeladmin.message_user(request, CHANGED, messages.WARNING)
    context = {
        **modeladmin.admin_site.each_context(request),
        "opts": modeladmin.opts,
        "title": f"Publish {len(records)} {modeladmin.opts.verbose_name_plural}",
        "ahead": prospects,
        "along": [record for record in dict.fromkeys(seen_records) if record not in records],
        "seen": seen,
        "note": note,
        "action_checkbox_name": helpers.ACTION_CHECKBOX_NAME,
    }
    return TemplateResponse(request, "admin/commitments/publish_selected.html", context)


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


def _do_each(modeladmin, request, records, act, details):
    done = 0
    for record in records:
        try:
            record.refresh_from_db(fields=["state"])
            if record.state == act.after:  # it went along with one before it
                done += 1
                continue
            act.function(record, by=request.user, **details)
        except publishing.Refused as refusal:
            for reason in refusal.reasons:
                modeladmin.message_user(request, reason, messages.ERROR)
        except record.DoesNotExist:
            text = f"“{record}” was deleted a moment ago."
            modeladmin.message_user(request, text, messages.ERROR)
        else:
            note = details.get("note", "")
            modeladmin.log_change(request, record, f"{act.done}. {note}".strip())
            done += 1
    if done:
        modeladmin.message_user(request, f"{act.done}: {done} of {len(records)}.")
