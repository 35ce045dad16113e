"""What a batch did, for people and machines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from aligner.memory.ledger import Batch, Ledger, Release
from aligner.pipeline import DOUBTFUL_BELOW, Aligned
from aligner.records import Dropped, Unit

__all__ = ["BatchReport", "PairLine", "Tally", "UnpairedLine", "report_of"]

_FILES_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class PairLine:
    """Two documents that are a pair, by name."""

    kk: str
    ru: str
    score: float


@dataclass(frozen=True, slots=True)
class UnpairedLine:
    """A document without a counterpart, why, and the name of the nearest candidate."""

    name: str
    language: str
    reason: str
    nearest: str | None
    score: float


@dataclass(slots=True)
class Tally:
    """What was aligned, counted as it goes by."""

    segments: Counter[str] = field(default_factory=Counter)
    beads: Counter[str] = field(default_factory=Counter)
    aligned_beads: int = 0
    doubtful: int = 0
    dropped: list[tuple[str, Dropped]] = field(default_factory=list)
    units_added: int = 0
    units_removed: int = 0

    def add(self, aligned: Aligned, units: Sequence[Unit]) -> None:
        """Count an aligned pair."""
        self.segments.update(kk=len(aligned.kk), ru=len(aligned.ru))
        self.beads.update(f"{len(bead.kk)}-{len(bead.ru)}" for bead in aligned.beads)
        self.doubtful += sum(unit.score < DOUBTFUL_BELOW for unit in units)
        self.aligned_beads += len(units)
        self.dropped.extend((aligned.pair.kk.name, each) for each in aligned.dropped)


@dataclass(frozen=True, slots=True)
class BatchReport:
    """What a batch did. `documents`, `pairs`, `unpaired`, `given` and `skipped` are about its inputs, whenever they
    were worked on; `given` are `(kk, ru, number of pairs)` of what is aligned already.

    Of its documents so many were `new`, `changed` (in their text), `redone` (worked on again, for the encoder or
    Qostil is another one) and `unchanged`. `waiting` counts all documents of the memory that have no counterpart yet,
    `paired` the document pairs that were aligned now, `failed` what was skipped. What was aligned, added and removed
    is counted for this run alone, where it `is_continued`, without what the part that was cut off had done.
    """

    documents: int
    languages: dict[str, int]
    pairs: tuple[PairLine, ...]
    unpaired: tuple[UnpairedLine, ...]
    given: tuple[tuple[str, str, int], ...]
    skipped: tuple[tuple[str, str], ...]
    known_pairs: int
    new: int
    changed: int
    redone: int
    unchanged: int
    waiting: int
    paired: int
    is_continued: bool
    tally: Tally

    @property
    def failed(self) -> int:
        return len(self.skipped)

    @property
    def segments(self) -> dict[str, int]:
        return dict(self.tally.segments)

    @property
    def beads(self) -> dict[str, int]:
        return dict(self.tally.beads)

    @property
    def doubtful(self) -> int:
        return self.tally.doubtful

    @property
    def aligned_beads(self) -> int:
        return self.tally.aligned_beads

    @property
    def dropped(self) -> tuple[tuple[str, Dropped], ...]:
        return tuple(self.tally.dropped)

    @property
    def units_added(self) -> int:
        return self.tally.units_added

    @property
    def units_removed(self) -> int:
        return self.tally.units_removed


def report_of(
    ledger: Ledger,
    batch: Batch,
    files: Sequence[str],
    names: Mapping[str, tuple[str, str]],
    skipped: Iterable[tuple[str, str]],
    tally: Tally,
) -> BatchReport:
    """The report on these files (by location). `names`: of files that are called otherwise now, the old and the new
    name."""
    order = {location: place for place, location in enumerate(dict.fromkeys(files))}
    in_order = list(order)

    def place_of(release: Release) -> tuple[int, tuple[str, int]]:
        return order[release.file], _numbered(release.location)

    def name_of(release: Release) -> str:
        old, new = names.get(release.file, ("", ""))
        return new + release.name[len(old) :] if old and release.name.startswith(old) else release.name

    pairs: list[PairLine] = []
    unpaired: list[UnpairedLine] = []
    given: list[tuple[str, str, int]] = []
    left_out: list[tuple[str, str]] = []
    languages = Counter[str]()
    known = usable = of_this_batch = 0
    for start in range(0, len(in_order), _FILES_AT_ONCE):
        releases = sorted(ledger.releases(in_order[start : start + _FILES_AT_ONCE]), key=place_of)
        partners = ledger.at(each.partner for each in releases if each.partner)
        left_out += [(name_of(each), each.reason or "") for each in releases if each.state == "skipped"]
        for each in releases:
            if each.state in ("skipped", "gone"):
                continue
            usable += 1
            of_this_batch += each.batch == batch.number
            if not each.is_given:
                languages[each.language] += 1
                if each.state in ("waiting", "copy"):
                    unpaired.append(
                        UnpairedLine(name_of(each), each.language, each.reason or "", each.nearest, each.score or 0.0)
                    )
            partner = partners.get(each.partner or "")
            if each.state != "paired" or partner is None:
                continue
            is_mutual = partner.partner == each.location and partner.state == "paired" and partner.file in order
            if is_mutual and place_of(partner) < place_of(each):
                continue
            kk, ru = (each, partner) if each.language == "kk" else (partner, each)
            pairs.append(PairLine(name_of(kk), name_of(ru), each.score or 0.0))
            known += each.paired_in != batch.number
            if each.is_given:
                given.append((name_of(kk), name_of(ru), kk.segments))
    counts = ledger.counts(batch)
    new, changed, redone = (counts.get(f"news {news}", 0) for news in ("new", "changed", "redone"))
    return BatchReport(
        languages.total(),
        dict(languages),
        tuple(pairs),
        tuple(unpaired),
        tuple(given),
        (*left_out, *skipped),
        known,
        new,
        changed,
        redone,
        max(0, usable - of_this_batch),
        counts.get("waiting", 0),
        counts["paired now"],
        batch.is_continued,
        tally,
    )


def _numbered(location: str) -> tuple[str, int]:
    """Parts of a dump in their order: `path#10` comes after `path#9`."""
    path, _, part = location.rpartition("#")
    return (path, int(part)) if path and part.isdecimal() else (location, 0)
