"""What the public would see, were a draft published now: marked, read and undone in one transaction."""

from contextlib import contextmanager, suppress

from django.db import transaction

from commitments.models import State
from commitments.publishing.refusals import Refused
from commitments.publishing.states import unpublished_references


@contextmanager
def supposing_published(record):
    """Run a block in which `record`, and what would be published along with it, counts as published.

    Always rolled back, and never seen by anybody else: so the public code that renders a preview needs
    no second way to read, and has no way to read drafts.
    """
    with transaction.atomic():
        try:
            along = []
            # Where publishing would refuse, the preview shows the record without what it refers to.
            with suppress(Refused):
                along = unpublished_references(record)
            for one in [*along, record]:
                type(one)._base_manager.filter(pk=one.pk).update(state=State.PUBLISHED)
            yield
        finally:
            transaction.set_rollback(True)
