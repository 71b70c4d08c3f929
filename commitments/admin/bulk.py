"""List actions: submit and publish many records, each by itself, with every refusal told."""

from django.contrib import messages
from django.contrib.admin import helpers
from django.contrib.admin.decorators import action
from django.template.response import TemplateResponse

from commitments import publishing
from commitments.admin.acting import CHANGED, prospect
from commitments.admin.acts import ACTS, fingerprint_versions
from commitments.publishing.conditions import MAY_PUBLISH

# A page lists them all, and each is a transaction: more at once is work for a command.
AT_ONCE = 200


@action(permissions=["change"], description="Submit selected drafts for review")
def submit_selected(modeladmin, request, queryset):
    if not _too_many(modeladmin, request, queryset):
        _do_each(modeladmin, request, list(queryset), ACTS["submit"], {})


@action(permissions=["publish"], description="Publish selected records")
def publish_selected(modeladmin, request, queryset):
    """Show what would be published, then publish it."""
    if _too_many(modeladmin, request, queryset):
        return None
    records = list(queryset)
    ahead = [prospect(ACTS["publish"], record) for record in records]
    seen = fingerprint_versions([one for each in ahead for one in [*each.along, each.record]])
    if request.POST.get("post"):
        if request.POST.get("seen") == seen:
            _do_each(
                modeladmin,
                request,
                records,
                ACTS["publish"],
                {"note": request.POST.get("note", "").strip()},
            )
            return None
        modeladmin.message_user(request, CHANGED, messages.WARNING)
    context = {
        **modeladmin.admin_site.each_context(request),
        "opts": modeladmin.opts,
        "title": f"Publish {len(records)} {modeladmin.opts.verbose_name_plural}",
        "ahead": ahead,
        "along": list(
            dict.fromkeys(other for each in ahead for other in each.along if other not in records)
        ),
        "seen": seen,
        "note": request.POST.get("note", ""),
        "action_checkbox_name": helpers.ACTION_CHECKBOX_NAME,
    }
    return TemplateResponse(request, "admin/commitments/publish_selected.html", context)


class Bulk:
    """For a ModelAdmin of a root."""

    def has_publish_permission(self, request):
        return self.has_change_permission(request) and request.user.has_perm(MAY_PUBLISH)


def _too_many(modeladmin, request, queryset):
    chosen = queryset.count()
    if chosen > AT_ONCE:
        text = f"{chosen} are selected; choose at most {AT_ONCE} at a time. Nothing was changed."
        modeladmin.message_user(request, text, messages.ERROR)
    return chosen > AT_ONCE


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
            modeladmin.message_user(
                request, f"“{record}” was deleted a moment ago.", messages.ERROR
            )
        else:
            modeladmin.log_change(request, record, f"{act.done}. {details.get('note', '')}".strip())
            done += 1
    if done:
        modeladmin.message_user(request, f"{act.done}: {done} of {len(records)}.")
