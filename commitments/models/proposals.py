from django.conf import settings
from django.db import models
from django.db.models import F, Q

from commitments.models.rules import limit_lengths, require_one_of


class ProposedAct(models.TextChoices):
    """What somebody wants done with a record."""

    AMEND = "amend", "Amend"
    CORRECT = "correct", "Correct"
    WITHDRAW = "withdraw", "Withdraw"
    REOPEN = "reopen", "Reopen"


class ProposalStage(models.TextChoices):
    """How far a proposal is."""

    OPEN = "open", "Waiting for review"
    RETURNED = "returned", "Returned"
    APPROVED = "approved", "Approved"
    DROPPED = "dropped", "Dropped"


UNDECIDED = (ProposalStage.OPEN, ProposalStage.RETURNED)


class ProposalQuerySet(models.QuerySet):
    def undecided(self):
        return self.filter(stage__in=UNDECIDED)

    def for_record(self, record):
        record_type = record._meta.model_name
        slug = record.slug
        rows = self.filter(record_type=record_type)
        return rows.filter(record_slug=slug)


class Proposal(models.Model):
    """What one person wants changed in public, and another has to approve; never public itself.

    `body` is the record's full form (`publicforms.render_fully`) as it shall be, `base` as it was
    when the author opened it: both are gone once it is decided. `note` is public once approved.
    """

    record_type = models.CharField(max_length=30)
    record_slug = models.CharField(max_length=160)
    act = models.CharField(max_length=10, choices=ProposedAct)
    stage = models.CharField(max_length=10, choices=ProposalStage, default=ProposalStage.OPEN)
    base_version = models.PositiveIntegerField()
    base = models.JSONField(null=True, blank=True)
    body = models.JSONField(null=True, blank=True)
    # Whether the records that rest on a withdrawn one are withdrawn with it.
    cascade = models.BooleanField(default=False)
    note = models.TextField(blank=True)
    review_note = models.TextField("note for the author, not public", blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="proposals")
    # Whoever edits somebody else's proposal is an author too, and cannot approve it.
    co_authors = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="joint_proposals", blank=True
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    entry_seq = models.PositiveBigIntegerField(null=True, blank=True)
    alone = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField(auto_now_add=True)
    edited_at = models.DateTimeField(auto_now=True)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        ordering = ["-edited_at", "-pk"]
        constraints = [
            *limit_lengths("proposal", record_type=30, record_slug=160),
            *require_one_of("proposal", act=ProposedAct.values, stage=ProposalStage.values),
            models.CheckConstraint(
                condition=~Q(stage=ProposalStage.APPROVED)
                | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="proposal_approved_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(stage=ProposalStage.APPROVED)
                | ~Q(decided_by=F("author"))
                | Q(alone=True),
                name="proposal_two_pairs_of_eyes",
                violation_error_message="Somebody else than its author must approve a proposal.",
            ),
            models.CheckConstraint(
                condition=Q(stage__in=UNDECIDED) | Q(base__isnull=True, body__isnull=True),
                name="proposal_decided_keeps_no_text",
            ),
        ]
        indexes = [
            models.Index(fields=["record_type", "record_slug", "stage"], name="proposal_by_record"),
            models.Index(fields=["stage", "-edited_at"], name="proposal_by_stage"),
        ]

    def __str__(self):
        act = self.get_act_display()
        kind = self.record_type
        slug = self.record_slug
        return f"{act} {kind} {slug}"

    @property
    def is_decided(self):
        return self.stage not in UNDECIDED
