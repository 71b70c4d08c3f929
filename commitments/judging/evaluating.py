"""Run the rules on published targets and figures, as the command `evaluate` and any reader can."""

from collections import defaultdict
from dataclasses import dataclass

from commitments.models import Observation, Target, TargetRole
from commitments.verdicts.comparing import Comparison, compare
from commitments.verdicts.measuring import find_goal
from commitments.verdicts.pacing import measure_pace
from commitments.verdicts.rollup import rollup
from commitments.verdicts.targets import Figure, Period
from commitments.verdicts.version import RULES_VERSION

# The columns of an observation that `_build_series` reads.
FIGURE_COLUMNS = (
    *("party", "period_start", "period_end", "value", "decimals", "kind"),
    *(f"release__{name}" for name in ("indicator", "released_on", "slug", "url")),
)
# The most that one query of the public may ask for. It is enough for a pledge of every state, with
# thirty years of figures.
MOST_PARTIES, MOST_FIGURES = 300, 20_000


class NotOwed(Exception):
    """The party of a query does not owe the pledge, or not yet.

    The message says which parties owe it, or from which day.
    """

    def __init__(self, party, undertakings):
        owing = {row.party.slug: row.binds_from for row in undertakings}
        if party in owing:
            message = f"{party} owes this pledge only from {owing[party]}."
        else:
            names = ", ".join(owing)
            message = f"{party} does not owe this pledge. These do: {names}."
        super().__init__(message)


class TooMuch(Exception):
    """A query of the public asks for more parties or figures than we judge at once."""


@dataclass(frozen=True)
class Evaluated:
    """One party's part, judged by the rule: the primary definition first, then the alternatives.

    `rows` are the targets of the table that were compared, in the same order.
    """

    undertaking: object
    compared: list[Comparison]
    rows: list[Target]

    @property
    def primary(self):
        return self.compared[0]

    @property
    def alternatives(self):
        return self.compared[1:]

    @property
    def definitions(self):
        """Each target of the table with its comparison."""
        return list(zip(self.rows, self.compared, strict=True))


def evaluate_pledge(pledge, *, as_of, known_on, party=None, bounded=False) -> list[Evaluated]:
    """Judge each undertaking of the published `pledge` that has a target in numbers.

    With `party`, a slug, only that party's. Leaves out the exempt, and parties bound only after
    `as_of`. Three statements, however many parties there are. Raises NotOwed, and if `bounded`
    TooMuch.
    """
    rows = pledge.undertakings.published()
    rows = rows.select_related("party")
    undertakings = sorted(rows, key=_read_party_slug)
    bound = [row for row in undertakings if row.is_bound(on=as_of)]
    if party:
        bound = [row for row in bound if row.party.slug == party]
    if party and not bound:
        raise NotOwed(party, undertakings)
    if bounded and len(bound) > MOST_PARTIES:
        raise TooMuch
    return evaluate_parts(bound, as_of=as_of, known_on=known_on, bounded=bounded)


def _read_party_slug(undertaking):
    return undertaking.party.slug


def evaluate_parts(undertakings, *, as_of, known_on, bounded=False) -> list[Evaluated]:
    """Judge those of `undertakings` that have a target in numbers.

    They are of any pledges, drafts too, and read with their party. The figures are published ones.
    Two statements, besides that of `undertakings`.
    """
    pledges = {row.pledge_id for row in undertakings if not row.is_exempt}
    targets = []
    if pledges:
        rows = Target.objects.filter(pledge__in=pledges)
        targets = list(rows.select_related("indicator").order_by("pk"))
    return evaluate_undertakings(
        undertakings, targets, as_of=as_of, known_on=known_on, bounded=bounded
    )


def evaluate_undertakings(
    undertakings, targets, *, as_of, known_on, bounded=False
) -> list[Evaluated]:
    """Judge `undertakings` by the `targets` of their pledges.

    One statement, or none without a target in numbers.
    """
    rows = [row for row in undertakings if not row.is_exempt]
    rows.sort(key=_read_party_slug)
    measured = read_numbers(targets)
    figures = load_published_figures(measured, rows, known_on=known_on)
    if bounded:
        figures = list(figures[: MOST_FIGURES + 1])
        if len(figures) > MOST_FIGURES:
            raise TooMuch
    return evaluate_rows(rows, targets, figures, as_of=as_of, known_on=known_on)


def evaluate_rows(undertakings, targets, figures, *, as_of, known_on) -> list[Evaluated]:
    """Judge `undertakings` by rows that are loaded already. No statement.

    `targets` are read with their indicator, and `figures`, which are observations, with their
    release.
    """
    series = _build_series(figures)
    measured = defaultdict(list)
    for target in read_numbers(targets):
        measured[target.pledge_id].append(target)
    evaluated = []
    for undertaking in undertakings:
        own = measured[undertaking.pledge_id]
        rows = choose_definitions(undertaking, own)
        if undertaking.is_exempt or not rows:
            continue
        definitions = [_build_definition(target, undertaking, own, series) for target in rows]
        compared = compare(definitions, as_of=as_of, known_on=known_on)
        evaluated.append(Evaluated(undertaking, compared, rows))
    return evaluated


def _build_definition(target, undertaking, targets, series):
    """Return the name of a definition, its target as the rules read it, and its figures."""
    party = target.measured_party(undertaking)
    key = (target.indicator_id, party)
    figures = series.get(key, [])
    steps = find_steps(target, undertaking, targets)
    rule_target = target.build_rule_target(undertaking, steps=steps)
    return target.label, rule_target, figures


def read_numbers(targets) -> list[Target]:
    """Keep the targets that are numbers with a published indicator: those a rule can judge."""
    return [target for target in targets if target.is_judged_by_rule]


def choose_definitions(undertaking, targets) -> list[Target]:
    """Return the targets that judge `undertaking`, its primary one first; [] without a primary one.

    A party's own primary target replaces that of the pledge. Interim targets never judge.
    """
    own = [row for row in targets if row.undertaking_id == undertaking.pk]
    shared = [row for row in targets if row.undertaking_id is None]
    primary = None
    alternatives = []
    for target in [*own, *shared]:
        if target.role == TargetRole.ALTERNATIVE:
            alternatives.append(target)
        elif target.role == TargetRole.PRIMARY:
            primary = primary or target
    if primary is None:
        return []
    return [primary, *alternatives]


def find_steps(target, undertaking, targets) -> tuple:
    """Return the interim targets on the way to `target`, as days and values of its indicator."""
    steps = []
    for step in targets:
        owed = step.undertaking_id in (undertaking.pk, None)
        if not owed or not _is_step_to(target, step):
            continue
        value = find_goal(step.build_rule_target(undertaking))
        if step.due and value is not None:
            steps.append((step.due, value))
    return tuple(sorted(steps))


def _is_step_to(target, step):
    if step.role != TargetRole.INTERIM or step.pledge_id != target.pledge_id:
        return False
    return step.indicator_id == target.indicator_id


def as_json(pledge, evaluated, *, as_of, known_on) -> dict:
    """Return the documented, stable form of an evaluation (docs/evaluating.md)."""
    days = {"as_of": as_of, "known_on": known_on}
    return {
        "pledge": pledge.slug,
        "as_of": as_of.isoformat(),
        "known_on": known_on.isoformat(),
        "rules_version": RULES_VERSION,
        "undertakings": [_describe_undertaking(part, days) for part in evaluated],
        "rollup": _describe_rollup(evaluated),
    }


def describe_finding(compared) -> dict:
    """Return what one definition finds, in the form that `evaluate` and the API share."""
    finding = compared.finding.as_json()
    return {"label": compared.label, **finding}


def describe_alternatives(evaluated) -> list[dict]:
    """Return what the other definitions find, and whether each flips the verdict."""
    described = []
    for other in evaluated.alternatives:
        finding = describe_finding(other)
        described.append({**finding, "flips": other.flips})
    return described


def _describe_undertaking(evaluated, days):
    primary = evaluated.primary
    progress = measure_pace(primary.target, primary.series, **days)
    return {
        "party": evaluated.undertaking.party.slug,
        "primary": describe_finding(primary),
        "alternatives": describe_alternatives(evaluated),
        "flips": [other.label for other in evaluated.alternatives if other.flips],
        "pace": progress and progress.as_json(),
    }


def _describe_rollup(evaluated):
    total = rollup(part.primary.finding.status for part in evaluated)
    return {
        "parties": total.parties,
        "by_status": total.by_status,
        "scored": total.scored,
        "mean_score": _write_number(total.mean_score),
        "percent": _write_number(total.percent),
    }


def _write_number(number):
    if number is None:
        return None
    return str(number)


def load_published_figures(targets, undertakings, *, known_on):
    """Return the public figures for `targets` released by `known_on`, a queryset of observations.

    They are those of the parties that `undertakings` of the same pledges measure.
    """
    owing = defaultdict(list)
    for undertaking in undertakings:
        owing[undertaking.pledge_id].append(undertaking)
    parties = set()
    for target in targets:
        for undertaking in owing[target.pledge_id]:
            parties.add(target.measured_party(undertaking))
    if not parties:
        return Observation.objects.none()
    rows = Observation.objects.published().as_of(known_on)
    rows = rows.filter(
        release__indicator__in={target.indicator_id for target in targets},
        party__in=parties,
    )
    rows = rows.select_related("release").only(*FIGURE_COLUMNS)
    # In any order: the rules sort them by period.
    return rows.order_by()


def _build_series(figures):
    """Return {(indicator, party): [Figure, ...]} of observations; both are keys of their rows."""
    series = defaultdict(list)
    for row in figures:
        release = row.release
        figure = Figure(
            period=Period(row.period_start, row.period_end),
            value=row.value,
            decimals=row.decimals,
            kind=row.kind,
            released_on=release.released_on,
            release=release.slug,
            url=release.url,
        )
        series[release.indicator_id, row.party_id].append(figure)
    return series
