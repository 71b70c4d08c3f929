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
    peer = request.META.get("REMOTE_ADDR", "")
    hops = settings.TRUSTED_PROXIES
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    if hops and len(forwarded) >= hops:
        return network_of(forwarded[-hops]) or network_of(peer) or UNKNOWN
    return network_of(peer) or UNKNOWN


def network_of(text):
    """Return the address in `text`, without a port; None if there is no address in it."""
    try:
        address = ipaddress.ip_address(without_port(text.strip()))
    except ValueError:
        return None
    if address.version == 4:
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    number = int(address)
    return str(ipaddress.ip_network((number, IPV6_NETWORK), strict=False))


def without_port(text):
    if text.startswith("["):
        return text[1:].partition("]")[0]
    if text.count(":") == 1:
        return text.partition(":")[0]
    return text
