import pytest
from django.template.loader import render_to_string
from django.urls import reverse


def test_not_found_speaks_to_a_reader_and_offers_ways_on(client, db):
    response = client.get("/nothing/here/")
    assert response.status_code == 404
    text = response.html()
    assert "There is nothing at this address" in text
    assert reverse("changes") in text
    assert "nothing/here" not in text


def test_the_error_page_needs_neither_context_nor_database():
    text = render_to_string("500.html")
    assert "Something went wrong" in text
    assert "{" not in text


@pytest.mark.parametrize(
    "query", ["/summits/?year=abc", "/leaders/?party=A B", "/parties/?kind=planet"]
)
def test_a_bad_value_is_refused_in_words_on_every_list(client, db, query):
    response = client.get(query)
    assert response.status_code == 400
    assert "This address cannot be answered" in response.html()
