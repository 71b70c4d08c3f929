from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from commitments.models.fields import Line
from commitments.models.roots import Root, RootQuerySet, make_root_rules, require_published
from commitments.models.rules import limit_lengths, make_quiet_rule, require_filled


class TopicQuerySet(RootQuerySet):
    @staticmethod
    def public(prefix=""):
        """A topic is public if it is published and lies under no hidden one."""
        published = RootQuerySet.public(prefix)
        parent = require_published(prefix, parent=Topic)
        return published & parent


class Topic(Root):
    """What a pledge is about."""

    name = Line(_("name"), max_length=100)
    name_ja = Line(_("name in Japanese"), max_length=100, blank=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children"
    )

    objects = TopicQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            *make_root_rules("topic"),
            *limit_lengths("topic", name=100, name_ja=100),
            *require_filled("topic", "name"),
            make_quiet_rule(
                "parent",
                sentence="A topic does not lie under itself. Choose another parent.",
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")),
                name="topic_not_its_own_parent",
            ),
        ]

    def __str__(self):
        return self.name
