"""Under `/api/` every error has one shape, whoever gives it; elsewhere it is a sentence."""

import pytest
from django.db import OperationalError

from tests.fixtures.clients import GzipClient


def shape(response):
    assert response["Content-Type"].startswith("application/json")
    error = response.json()["error"]
    assert set(error) == {"status", "code", "message", "fields"}
    assert error["status"] == response.status_code
    return error["code"]


def test_a_nul_in_an_api_address(client):
    assert shape(client.get("/api/v1/pledges/?q=%00")) == "parse_error"


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "TRACE"])
def test_a_verb_that_does_nothing(client, method):
    response = client.generic(method, "/api/v1/pledges/")
    assert shape(response) == "method_not_allowed"
    assert "GET" in response["Allow"]


@pytest.mark.parametrize(
    "failure, status, code",
    [(OperationalError("secret"), 503, "unavailable"), (ValueError("secret"), 500, "server_error")],
)
def test_an_error_of_ours_tells_nothing_of_the_inside(monkeypatch, failure, status, code):
    def fail(*args, **kwargs):
        raise failure

    monkeypatch.setattr("commitments.models.LedgerHead.objects.filter", fail)
    client = GzipClient(raise_request_exception=False)
    response = client.get("/api/v1/pledges/")
    assert response.status_code == status
    assert shape(response) == code
    assert b"secret" not in response.content
    page = client.get("/pledges/")
    assert page.status_code == status
    assert b"secret" not in page.content


@pytest.mark.parametrize(
    "address", ["/api/v1/evidence/a%0Ab/", "/api/v1/evidence/%0A/", "/api/%0Dx/"]
)
@pytest.mark.django_db
def test_a_line_break_in_an_api_address(client, address):
    assert shape(client.get(address)) == "not_found"
