"""From an older public form to the newest: what a payload of the ledger says, in today's fields.

A step turns a payload of form n into one of form n + 1. It is pure: the payload alone decides, so
that everybody who reads the ledger gets the same. A field that an older form lacked has the value
that a migration gave the rows which were there already; a migration may change a published row only
as its step does.
"""

from collections import Counter
from collections.abc import Callable

Body = dict[str, object]
Step = Callable[[Body], Body]


class UnknownForm(Exception):
    """A payload that this program never wrote: in no form that it knows, or without its fields."""


def upgrade(record_type: str, body: Body) -> Body:
    """Return what `body` says in the newest form of its record type; `body` stays as it is.

    Raises `UnknownForm` for a form that no version of the program has written.
    """
    newest = count_forms(record_type)
    number = body.get("form")
    if number not in range(1, newest + 1):
        raise UnknownForm(f"{record_type} has no form {number}.")
    while number < newest:
        step = STEPS[record_type, number]
        try:
            body = step(body)
        except (KeyError, TypeError) as error:
            raise UnknownForm(f"This is no {record_type} of form {number}.") from error
        number += 1
        body["form"] = number
    return body


def count_forms(record_type: str) -> int:
    """Return how many forms of the record type there are; the newest has this number."""
    return STEPS_BY_TYPE[record_type] + 1


def is_newest(record_type: str, body: Body) -> bool:
    """Whether `body` is in the newest form of its record type."""
    return body.get("form") == count_forms(record_type)


def _add(body: Body, **fields: object) -> Body:
    """Return `body` with the fields that its form lacked."""
    return {**body, **fields}


def _change_rows(body: Body, key: str, change: Callable[[Body], Body]) -> Body:
    """Return `body` with each row of the list `key` changed."""
    rows = [change(row) for row in body[key]]
    return {**body, key: rows}


def _state_precision(body: Body, *names: str) -> Body:
    """Say of days which were exact that they are, and of those not known that they are none."""
    precisions = {}
    for name in names:
        precision = "none" if body[name] is None else "day"
        precisions[f"{name}_precision"] = precision
    return {**body, **precisions}


def _state_term(body: Body) -> Body:
    return _state_precision(body, "starts_on", "ends_on")


def _make_undated(name: str) -> Body:
    """Return the fields of the imprecise date `name` without a day."""
    return {
        name: None,
        f"{name}_precision": "none",
        f"{name}_fiscal_start": None,
        f"{name}_fiscal_named": "",
        f"{name}_from": None,
    }


def upgrade_party_1(body: Body) -> Body:
    """Other names, and the time in which a party and its memberships exist."""
    body = _change_rows(body, "memberships", _state_term)
    return _add(
        body,
        starts_on=None,
        starts_on_precision="none",
        ends_on=None,
        ends_on_precision="none",
        names=[],
    )


def upgrade_leader_1(body: Body) -> Body:
    """How exact the days of an office are."""
    return _change_rows(body, "tenures", _state_term)


def upgrade_summit_1(body: Body) -> Body:
    """Whether it was held, and how exact its days are."""
    body = _state_term(body)
    return _add(body, standing="held", standing_reason="", standing_reason_ja="")


def upgrade_source_1(body: Body) -> Body:
    """Where it was read, and statements that several pledges track."""
    body = _change_rows(body, "statements", _track_by_list)
    return _add(body, published_on_fiscal_named="", read_at="", archived_at="")


def _track_by_list(statement: Body) -> Body:
    row = dict(statement)
    pledge = row.pop("pledge")
    row["pledges"] = [] if pledge is None else [pledge]
    return row


def upgrade_indicator_1(body: Body) -> Body:
    """How its fiscal years are named, and the bounds of its unit."""
    return _add(body, fiscal_year_named="", lowest=None, highest=None)


def upgrade_pledge_1(body: Body) -> Body:
    """Whether the value of a change is a percentage of its baseline."""
    return _change_rows(body, "targets", lambda row: _add(row, per_cent=False))


def upgrade_pledge_2(body: Body) -> Body:
    """What a definition is called in Japanese."""
    return _change_rows(body, "targets", lambda row: _add(row, label_ja=""))


def upgrade_pledge_3(body: Body) -> Body:
    """Quotes in other languages, a party's own deadline, the day from which criteria can be judged,
    and targets with two values.
    """
    body = _state_precision(body, "made_on")
    judged_from = _make_undated("judged_from")
    body = _change_rows(body, "criteria", lambda row: {**row, **judged_from})
    deadline = _make_undated("deadline")
    body = _change_rows(body, "undertakings", lambda row: {**row, **deadline})
    body = _change_rows(body, "targets", _add_second_value)
    return _add(
        body,
        deadline_fiscal_named="",
        deadline_words="",
        condition="",
        condition_ja="",
        quotes=[],
    )


def upgrade_pledge_4(body: Body) -> Body:
    """Why it cannot be checked, or only in part, in Japanese."""
    return _add(body, verifiability_reason_ja="")


def _add_second_value(target: Body) -> Body:
    return _add(
        target,
        upper_value=None,
        met_at="",
        baseline_source=None,
        no_due_day=False,
    )


def upgrade_evidence_1(body: Body) -> Body:
    """Whether it shows the promised event itself."""
    return _add(body, happened_on_fiscal_named="", is_milestone=False)


def upgrade_assessment_1(body: Body) -> Body:
    """Why a person signed another status than the rule found."""
    return _add(body, differs_because="", differs_because_ja="")


def upgrade_assessment_2(body: Body) -> Body:
    """The verdict in one sentence, why it was missed, and whether it was done later."""
    done_on = _make_undated("done_on")
    return _add(body, **done_on, late=False, cause="", answer="", answer_ja="")


def upgrade_assessment_3(body: Body) -> Body:
    """Where was looked, where nothing could be shown."""
    return _add(body, search_notes=[])


# By record type, and the form that a step starts from.
def upgrade_response_1(body: Body) -> Body:
    """The language of the party's words."""
    return _add(body, language="en")


STEPS: dict[tuple[str, int], Step] = {
    ("party", 1): upgrade_party_1,
    ("leader", 1): upgrade_leader_1,
    ("summit", 1): upgrade_summit_1,
    ("source", 1): upgrade_source_1,
    ("indicator", 1): upgrade_indicator_1,
    ("pledge", 1): upgrade_pledge_1,
    ("pledge", 2): upgrade_pledge_2,
    ("pledge", 3): upgrade_pledge_3,
    ("pledge", 4): upgrade_pledge_4,
    ("evidence", 1): upgrade_evidence_1,
    ("assessment", 1): upgrade_assessment_1,
    ("assessment", 2): upgrade_assessment_2,
    ("assessment", 3): upgrade_assessment_3,
    ("response", 1): upgrade_response_1,
}

STEPS_BY_TYPE = Counter(record_type for record_type, _number in STEPS)
