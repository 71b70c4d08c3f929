"""The tables, one noun a file. Import from here."""

from commitments.models.assessments import Assessment, Cause, Confidence, Method
from commitments.models.criteria import Criteria
from commitments.models.evidence import Evidence, Stance
from commitments.models.indicators import (
    FIGURE_KIND_CHOICES,
    Frequency,
    Indicator,
    Observation,
    Release,
    Stage,
)
from commitments.models.last_looks import find_last_looks
from commitments.models.leaders import Leader, Tenure
from commitments.models.ledger import (
    ENTRY_FORM,
    Action,
    EntryPart,
    LedgerEntry,
    LedgerHead,
    LedgerPayload,
    LedgerPeople,
)
from commitments.models.outside import OutsideReport, OutsideVerdict
from commitments.models.parties import Membership, Party, PartyKind, PartyName, PartyNameKind
from commitments.models.pledge_links import LinkKind, PledgeLink
from commitments.models.pledges import (
    Attribution,
    BorneBy,
    Modality,
    Pledge,
    PledgeKind,
    PledgeQuote,
    TranslatedBy,
    Verifiability,
    WhoseText,
)
from commitments.models.proposals import Proposal, ProposalStage, ProposedAct
from commitments.models.responses import Response
from commitments.models.roots import Root, State
from commitments.models.search import SearchEntry, SearchWord
from commitments.models.search_notes import SearchNote
from commitments.models.sources import Snapshot, Source, SourceKind, Statement, Tier
from commitments.models.summits import (
    Participation,
    Role,
    Summit,
    SummitKind,
    SummitSeries,
    SummitStanding,
)
from commitments.models.targets import MetAt, Target, TargetRole
from commitments.models.topics import Topic
from commitments.models.undertakings import Undertaking, UnjudgedReason
from commitments.models.users import User
from commitments.models.verdicts_then import OURS, show_verdicts

ROOTS = (
    Party,
    Topic,
    SummitSeries,
    Leader,
    Summit,
    Source,
    Indicator,
    Release,
    Pledge,
    Evidence,
    SearchNote,
    Assessment,
    OutsideReport,
    Response,
)

__all__ = [
    "ENTRY_FORM",
    "FIGURE_KIND_CHOICES",
    "OURS",
    "ROOTS",
    "Action",
    "Assessment",
    "Attribution",
    "BorneBy",
    "Cause",
    "Confidence",
    "Criteria",
    "EntryPart",
    "Evidence",
    "Frequency",
    "Indicator",
    "Leader",
    "LedgerEntry",
    "LedgerHead",
    "LedgerPayload",
    "LedgerPeople",
    "LinkKind",
    "Membership",
    "MetAt",
    "Method",
    "Modality",
    "Observation",
    "OutsideReport",
    "OutsideVerdict",
    "Participation",
    "Party",
    "PartyKind",
    "PartyName",
    "PartyNameKind",
    "Pledge",
    "PledgeKind",
    "PledgeLink",
    "PledgeQuote",
    "Proposal",
    "ProposalStage",
    "ProposedAct",
    "Release",
    "Response",
    "Role",
    "Root",
    "SearchEntry",
    "SearchNote",
    "SearchWord",
    "Snapshot",
    "Source",
    "SourceKind",
    "Stage",
    "Stance",
    "State",
    "Statement",
    "Summit",
    "SummitKind",
    "SummitSeries",
    "SummitStanding",
    "Target",
    "TargetRole",
    "Tenure",
    "Tier",
    "Topic",
    "TranslatedBy",
    "Undertaking",
    "UnjudgedReason",
    "User",
    "Verifiability",
    "WhoseText",
    "find_last_looks",
    "show_verdicts",
]
