"""No test can speak to another machine: the guard in conftest.py refuses before a packet leaves."""

import socket
import urllib.request

import pytest


@pytest.mark.parametrize(
    "address",
    [
        pytest.param("192.0.2.1", id="an address for documentation"),
        pytest.param("10.0.0.1", id="a private address"),
        pytest.param("169.254.169.254", id="the metadata service"),
    ],
)
def test_a_connection_to_another_machine_is_refused(address):
    with socket.socket() as caller, pytest.raises(RuntimeError, match="this machine only"):
        caller.connect((address, 80))


def test_a_datagram_to_another_machine_is_refused():
    with (
        socket.socket(type=socket.SOCK_DGRAM) as sender,
        pytest.raises(RuntimeError, match="this machine only"),
    ):
        sender.sendto(b"", ("192.0.2.1", 53))


def test_a_name_is_not_looked_up():
    with pytest.raises(RuntimeError, match=r"it tried example\.org"):
        urllib.request.urlopen("http://example.org/")


def test_this_machine_may_be_spoken_to():
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(("localhost", server.getsockname()[1])).close()
