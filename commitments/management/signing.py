"""The people in whose names a command changes what is public."""

from django.core.management.base import CommandError

from commitments.models import User


def add_signers(parser):
    """Add the options --publish, --by and --reviewer."""
    parser.add_argument(
        "--publish", action="store_true", help="publish it: needs --by and --reviewer"
    )
    parser.add_argument("--by", metavar="USER", help="who submits it")
    parser.add_argument("--reviewer", metavar="USER", help="who publishes it; somebody else")


def get_signers(options) -> dict[str, User]:
    """Return the accounts of --by and --reviewer by the option's name; none without --publish."""
    if not options["publish"]:
        return {}
    return {
        "by": get_account(options["by"], "by"),
        "reviewer": get_account(options["reviewer"], "reviewer"),
    }


def get_account(name, option) -> User:
    if not name:
        raise CommandError("--publish needs --by USER and --reviewer USER, two different people.")
    account = User.objects.filter(username=name).first()
    if account is None:
        raise CommandError(f"--{option}: there is no account {name}.")
    return account
