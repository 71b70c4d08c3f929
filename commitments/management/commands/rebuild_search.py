from django.core.management.base import BaseCommand

from commitments.publishing import search


class Command(BaseCommand):
    help = (
        "Make the search table anew from the published records. Readers search the old one until it"
        " is done."
    )

    def handle(self, **options):
        count = search.rebuild_search()
        return f"The search table is made anew: {count} records can be found."
