"""The rows that a matrix makes, not saved yet. Nobody here has read the summit's own documents."""

from dataclasses import dataclass
from datetime import date

from commitments.importing.matrices.commitments import Commitment
from commitments.importing.matrices.slugs import slug_of
from commitments.models import (
    Attribution,
    Modality,
    OutsideReport,
    OutsideVerdict,
    Party,
    PartyKind,
    Pledge,
    PledgeKind,
    Source,
    SourceKind,
    Tier,
)
from commitments.verdicts.dates import Precision
from commitments.verdicts.statuses import STATUS_OF_SCORE


@dataclass(frozen=True)
class ReportDetails:
    """The assessor's report as a publication; the matrix itself says nothing of it."""

    sha256: str
    published_on: date
    title: str = ""
    url: str = ""
    licence: str = ""
    left_out: str = ""

    def slug(self, series, assessor) -> str:
        """Return the slug of the report and its source.

        The file is part of it: another edition of the catalogue is another report.
        """
        return slug_of(series.slug, assessor.slug, self.sha256[:8])


def build_source(details: ReportDetails, series, assessor) -> Source:
    note = f"Entered from a file whose SHA-256 is {details.sha256}. {details.left_out}"
    return Source(
        slug=details.slug(series, assessor),
        kind=SourceKind.ANALYSIS,
        title=details.title or f"{series.name}: compliance matrix",
        publisher=assessor.name,
        published_on_precision=Precision.NONE,
        url=details.url,
        tier=Tier.INDEPENDENT,
        issued_by=assessor,
        note=note.strip(),
    )


def build_pledge(commitment: Commitment, *, summit, source, speaker, assessor) -> Pledge:
    made_on, made_on_precision = summit.ends_on, summit.ends_on_precision
    if made_on_precision != Precision.DAY:
        # Of an imprecise beginning the first possible day is kept.
        made_on, made_on_precision = summit.starts_on, summit.starts_on_precision
    return Pledge(
        slug=commitment.slug,
        title=commitment.title,
        summit=summit,
        quote=commitment.text,
        # These are the catalogue's words. Nobody here has checked whether the summit used them.
        quote_is_verbatim=False,
        source=source,
        locator=f"Commitment {commitment.id}",
        made_on=made_on,
        made_on_precision=made_on_precision,
        stated_by=speaker,
        attribution=Attribution.JOINT_TEXT,
        modality=Modality.AGREES,
        kind=PledgeKind.DIPLOMATIC,
        deadline_precision=Precision.NONE,
        explanation=(
            f"Entered from the catalogue of {assessor.name}, in the catalogue's words. We"
            " have not read the summit's own documents for it: the attribution, the force of"
            " the verb and the kind are those usual in such catalogues, not findings of ours."
        ),
    )


def build_report(details: ReportDetails, *, slug, source, assessor) -> OutsideReport:
    return OutsideReport(
        slug=slug,
        assessor=assessor,
        title=source.title,
        source=source,
        scale="−1, 0, +1",
        licence=details.licence,
        published_on=details.published_on,
    )


def build_verdict(report, undertaking, score) -> OutsideVerdict:
    return OutsideVerdict(
        report=report,
        undertaking=undertaking,
        score=score.text,
        status=STATUS_OF_SCORE[score.value],
        note=score.note,
    )


def find_speaker(series) -> Party:
    """Return the party in whose name a joint text of the series speaks.

    It is the party with the slug or name of the series, or else its leaders as a group.
    """
    slug = slug_of(series.slug, "leaders")
    party = (
        Party.objects.filter(slug=series.slug).first()
        or Party.objects.filter(name=series.name).first()
        or Party.objects.filter(slug=slug).first()
    )
    if party:
        return party
    name = f"Leaders at {series.name}"
    return Party(slug=slug, name=name[:200], kind=PartyKind.GROUP)
