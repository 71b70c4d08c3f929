"""The page that shows each repeated part of other pages once, to see a change of it at a glance."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from django.shortcuts import render

from commitments.charting.frames import Frame
from commitments.charting.series import draw_chart
from commitments.ledger.differences import compare_forms
from commitments.models import (
    Assessment,
    Confidence,
    Observation,
    Party,
    Pledge,
    Release,
    Source,
    SourceKind,
    Tier,
    Undertaking,
)
from commitments.pages.conditional import conditional
from commitments.pages.dossiers import Part
from commitments.pages.headlines import headlines
from commitments.verdicts.rollup import rollup
from commitments.verdicts.statuses import MEANINGS, NOT_ASSESSED, OVERDUE, Status

NUMBER_SHOWN = 2
FRAME = Frame(room=280, height=200)
VERDICTS = (
    [Status.MET] * 5
    + [Status.PARTLY_MET] * 3
    + [Status.NOT_MET] * 2
    + [Status.ON_TRACK] * 4
    + [NOT_ASSESSED] * 3
)
PARTS = [("Sampleland", Status.MET), ("Examplia", Status.NOT_MET), ("Mockovia", Status.NOT_MET)]
PARTS += [("Specimenia", Status.ON_TRACK), ("Trialand", Status.ON_TRACK)]
STEPS = [
    (Status.IN_PROGRESS, date(2025, 3, 1)),
    (Status.ON_TRACK, date(2025, 9, 1)),
    (Status.MET, date(2026, 3, 31)),
]
# Two published forms of a pledge, as far as the sample needs them.
BEFORE = {
    "title": "Trees for the capital",
    "condition": "If parliament agrees",
    "links": [],
}
AFTER = {
    "title": "250 cherry trees for the capital",
    "condition": "",
    "links": [{"to_pledge": "trees-of-1912", "kind": "reaffirms"}],
}
FIGURES = [
    ("1.2", "actual"),
    ("1.5", "actual"),
    ("1.7", "estimate"),
    ("1.9", "budget"),
    ("2.1", "projection"),
]


@conditional()
def style(request):
    context = {
        "pledges": Pledge.objects.published().for_listing()[:NUMBER_SHOWN],
        "headlines": headlines(NUMBER_SHOWN),
        "differences": compare_forms("pledge", BEFORE, AFTER, {}),
        "tally": sample_tally(),
        "tones": sorted({meaning.tone for meaning in MEANINGS.values()}),
        "parties": [sample_party(status) for status in (Status.MET, Status.OFF_TRACK, "")],
        "parts": [sample_part(name, status) for name, status in PARTS],
        "source": sample_source(),
        "steps": [(Assessment(status=status), day) for status, day in STEPS],
        "chart": draw_chart(sample_figures(), [], FRAME),
    }
    return render(request, "commitments/style.html", context)


def sample_tally():
    """Return counts with a reason for each part without a verdict, and some of others alone."""
    counts = rollup(VERDICTS, exempt=1)
    return replace(
        counts,
        by_status={**counts.by_status, "overdue": 5, "awaiting_data": 2, "not_due": 4},
        unjudged={"awaiting_data": 4, "nothing_found": 1, "not_due": 4},
        judged_under=1,
        others_alone=rollup([Status.MET, Status.NOT_MET]),
    )


def sample_party(status):
    """Return an undertaking of a made-up party. Like all samples here, it is never saved."""
    judged = Assessment(status=status, as_of=STEPS[-1][1]) if status else None
    party = Party(slug="sample", name="Sampleland")
    return Undertaking(
        pledge=Pledge(slug="sample"),
        party=party,
        due_on=STEPS[-1][1],
        shown_status=status,
        shown_by="ours" if status else "",
        checked_on=STEPS[-1][1],
        current_assessment=judged,
    )


def sample_part(name, status):
    """Return one of many made-up parts, which the page of a pledge groups by verdict."""
    slug = name.lower()
    own = Pledge(slug="sample")
    row = Undertaking(
        slug=f"sample--{slug}", pledge=own, party=Party(slug=slug, name=name), shown_status=status
    )
    differs = "A sample of a reason that several share." if status == Status.NOT_MET else ""
    findings = {"definitions": [{"finding": {"status": str(Status.MET)}}]} if differs else {}
    judged = Assessment(
        status=status, as_of=STEPS[-1][1], confidence=Confidence.HIGH, differs_because=differs
    )
    judged.findings = findings
    return Part(row, judged, None, standing=OVERDUE if status == Status.ON_TRACK else row.status)


def sample_source():
    return Source(
        title="A sample statement",
        publisher="The Sample Office",
        kind=SourceKind.JOINT_STATEMENT,
        tier=Tier.PRIMARY_OFFICIAL,
        language="en",
        published_on=date(2026, 3, 31),
        url="https://example.org/statement",
        read_at="https://copies.example.net/statement",
        archived_at="https://archive.example.com/statement",
    )


def sample_figures():
    release = Release(title="Sample tables", released_on=date(2026, 5, 1))
    return [
        Observation(
            release=release,
            kind=kind,
            value=Decimal(value),
            decimals=1,
            period_start=date(2021 + year, 1, 1),
            period_end=date(2021 + year, 12, 31),
        )
        for year, (value, kind) in enumerate(FIGURES)
    ]
