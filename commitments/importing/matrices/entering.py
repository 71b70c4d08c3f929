"""Enter what a matrix says: drafts made in bulk, each checked like a form's.

Records that are there already are compared, and never changed.
"""

from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import IntegrityError

from commitments.importing.matrices.drafts import (
    ReportDetails,
    build_pledge,
    build_report,
    build_source,
    build_verdict,
    find_speaker,
)
from commitments.importing.matrices.outcomes import CannotEnter, Outcome
from commitments.importing.matrices.scores import Score
from commitments.importing.matrices.slugs import slug_of
from commitments.importing.texts import fold
from commitments.judging.same_addresses import find_same_sources
from commitments.models import (
    OutsideReport,
    Party,
    Pledge,
    Source,
    SummitSeries,
    Topic,
    Undertaking,
)
from commitments.verdicts.statuses import STATUS_OF_SCORE

MISSING = "An assessment of our own. What stands here is another assessor's verdict."


class UndertakingScore(NamedTuple):
    undertaking: Undertaking
    score: Score


class DraftWriter:
    """Enters the commitments of one matrix inside the caller's transaction.

    The records that a commitment refers to are entered before it.
    """

    def __init__(self, series: SummitSeries, assessor: Party, *, different, progress):
        """`different` says of summits on record how the matrix differs: {summit: why}."""
        self.series = series
        self.assessor = assessor
        self.different = dict(different)
        self.progress = progress
        self.outcome = Outcome()
        self.stored = {}

    def enter(self, commitments, details: ReportDetails) -> Outcome:
        self.series = self._store(self.series)
        self.assessor = self._store(self.assessor)
        self.speaker = self._store(find_speaker(self.series))
        self.topics = self._store_topics(commitments)
        for commitment in commitments:
            self._store(commitment.summit)
            for party, _ in commitment.scores:
                self._store(party)
        source = self._find_source(details)
        self.source = self._store(source)
        undertakings = self._enter_pledges(commitments)
        self._enter_report(commitments, undertakings, details)
        return self.outcome

    def _find_source(self, details):
        """Return the assessor's report as a source: one with its address that is there, or new."""
        source = build_source(details, self.series, self.assessor)
        if Source.objects.filter(slug=source.slug).exists():
            return source
        for same in find_same_sources(source):
            if details.sha256 not in same.source.note:
                self.different[same.source] = (
                    "it has the report's address, and its note does not name this file"
                )
            return same.source
        return source

    def _store(self, row):
        """Return `row` as stored; save it if there is no row of its kind and slug yet."""
        key = type(row), row.slug
        if key not in self.stored:
            record = self._find_or_create(row)
            self.stored[key] = record
        return self.stored[key]

    def _find_or_create(self, row):
        record = row
        if not row.pk:
            record = type(row).objects.filter(slug=row.slug).first()
        if record in self.different:
            self.outcome.different[record] = self.different[record]
        elif record:
            self.outcome.unchanged.append(record)
        else:
            self._create([row])
            self.outcome.made.append(row)
        return record or row

    def _create(self, rows):
        model = type(rows[0])
        # The database checks the rows that these refer to. A form would query each of thousands.
        relations = {column.name for column in model._meta.fields if column.is_relation}
        for row in rows:
            try:
                row.clean_fields(exclude=relations)
            except ValidationError as error:
                raise CannotEnter(*_list_messages(row, error)) from None
        try:
            model.objects.bulk_create(rows, batch_size=500)
        except IntegrityError as error:
            name = model._meta.verbose_name
            raise CannotEnter(f"The database refuses a {name}: {error}") from error

    def _store_topics(self, commitments):
        """Return the topic of each area as {folded area: topic}."""
        topics = {fold(topic.name): topic for topic in Topic.objects.order_by("-slug")}
        areas = {}
        for commitment in commitments:
            area = commitment.area
            if area:
                areas[fold(area)] = area
        stored = {}
        for key, area in areas.items():
            topic = topics.get(key) or Topic(slug=slug_of(area), name=area)
            stored[key] = self._store(topic)
        return stored

    def _enter_pledges(self, commitments):
        """Make the missing pledges; return all undertakings as {(pledge slug, party pk): row}."""
        slugs = [commitment.slug for commitment in commitments]
        pledges = Pledge.objects.filter(slug__in=slugs).select_related("summit")
        on_record = {pledge.slug: pledge for pledge in pledges}
        new = [commitment for commitment in commitments if commitment.slug not in on_record]
        self._make_pledges(new)
        undertakings = _load_undertakings(slugs)
        for commitment in commitments:
            pledge = on_record.get(commitment.slug)
            if pledge:
                self._compare_pledge(pledge, commitment, undertakings)
        return undertakings

    def _make_pledges(self, commitments):
        """Make a pledge for each commitment, with its topics and undertakings."""
        pledges = []
        for commitment in commitments:
            pledge = build_pledge(
                commitment,
                summit=self._store(commitment.summit),
                source=self.source,
                speaker=self.speaker,
                assessor=self.assessor,
            )
            pledges.append(pledge)
        if pledges:
            self._create(pledges)
            self.outcome.made += pledges
        self._link_topics(commitments, pledges)
        self._link_parties(commitments, pledges)

    def _link_topics(self, commitments, pledges):
        through = Pledge.topics.through
        links = []
        for commitment, pledge in zip(commitments, pledges, strict=True):
            if commitment.area:
                topic = self.topics[fold(commitment.area)]
                link = through(pledge_id=pledge.pk, topic_id=topic.pk)
                links.append(link)
        through.objects.bulk_create(links, batch_size=500)

    def _link_parties(self, commitments, pledges):
        rows = []
        pairs = zip(commitments, pledges, strict=True)
        for number, (commitment, pledge) in enumerate(pairs, start=1):
            for party, _ in commitment.scores:
                stored_party = self._store(party)
                row = Undertaking(pledge=pledge, party=stored_party, missing=MISSING)
                row.clean()
                rows.append(row)
            self.progress("pledges", number, len(pledges))
        if rows:
            self._create(rows)

    def _compare_pledge(self, pledge, commitment, undertakings):
        """Report whether a pledge on record says what the matrix says; change nothing in it."""
        summit = self._store(commitment.summit)
        quote_field = Pledge._meta.get_field("quote")
        quote = quote_field.to_python(commitment.text)
        differences = []
        if pledge.quote != quote:
            differences.append("its words differ")
        if pledge.summit_id != summit.pk:
            differences.append("it belongs to another summit")
        lacking = []
        for party, _ in commitment.scores:
            key = commitment.slug, self._store(party).pk
            if key not in undertakings:
                lacking.append(party.slug)
        if lacking:
            differences.append(
                f"{', '.join(lacking)} owe it by the matrix and not here, so their verdicts are"
                " left out"
            )
        if differences:
            self.outcome.different[pledge] = "; ".join(differences)
        else:
            self.outcome.unchanged.append(pledge)

    def _enter_report(self, commitments, undertakings, details):
        """Make the assessor's report with its verdicts, or compare the one on record."""
        scores = self._collect_scores(commitments, undertakings)
        slug = details.slug(self.series, self.assessor)
        report = OutsideReport.objects.filter(slug=slug).first()
        if report:
            self._compare_report(report, scores)
            return
        report = build_report(details, slug=slug, source=self.source, assessor=self.assessor)
        self._create([report])
        verdicts = []
        for undertaking, score in scores:
            verdict = build_verdict(report, undertaking, score)
            verdicts.append(verdict)
        self._create(verdicts)
        count = len(verdicts)
        self.progress("verdicts", count, count)
        self.outcome.made.append(report)
        self.outcome.verdicts_made = count

    def _collect_scores(self, commitments, undertakings):
        scores = []
        for commitment in commitments:
            for party, score in commitment.scores:
                key = commitment.slug, self._store(party).pk
                if key in undertakings:
                    scores.append(UndertakingScore(undertakings[key], score))
        return scores

    def _compare_report(self, report, scores):
        """Report whether a report on record has the verdicts of the matrix."""
        verdicts = report.verdicts.values_list("undertaking_id", "score", "status")
        on_record = set(verdicts)
        in_matrix = set()
        for undertaking, score in scores:
            status = STATUS_OF_SCORE[score.value]
            verdict = undertaking.pk, score.text, status
            in_matrix.add(verdict)
        outcome = self.outcome
        outcome.verdicts_unchanged = len(on_record & in_matrix)
        if on_record == in_matrix:
            outcome.unchanged.append(report)
            return
        differences = on_record ^ in_matrix
        undertakings = {verdict[0] for verdict in differences}
        outcome.different[report] = f"{len(undertakings)} verdicts differ"


def _load_undertakings(pledge_slugs):
    """Return the undertakings of the pledges as {(pledge slug, party pk): row}."""
    rows = Undertaking.objects.filter(pledge__slug__in=pledge_slugs)
    undertakings = {}
    for row in rows.select_related("pledge"):
        key = row.pledge.slug, row.party_id
        undertakings[key] = row
    return undertakings


def _list_messages(row, error):
    """Yield the messages of a `ValidationError`, each with the row and the field it is about."""
    kind = row._meta.verbose_name
    slug = getattr(row, "slug", "")
    where = f"{kind} “{slug[:60]}”"
    for name, messages in error.message_dict.items():
        for message in messages:
            yield f"{where}, {name}: {message}"
