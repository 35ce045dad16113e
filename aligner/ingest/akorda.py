"""The rules of akorda.kz, the site of the President of Kazakhstan, as data. Nothing here touches a network.

They hold for the template of 2026. Its pages name no date of their own publication: the dates beside the
article belong to other items. The page's language is the first folder of its address: `kz`, `ru` or `en`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

__all__ = ["AKORDA", "SiteRules"]


@dataclass(frozen=True, slots=True)
class SiteRules:
    """Where a site keeps the parts of a publication, as XPath expressions on its page.

    `host` is its domain; `addresses` find what the page says of its own address, the first that finds
    anything decides. `title` and `body` find elements, of which the first with text counts. `languages`
    maps the first folder of an address to a BCP 47 code.
    """

    host: str
    addresses: tuple[str, ...]
    title: str
    body: str
    languages: Mapping[str, str]

    def owns(self, address: str) -> bool:
        """True where `address`, or a text around it, names this host or a part of it."""
        return self._address(address) is not None

    def language_of(self, address: str) -> str | None:
        """The language that the first folder of `address` stands for, or None."""
        match = self._address(address)
        return None if match is None else self.languages.get(match["folder"] or "")

    def _address(self, address: str) -> re.Match[str] | None:
        host = re.escape(self.host)
        return re.search(rf"(?:^|[/.\"]){host}(?::\d+)?(?:/(?P<folder>\w*)|[\"?#\s]|$)", address.strip(), re.IGNORECASE)


AKORDA = SiteRules(
    host="akorda.kz",
    addresses=(
        "//meta[@property='og:url']/@content | //link[@rel='canonical']/@href",
        "//meta[@property='og:site_name']/@content",
        "//script[@type='application/ld+json']/text()",
    ),
    title="//*[@id='main_block']//h2[not(ancestor::article)]",
    body="//*[@id='main_block']//article",
    languages=MappingProxyType({"kz": "kk", "ru": "ru", "en": "en"}),
)
