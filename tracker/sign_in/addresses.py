"""Which address a request comes from, where proxies may stand in between."""

import ipaddress

from django.conf import settings

UNKNOWN = "unknown"
# Whoever has one IPv6 address usually has the whole network of this size.
IPV6_NETWORK = 64


def client_address(request):
    """Return the address that attempts are counted for: an IPv4 address or an IPv6 network.

    Each proxy appends the address it was called from to X-Forwarded-For, so that only as many
    entries from the right are true as there are proxies of ours. Whatever stands further left was
    written by the client.
    """
    peer = network_of(request.META.get("REMOTE_ADDR", ""))
    client = None
    hops = settings.TRUSTED_PROXIES
    header = request.META.get("HTTP_X_FORWARDED_FOR", "")
    entries = header.split(",")
    if hops and len(entries) >= hops:
        client = network_of(entries[-hops])
    return client or peer or UNKNOWN


def network_of(text):
    """Return the address in `text`, without a port; None if there is no address in it."""
    number = without_port(text.strip())
    try:
        address = ipaddress.ip_address(number)
    except ValueError:
        return None
    if address.version == 4:
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    # As a number, because an address may have a zone, which no network has.
    start = (int(address), IPV6_NETWORK)
    network = ipaddress.IPv6Network(start, strict=False)
    return str(network)


def without_port(text):
    if text.startswith("["):
        number, _, _ = text[1:].partition("]")
        return number
    if text.count(":") == 1:
        number, _, _ = text.partition(":")
        return number
    return text
