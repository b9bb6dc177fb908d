"""Which addresses may be asked: http and https at public addresses of the internet, and nothing else.

Pages and redirects name addresses that strangers chose. Without these rules they could have the program ask machines
of its own network, or the metadata service of a cloud, and land the answer. The names of hosts prove nothing, so the
numeric address is checked, and at the moment of connecting (`connections.py`).
"""

import ipaddress
from urllib.parse import urlsplit

from trialhouse.sources.manners import FetchFailed

_REFUSED_V4 = tuple(
    ipaddress.IPv4Network(network)
    for network in (
        "0.0.0.0/8",  # this network
        "10.0.0.0/8",  # private
        "100.64.0.0/10",  # carrier-grade NAT
        "127.0.0.0/8",  # loopback
        "169.254.0.0/16",  # link-local, and the metadata services of clouds
        "172.16.0.0/12",  # private
        "192.0.0.0/24",  # protocol assignments
        "192.0.2.0/24",  # documentation
        "192.88.99.0/24",  # relays of 6to4, no longer in use
        "192.168.0.0/16",  # private
        "198.18.0.0/15",  # benchmarks
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, and broadcast
    )
)
"""IANA IPv4 Special-Purpose Address Registry: what is not globally reachable."""

_PUBLIC_V6 = ipaddress.IPv6Network("2000::/3")
"""The only part of IPv6 that is handed out for global unicast."""

_REFUSED_V6 = tuple(
    ipaddress.IPv6Network(network)
    for network in (
        "2001::/23",  # protocol assignments, Teredo among them
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4: an IPv4 address inside, which may be private
        "3fff::/20",  # documentation
    )
)
"""IANA IPv6 Special-Purpose Address Registry: what is not globally reachable inside 2000::/3."""

_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
"""RFC 6052: an IPv4 address in the last 32 bits, the way out of networks that have IPv6 alone."""

_LOOPBACK_V4 = ipaddress.IPv4Network("127.0.0.0/8")
_LOOPBACK_V6 = ipaddress.IPv6Address("::1")


class AddressRefused(Exception):
    """A host whose addresses are all private, or otherwise no public place of the internet."""


def is_public(address: str) -> bool:
    """Whether a numeric IPv4 or IPv6 address is a public place of the internet."""
    try:
        number = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(number, ipaddress.IPv6Address):
        if number in _NAT64:
            return is_public(str(ipaddress.IPv4Address(int(number) & 0xFFFF_FFFF)))
        return number in _PUBLIC_V6 and not any(number in network for network in _REFUSED_V6)
    return not any(number in network for network in _REFUSED_V4)


def is_loopback(address: str) -> bool:
    """Whether a numeric address is this machine's own: what tests ask."""
    try:
        number = ipaddress.ip_address(address)
    except ValueError:
        return False
    return number == _LOOPBACK_V6 or (isinstance(number, ipaddress.IPv4Address) and number in _LOOPBACK_V4)


def host_of(url: str) -> str:
    """The host a URL asks, in lower case, with its port where that is not the scheme's own.

    Raises FetchFailed for a URL that is none, that names another scheme than http and https, or that carries a name
    and password.
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise FetchFailed("bad_url", f"{url[:200]!r} is no address ({error}): correct it") from error
    if parts.scheme not in ("http", "https"):
        raise FetchFailed(
            "bad_scheme",
            f"{_bare(url)} is not asked: only http and https addresses are, not {parts.scheme or 'bare'} ones",
        )
    if not host:
        raise FetchFailed("bad_url", f"{url[:200]!r} names no host: correct it")
    if "@" in parts.netloc:
        raise FetchFailed(
            "bad_url",
            f"an address at {host} carries a name or password, which is never sent: take it out of the address",
        )
    return host if port in (None, {"http": 80, "https": 443}[parts.scheme]) else f"{host}:{port}"


def _bare(url: str) -> str:
    """A URL without what may be a password, cut to what a line holds."""
    return url.partition("?")[0].rpartition("@")[2][:200]
