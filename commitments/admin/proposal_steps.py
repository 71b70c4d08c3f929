"""What can be done with a proposal, and by whom; `publishing` does it."""

from collections.abc import Callable
from typing import NamedTuple

from django.conf import settings

from commitments import publishing
from commitments.admin.proposed import EDITED_ACTS
from commitments.models import ProposalStage
from commitments.publishing.conditions import MAY_AMEND, MAY_PUBLISH


class Button(NamedTuple):
    """A button on the page of a proposal."""

    name: str
    label: str
    done: str
    function: Callable
    # What its box for a note is called; blank if it takes none.
    note_label: str = ""
    # What stands in that box.
    note: str = ""


def change_note(proposal, *, by, version, note):
    """Say anew why a record shall be withdrawn or reopened; the proposal is open again."""
    if not note.strip():
        raise publishing.Refused("Say in the note why.")
    return publishing.edit_proposal(
        proposal,
        by=by,
        version=version,
        note=note,
        act=proposal.act,
    )


STEPS = {
    step.name: step
    for step in (
        Button("approve", "Approve", "Approved", publishing.approve),
        Button(
            "return",
            "Return to its author",
            "Returned",
            publishing.return_proposal,
            note_label="What should be done about it (for its author, not public)",
        ),
        Button(
            "note",
            "Change the note",
            "Changed",
            change_note,
            note_label="Why (public once it is approved)",
        ),
        Button("drop", "Drop the proposal", "Dropped", publishing.drop_proposal),
    )
}


def list_steps(user, proposal) -> list[Button]:
    """Return what `user` may do with the proposal now."""
    if proposal.is_decided:
        return []
    reviews = user.has_perm(MAY_PUBLISH)
    edits = user.has_perm(f"commitments.change_{proposal.record_type}")
    is_author = user in publishing.list_authors(proposal)
    allowed = {
        "approve": not explain_refused_approval(user, proposal),
        "return": reviews and proposal.stage == ProposalStage.OPEN,
        "note": edits and proposal.act not in EDITED_ACTS,
        "drop": reviews or is_author,
    }
    steps = [step for step in STEPS.values() if allowed[step.name]]
    return [_fill_note(step, proposal) for step in steps]


def _fill_note(step, proposal):
    """Return the button with the present note in its box, where that is what it changes."""
    if step.name != "note":
        return step
    return step._replace(note=proposal.note)


def explain_refused_approval(user, proposal) -> str:
    """Return why `user` cannot approve the undecided proposal, or a blank."""
    if proposal.stage != ProposalStage.OPEN:
        return "It was returned to its author. Once it is edited, it can be approved."
    permission = MAY_AMEND if proposal.act in EDITED_ACTS else MAY_PUBLISH
    if not user.has_perm(permission):
        return "A reviewer has to approve it."
    if settings.ONE_PERSON_INSTALLATION:
        return ""
    if user in publishing.list_authors(proposal):
        return "You are an author of this proposal, so somebody else must approve it."
    return ""


def may_edit_proposal(user, proposal) -> bool:
    """Whether the form of the record is open to `user` with this proposal in it."""
    if proposal.is_decided or proposal.act not in EDITED_ACTS:
        return False
    return user.has_perm(f"commitments.change_{proposal.record_type}")
