"""What is asked of a dataset."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

from aligner.dataset.sampling import Take
from aligner.errors import OptionError
from aligner.filter import DEFAULT_FILTERS

__all__ = ["STATUSES", "Request"]

STATUSES = ("automatic", "reviewed", "rejected")


@dataclass(frozen=True, slots=True)
class Request:
    """Which pairs to take and how to part them.

    `filters`: names, each with its own threshold or `name=threshold`. `min_score` and `statuses`: of the units that
    are taken. `drop_near_duplicates`: of pairs that are near-duplicates on both sides the best one stays. A text that
    stands in more than `most_documents` documents goes (0: however many). `excluded`: files whose sentences, and
    near-duplicates of them, go. `normalise` repairs look-alike letters. `dev` and `test`: see `split_pairs`;
    with `split_by` sentence the documents may be parted, where a collection is one document or says none.
    """

    filters: tuple[str, ...] = DEFAULT_FILTERS
    min_score: float = 0.5
    statuses: tuple[str, ...] = ("automatic", "reviewed")
    drop_duplicates: bool = True
    drop_near_duplicates: bool = False
    most_documents: int = 0
    normalise: bool = False
    mask_personal_data: bool = False
    excluded: tuple[Path, ...] = ()
    max_pairs: int | None = None
    take: Take = "random"
    dev: float = 0.0
    test: float = 0.0
    split_by: Literal["document", "sentence"] = "document"
    seed: int = 0
    licences: tuple[str, ...] = ()
    title: str = ""

    def __post_init__(self) -> None:
        if unknown := set(self.statuses) - set(STATUSES):
            raise OptionError(f"there is no status {min(unknown)!r}; there are {', '.join(STATUSES)}")
        if self.dev < 0 or self.test < 0:
            raise OptionError("the sizes of dev and test are shares below 1 or numbers of pairs, not below 0")
        if self.max_pairs is not None and self.max_pairs < 1:
            raise OptionError("take at least one pair")

    @property
    def parts(self) -> tuple[int, ...]:
        """The places in `PARTS` that there will be."""
        return (0, *((1,) if self.dev else ()), *((2,) if self.test else ()))

    @property
    def needs_likeness(self) -> bool:
        """Whether near-duplicates must be known."""
        return bool(self.drop_near_duplicates or self.excluded or self.dev or self.test)

    def record(self) -> dict[str, Any]:
        """The request as JSON can hold it."""
        return asdict(self) | {"excluded": [str(path) for path in self.excluded]}
