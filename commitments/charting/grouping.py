"""Many parties' findings as a strip: who met it, and by how much."""

from dataclasses import dataclass

from commitments.charting.frames import Frame
from commitments.charting.strips import Strip, draw_strip
from commitments.verdicts.statuses import READING_ORDER

# Fewer are told one by one, in a table.
STRIP_FROM = 5
FRAME = Frame(room=284, height=0, top=24, foot=20)


@dataclass(frozen=True)
class Groups:
    """`groups` are (status, what was found for its parties, the highest value first)."""

    drawing: Strip | None
    groups: list[tuple]
    unit: str


def strip_of(ruled, frame=FRAME) -> Groups:
    """Return the strip of `ruled`, each party by its primary definition."""
    by_value = sorted(ruled, key=lambda one: (_rank(one), one.undertaking.party.name))
    groups = [
        (status, [one for one in by_value if one.finding.status == status])
        for status in READING_ORDER
    ]
    figures = [(one.finding.actual, one) for one in by_value if one.finding.actual is not None]
    required = {one.finding.required for one in by_value if one.finding.required is not None}
    units = {one.definitions[0].target.indicator.unit for one in by_value}
    # Parties with indicators of their own are measured in different things: no scale holds them.
    alike = len(units) == 1
    return Groups(
        drawing=draw_strip(figures, required.pop() if len(required) == 1 else None, frame)
        if alike
        else None,
        groups=[(str(status), ones) for status, ones in groups if ones],
        unit=units.pop() if alike else "",
    )


def _rank(one):
    """Return what sorts it, the highest first; what has no figure stands last."""
    return (one.finding.actual is None, -(one.finding.actual or 0))
