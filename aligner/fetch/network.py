"""Names of hosts → the network addresses behind them, and which of these are nobody's business.

A page may name any host, in a link or a redirect, also one that only this machine can reach: a router, a printer,
the metadata service of a cloud. Such hosts are visited only where the user has named them
(https://owasp.org/www-community/attacks/Server_Side_Request_Forgery).
"""

from __future__ import annotations

import ipaddress
import socket

__all__ = ["is_public", "resolve"]


def resolve(host: str, port: int) -> list[str]:
    """The network addresses of a host, in the order in which they are to be tried. Raises OSError."""
    try:
        found = socket.getaddrinfo(host.strip("[]"), port, type=socket.SOCK_STREAM)
    except UnicodeError as error:
        raise OSError(f"{host} is no name of a host") from error
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


def is_public(address: str) -> bool:
    """Whether this network address is one of the internet, and not of this machine or the network it stands in."""
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        for inner in (found.ipv4_mapped, found.sixtofour, _behind_nat64(found)):
            if inner is not None:
                return is_public(str(inner))
    return found.is_global and not found.is_multicast


def _behind_nat64(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    well_known = ipaddress.IPv6Network("64:ff9b::/96")
    return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF) if address in well_known else None
