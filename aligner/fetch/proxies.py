"""The proxy between us and a site, as the environment names it: HTTP_PROXY, HTTPS_PROXY, ALL_PROXY and NO_PROXY."""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from aligner.errors import OptionError

__all__ = ["Proxy", "ProxyOf", "no_proxy", "proxies_of_environment"]

_DEFAULT_PORT = 80


@dataclass(frozen=True, slots=True)
class Proxy:
    """A proxy that is spoken to in plain HTTP. `headers` hold the password, where it wants one."""

    host: str
    port: int
    headers: dict[str, str] = field(default_factory=dict, repr=False)

    def __str__(self) -> str:
        return f"{self.host}:{self.port}"


ProxyOf = Callable[[str], Proxy | None]
"""Which proxy stands before a web address, if any."""


def no_proxy(url: str) -> Proxy | None:
    """Every site is spoken to directly."""
    return None


def proxies_of_environment() -> ProxyOf:
    """The proxies that the environment names, small letters before capitals, as curl and Python's own library do.

    Raises OptionError for one that can't be used: only `http://[NAME:PASSWORD@]HOST[:PORT]` can.
    """
    from urllib.request import getproxies_environment
    from urllib.request import proxy_bypass_environment as is_bypassed  # type: ignore[attr-defined]

    named = getproxies_environment()
    by_scheme = {
        scheme: _proxy(f"{scheme}_proxy", named[scheme]) for scheme in ("http", "https", "all") if named.get(scheme)
    }
    if not by_scheme:
        return no_proxy

    def proxy_of(url: str) -> Proxy | None:
        parts = urlsplit(url)
        proxy = by_scheme.get(parts.scheme) or by_scheme.get("all")
        return None if proxy is None or is_bypassed(parts.netloc, named) else proxy

    return proxy_of


def _proxy(name: str, address: str) -> Proxy:
    parts = urlsplit(address if "://" in address else f"http://{address}")
    try:
        port = parts.port or _DEFAULT_PORT
    except ValueError:
        port = 0
    if parts.scheme != "http" or not parts.hostname or not port:
        # It may hold a password.
        shown = f"{parts.scheme}://{parts.hostname or ''}"
        raise OptionError(f"{name.upper()}: {shown} is no proxy that can be used; give http://HOST:PORT")
    headers = {}
    if parts.username is not None:
        word = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
        headers["Proxy-Authorization"] = "Basic " + base64.b64encode(word.encode()).decode("ascii")
    return Proxy(parts.hostname, port, headers)
