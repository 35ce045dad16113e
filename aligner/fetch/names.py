"""Addresses → file names that are safe on any disk, whatever the site calls its pages."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from urllib.parse import unquote, urlsplit

__all__ = ["folder_for", "name_for"]

_UNSAFE = re.compile(r"[^\w]+|_+")
_MAX_SLUG_BYTES = 80
_MAX_HOST = 80


def name_for(url: str, suffix: str) -> str:
    """A file name for this address: the last words of its path, and eight digits that no other address shares.

    There are letters, digits and hyphens in it, so that it is no hidden file, no path and no device, and so that two
    addresses which differ in capital letters only do not meet.
    """
    parts = urlsplit(url)
    digest = hashlib.sha256(url.encode()).hexdigest()[:8]
    last = unquote(parts.path.rstrip("/").rpartition("/")[2], errors="replace").rpartition
    stem, dot, ending = last(".")
    words = stem if dot and ending.isalnum() and len(ending) <= 5 else f"{stem}{dot}{ending}"
    slug = _slug(words)
    return f"{slug}-{digest}{suffix}" if slug else f"{digest}{suffix}"


def folder_for(url: str) -> str:
    """A folder name for the host of this address."""
    parts = urlsplit(url)
    host = _slug_host(parts.hostname or "") or "host"
    return f"{host}_{parts.port}" if parts.port else host


def _slug(text: str) -> str:
    text = _UNSAFE.sub("-", unicodedata.normalize("NFC", text).casefold()).strip("-")
    cut = unicodedata.normalize("NFC", text).encode()[:_MAX_SLUG_BYTES].decode(errors="ignore")
    return cut.strip("-")


def _slug_host(host: str) -> str:
    return re.sub(r"[^a-z0-9.-]+", "-", host.lower())[:_MAX_HOST].strip(".-")
