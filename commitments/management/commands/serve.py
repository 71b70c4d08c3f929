from django.core.management.base import BaseCommand, CommandError

from tracker import serving


class Command(BaseCommand):
    help = "Set the site up where it is not yet, and serve it on this machine."
    # The tests run the system checks, and a start should take seconds.
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument(
            "--empty",
            action="store_true",
            help="no demonstration record: an administrator and nothing else",
        )

    def handle(self, *, port, empty, **options):
        try:
            serving.require_free_port(port)
            serving.require_database()
            logins = serving.prepare(demo=not empty)
        except serving.CannotServe as reason:
            raise CommandError(str(reason)) from None
        self.announce(port, logins)
        self.stdout.flush()
        serving.serve(port)

    def announce(self, port, logins):
        address = f"http://{serving.HOST}:{port}"
        self.stdout.write(
            f"\n  The site          {address}/\n  For researchers   {address}/admin/\n"
        )
        if logins:
            self.stdout.write(
                "  Sign in there as one of these; the passwords are shown only now:\n"
            )
        for login in logins:
            self.stdout.write(f"    {login.username:<15} {login.password}")
        username = logins[0].username if logins else "NAME"
        self.stdout.write(
            f"  A new password    .venv/bin/python manage.py changepassword {username}"
        )
        self.stdout.write("  To stop           Ctrl-C\n")
