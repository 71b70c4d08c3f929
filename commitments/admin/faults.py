"""What a form says of what was typed: one sentence a field, and a button for what is
invisible.
"""

from django import forms
from django.utils.html import format_html

from commitments.models.fields import describe_hidden_characters, remove_hidden_characters

# The name of the button that saves without the invisible characters.
REMOVE_HIDDEN = "_remove_hidden"


class FaultWriter:
    """For a form: each field has one sentence, the first one."""

    def full_clean(self):
        super().full_clean()
        if not self.is_bound:
            return
        for name, errors in self.errors.items():
            if name in self.fields:
                del errors.data[1:]
                self._name_hidden_characters(name, errors)

    def _name_hidden_characters(self, name, errors):
        """Say which invisible characters the text has. They may be why it was refused."""
        text = self.data.get(self.add_prefix(name))
        sentence = describe_hidden_characters(text or "")
        if not sentence:
            return
        words = format_html(
            '{} <button type="submit" name="{}" value="on" class="remove-hidden">Remove and'
            " save</button>",
            sentence,
            REMOVE_HIDDEN,
        )
        errors.data[:] = [forms.ValidationError(words, code="hidden_character")]


def take_hidden_out(request):
    """Remove the invisible characters from what was posted, if their button was pressed."""
    if REMOVE_HIDDEN not in request.POST:
        return
    data = request.POST.copy()
    for name, values in data.lists():
        data.setlist(name, [remove_hidden_characters(value) for value in values])
    # Back to the form, so that the curator sees what was saved.
    data["_continue"] = "on"
    request.POST = data
