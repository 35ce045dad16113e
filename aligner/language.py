"""Which language a text is written in."""

from __future__ import annotations

__all__ = ["identify_language"]


def identify_language(text: str) -> str:
    """The BCP 47 code of the language `text` is in, `und` where there are too few letters to tell."""
    import py3langid

    if sum(map(str.isalpha, text)) < 3:
        return "und"
    language: str = py3langid.classify(text)[0]
    return language
