"""Requests no view should ever see are answered before one does."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from tracker.middleware import RefuseJunk

OCTAL_NUL = '"aaaaaaaaaaaa\\000"'


@pytest.fixture
def gate():
    """The middleware before a view that answers 200 and remembers that it was asked."""

    def view(request):
        view.asked += 1
        return HttpResponse("seen")

    view.asked = 0
    middleware = RefuseJunk(view)
    middleware.view = view
    return middleware


@pytest.fixture
def requests():
    return RequestFactory()


@pytest.mark.parametrize(
    "address",
    [
        pytest.param("/pledges/a%00b/", id="in the path"),
        pytest.param("/pledges/?party=a%00b", id="in a value of the query"),
        pytest.param("/pledges/?a%00b=1", id="in a name of the query"),
        pytest.param("/admin/login/?next=%00", id="where the session is opened"),
    ],
)
def test_a_nul_in_the_address_is_refused(gate, requests, address):
    answer = gate(requests.get(address))
    assert answer.status_code == 400
    assert answer["Content-Type"] == "text/plain"
    assert gate.view.asked == 0


@pytest.mark.parametrize(
    "cookie",
    [
        pytest.param(f"sessionid={OCTAL_NUL}", id="in quotes, as an octal number"),
        pytest.param(f"a=b; csrftoken={OCTAL_NUL}; c=d", id="in the middle one"),
        pytest.param("sessionid=a\0b", id="as it is"),
    ],
)
def test_a_nul_in_a_cookie_is_refused(gate, requests, cookie):
    assert gate(requests.get("/", headers={"Cookie": cookie})).status_code == 400
    assert gate.view.asked == 0


@pytest.mark.parametrize(
    "address, cookie",
    [
        pytest.param("/pledges/%E9%98%B2%E8%A1%9B/?q=%E9%98%B2", "a=b", id="Japanese"),
        pytest.param(
            "/?q=100%2500", 'a="\\101"', id="a per cent sign before two zeros, an octal A"
        ),
        pytest.param("/?q=%ff%fe", "broken", id="bytes that are no text"),
    ],
)
def test_other_oddities_are_left_to_the_view(gate, requests, address, cookie):
    assert gate(requests.get(address, headers={"Cookie": cookie})).status_code == 200


@pytest.mark.parametrize("method", ["TRACE", "PUT", "DELETE", "PATCH", "CONNECT", "PROPFIND"])
def test_a_verb_nothing_here_understands_is_refused(gate, requests, method):
    answer = gate(requests.generic(method, "/"))
    assert answer.status_code == 405
    assert answer["Allow"] == "GET, HEAD, POST, OPTIONS"
    assert gate.view.asked == 0


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "OPTIONS"])
def test_the_verbs_of_the_site_pass(gate, requests, method):
    assert gate(requests.generic(method, "/")).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address, cookie",
    [
        pytest.param("/admin/login/", f"sessionid={OCTAL_NUL}", id="cookie of the session"),
        pytest.param("/admin/login/?next=%00", "", id="query"),
        pytest.param("/admin/%00/", "", id="path"),
    ],
)
def test_on_the_whole_site_a_nul_is_400_and_never_500(client, address, cookie):
    """PostgreSQL refuses NUL in a text, so the session's look-up alone would end in an error."""
    answer = client.get(address, headers={"Cookie": cookie})
    assert answer.status_code == 400


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["TRACE", "PUT", "DELETE"])
@pytest.mark.parametrize("address", ["/", "/admin/login/", "/no-such-page/"])
def test_on_the_whole_site_the_verb_is_405(client, method, address):
    assert client.generic(method, address).status_code == 405
