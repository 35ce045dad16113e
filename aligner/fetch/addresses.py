"""Web addresses: brought into one form, so that a page is known by one name, and told apart by their host."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urljoin, urlsplit

__all__ = ["host_of", "origin_of", "web_address", "without_query"]

_PORTS = {"http": 80, "https": 443}
_SPACES = re.compile(r"[\x00-\x20\x7f]+")
# What links in newsletters and social media add to an address; the page is the same without.
_TRACKERS = re.compile(r"(?:utm_\w+|fbclid|gclid|yclid|ysclid|_openstat|mc_cid|mc_eid)$")
_LONGEST = 2_000


def web_address(text: str, base: str | None = None) -> str | None:
    """`text` as an absolute http or https address (RFC 3986, normalised), or None where it is none.

    `base` is the page on which it stands. An address with a user's name or password in it is none for us.
    """
    from urllib3.exceptions import LocationParseError
    from urllib3.util import parse_url

    text = text.strip()
    if not text or len(text) > _LONGEST or (base is None and _SPACES.search(text)):
        return None
    try:
        # Line breaks inside an address are no part of it (https://url.spec.whatwg.org/#concept-basic-url-parser).
        joined = urljoin(base, re.sub(r"[\t\r\n]", "", text)) if base else text
        parts = parse_url(joined)
    except (LocationParseError, ValueError):
        return None
    if parts.scheme not in _PORTS or not parts.host or parts.auth is not None:
        return None
    port = "" if parts.port in (None, _PORTS[parts.scheme]) else f":{parts.port}"
    path = parts.path or "/"
    query = _without_trackers(parts.query)
    address = f"{parts.scheme}://{parts.host}{port}{path}" + (f"?{query}" if query else "")
    return address if len(address) <= _LONGEST else None


def host_of(url: str) -> str:
    """Host and port of a normalised address: what is asked one thing at a time."""
    parts = urlsplit(url)
    return f"{parts.hostname}:{parts.port or _PORTS[parts.scheme]}"


def origin_of(url: str) -> str:
    """Scheme, host and port: what has one robots.txt (RFC 9309, 2.3)."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def without_query(url: str) -> str:
    return url.partition("?")[0]


def _without_trackers(query: str | None) -> str:
    if not query or not any(_TRACKERS.match(name) for name, _ in parse_qsl(query, keep_blank_values=True)):
        return query or ""
    return "&".join(part for part in query.split("&") if not _TRACKERS.match(part.partition("=")[0]))
