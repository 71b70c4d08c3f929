"""Evidence and assessments that were opened from a pledge lead back to it."""

import pytest

from commitments.models import Assessment, Evidence

pytestmark = pytest.mark.django_db

FROM_PLEDGE = "?_from=pledge"


@pytest.fixture
def pledge(make_pledge):
    return make_pledge("trees", title="250 cherry trees")


@pytest.fixture
def client(at_desk, researcher):
    return at_desk(researcher)


@pytest.fixture
def typed_evidence(source):
    return {"source": source.pk, "stance": "supports", "finding": "The trees arrived."}


def buttons(answer):
    """Return the names of the buttons below a form, the one that Enter presses first."""
    row = answer.html().partition('class="submit-row"')[2].partition("</div>")[0]
    return [text.partition('"')[0] for text in row.split('name="')[1:]]


def test_saving_evidence_that_was_added_from_a_pledge_leads_back_to_it(
    client, save, address, pledge, typed_evidence
):
    link = f"{address(Evidence, 'add')}?pledge={pledge.pk}&amp;_from=pledge"
    assert link in client.get(address(pledge)).html()
    page = link.replace("&amp;", "&")
    assert buttons(client.get(page))[0] == "_topledge"
    answer = save(client, page, **typed_evidence, _topledge="yes")
    assert answer.url == address(pledge)
    told = client.get(answer.url).html()
    assert f'<a href="{address(Evidence.objects.get())}">The trees arrived.</a>' in told


def test_an_assessment_that_was_opened_from_a_pledge_leads_back_after_each_act(
    client, save, act_address, address, pledge, make_evidence
):
    undertaking = pledge.undertakings.get()
    proof = make_evidence(pledge)
    page = f"{address(Assessment, 'add')}?undertaking={undertaking.pk}&_from=pledge"
    typed = {"status": "in_progress", "confidence": "low", "answer": "Begun.", "rationale": "So."}
    typed["evidence"] = [str(proof.pk)]
    assert save(client, page, **typed, _topledge="yes").url == address(pledge)
    verdict = Assessment.objects.get()
    assert f"{address(verdict)}{FROM_PLEDGE}" in client.get(address(pledge)).html()
    act_page = f"{act_address(verdict, 'submit')}{FROM_PLEDGE}"
    opened = client.get(f"{address(verdict)}{FROM_PLEDGE}")
    assert act_page in opened.html()
    seen = client.get(act_page).context["ahead"].seen
    assert client.post(act_page, {"seen": seen}).url == address(pledge)
    verdict.refresh_from_db()
    assert verdict.state == "in_review"


def test_going_on_with_a_form_remembers_where_it_was_opened_from(
    client, save, address, pledge, typed_evidence
):
    page = f"{address(Evidence, 'add')}?pledge={pledge.pk}&_from=pledge"
    answer = save(client, page, **typed_evidence, _continue="yes")
    assert answer.url.startswith(address(Evidence.objects.get()))
    assert answer.url.endswith("_from=pledge")
    assert buttons(client.get(answer.url))[0] == "_topledge"


def test_from_elsewhere_the_way_to_the_pledge_is_offered_and_not_taken(
    client, save, address, act_address, pledge, make_evidence
):
    evidence = make_evidence(pledge, state="draft")
    assert buttons(client.get(address(evidence)))[:2] == ["_save", "_topledge"]
    assert save(client, address(evidence)).url == address(Evidence, "changelist")
    assert save(client, address(evidence), _topledge="yes").url == address(pledge)
    page = act_address(evidence, "submit")
    seen = client.get(page).context["ahead"].seen
    assert client.post(page, {"seen": seen}).url == address(evidence)


@pytest.mark.parametrize("origin", ["https://example.org/", "//example.org", "pledge/../.."])
def test_no_address_in_the_link_is_followed(client, save, address, pledge, make_evidence, origin):
    evidence = make_evidence(pledge, state="draft")
    page = f"{address(evidence)}?_from={origin}&next={origin}"
    assert save(client, page).url == address(Evidence, "changelist")
    assert save(client, page, _topledge=origin).url == address(pledge)
