"""Text as XML 1.0 takes it: without the characters it forbids, and escaped."""

from __future__ import annotations

import re

__all__ = ["ILLEGAL", "XmlText", "is_name"]

ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

# XML 1.0, production 5, with the two colons that namespaces leave.
_NAME = re.compile(
    "[A-Za-z_:\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f"
    "\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff]"
    "[-.0-9A-Za-z_:\u00b7\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u037d\u037f-\u1fff\u200c\u200d\u203f\u2040"
    "\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff]*\\Z"
)


def is_name(text: str) -> bool:
    """Can it be the name of an element or attribute?"""
    return _NAME.match(text) is not None


class XmlText:
    """Escapes text and attributes, and counts in `removed` the characters it had to take out."""

    def __init__(self) -> None:
        self.removed = 0

    def text(self, value: str) -> str:
        """Character data. A carriage return becomes a reference, for parsers would make it a line feed."""
        if not value.isprintable():
            value = self._legal(value)
            if "\r" in value:
                return value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")
        return value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")

    def attribute(self, value: str) -> str:
        """The inside of a double-quoted attribute. White space becomes references, or would be lost."""
        if not value.isprintable():
            value = self._legal(value)
            value = value.replace("&", "&amp;").replace("\t", "&#9;").replace("\n", "&#10;").replace("\r", "&#13;")
        else:
            value = value.replace("&", "&amp;")
        return value.replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")

    def _legal(self, value: str) -> str:
        legal, count = ILLEGAL.subn("", value)
        self.removed += count
        return legal
