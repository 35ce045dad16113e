"""What makes two units the same: which variant is the source, and fingerprints of contents."""

from __future__ import annotations

import hashlib
import re
import unicodedata

from tmx.inline import Content
from tmx.languages import best_match
from tmx.records import TranslationUnit, Variant

__all__ = ["content_form", "fingerprint", "normalised_text", "source_variant", "target_variants"]

_SPACE = re.compile(r"\s+")
_LOOSE = str.maketrans(
    {
        **dict.fromkeys("«»„“”‟〝〞＂", '"'),
        **dict.fromkeys("‘’‚‛`´", "'"),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        **dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", ""),
    }
)


def source_variant(unit: TranslationUnit, srclang: str) -> Variant:
    """The variant in the source language: that of the unit if it names one, else of the header.

    The first variant where that language is `*all*`, or is not in the unit.
    """
    wanted = unit.attributes.get("srclang", srclang)
    if wanted and wanted != "*all*":
        code = best_match(wanted, [each.language for each in unit.variants])
        if code is not None:
            return next(each for each in unit.variants if each.language == code)
    return unit.variants[0]


def target_variants(unit: TranslationUnit, srclang: str) -> tuple[Variant, ...]:
    """All variants but the source."""
    source = source_variant(unit, srclang)
    return tuple(each for each in unit.variants if each is not source)


def content_form(content: Content) -> str:
    """A string that differs where the content does: the text itself, with the inline elements spelled out."""
    parts = []
    for part in content:
        if isinstance(part, str):
            parts.append(part)
        else:
            attributes = "".join(f"\x02{key}={value}" for key, value in sorted(part.attributes.items()))
            parts.append(f"\x01{part.name}{attributes}\x03{content_form(part.content)}\x04")
    return "".join(parts)


def normalised_text(text: str) -> str:
    """The text without differences that no reader cares for: case, white space, kinds of quotes and dashes."""
    loose = unicodedata.normalize("NFKC", text.translate(_LOOSE)).translate(_LOOSE).casefold()
    return _SPACE.sub(" ", loose).strip()


def fingerprint(*parts: str) -> bytes:
    """16 bytes that stand for the parts in their order."""
    digest = hashlib.blake2b(digest_size=16)
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        digest.update(len(data).to_bytes(8, "big"))
        digest.update(data)
    return digest.digest()
