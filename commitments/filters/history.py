"""The filters of the pages that show the ledger as a diary: by month, by party, summit or topic."""

from functools import cached_property

from django.utils.translation import gettext_lazy as _

from commitments import models
from commitments.days import MonthFilter
from commitments.filters.fields import Filters, Slug, bearing, choice_filter
from commitments.ledger import following, history

# What a reader can follow. Each has a parameter and a feed.
FOLLOWED = {
    "party": (models.Party, following.find_party_entries),
    "summit": (models.Summit, following.find_summit_entries),
    "topic": (models.Topic, following.find_topic_entries),
}
# The kind shown by default.
NEWS = "news"


class HistoryFilter(Filters):
    month = MonthFilter("recorded_at", _("Month"), _("Month of the entries (UTC), as 2026-11."))
    party = Slug(_("Party"), _("Slug of a party that the entries are about."))
    summit = Slug(_("Summit"), _("Slug of a summit that the entries are about."))
    topic = Slug(_("Topic"), _("Slug of a topic that the entries are about."))

    def filter_queryset(self, queryset):
        entries = self.of_kind(self.about)
        return self.in_month(entries)

    @cached_property
    def followed(self):
        """Return {parameter: public record} of the parameters set; the record is None if there is
        none with the slug.
        """
        records = {}
        for name, (model, _find_entries) in FOLLOWED.items():
            slug = self.form.cleaned_data[name]
            if slug:
                records[name] = bearing(model, slug).first()
        return records

    @cached_property
    def about(self):
        """The entries about all records followed, of every month and kind."""
        entries = self.queryset
        for name, record in self.followed.items():
            if record is None:
                entries = entries.none()
                continue
            _model, find_entries = FOLLOWED[name]
            about_record = find_entries(record).order_by()
            # By number, because a union cannot be filtered.
            entries = entries.filter(seq__in=about_record.values("seq"))
        return entries

    def in_month(self, entries):
        month = self.form.cleaned_data["month"]
        return self.filters["month"].filter(entries, month)

    def of_kind(self, entries):
        return entries


class NewsFilter(HistoryFilter):
    kind = choice_filter(
        [
            (NEWS, _("News")),
            ("verdicts", _("Verdicts")),
            ("pledges", _("Pledges")),
            ("corrections", _("Corrections")),
            ("all", _("Everything")),
        ],
        _("Kind of change"),
        _(
            "What is told. Default: news, all about verdicts, pledges, summits and responses, and"
            " every correction."
        ),
        method="keep_all",
    )

    def keep_all(self, entries, name, kind):
        """Keep all entries: `of_kind` narrows them."""
        return entries

    @property
    def chosen_kind(self):
        return self.form.cleaned_data["kind"] or NEWS

    def of_kind(self, entries):
        condition = history.KINDS[self.chosen_kind]
        return entries.filter(condition)
