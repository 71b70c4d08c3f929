import secrets

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


class EntryPart(models.TextChoices):
    """What of an entry stands apart from the chain, so that a redaction can remove it."""

    PAYLOAD = "payload", _("What was published")
    PEOPLE = "people", _("Who published it")


# The newest form of an entry: form 1 had no people, and did not say whether somebody was alone.
ENTRY_FORM = 2


def make_identity():
    """Return the name of a new ledger, which no other has."""
    return secrets.token_hex(16)


class LedgerHead(models.Model):
    """The one row that says how long the chain is.

    Appending an entry locks it, and every cache has it in its key. `identity` tells this ledger
    from others: its checkpoints carry it.
    """

    seq = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, blank=True)
    identity = models.CharField(max_length=32, default=make_identity)

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

    `hash` is SHA-256 over the RFC 8785 canonical JSON of all other columns that its form has;
    `payload_sha256` is SHA-256 over salt and canonical payload, empty where the action carries
    none, and `people_sha256` the same of the people. `alone` says that one person did what else
    takes two. `redacts` is the `seq` of which a redaction removed the part `redacted_part`; a
    redaction of form 1 removed the payload.
    """

    form = models.PositiveSmallIntegerField(default=1)
    seq = models.PositiveBigIntegerField(primary_key=True)
    recorded_at = models.DateTimeField(db_index=True)
    action = models.CharField(max_length=10, choices=Action)
    record_type = models.CharField(max_length=30)
    record_slug = models.CharField(max_length=160)
    note = models.TextField(blank=True)
    redacts = models.PositiveBigIntegerField(null=True, blank=True)
    redacted_part = models.CharField(max_length=10, choices=EntryPart, blank=True)
    alone = models.BooleanField(default=False)
    payload_sha256 = models.CharField(max_length=64, blank=True)
    people_sha256 = models.CharField(max_length=64, blank=True)
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64, unique=True)

    objects = LedgerEntryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = _("ledger entries")
        ordering = ["-seq"]
        constraints = [
            *require_one_of("ledger_entry", action=Action.values),
            *require_one_of(
                "ledger_entry",
                redacted_part=EntryPart.values,
                blank={"redacted_part"},
            ),
        ]
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


class LedgerPeople(models.Model):
    """Who submitted and who approved what an entry published, by the names they chose.

    It stands apart from the chain so that a redaction can remove it.
    """

    entry = models.OneToOneField(
        LedgerEntry, models.PROTECT, primary_key=True, related_name="people"
    )
    salt = models.CharField(max_length=64)
    body = models.JSONField()

    class Meta:
        verbose_name_plural = _("ledger people")

    def __str__(self):
        return f"people of {self.entry_id}"
