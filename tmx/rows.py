"""Which column of a table holds which language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tmx.errors import LanguageError
from tmx.inline import Content
from tmx.languages import is_known
from tmx.records import Prop, TranslationUnit, Variant

__all__ = ["Columns"]


@dataclass(frozen=True, slots=True)
class Columns:
    """`languages` in the order of their columns; `places` says where each is, `props` what the others hold."""

    languages: tuple[str, ...]
    places: tuple[int, ...]
    props: tuple[tuple[int, str], ...] = ()

    @classmethod
    def of(cls, name: str, first: Sequence[str], languages: Sequence[str]) -> tuple[Columns, bool]:
        """The columns of a table, and whether its first row names them.

        It does if at least two of its cells are codes of languages; further cells then name properties.
        Otherwise `languages` gives the first columns. Raises LanguageError where neither helps.
        """
        cells = [cell.strip().lstrip("\ufeff") for cell in first]
        places = [place for place, cell in enumerate(cells) if is_known(cell)]
        if len(places) >= 2:
            props = tuple((place, _type(cell)) for place, cell in enumerate(cells) if cell and place not in places)
            return cls(tuple(cells[place] for place in places), tuple(places), props), True
        if len(languages) < 2:
            raise LanguageError(f"{name}: the first row names no languages, and none were given")
        return cls(tuple(languages), tuple(range(len(languages)))), False

    def unit(self, row: Sequence[str]) -> TranslationUnit:
        """The unit of a row. A cell that is empty or missing gives an empty variant."""
        variants = []
        for code, place in zip(self.languages, self.places, strict=True):
            text = row[place] if place < len(row) else ""
            content: Content = (text,) if text else ()
            variants.append(Variant(code, content))
        annotations = tuple(Prop(kind, row[place]) for place, kind in self.props if place < len(row) and row[place])
        return TranslationUnit(tuple(variants), annotations=annotations)


def _type(cell: str) -> str:
    return cell if cell.startswith("x-") else f"x-{cell}"
