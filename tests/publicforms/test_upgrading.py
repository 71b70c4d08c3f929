"""From one public form to the next: real payloads of earlier versions, and what becomes of them."""

import copy

import pytest

from commitments.publicforms import CURRENT, UnknownForm, is_newest, upgrade
from commitments.publicforms.upgrading import STEPS, count_forms
from tests.fixtures.old_forms import list_old_forms, load_old_payloads

OLD_FORMS = list_old_forms()


@pytest.fixture(params=OLD_FORMS, ids=lambda form: f"{form[0]} {form[1]}")
def old(request):
    """A record type, and payloads that an earlier version wrote of it."""
    record_type, number = request.param
    return record_type, load_old_payloads(record_type, number)


def test_each_step_is_held_to_payloads_that_were_published():
    assert set(OLD_FORMS) == set(STEPS)


def test_a_payload_of_an_old_form_has_the_fields_of_the_newest(old):
    record_type, bodies = old
    form = CURRENT[record_type]
    for body in bodies:
        newest = upgrade(record_type, body)
        assert set(newest) == {"form", *form.fields, *(child.key for child in form.children)}
        assert newest["form"] == form.number
        for child in form.children:
            assert all(set(row) == set(child.fields) for row in newest[child.key])


def test_what_an_old_payload_says_is_kept(old):
    record_type, bodies = old
    for body in bodies:
        newest = upgrade(record_type, body)
        for key, value in body.items():
            if key == "form":
                continue
            if isinstance(value, list) and value and isinstance(value[0], dict):
                for before, after in zip(value, newest[key], strict=True):
                    # A statement named one pledge; now it lists them.
                    if "pledge" in before:
                        pledges = [before["pledge"]] if before["pledge"] else []
                        assert after["pledges"] == pledges
                        before = {name: before[name] for name in before if name != "pledge"}
                    assert before.items() <= after.items()
            else:
                assert newest[key] == value


def test_the_payload_of_the_ledger_itself_stays_as_it_is(old):
    record_type, bodies = old
    before = copy.deepcopy(bodies)
    for body in bodies:
        upgrade(record_type, body)
    assert bodies == before


def test_a_payload_in_the_newest_form_is_left_alone(old):
    record_type, bodies = old
    newest = upgrade(record_type, bodies[0])
    assert is_newest(record_type, newest)
    assert upgrade(record_type, newest) == newest


@pytest.mark.parametrize("number", [0, -1, 99, None, "1"])
def test_a_form_that_nobody_ever_wrote_is_refused(number):
    with pytest.raises(UnknownForm):
        upgrade("pledge", {"form": number})


def test_steps_lead_from_the_first_form_to_the_newest_without_a_gap():
    for record_type in CURRENT:
        numbers = [number for one, number in STEPS if one == record_type]
        assert numbers == list(range(1, count_forms(record_type)))
