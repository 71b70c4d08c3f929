"""What can be done to a record's state, by whom and from which state; `publishing` does it."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone

from commitments import publishing
from commitments.judging import integrity
from commitments.models import Assessment, Proposal, ProposedAct, State
from commitments.publishing.authors import SUBMITTED, explain_own_work, find_authors
from commitments.publishing.conditions import MAY_PUBLISH


@dataclass(frozen=True)
class Act:
    """A publishing action at the desk."""

    name: str
    label: str
    done: str
    function: Callable
    before: State
    after: State
    note: str = ""
    note_needed: bool = False
    reviewers_only: bool = True
    takes_along: bool = False
    # What was done where somebody else still has to approve it; blank if nobody has to.
    proposed: str = ""
    explains: str = ""

    @property
    def is_proposed(self):
        """Whether somebody else has to approve it before it is done."""
        if settings.ONE_PERSON_INSTALLATION:
            return False
        return bool(self.proposed)

    @property
    def button(self):
        if not self.is_proposed:
            return self.label
        label = self.label.lower()
        return f"Propose: {label}"


def propose_withdrawal(record, *, by, note, cascade=False):
    """Propose to withdraw `record`, and the published records that rest on it if `cascade`."""
    _propose(
        record,
        by,
        ProposedAct.WITHDRAW,
        note=note,
        cascade=cascade,
    )


def propose_reopening(record, *, by, note=""):
    """Propose to make a withdrawn record a draft again."""
    _propose(record, by, ProposedAct.REOPEN, note=note)


def _propose(record, by, act, **details):
    """Propose `act`, once; where one person may do all alone, approve it at once."""
    proposals = Proposal.objects.for_record(record)
    same = proposals.undecided().filter(act=act)
    if same.exists():
        sentence = "That is proposed already, and waits for somebody to approve it."
        raise publishing.Refused(sentence)
    proposal = publishing.propose(record, by=by, act=act, **details)
    if settings.ONE_PERSON_INSTALLATION:
        publishing.approve(proposal, by=by, version=proposal.version)


PUBLIC = "Note (public)"
ACTS = {
    act.name: act
    for act in (
        Act(
            "submit",
            "Submit for review",
            SUBMITTED,
            publishing.submit,
            State.DRAFT,
            State.IN_REVIEW,
            reviewers_only=False,
            takes_along=True,
            explains=(
                "A reviewer sees it next. Until it is published or returned nobody can edit it."
            ),
        ),
        Act(
            "return",
            "Return to draft",
            "Returned to draft",
            publishing.return_to_draft,
            State.IN_REVIEW,
            State.DRAFT,
            note="Note (for the researcher, not public)",
            reviewers_only=False,
            explains="It can be edited again, and stands on its researcher's desk as returned.",
        ),
        Act(
            "publish",
            "Publish",
            "Published",
            publishing.publish,
            State.IN_REVIEW,
            State.PUBLISHED,
            note="Note (public; may stay empty)",
            takes_along=True,
            explains="Everybody sees it at once, and the public ledger says so for good.",
        ),
        Act(
            "withdraw",
            "Withdraw",
            "Withdrawn",
            propose_withdrawal,
            State.PUBLISHED,
            State.WITHDRAWN,
            note="Why it is withdrawn (public, and needed)",
            note_needed=True,
            reviewers_only=False,
            proposed="Proposed to withdraw",
            explains=(
                "It leaves the public pages. That it stood there, and why it does no longer, stays"
                " in the ledger."
            ),
        ),
        Act(
            "reopen",
            "Reopen",
            "Reopened as a draft",
            propose_reopening,
            State.WITHDRAWN,
            State.DRAFT,
            note="Why it is reopened (not public)",
            reviewers_only=False,
            proposed="Proposed to reopen",
            explains=(
                "It becomes a draft again, to be edited, submitted and reviewed like a new one."
            ),
        ),
        Act(
            "confirm",
            "Confirm the verdict",
            "Confirmed",
            publishing.confirm,
            State.PUBLISHED,
            State.PUBLISHED,
            note=PUBLIC,
            explains=(
                "You have looked again today, and the verdict stands. The page will say when it was"
                " last checked."
            ),
        ),
    )
}


def may_act(user, act, record) -> bool:
    """Whether the desk offers `act` to `user` for `record`; `publishing` decides in the end."""
    if record.state != act.before:
        return False
    is_assessment = isinstance(record, Assessment)
    if act.name == "reopen" and is_assessment:
        return False
    if act.name == "confirm" and not (is_assessment and _is_shown(record)):
        return False
    opts = record._meta
    if not user.has_perm(f"{opts.app_label}.change_{opts.model_name}"):
        return False
    if user.has_perm(MAY_PUBLISH):
        return True
    if act.name == "return":
        return record.submitted_by_id == user.pk
    return not act.reviewers_only


def list_acts(user, record):
    """Return the acts that `user` may do to `record` now."""
    acts = [act for act in ACTS.values() if may_act(user, act, record)]
    if explain_refusal(user, record):
        acts = [act for act in acts if act.name != "publish"]
    return acts


def explain_refusal(user, record) -> str:
    """Return why `user` in particular may not publish `record`, or a blank."""
    if record.state != State.IN_REVIEW:
        return ""
    authors = find_authors([record])
    sentences = explain_own_work(authors, user)
    return " ".join(sentences)


def fingerprint_versions(records) -> str:
    """Return a short text that changes with the versions: it shows what somebody agreed to."""
    versions = []
    for record in records:
        kind = record._meta.model_name
        versions.append(f"{kind}.{record.pk}.{record.version}")
    data = ",".join(versions).encode()
    return hashlib.sha256(data).hexdigest()[:20]


def find_problems(record):
    today = timezone.now().date()
    return integrity.find_broken_rules(record, today=today)


def _is_shown(assessment):
    """Whether readers see this assessment as the verdict on its undertaking."""
    return assessment.undertaking.current_assessment_id == assessment.pk
