"""The rules run on published targets and figures: what `evaluate` prints and any reader can
repeat.
"""

from dataclasses import dataclass
from decimal import Decimal

from commitments.models import Observation, Target, TargetRole
from commitments.verdicts.comparing import Compared, compare
from commitments.verdicts.dates import last_day
from commitments.verdicts.measuring import level
from commitments.verdicts.pacing import pace
from commitments.verdicts.rollup import rollup
from commitments.verdicts.targets import Comparator, Figure, Kind, Period, RuleTarget
from commitments.verdicts.version import RULES_VERSION

# What `_series` reads of a figure.
FIGURE_COLUMNS = (
    *("party", "period_start", "period_end", "value", "decimals", "kind"),
    *(f"release__{name}" for name in ("indicator", "released_on", "slug", "url")),
)
# What one question of the public may ask for. A pledge of every state, with thirty years of
# figures, is within it.
MOST_PARTIES, MOST_FIGURES = 300, 20_000


class NotOwed(Exception):
    """A party was asked about that does not owe the pledge, or not yet; the message says who does,
    or from when.
    """

    def __init__(self, party, undertakings):
        owing = {row.party.slug: row.binds_from for row in undertakings}
        if party in owing:
            super().__init__(f"{party} owes this pledge only from {owing[party]}.")
        else:
            super().__init__(f"{party} does not owe this pledge. These do: {', '.join(owing)}.")


class TooMuch(Exception):
    """More parties or figures than are judged for one question."""


@dataclass(frozen=True)
class Evaluated:
    """One party's part, judged by the rule: the primary definition first, then the alternatives.

    `rows` are the targets of the table that were compared, in the same order.
    """

    undertaking: object
    compared: list[Compared]
    rows: list[Target]

    @property
    def primary(self):
        return self.compared[0]

    @property
    def alternatives(self):
        return self.compared[1:]

    @property
    def definitions(self):
        """Each target of the table with what it finds."""
        return list(zip(self.rows, self.compared, strict=True))


def evaluate_pledge(pledge, *, as_of, known_on, party=None, bounded=False) -> list[Evaluated]:
    """Judge each undertaking of the published `pledge` that has a target in numbers; of `party`, a
    slug, only.

    The exempt are left out, and who is bound only after `as_of`. Three statements, however many
    parties there are. Raises NotOwed, and if `bounded` TooMuch.
    """
    every = sorted(
        pledge.undertakings.published().select_related("party"), key=lambda row: row.party.slug
    )
    owed = [row for row in every if row.binds_from is None or row.binds_from <= as_of]
    asked = [row for row in owed if party in (None, "", row.party.slug)]
    if not asked and party:
        raise NotOwed(party, every)
    if bounded and len(asked) > MOST_PARTIES:
        raise TooMuch
    return evaluate_parts(asked, as_of=as_of, known_on=known_on, bounded=bounded)


def evaluate_parts(undertakings, *, as_of, known_on, bounded=False) -> list[Evaluated]:
    """Judge those of `undertakings`, of any pledges and read with their party, that have a target
    in numbers.

    Theirs may be drafts; the figures are published ones. Two statements beside that of
    `undertakings`.
    """
    pledges = {row.pledge_id for row in undertakings if not row.is_exempt}
    targets = (
        Target.objects.filter(pledge__in=pledges).select_related("indicator").order_by("pk")
        if pledges
        else []
    )
    return evaluate_undertakings(
        undertakings, list(targets), as_of=as_of, known_on=known_on, bounded=bounded
    )


def evaluate_undertakings(
    undertakings, targets, *, as_of, known_on, bounded=False
) -> list[Evaluated]:
    """Judge `undertakings` by the `targets` of their pledges. One statement, none without a target
    in numbers.
    """
    judged = sorted(
        (row for row in undertakings if not row.is_exempt), key=lambda row: row.party.slug
    )
    figures = load_published_figures(read_numbers(targets), judged, known_on=known_on)
    if bounded:
        figures = list(figures[: MOST_FIGURES + 1])
        if len(figures) > MOST_FIGURES:
            raise TooMuch
    return evaluate_rows(judged, targets, figures, as_of=as_of, known_on=known_on)


def evaluate_rows(undertakings, targets, figures, *, as_of, known_on) -> list[Evaluated]:
    """Judge `undertakings` by rows that were read already: targets with indicator, observations
    with release.
    """
    series, measured = _series(figures), {}
    for row in read_numbers(targets):
        measured.setdefault(row.pledge_id, []).append(row)
    judged = []
    for undertaking in undertakings:
        own = measured.get(undertaking.pledge_id, [])
        rows = definitions_for(undertaking, own)
        definitions = [
            (
                row.label,
                rule_target(row, undertaking, steps=steps_for(row, undertaking, own)),
                series.get((row.indicator_id, whose(row, undertaking)), []),
            )
            for row in rows
        ]
        if definitions and not undertaking.is_exempt:
            judged.append(
                Evaluated(undertaking, compare(definitions, as_of=as_of, known_on=known_on), rows)
            )
    return judged


def read_numbers(targets) -> list[Target]:
    """Keep the targets that are numbers with a published indicator: those a rule can judge."""
    return [row for row in targets if row.kind != Kind.MILESTONE and row.indicator.is_published]


def definitions_for(undertaking, targets) -> list[Target]:
    """Return the targets that judge `undertaking`, its primary one first; [] without a primary one.

    A party's own target stands in place of the pledge's. Interim targets are steps on the way, and
    left out.
    """
    own = [row for row in targets if row.undertaking_id == undertaking.pk]
    everybody = [row for row in targets if row.undertaking_id is None]
    primary = [row for row in [*own, *everybody] if row.role == TargetRole.PRIMARY][:1]
    alternatives = [row for row in [*own, *everybody] if row.role == TargetRole.ALTERNATIVE]
    return [*primary, *alternatives] if primary else []


def steps_for(row, undertaking, targets) -> tuple:
    """Return the interim targets on the way to `row`, as days and values of its indicator."""
    own = {undertaking.pk if undertaking else None, None}
    interim = [
        step
        for step in targets
        if step.role == TargetRole.INTERIM
        and (step.pledge_id, step.indicator_id) == (row.pledge_id, row.indicator_id)
        and step.undertaking_id in own
    ]
    values = [(step.due, level(rule_target(step, undertaking))) for step in interim]
    return tuple(sorted((day, value) for day, value in values if day and value is not None))


def rule_target(row, undertaking=None, *, steps=()) -> RuleTarget:
    """Return the target of the table as the rules read it, for the party of `undertaking`."""
    return RuleTarget(
        kind=Kind(row.kind),
        due=row.due,
        value=_written(row.value),
        comparator=Comparator(row.comparator),
        baseline=_written(row.baseline_value),
        baseline_day=last_day(row.baseline_period, row.indicator.fiscal_year_starts),
        window_start=row.window_start,
        decimals=row.decimals,
        partly_met_share=row.partly_met_share,
        accepts=frozenset(row.accepts),
        per_cent=row.per_cent,
        binds_from=undertaking and undertaking.binds_from,
        steps=steps,
    )


def as_json(pledge, evaluated, *, as_of, known_on) -> dict:
    """Return the documented, stable form of an evaluation (docs/evaluating.md)."""
    return {
        "pledge": pledge.slug,
        "as_of": as_of.isoformat(),
        "known_on": known_on.isoformat(),
        "rules_version": RULES_VERSION,
        "undertakings": [
            _undertaking(one, {"as_of": as_of, "known_on": known_on}) for one in evaluated
        ],
        "rollup": _rollup(evaluated),
    }


def describe_finding(compared) -> dict:
    """Return what one definition finds, in the form that `evaluate` and the API share."""
    return {"label": compared.label, **compared.finding.as_json()}


def describe_alternatives(one) -> list[dict]:
    """Return what the other definitions find, and whether each flips the verdict."""
    return [{**describe_finding(other), "flips": other.flips} for other in one.alternatives]


def _undertaking(one, days):
    primary = one.primary
    paced = pace(primary.target, primary.series, **days)
    return {
        "party": one.undertaking.party.slug,
        "primary": describe_finding(primary),
        "alternatives": describe_alternatives(one),
        "flips": [other.label for other in one.alternatives if other.flips],
        "pace": paced and paced.as_json(),
    }


def _rollup(evaluated):
    counted = rollup([one.primary.finding.status for one in evaluated])
    return {
        "parties": counted.parties,
        "by_status": counted.by_status,
        "scored": counted.scored,
        "mean_score": None if counted.mean_score is None else str(counted.mean_score),
        "percent": None if counted.percent is None else str(counted.percent),
    }


def _written(value):
    """Return a stored number without the zeros that the column adds."""
    return None if value is None else Decimal(format(value.normalize(), "f"))


def whose(row, undertaking):
    """Return the key of the party whose figures the target is held against."""
    return row.measured_for_id or undertaking.party_id


def load_published_figures(targets, undertakings, *, known_on):
    """Return the public figures that `targets` are held against, released by `known_on`: a queryset
    of observations.
    """
    owing = {}
    for undertaking in undertakings:
        owing.setdefault(undertaking.pledge_id, []).append(undertaking)
    parties = {
        whose(row, undertaking) for row in targets for undertaking in owing.get(row.pledge_id, [])
    }
    if not parties:
        return Observation.objects.none()
    indicators = {row.indicator_id for row in targets}
    rows = (
        Observation.objects.published()
        .as_of(known_on)
        .filter(release__indicator__in=indicators, party__in=parties)
    )
    # In any order: the rules sort them by period.
    return rows.select_related("release").only(*FIGURE_COLUMNS).order_by()


def _series(figures):
    """Return by indicator and party what the rules read of observations."""
    found = {}
    for row in figures:
        found.setdefault((row.release.indicator_id, row.party_id), []).append(
            Figure(
                Period(row.period_start, row.period_end),
                _written(row.value),
                row.decimals,
                row.kind,
                row.release.released_on,
                row.release.slug,
                row.release.url,
            )
        )
    return found
