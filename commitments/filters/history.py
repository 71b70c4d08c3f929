"""The filters of the pages that tell the ledger as a story: of a month, about a summit, a party or
a topic.
"""

from functools import cached_property

from django.utils.translation import gettext_lazy as _

from commitments import models
from commitments.days import MonthFilter
from commitments.filters.fields import Filters, Slug, bearing, choice_filter
from commitments.ledger import following, history

# What can be followed: a parameter and a feed for each.
FOLLOWED = {
    "party": (models.Party, following.find_party_entries),
    "summit": (models.Summit, following.find_summit_entries),
    "topic": (models.Topic, following.find_topic_entries),
}
# The kind that is told unasked.
NEWS = "news"


class HistoryFilter(Filters):
    month = MonthFilter("recorded_at", _("Month"), _("Month of the entries (UTC), as 2026-11."))
    party = Slug(_("Party"), _("Slug of a party that the entries are about."))
    summit = Slug(_("Summit"), _("Slug of a summit that the entries are about."))
    topic = Slug(_("Topic"), _("Slug of a topic that the entries are about."))

    def filter_queryset(self, queryset):
        return self.in_month(self.of_kind(self.about))

    @cached_property
    def followed(self):
        """Return the public record by the name of each parameter that asks for one; None where
        there is none.
        """
        asked = {name: slug for name in FOLLOWED if (slug := self.form.cleaned_data[name])}
        return {name: bearing(FOLLOWED[name][0], slug).first() for name, slug in asked.items()}

    @cached_property
    def about(self):
        """The entries about all that is followed, of every month and kind."""
        entries = self.queryset
        for name, record in self.followed.items():
            about = FOLLOWED[name][1]
            # By their numbers: what is a union already can be narrowed no further.
            entries = (
                entries.filter(seq__in=about(record).order_by().values("seq"))
                if record
                else entries.none()
            )
        return entries

    def in_month(self, entries):
        return self.filters["month"].filter(entries, self.form.cleaned_data["month"])

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
        method="shown",
    )

    def shown(self, entries, name, kind):
        return entries

    @property
    def chosen_kind(self):
        return self.form.cleaned_data["kind"] or NEWS

    def of_kind(self, entries):
        return entries.filter(history.KINDS[self.chosen_kind])
