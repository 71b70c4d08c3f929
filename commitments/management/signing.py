"""The two people in whose names a command publishes what it entered."""

from django.core.management.base import CommandError

from commitments.models import User


def add_signers(parser):
    """Add the options --publish, --by and --reviewer."""
    parser.add_argument(
        "--publish", action="store_true", help="publish it: needs --by and --reviewer"
    )
    parser.add_argument("--by", metavar="USER", help="who submits it")
    parser.add_argument("--reviewer", metavar="USER", help="who publishes it; somebody else")


def signers(options) -> dict[str, User]:
    """Return the accounts that --by and --reviewer name; none without --publish."""
    return {
        option: _account(options[option], option)
        for option in ("by", "reviewer")
        if options["publish"]
    }


def _account(name, option):
    if not name:
        raise CommandError("--publish needs --by USER and --reviewer USER, two different people.")
    account = User.objects.filter(username=name).first()
    if account is None:
        raise CommandError(f"--{option}: there is no account {name}.")
    return account
