"""What the admin of records that bear on a pledge, or on some of its undertakings, shares."""

from django.forms import CheckboxSelectMultiple

from commitments.admin.forms import RootForm, make_slug_under
from commitments.admin.going_back import GoingBack
from commitments.admin.roots import RootAdmin
from commitments.models import Pledge, Undertaking


class UnderPledgeForm(RootForm):
    """Offers only the undertakings of the chosen pledge."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "undertakings" in self.fields:
            self._limit_undertakings()

    def _limit_undertakings(self):
        field = self.fields["undertakings"]
        undertakings = Undertaking.objects.filter(pledge=self.pledge_id)
        field.queryset = undertakings.select_related("party", "pledge")
        field.label_from_instance = lambda row: row.party.name
        if self.pledge_id is None:
            field.help_text = (
                "Choose a pledge and save: then its parties are offered here. None chosen: all."
            )

    @property
    def pledge_id(self):
        """The key of the pledge: typed, stored or named by the link."""
        if "pledge" not in self.fields:
            return self.instance.pledge_id
        if self.is_bound:
            key = self.data.get("pledge")
        else:
            key = self.instance.pledge_id or self.initial.get("pledge")
        if not str(key).isdecimal():
            return None
        return int(key)

    def clean(self):
        cleaned = super().clean()
        pledge = cleaned.get("pledge")
        if pledge and not self.instance.slug:
            self.instance.slug = make_slug_under(pledge)
        return cleaned


class UnderPledgeAdmin(GoingBack, RootAdmin):
    """A record of one pledge, which it never leaves once it was public."""

    form = UnderPledgeForm
    save_as = True

    def get_readonly_fields(self, request, obj=None):
        fields = list(super().get_readonly_fields(request, obj))
        # Verdicts on its pledge may rest on a published record, so it cannot move to another one.
        if obj and self.keeps_slug(obj):
            fields.append("pledge")
        return fields

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        kwargs.setdefault("widget", CheckboxSelectMultiple)
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def find_pledge(self, form):
        """Return the pledge that the form is about; None as long as nobody chose one."""
        if not hasattr(form, "pledge_id"):
            return None
        return Pledge.objects.filter(pk=form.pledge_id).first()
