from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from commitments.models.rules import require_one_of


class Action(models.TextChoices):
    PUBLISH = "publish", _("Published")
    AMEND = "amend", _("Amended")
    CORRECT = "correct", _("Corrected")
    WITHDRAW = "withdraw", _("Withdrawn")
    CONFIRM = "confirm", _("Confirmed")
    RECORD = "record", _("Recorded")
    REDACT = "redact", _("Redacted")


class LedgerHead(models.Model):
    """The one row that says how long the chain is.

    Appending an entry locks it, and every cache has it in its key.
    """

    seq = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="ledger_head_is_one_row")]

    def __str__(self):
        return f"{self.seq} {self.hash}"


class LedgerEntryQuerySet(models.QuerySet):
    def published(self):
        """Return all entries: each is public from the moment it is written.

        Public code starts from `published()` here as everywhere.
        """
        return self.all()

    def after(self, seq):
        """Keep the entries after `seq`, oldest first: what a client that knows `seq` has missed."""
        newer = self.filter(seq__gt=seq)
        return newer.order_by("seq")

    def for_record(self, record):
        record_type = record._meta.model_name
        return self.filter(record_type=record_type, record_slug=record.slug)


class LedgerEntry(models.Model):
    """One public change of one record, chained to the entry before it.

    The table is append-only: triggers refuse everything else.

    `hash` is SHA-256 over the RFC 8785 canonical JSON of all other columns; `payload_sha256` is
    SHA-256 over salt and canonical payload, empty where the action carries none. `redacts` is the
    `seq` whose payload a redaction removed.
    """

    seq = models.PositiveBigIntegerField(primary_key=True)
    recorded_at = models.DateTimeField(db_index=True)
    action = models.CharField(max_length=10, choices=Action)
    record_type = models.CharField(max_length=30)
    record_slug = models.CharField(max_length=160)
    note = models.TextField(blank=True)
    redacts = models.PositiveBigIntegerField(null=True, blank=True)
    payload_sha256 = models.CharField(max_length=64, blank=True)
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64, unique=True)

    objects = LedgerEntryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = _("ledger entries")
        ordering = ["-seq"]
        constraints = [*require_one_of("ledger_entry", action=Action.values)]
        indexes = [
            models.Index(fields=["record_type", "record_slug", "-seq"], name="ledger_by_record")
        ]
        permissions = [
            ("publish_records", "May publish, return, withdraw and confirm records"),
            ("amend_records", "May amend published records"),
            ("redact_records", "May redact payloads from the ledger"),
        ]

    def __str__(self):
        return f"{self.seq} {self.action} {self.record_type} {self.record_slug}"


class LedgerPayload(models.Model):
    """What an entry published, apart from the chain so that a redaction can remove it."""

    entry = models.OneToOneField(
        LedgerEntry, models.PROTECT, primary_key=True, related_name="payload"
    )
    salt = models.CharField(max_length=64)
    body = models.JSONField()

    def __str__(self):
        return f"payload of {self.entry_id}"
