"""Whose attempt it is: a client can write what it likes into X-Forwarded-For."""

import pytest

from tracker.sign_in.addresses import client_address, network_of

CLIENT, PROXY, INNER = "203.0.113.7", "192.0.2.1", "192.0.2.2"


@pytest.mark.parametrize(
    "hops, forwarded, expected",
    [
        pytest.param(0, None, PROXY, id="no proxy, no header"),
        pytest.param(0, CLIENT, PROXY, id="no proxy: the header means nothing"),
        pytest.param(1, CLIENT, CLIENT, id="one proxy"),
        pytest.param(1, f"8.8.8.8, {CLIENT}", CLIENT, id="one proxy, and an entry of the client's"),
        pytest.param(2, f"{CLIENT}, {INNER}", CLIENT, id="two proxies"),
        pytest.param(2, f"8.8.8.8,{CLIENT},{INNER}", CLIENT, id="two, and the client's entry"),
        pytest.param(2, CLIENT, PROXY, id="fewer entries than proxies: not through them"),
        pytest.param(1, None, PROXY, id="one proxy, no header"),
        pytest.param(1, "", PROXY, id="one proxy, empty header"),
        pytest.param(1, "8.8.8.8, unknown", PROXY, id="the proxy's entry is no address"),
        pytest.param(1, f"{CLIENT}:51234", CLIENT, id="with a port"),
    ],
)
def test_only_the_entries_of_our_own_proxies_count(rf, settings, hops, forwarded, expected):
    settings.TRUSTED_PROXIES = hops
    header = {} if forwarded is None else {"HTTP_X_FORWARDED_FOR": forwarded}
    assert client_address(rf.get("/", REMOTE_ADDR=PROXY, **header)) == expected


@pytest.mark.parametrize(
    "text, expected",
    [
        ("203.0.113.7", "203.0.113.7"),
        (" 203.0.113.7 ", "203.0.113.7"),
        ("203.0.113.7:80", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::ffff", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::1", "2001:db8:1:3::/64"),
        ("[2001:db8:1:2::1]:443", "2001:db8:1:2::/64"),
        ("[2001:db8:1:2::1]", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("::1", "::/64"),
        ("", None),
        ("unknown", None),
        ("_hidden", None),
        ("203.0.113", None),
        ("203.0.113.7\n", "203.0.113.7"),
        ("[", None),
        ("' OR 1=1", None),
    ],
)
def test_an_address_is_read_without_its_port_and_an_ipv6_one_as_its_network(text, expected):
    assert network_of(text) == expected


def test_a_request_that_names_no_address_has_one_all_the_same(rf):
    assert client_address(rf.get("/", REMOTE_ADDR="")) == "unknown"
