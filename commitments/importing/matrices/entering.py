"""From what a matrix says to rows: drafts, made in bulk, each checked like a form's. Nothing there
is changed.
"""

from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import IntegrityError

from commitments.importing.matrices.slugs import slug_of
from commitments.importing.texts import fold
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
    SummitSeries,
    Tier,
    Topic,
    Undertaking,
)
from commitments.verdicts.dates import Precision
from commitments.verdicts.statuses import STATUS_OF_SCORE

TITLE = 200
MISSING = "An assessment of our own. What stands here is another assessor's verdict."


class CannotEnter(Exception):
    """A matrix whose rows the database or the rules of the site refuse. `reasons` are sentences."""

    def __init__(self, *reasons):
        self.reasons = [str(reason) for reason in reasons]
        super().__init__("\n".join(self.reasons))


@dataclass(frozen=True)
class Reporting:
    """What is known of the report as a publication; nothing of it stands in the matrix itself."""

    sha256: str
    published_on: object
    title: str = ""
    url: str = ""
    licence: str = ""


@dataclass
class Outcome:
    """What an import did: the records made, those found the same, and those found different and
    left alone.
    """

    made: list = field(default_factory=list)
    unchanged: list = field(default_factory=list)
    different: dict = field(default_factory=dict)
    verdicts_made: int = 0
    verdicts_unchanged: int = 0

    @property
    def records(self):
        return [*self.made, *self.unchanged, *self.different]


class Entering:
    """Enters the commitments of one matrix, what they refer to first, inside the caller's
    transaction.
    """

    def __init__(self, series: SummitSeries, assessor: Party, *, different, progress):
        self.series, self.assessor, self.progress = series, assessor, progress
        self.outcome, self.different = Outcome(), different
        self.saved = {}

    def enter(self, commitments, reporting: Reporting) -> Outcome:
        self.series, self.assessor = self._one(self.series), self._one(self.assessor)
        self.speaker = self._one(_speaker(self.series))
        self.topics = self._topics(commitments)
        for commitment in commitments:
            self._one(commitment.summit)
            for party, _score in commitment.scores:
                self._one(party)
        self.source = self._one(self._source(reporting))
        undertakings = self._pledges(commitments)
        self._report(commitments, undertakings, reporting)
        return self.outcome

    def _one(self, row):
        """Return `row` as stored: saved now if nothing of its kind and slug is there."""
        key = type(row), row.slug
        if key not in self.saved:
            there = row if row.pk else type(row).objects.filter(slug=row.slug).first()
            if there in self.different:
                self.outcome.different[there] = self.different[there]
            elif there:
                self.outcome.unchanged.append(there)
            else:
                self._create([row])
                self.outcome.made.append(row)
            self.saved[key] = there or row
        return self.saved[key]

    def _create(self, rows):
        # The database holds what rows refer to; a form would ask it about each of thousands.
        relations = {column.name for column in rows[0]._meta.fields if column.is_relation}
        for row in rows:
            try:
                row.clean_fields(exclude=relations)
            except ValidationError as error:
                raise CannotEnter(*_sentences(row, error)) from None
        try:
            type(rows[0]).objects.bulk_create(rows, batch_size=500)
        except IntegrityError as error:
            raise CannotEnter(
                f"The database refuses a {rows[0]._meta.verbose_name}: {error}"
            ) from error

    def _topics(self, commitments):
        there = {fold(topic.name): topic for topic in Topic.objects.order_by("-slug")}
        areas = {fold(one.area): one.area for one in commitments if one.area}
        return {
            key: self._one(there.get(key) or Topic(slug=slug_of(area), name=area))
            for key, area in areas.items()
        }

    def _source(self, reporting):
        return Source(
            slug=self._edition(reporting),
            kind=SourceKind.ANALYSIS,
            title=reporting.title or f"{self.series.name}: compliance matrix",
            publisher=self.assessor.name,
            published_on_precision=Precision.NONE,
            url=reporting.url,
            tier=Tier.INDEPENDENT,
            issued_by=self.assessor,
            note=f"Entered from a file whose SHA-256 is {reporting.sha256}.",
        )

    def _edition(self, reporting):
        # The file is part of the name: another edition of the catalogue is another report, beside
        # this one.
        return slug_of(self.series.slug, self.assessor.slug, reporting.sha256[:8])

    def _pledges(self, commitments):
        """Make the pledges that are not there; return all undertakings by pledge slug and party."""
        there = {
            pledge.slug: pledge
            for pledge in Pledge.objects.filter(
                slug__in=[one.slug for one in commitments]
            ).select_related("summit")
        }
        new = [one for one in commitments if one.slug not in there]
        made = [self._pledge(one) for one in new]
        if made:
            self._create(made)
            self.outcome.made += made
        self._link(new, made)
        slugs = [one.slug for one in commitments]
        undertakings = {
            (row.pledge.slug, row.party_id): row
            for row in Undertaking.objects.filter(pledge__slug__in=slugs).select_related("pledge")
        }
        for one in commitments:
            if one.slug in there:
                self._compare(there[one.slug], one, undertakings)
        return undertakings

    def _pledge(self, one):
        summit = self._one(one.summit)
        return Pledge(
            slug=one.slug,
            title=_title(one.text),
            summit=summit,
            quote=one.text,
            # The catalogue's words; whether they are the summit's own, nobody here has looked.
            quote_is_verbatim=False,
            source=self.source,
            locator=f"Commitment {one.id}",
            # The last day it may have been made, as with every day that is known only roughly.
            made_on=summit.ends_on,
            stated_by=self.speaker,
            attribution=Attribution.JOINT_TEXT,
            modality=Modality.AGREES,
            kind=PledgeKind.DIPLOMATIC,
            deadline_precision=Precision.NONE,
            explanation=(
                f"Entered from the catalogue of {self.assessor.name}, in the catalogue's words. We"
                " have not read the summit's own documents for it: the attribution, the force of"
                " the verb and the kind are those usual in such catalogues, not findings of ours."
            ),
        )

    def _link(self, commitments, pledges):
        """Give the new `pledges` their topics and undertakings."""
        rows, total = [], len(pledges)
        through = Pledge.topics.through
        topics = [
            through(pledge_id=pledge.pk, topic_id=self.topics[fold(one.area)].pk)
            for one, pledge in zip(commitments, pledges, strict=True)
            if one.area
        ]
        through.objects.bulk_create(topics, batch_size=500)
        for number, (one, pledge) in enumerate(zip(commitments, pledges, strict=True), start=1):
            for party, _score in one.scores:
                row = Undertaking(pledge=pledge, party=self._one(party), missing=MISSING)
                row.clean()
                rows.append(row)
            self.progress("pledges", number, total)
        if rows:
            self._create(rows)

    def _compare(self, pledge, one, undertakings):
        """Say whether a pledge that was there says what the matrix says; nothing of it is
        changed.
        """
        summit = self._one(one.summit)
        wrong = []
        if pledge.quote != Pledge._meta.get_field("quote").to_python(one.text):
            wrong.append("its words differ")
        if pledge.summit_id != summit.pk:
            wrong.append("it belongs to another summit")
        lacking = [
            party.slug
            for party, _score in one.scores
            if (one.slug, self._one(party).pk) not in undertakings
        ]
        if lacking:
            wrong.append(
                f"{', '.join(lacking)} owe it by the matrix and not here, so their verdicts are"
                " left out"
            )
        if wrong:
            self.outcome.different[pledge] = "; ".join(wrong)
        else:
            self.outcome.unchanged.append(pledge)

    def _report(self, commitments, undertakings, reporting):
        wanted = []
        for one in commitments:
            for party, score in one.scores:
                undertaking = undertakings.get((one.slug, self._one(party).pk))
                if undertaking:
                    wanted.append((undertaking, score))
        report = OutsideReport.objects.filter(slug=self._edition(reporting)).first()
        if report:
            self._compare_report(report, wanted)
            return
        report = OutsideReport(
            slug=self._edition(reporting),
            assessor=self.assessor,
            title=self.source.title,
            source=self.source,
            scale="−1, 0, +1",
            licence=reporting.licence,
            published_on=reporting.published_on,
        )
        self._create([report])
        verdicts = [
            OutsideVerdict(
                report=report,
                undertaking=undertaking,
                score=score.text,
                status=STATUS_OF_SCORE[score.value],
                note=score.note,
            )
            for undertaking, score in wanted
        ]
        self._create(verdicts)
        self.progress("verdicts", len(verdicts), len(verdicts))
        self.outcome.made.append(report)
        self.outcome.verdicts_made = len(verdicts)

    def _compare_report(self, report, wanted):
        said = set(report.verdicts.values_list("undertaking_id", "score", "status"))
        asked = {
            (undertaking.pk, score.text, STATUS_OF_SCORE[score.value])
            for undertaking, score in wanted
        }
        self.outcome.verdicts_unchanged = len(said & asked)
        if said == asked:
            self.outcome.unchanged.append(report)
        else:
            unlike = {undertaking for undertaking, _score, _status in said ^ asked}
            self.outcome.different[report] = f"{len(unlike)} verdicts differ"


def _speaker(series):
    """Return in whose name a joint text speaks: the party of the series' own name, or its leaders
    as a group.
    """
    party = (
        Party.objects.filter(slug=series.slug).first()
        or Party.objects.filter(name=series.name).first()
    )
    name = f"Leaders at {series.name}"
    return party or Party(
        slug=slug_of(series.slug, "leaders"), name=name[:200], kind=PartyKind.GROUP
    )


def _title(text):
    line = " ".join(text.split())
    if len(line) <= TITLE:
        return line
    return f"{line[: TITLE - 1].rsplit(' ', 1)[0]}…"


def _sentences(row, error):
    for name, messages in error.message_dict.items():
        yield from (
            f"{row._meta.verbose_name} “{getattr(row, 'slug', '')[:60]}”, {name}: {message}"
            for message in messages
        )
