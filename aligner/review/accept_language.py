"""The language that a browser asks for (RFC 9110, 12.5.4)."""

from __future__ import annotations

from aligner.messages import LANGUAGES, Language

__all__ = ["accepted_language"]


def accepted_language(header: str) -> Language:
    """The first of ours that the header wants most; English where it wants none of them."""
    best: tuple[float, Language] = (0.0, "en")
    for part in header.split(","):
        tag, _, parameters = part.strip().partition(";")
        weight = _weight(parameters)
        for language in LANGUAGES:
            if tag.strip().lower().split("-")[0] == language and weight > best[0]:
                best = weight, language
    return best[1]


def _weight(parameters: str) -> float:
    name, _, value = parameters.strip().partition("=")
    if not name:
        return 1.0
    try:
        return float(value) if name.strip().lower() == "q" else 1.0
    except ValueError:
        return 0.0
