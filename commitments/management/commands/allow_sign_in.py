from django.core.management.base import BaseCommand, CommandError

from tracker.sign_in import attempts
from tracker.sign_in.addresses import network_of


class Command(BaseCommand):
    help = "Let those sign in again whom too many failures keep out: everybody, or one address."

    def add_arguments(self, parser):
        parser.add_argument("address", nargs="?", help="as the log names it; without it, all")

    def handle(self, *, address, **options):
        if address is None:
            attempts.forget_all()
            return "Nobody is kept from signing in any more."
        network = network_of(address.partition("/")[0])
        if network is None:
            raise CommandError(f"{address} is not an address.")
        number = attempts.forget(network)
        return f"Forgot {number} failed sign-ins from {network}."
