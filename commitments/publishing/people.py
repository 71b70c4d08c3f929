"""Who submitted and who approved what becomes public, as the ledger keeps it."""

from typing import NamedTuple

from commitments.models import User


class People(NamedTuple):
    """The authors of a change and the person who approved it."""

    authors: tuple[User, ...]
    approver: User

    @property
    def alone(self) -> bool:
        """Whether nobody but the author saw it."""
        return set(self.authors) == {self.approver}

    @property
    def body(self) -> dict:
        """What the ledger keeps: the names that these people chose."""
        authors = {author.pk: author for author in self.authors}
        by_key = sorted(authors)
        return {
            "submitted_by": [build_credit(authors[key]) for key in by_key],
            "approved_by": [build_credit(self.approver)],
        }


def build_credit(user) -> str:
    """Return the name that a signature of `user` has in public."""
    # Without a credit name, readers can distinguish somebody but learn no name.
    if user.credit_name:
        return user.credit_name
    return f"Curator {user.pk}"
