"""The form every root is edited by: it refuses to overwrite what somebody else saved meanwhile."""

import secrets

from django import forms
from django.utils.text import slugify

from commitments.models import Pledge
from commitments.models.fields import random_suffix
from commitments.models.roots import RESERVED_SLUGS
from commitments.verdicts.dates import Precision

SLUG_LENGTH = 160


class Unseen(forms.CharField):
    """A hidden text that is part of the form, and not of the record."""

    widget = forms.HiddenInput

    def has_changed(self, initial, data):
        return False


class RootForm(forms.ModelForm):
    """A root's form: carries the version it was opened at, and a token that makes adding happen
    once.
    """

    version = Unseen(required=False)
    token = Unseen(required=False, max_length=60)

    # Set by the ModelAdmin.
    request = None
    # The field whose text an empty slug is made of.
    named_by = None
    stale = False

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["version"] = self.instance.version
        self.initial["token"] = secrets.token_urlsafe(16)
        if "slug" in self.fields:
            self.fields["slug"].required = False
            self.fields["slug"].help_text = "Its public id, for good. Empty: made of the name."

    def clean(self):
        cleaned = super().clean()
        refused = getattr(self.request, "refused", [])
        for reason in refused:
            self.add_error(None, forms.ValidationError(reason, code="refused"))
        if self.instance.pk and not refused:
            self._refuse_stale(cleaned.get("version"))
        if "slug" in self.fields and not cleaned.get("slug") and "slug" not in self.errors:
            cleaned["slug"] = free_slug(self._meta.model, cleaned.get(self.named_by) or "")
        for name in self.fields:
            if name.endswith("_precision") and name not in self.changed_data:
                self._read_untouched(name, cleaned)
        return cleaned

    def _read_untouched(self, precision, cleaned):
        """Take a day whose precision nobody chose for the day itself, and none for no date
        known.
        """
        day = precision.removesuffix("_precision")
        if day in cleaned and cleaned.get(precision) in (Precision.DAY, Precision.NONE):
            cleaned[precision] = (Precision.DAY if cleaned[day] else Precision.NONE).value

    def _refuse_stale(self, opened_at):
        rows = type(self.instance)._base_manager.select_for_update()
        current = rows.values_list("version", flat=True).get(pk=self.instance.pk)
        if str(current) == opened_at:
            # Of a published record the amendment itself counts on.
            self.instance.version = current if self.instance.is_published else current + 1
            return
        self.stale = True
        # The next save is made in knowledge of what stands there now.
        self.data = self.data.copy()
        self.data[self.add_prefix("version")] = str(current)
        self.add_error(
            None,
            forms.ValidationError(
                "Somebody else saved this record after you opened it, so yours was not saved. Both"
                " texts stand side by side above; what you typed is still in the form. Tick what"
                " you would rather take from them, and save again.",
                code="stale",
            ),
        )


class Amendment(forms.Form):
    """What a reviewer adds to the form of a published record."""

    public_note = forms.CharField(
        label="What was changed and why (public)",
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Stands in the public ledger beside the change, for good.",
    )
    corrects_error = forms.BooleanField(
        label="This corrects an error of ours",
        required=False,
        help_text="Then it also stands among the corrections.",
    )


def free_slug(model, text):
    """Return a slug made of `text` that no other record of `model` has."""
    stem = slugify(text).replace("_", "-").strip("-")[: SLUG_LENGTH - 10].strip("-")
    if not stem:
        return f"{model._meta.model_name}-{random_suffix()}"
    taken = stem in RESERVED_SLUGS or model._base_manager.filter(slug=stem).exists()
    return f"{stem}-{random_suffix()}" if taken else stem


def slug_under(pledge: Pledge):
    """Return a slug for a record of `pledge`: random, so that it does not tell how many drafts
    there are.
    """
    return f"{pledge.slug[: SLUG_LENGTH - 9].strip('-')}-{random_suffix()}"
