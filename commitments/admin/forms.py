"""The form of every root: it refuses to overwrite what somebody else saved meanwhile."""

import secrets

from django import forms
from django.utils.text import slugify

from commitments.admin.faults import FaultWriter
from commitments.admin.imprecise import DateReader
from commitments.models import Pledge
from commitments.models.fields import random_suffix
from commitments.models.roots import RESERVED_SLUGS

SLUG_LENGTH = 160


class HiddenText(forms.CharField):
    """A hidden text that is part of the form, and not of the record."""

    widget = forms.HiddenInput

    def has_changed(self, initial, data):
        return False


class TypedForm(FaultWriter, DateReader, forms.ModelForm):
    """A form that reads days as people write them and says one thing of a field."""


class RootForm(TypedForm):
    """A root's form, with the record's version when it was opened, and a token to add only once."""

    version = HiddenText(required=False)
    token = HiddenText(required=False, max_length=60)

    # Set by the ModelAdmin.
    request = None
    # An empty slug is made from the text of this field.
    named_by = None
    stale = False

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["version"] = self.instance.version
        self.initial["token"] = secrets.token_urlsafe(16)
        slug = self.fields.get("slug")
        if slug:
            slug.required = False
            slug.help_text = "Its public id, for good. Empty: made of the name."

    def clean(self):
        cleaned = super().clean()
        reasons = getattr(self.request, "refused", [])
        for reason in reasons:
            error = forms.ValidationError(reason, code="refused")
            self.add_error(None, error)
        if self.instance.pk and not reasons:
            self._refuse_stale(cleaned.get("version"))
        if "slug" in self.fields and "slug" not in self.errors and not cleaned.get("slug"):
            name = cleaned.get(self.named_by) or ""
            cleaned["slug"] = make_free_slug(self._meta.model, name)
        return cleaned

    def _refuse_stale(self, opened_version):
        """Add an error if somebody saved the record after this form was opened."""
        record = self.instance
        rows = type(record)._base_manager.select_for_update()
        version = rows.values_list("version", flat=True).get(pk=record.pk)
        if str(version) == opened_version:
            # The amendment of a published record raises the version itself.
            record.version = version if record.is_published else version + 1
            return
        self.stale = True
        # The page shows what is stored now, so the next save may overwrite it.
        self.data = self.data.copy()
        self.data[self.add_prefix("version")] = str(version)
        error = forms.ValidationError(
            "Somebody else saved this record after you opened it, so yours was not saved. Both"
            " texts stand side by side above; what you typed is still in the form. Tick what"
            " you would rather take from them, and save again.",
            code="stale",
        )
        self.add_error(None, error)


class Amendment(forms.Form):
    """What the form of a published record asks for besides: why it is changed."""

    public_note = forms.CharField(
        label="What was changed and why (public)",
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Stands in the public ledger beside the change, for good, once it is approved.",
    )
    corrects_error = forms.BooleanField(
        label="This corrects an error of ours",
        required=False,
        help_text="Then it also stands among the corrections.",
    )


def make_free_slug(model, text):
    """Return a slug made of `text` that no other record of `model` has."""
    words = slugify(text).replace("_", "-").strip("-")
    stem = words[: SLUG_LENGTH - 10].strip("-")
    if not stem:
        return f"{model._meta.model_name}-{random_suffix()}"
    taken = stem in RESERVED_SLUGS or model._base_manager.filter(slug=stem).exists()
    if taken:
        return f"{stem}-{random_suffix()}"
    return stem


def make_slug_under(pledge: Pledge):
    """Return a slug for a record of `pledge`; a number in it would show how many drafts exist."""
    start = pledge.slug[: SLUG_LENGTH - 9].strip("-")
    return f"{start}-{random_suffix()}"
