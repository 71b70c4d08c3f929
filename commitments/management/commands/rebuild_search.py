from django.core.management.base import BaseCommand

from commitments.publishing import search


class Command(BaseCommand):
    help = (
        "Make the search table anew from the published records. Readers search the old one until it"
        " is done."
    )

    def handle(self, **options):
        return f"The search table is made anew: {search.rebuild_search()} records can be found."
