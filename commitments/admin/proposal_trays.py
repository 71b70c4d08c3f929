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
        return str(self.proposal.record or self.proposal.record_slug)

    @property
    def record(self):
        return self

    @property
    def edited_at(self):
        return self.proposal.edited_at

    @property
    def kind(self):
        words = f"{self.proposal.get_act_display()}, by {self.proposal.author}"
        if self.proposal.stage == ProposalStage.RETURNED:
            words += f" · “{self.proposal.review_note}”"
        return words

    @property
    def address(self):
        return reverse("admin:commitments_proposal_change", args=[self.proposal.pk])


def match_own(user):
    """Return the condition for the proposals of which `user` is an author."""
    shares = Proposal.co_authors.through.objects.filter(proposal=OuterRef("pk"), user=user)
    return Q(author=user) | Q(Exists(shares))


def match_to_review(user):
    return Q(stage=ProposalStage.OPEN) & ~match_own(user)


def match_sent_back(user):
    return Q(stage=ProposalStage.RETURNED) & match_own(user)


def match_own_open(user):
    return Q(stage=ProposalStage.OPEN) & match_own(user)


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
    proposals = Proposal.objects.filter(kind.match(user)).select_related("author")
    count = proposals.count()
    if count:
        word = "proposal" if count == 1 else "proposals"
        address = reverse("admin:commitments_proposal_changelist")
        tray.counts.append(TrayCount(count, word, f"{address}?desk={kind.name}"))
        newest = join_proposed_records(proposals[:LISTED_ROWS])
        tray.rows = [ProposalRow(proposal) for proposal in newest]
    return tray


class DeskFilter(SimpleListFilter):
    title = "desk"
    parameter_name = "desk"

    def lookups(self, request, model_admin):
        return [(kind.name, kind.title) for kind in TRAYS.values()]

    def queryset(self, request, queryset):
        kind = TRAYS.get(self.value())
        if kind is None:
            return queryset
        return queryset.filter(kind.match(request.user))
