from django.core.management.base import BaseCommand, CommandError

from tracker.sign_in import attempts
from tracker.sign_in.addresses import network_of


class Command(BaseCommand):
    help = "Let those sign in again whom too many failures keep out: everybody, or one address."

    def add_arguments(self, parser):
        parser.add_argument(
            "address",
            nargs="?",
            help="as the log names it; without it, all",
        )

    def handle(self, *, address, **options):
        if address is None:
            attempts.forget_all_attempts()
            return "Nobody is kept from signing in any more."
        number, _, _ = address.partition("/")
        network = network_of(number)
        if network is None:
            raise CommandError(f"{address} is not an address.")
        failures = attempts.forget_attempts(network)
        return f"Forgot {failures} failed sign-ins from {network}."
