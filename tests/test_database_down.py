import pytest
from django.db import OperationalError


@pytest.mark.parametrize("address", ["/", "/pledges/", "/api/v1/pledges/"])
def test_while_the_database_does_not_answer_every_page_says_so_and_when_to_come_back(
    client, monkeypatch, address
):
    def fail(*args, **kwargs):
        raise OperationalError("connection refused: secret-host")

    monkeypatch.setattr("commitments.models.LedgerHead.objects.filter", fail)
    response = client.get(address)
    assert response.status_code == 503
    assert response["Retry-After"] == "5"
    assert b"secret-host" not in response.content
