"""How much a file may ask of the machine before it is refused."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["DEFAULT_LIMITS", "Limits"]


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds that no honest memory reaches; `tmx.LimitError` says which one was passed.

    `max_segment_chars` is the text of one segment, note or property; `max_unit_bytes` the UTF-8 bytes
    from one unit to the next; `max_token_bytes` one tag or comment (so one attribute, too); `max_depth`
    the elements inside one segment; `max_names` the different
    names of elements and attributes; `max_entities` and `max_entity_chars` the entities that a document
    type may declare (entities built from entities and external ones are always refused);
    `max_gzip_ratio` how many times larger than packed a `.gz` may be, once past `gzip_grace_bytes`;
    `max_bytes` the whole file unpacked, None for any; `max_skipped` the units that a lenient reader
    leaves out before it gives up.
    """

    max_segment_chars: int = 1_000_000
    max_unit_bytes: int = 16_000_000
    max_token_bytes: int = 4_000_000
    max_depth: int = 100
    max_names: int = 10_000
    max_entities: int = 256
    max_entity_chars: int = 256
    max_gzip_ratio: float = 250.0
    gzip_grace_bytes: int = 16_000_000
    max_bytes: int | None = None
    max_skipped: int = 100_000


DEFAULT_LIMITS = Limits()
