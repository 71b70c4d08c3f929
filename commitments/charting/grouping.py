"""Many parties' findings as a strip: who met it, and by how much."""

from dataclasses import dataclass

from commitments.charting.frames import Frame
from commitments.charting.strips import Strip, draw_strip
from commitments.verdicts.statuses import READING_ORDER

# Fewer findings are listed in a table instead.
STRIP_FROM = 5
FRAME = Frame(room=284, height=0, top=24, foot=20)


@dataclass(frozen=True)
class Groups:
    """A strip of findings and the lists below it.

    `groups` are (status, findings of its parties, the highest value first).
    """

    drawing: Strip | None
    groups: list[tuple]
    unit: str


def strip_of(ruled, frame=FRAME) -> Groups:
    """Return the strip of `ruled`, the findings of several parties, by their primary definitions.

    There is no drawing of events, nor where parties have indicators of their own: these are
    measured in different units, which no scale holds.
    """
    findings = sorted(ruled, key=_highest_first)
    groups = _group_by_status(findings)
    unit = _find_common_unit(findings)
    if unit is None:
        return Groups(drawing=None, groups=groups, unit="")
    drawing = _draw_findings(findings, frame)
    return Groups(drawing=drawing, groups=groups, unit=unit)


def _find_common_unit(findings):
    """Return the unit that all are measured in; None where they have none or several."""
    units = set()
    for row in findings:
        target = row.definitions[0].target
        if target.is_milestone:
            return None
        units.add(target.indicator.unit)
    if len(units) != 1:
        return None
    return units.pop()


def _draw_findings(findings, frame) -> Strip | None:
    figures = []
    required_values = set()
    for row in findings:
        finding = row.finding
        if finding.actual is not None:
            figures.append((finding.actual, row))
        if finding.required is not None:
            required_values.add(finding.required)
    required = None
    if len(required_values) == 1:
        required = required_values.pop()
    return draw_strip(figures, required, frame)


def _group_by_status(findings) -> list[tuple]:
    groups = []
    for status in READING_ORDER:
        rows = [row for row in findings if row.finding.status == status]
        if rows:
            groups.append((str(status), rows))
    return groups


def _highest_first(row):
    """Return what sorts a finding; those without a figure come last."""
    finding = row.finding
    actual = finding.actual
    has_no_figure = actual is None
    name = row.undertaking.party.name
    return has_no_figure, -(actual or 0), name
