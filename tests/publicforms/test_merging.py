"""Two people change one record: what each alone changed counts, what both changed is a clash."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commitments.publicforms import CURRENT, merge

LEADER = {
    "form": CURRENT["leader"].number,
    "slug": "kishida",
    "name": "Fumio Kishida",
    "native_name": "岸田文雄",
    "wikidata_id": "",
    "tenures": [],
}
TENURE = {
    "slug": "kishida-pm",
    "party": "japan",
    "office": "Prime Minister",
    "office_ja": "",
    "starts_on": "2021-10-04",
    "starts_on_precision": "day",
    "ends_on": None,
    "ends_on_precision": "none",
}
OTHER = {**TENURE, "slug": "kishida-foreign", "office": "Foreign Minister"}


def leader(*tenures, **fields):
    return {**LEADER, "tenures": list(tenures), **fields}


@pytest.mark.parametrize(
    ("proposed", "current", "merged"),
    [
        pytest.param(leader(name="A"), leader(), leader(name="A"), id="one side alone"),
        pytest.param(leader(), leader(name="B"), leader(name="B"), id="the other side alone"),
        pytest.param(leader(name="A"), leader(name="A"), leader(name="A"), id="both the same"),
        pytest.param(
            leader(name="A"),
            leader(native_name="B"),
            leader(name="A", native_name="B"),
            id="two fields",
        ),
        pytest.param(leader(TENURE), leader(), leader(TENURE), id="a row added"),
        pytest.param(leader(TENURE), leader(OTHER), leader(OTHER, TENURE), id="each adds a row"),
    ],
)
def test_what_one_side_changed_counts(proposed, current, merged):
    body, clashes = merge("leader", leader(), proposed, current)
    assert (body, clashes) == (merged, [])


@pytest.mark.parametrize(
    ("proposed", "current", "merged"),
    [
        pytest.param([], [TENURE], [], id="one takes the row out"),
        pytest.param([TENURE], [], [], id="it was taken out meanwhile"),
        pytest.param([], [], [], id="both take it out"),
        pytest.param(
            [{**TENURE, "office": "PM"}],
            [{**TENURE, "ends_on": "2024-10-01", "ends_on_precision": "day"}],
            [{**TENURE, "office": "PM", "ends_on": "2024-10-01", "ends_on_precision": "day"}],
            id="two fields of one row",
        ),
        pytest.param(
            [{**TENURE, "office": "PM"}, OTHER], [TENURE], [{**TENURE, "office": "PM"}, OTHER],
            id="one row changed and one added",
        ),
    ],
)  # fmt: skip
def test_rows_inside_are_merged_by_what_names_them(proposed, current, merged):
    body, clashes = merge("leader", leader(TENURE), leader(*proposed), leader(*current))
    assert (body["tenures"], clashes) == (merged, [])


@pytest.mark.parametrize(
    ("proposed", "current", "place"),
    [
        pytest.param(leader(TENURE, name="A"), leader(TENURE, name="B"), ("name",), id="a field"),
        pytest.param(
            leader({**TENURE, "office": "A"}),
            leader({**TENURE, "office": "B"}),
            ("tenures", (("kishida-pm",), 0), "office"),
            id="a field of a row",
        ),
        pytest.param(
            leader(), leader({**TENURE, "office": "B"}), ("tenures", (("kishida-pm",), 0)),
            id="taken out here, changed there",
        ),
        pytest.param(
            leader({**TENURE, "office": "A"}), leader(), ("tenures", (("kishida-pm",), 0)),
            id="changed here, taken out there",
        ),
    ],
)  # fmt: skip
def test_what_both_sides_changed_is_a_clash_and_stays_as_it_is_now(proposed, current, place):
    body, clashes = merge("leader", leader(TENURE), proposed, current)
    assert [clash.place for clash in clashes] == [place]
    assert body == current


def test_members_of_a_list_are_merged_one_by_one():
    form = CURRENT["evidence"]
    base = {"form": form.number, **dict.fromkeys(form.fields, "")}
    base["undertakings"] = ["a", "b", "c"]
    proposed = {**base, "undertakings": ["a", "b", "d"]}
    current = {**base, "undertakings": ["b", "c", "e"]}
    body, clashes = merge("evidence", base, proposed, current)
    assert (body["undertakings"], clashes) == (["b", "d", "e"], [])


words = st.sampled_from(["", "A", "B"])
rows = st.lists(
    st.builds(
        lambda slug, office: {**TENURE, "slug": slug, "office": office},
        st.sampled_from(["x", "y", "z"]),
        words,
    ),
    unique_by=lambda row: row["slug"],
    max_size=3,
)
bodies = st.builds(lambda name, tenures: leader(*tenures, name=name), words, rows)


def sort_rows(body):
    return {**body, "tenures": sorted(body["tenures"], key=lambda row: row["slug"])}


@given(bodies, bodies)
def test_whoever_changes_alone_gets_what_they_wanted(base, wanted):
    mine = merge("leader", base, wanted, base)
    theirs = merge("leader", base, base, wanted)
    assert sort_rows(mine.body) == sort_rows(theirs.body) == sort_rows(wanted)
    assert mine.clashes == theirs.clashes == []


@given(bodies, bodies, bodies)
def test_without_a_clash_it_does_not_matter_who_was_first(base, one, other):
    forwards = merge("leader", base, one, other)
    backwards = merge("leader", base, other, one)
    assert len(forwards.clashes) == len(backwards.clashes)
    if not forwards.clashes:
        assert sort_rows(forwards.body) == sort_rows(backwards.body)
