"""Run the rules on published targets and figures, as the command `evaluate` and any reader can."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from commitments.judging.events import find_events, load_events
from commitments.judging.scopes import WHOLE, Narrowed, Scope, narrow_to_scope, refuse_unheld
from commitments.models import Observation, Target, TargetRole
from commitments.verdicts.comparing import Comparison, compare
from commitments.verdicts.measuring import find_goal
from commitments.verdicts.targets import Figure

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

    `rows` are the targets of the table that were compared, in the same order. `baselines` are the
    figures that they start from, None where one has its own or none; `narrowed` says what the scope
    of the evaluation left of each.
    """

    undertaking: object
    compared: list[Comparison]
    rows: list[Target]
    baselines: list[Figure | None]
    narrowed: list[Narrowed]

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


@dataclass(frozen=True)
class KnownFigures:
    """What was published on a day, of which targets are judged: the figures by (indicator, party),
    the events by (pledge, party), and the scope that an evaluation asks for.
    """

    figures: dict
    events: dict
    on: date
    scope: Scope = WHOLE

    def find_series(self, target, undertaking) -> list[Figure]:
        """Return the figures or events that decide `target` for the party of `undertaking`."""
        if target.is_milestone:
            return find_events(target, undertaking, self.events)
        party = target.measured_party(undertaking)
        key = (target.indicator_id, party)
        return self.figures.get(key, [])

    def find_baseline(self, target, series) -> Figure | None:
        """Return the figure of `series` that `target` starts from; None if it names none."""
        return target.find_baseline(series, known_on=self.on, release=self.scope.release)


@dataclass(frozen=True)
class PreparedTarget:
    """A target of the table as the rules read it for one party."""

    row: Target
    baseline: Figure | None
    narrowed: Narrowed


def evaluate_pledge(
    pledge, *, as_of, known_on, party=None, bounded=False, scope=WHOLE
) -> list[Evaluated]:
    """Judge each undertaking of the published `pledge` that has a target for a rule.

    With `party`, a slug, only that party's. Leaves out the exempt, and parties bound only after
    `as_of`. Three statements, however many parties there are, and a fourth for milestones. Raises
    NotOwed, NotHeld if nothing is of the `scope`, and if `bounded` TooMuch.
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
    return evaluate_parts(bound, as_of=as_of, known_on=known_on, bounded=bounded, scope=scope)


def _read_party_slug(undertaking):
    return undertaking.party.slug


def evaluate_parts(undertakings, *, as_of, known_on, bounded=False, scope=WHOLE) -> list[Evaluated]:
    """Judge those of `undertakings` that have a target for a rule.

    They are of any pledges, drafts too, and read with their party. The figures and events are
    published ones. Two statements, besides that of `undertakings`, and a third for milestones.
    """
    pledges = {row.pledge_id for row in undertakings if not row.is_exempt}
    targets = []
    if pledges:
        rows = Target.objects.filter(pledge__in=pledges)
        targets = list(rows.select_related("indicator").order_by("pk"))
    return evaluate_undertakings(
        undertakings, targets, as_of=as_of, known_on=known_on, bounded=bounded, scope=scope
    )


def evaluate_undertakings(
    undertakings, targets, *, as_of, known_on, bounded=False, scope=WHOLE
) -> list[Evaluated]:
    """Judge `undertakings` by the `targets` of their pledges.

    One statement for figures and one for events, or none without a target that needs it.
    """
    rows = [row for row in undertakings if not row.is_exempt]
    rows.sort(key=_read_party_slug)
    ruled = keep_ruled(targets)
    figures = load_published_figures(ruled, rows, known_on=known_on)
    if bounded:
        figures = list(figures[: MOST_FIGURES + 1])
        if len(figures) > MOST_FIGURES:
            raise TooMuch
    events = load_events(ruled, known_on=known_on)
    series = _build_series(figures)
    known = KnownFigures(series, events, known_on, scope)
    evaluated = evaluate_known(rows, ruled, known, as_of=as_of)
    parts = []
    for part in evaluated:
        parts += part.narrowed
    refuse_unheld(parts, scope)
    return evaluated


def evaluate_rows(undertakings, targets, figures, *, events, as_of, known_on) -> list[Evaluated]:
    """Judge `undertakings` by rows that are loaded already. No statement.

    `targets` are read with their indicator, and `figures`, which are observations, with their
    release; `events` are those of `load_events`.
    """
    series = _build_series(figures)
    known = KnownFigures(series, events, known_on)
    ruled = keep_ruled(targets)
    return evaluate_known(undertakings, ruled, known, as_of=as_of)


def evaluate_known(
    undertakings: Iterable, targets: list[Target], known: KnownFigures, *, as_of: date
) -> list[Evaluated]:
    """Judge `undertakings` by `targets` for a rule, and by what was `known`. No statement."""
    targets_by_pledge = defaultdict(list)
    for target in targets:
        targets_by_pledge[target.pledge_id].append(target)
    evaluated = []
    for undertaking in undertakings:
        own = targets_by_pledge[undertaking.pledge_id]
        rows = choose_definitions(undertaking, own)
        if undertaking.is_exempt or not rows:
            continue
        definitions = [_build_definition(target, undertaking, own, known) for target in rows]
        compared = _compare(undertaking, definitions, known, as_of)
        evaluated.append(compared)
    return evaluated


def _build_definition(target, undertaking, targets, known):
    """Return a target as the rules read it, its figures, and the figure that it starts from."""
    series = known.find_series(target, undertaking)
    baseline = known.find_baseline(target, series)
    steps = find_steps(target, undertaking, targets, known)
    rule_target = target.build_rule_target(
        undertaking,
        steps=steps,
        baseline=baseline and baseline.value,
    )
    narrowed = narrow_to_scope(target, rule_target, series, known.scope, known_on=known.on)
    return PreparedTarget(target, baseline, narrowed)


def _compare(undertaking, definitions, known, as_of):
    inputs = []
    for definition in definitions:
        narrowed = definition.narrowed
        label = definition.row.label
        inputs.append((label, narrowed.target, narrowed.series))
    return Evaluated(
        undertaking=undertaking,
        compared=compare(inputs, as_of=as_of, known_on=known.on),
        rows=[definition.row for definition in definitions],
        baselines=[definition.baseline for definition in definitions],
        narrowed=[definition.narrowed for definition in definitions],
    )


def keep_ruled(targets) -> list[Target]:
    """Keep the targets that a rule can judge."""
    return [target for target in targets if target.is_judged_by_rule]


def read_numbers(targets) -> list[Target]:
    """Keep the targets that are numbers with a published indicator: those with figures to show."""
    numbers = []
    for target in targets:
        if target.is_judged_by_rule and not target.is_milestone:
            numbers.append(target)
    return numbers


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


def find_steps(target, undertaking, targets, known) -> tuple:
    """Return the interim targets on the way to `target`, as days and values of its indicator."""
    steps = []
    for step in targets:
        owed = step.undertaking_id in (undertaking.pk, None)
        if not owed or not _is_step_to(target, step):
            continue
        series = known.find_series(step, undertaking)
        start = known.find_baseline(step, series)
        baseline = start and start.value
        rule_target = step.build_rule_target(undertaking, baseline=baseline)
        value = find_goal(rule_target)
        if step.due and value is not None:
            steps.append((step.due, value))
    steps.sort()
    return tuple(steps)


def _is_step_to(target, step):
    if step.role != TargetRole.INTERIM or step.pledge_id != target.pledge_id:
        return False
    return not step.is_milestone and step.indicator_id == target.indicator_id


def load_published_figures(targets, undertakings, *, known_on):
    """Return the public figures for `targets` released by `known_on`, a queryset of observations.

    They are those of the parties that `undertakings` of the same pledges measure.
    """
    targets = read_numbers(targets)
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
        key = (row.release.indicator_id, row.party_id)
        figure = row.build_figure()
        series[key].append(figure)
    return series
