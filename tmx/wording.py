"""In whose words the commands speak: in English, unless the program around them brings a translation."""

from __future__ import annotations

__all__ = ["ENGLISH", "Wording", "speak_with", "wording"]


class Wording:
    """English. A program with commands of its own derives from it and gives an object to `speak_with`."""

    def text(self, template: str, **values: object) -> str:
        """A text of the commands; `{name}` stands for a value, and whole numbers are grouped."""
        return template.format(
            **{name: f"{value:,}" if isinstance(value, int) else value for name, value in values.items()}
        )

    def phrase(self, english: str) -> str:
        """What the library says of a file: a finding, the reason of a rule, the problem of an error."""
        return english


ENGLISH = Wording()
_spoken = [ENGLISH]


def speak_with(other: Wording) -> None:
    """Speak in these words from now on."""
    _spoken[:] = [other]


def wording() -> Wording:
    """The words that are spoken now."""
    return _spoken[0]
