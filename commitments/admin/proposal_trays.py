"""The proposals on the desk of one person: to review, returned, their own that are still open."""

from dataclasses import dataclass

from django.contrib.admin import SimpleListFilter
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from commitments.admin.desk import LISTED_ROWS, Tray, TrayCount, TrayKind
from commitments.admin.proposed import join_proposed_records
from commitments.models import Proposal, ProposalStage
from commitments.publishing.conditions import MAY_PUBLISH


@dataclass(frozen=True)
class ProposalRow:
    """A proposal in a tray."""

    proposal: Proposal
    problems: tuple = ()

    def __str__(self):
        proposal = self.proposal
        return str(proposal.record or proposal.record_slug)

    @property
    def record(self):
        return self

    @property
    def edited_at(self):
        return self.proposal.edited_at

    @property
    def kind(self):
        proposal = self.proposal
        words = f"{proposal.get_act_display()}, by {proposal.author}"
        if proposal.stage == ProposalStage.RETURNED:
            words += f" · “{proposal.review_note}”"
        return words

    @property
    def address(self):
        key = self.proposal.pk
        return reverse("admin:commitments_proposal_change", args=[key])


def match_own(user):
    """Return the condition for the proposals of which `user` is an author."""
    co_authors = Proposal.co_authors.through
    shares = co_authors.objects.filter(
        proposal=OuterRef("pk"),
        user=user,
    )
    return Q(author=user) | Q(Exists(shares))


def match_to_review(user):
    own = match_own(user)
    return Q(~own, stage=ProposalStage.OPEN)


def match_sent_back(user):
    own = match_own(user)
    return Q(own, stage=ProposalStage.RETURNED)


def match_own_open(user):
    own = match_own(user)
    return Q(own, stage=ProposalStage.OPEN)


TO_REVIEW = TrayKind(
    "review",
    match_to_review,
    "Proposals that wait for my review",
    "No proposal waits for your review. Your own wait for somebody else.",
)
SENT_BACK = TrayKind(
    "returned",
    match_sent_back,
    "Proposals returned to me",
    "No proposal of yours was returned.",
)
OWN = TrayKind(
    "own",
    match_own_open,
    "My open proposals",
    "You have no open proposals. To make one, change a published record and save it.",
)
TRAYS = {kind.name: kind for kind in (TO_REVIEW, SENT_BACK, OWN)}


def load_proposal_trays(user):
    """Return the trays of proposals of `user`; none without the right to see them."""
    if not user.has_perm("commitments.view_proposal"):
        return []
    kinds = [SENT_BACK, OWN]
    if user.has_perm(MAY_PUBLISH):
        kinds.insert(0, TO_REVIEW)
    return [_load_tray(kind, user) for kind in kinds]


def _load_tray(kind, user):
    tray = Tray(kind.title, kind.empty)
    condition = kind.match(user)
    proposals = Proposal.objects.filter(condition)
    count = proposals.count()
    if not count:
        return tray
    word = "proposal"
    if count > 1:
        word = "proposals"
    address = reverse("admin:commitments_proposal_changelist")
    tray_count = TrayCount(count, word, f"{address}?desk={kind.name}")
    tray.counts.append(tray_count)
    newest = proposals.select_related("author")[:LISTED_ROWS]
    for proposal in join_proposed_records(newest):
        row = ProposalRow(proposal)
        tray.rows.append(row)
    return tray


class DeskFilter(SimpleListFilter):
    title = "desk"
    parameter_name = "desk"

    def lookups(self, request, model_admin):
        return [(kind.name, kind.title) for kind in TRAYS.values()]

    def queryset(self, request, queryset):
        name = self.value()
        kind = TRAYS.get(name)
        if kind is None:
            return queryset
        condition = kind.match(request.user)
        return queryset.filter(condition)
