from django.db import models
from django.urls import reverse

from commitments.models.rules import limit_lengths, require_filled


class PublicQuerySet(models.QuerySet):
    def published(self):
        """Return all rows: what is not public has none.

        Public code starts from `published()` here as everywhere.
        """
        return self.all()


class SearchEntry(models.Model):
    """What one public record is found by; what is not public has no row. `publishing` writes it.

    The last four columns hold words as `search.words` makes them, in the order of their weight.
    Each database keeps an index of its own over them; see `search.index`.
    """

    # Computed from the record's type and key below, by `search.index.entry_key`.
    id = models.BigIntegerField(primary_key=True)
    # The version of `search.words` that made the row.
    form = models.PositiveSmallIntegerField()
    record_type = models.CharField(max_length=30)
    # The record's primary key: no foreign key, because the records stand in several tables.
    record_id = models.BigIntegerField()
    slug = models.CharField(max_length=160)
    shown = models.CharField(max_length=400)
    shown_ja = models.CharField(max_length=400, blank=True)
    title = models.TextField()
    names = models.TextField(blank=True)
    quote = models.TextField(blank=True)
    explanation = models.TextField(blank=True)

    objects = PublicQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["record_type", "record_id"], name="search_entry_once"),
            *limit_lengths("search_entry", record_type=30, slug=160, shown=400, shown_ja=400),
            *require_filled("search_entry", "record_type", "slug", "shown"),
        ]

    def __str__(self):
        return f"{self.record_type} {self.slug}"

    def get_absolute_url(self):
        return reverse(self.record_type, args=[self.slug])


class SearchWord(models.Model):
    """A word of public titles and names, to correct misspellings, and its number of entries."""

    word = models.CharField(max_length=64, unique=True)
    entries = models.PositiveIntegerField()

    objects = PublicQuerySet.as_manager()

    class Meta:
        constraints = [
            *require_filled("search_word", "word"),
            models.CheckConstraint(condition=models.Q(entries__gte=1), name="search_word_is_used"),
        ]

    def __str__(self):
        return self.word
