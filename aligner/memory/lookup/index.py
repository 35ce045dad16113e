"""The index of a memory: segments for each language, kept in files beside it, and brought up to date as it changes."""

from __future__ import annotations

import json
import logging
import os
import threading
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from aligner.memory.interface import Memory
from aligner.memory.lookup.arrays_file import BrokenArraysError, read_arrays, write_arrays
from aligner.memory.lookup.matches import Language
from aligner.memory.lookup.segment import Segment, SegmentBuilder, hash_of, merge_segments
from aligner.memory.lookup.words import normalised
from aligner.memory.records import StoredUnit

__all__ = ["Index", "Part", "Progress", "default_folder"]

_log = logging.getLogger(__name__)

Progress = Callable[[str, int, int], None]

_LANGUAGES: tuple[Language, ...] = ("kk", "ru")
# Enters the files; raised whenever tokens, stems or the arrays come out otherwise, so that the index is made anew.
_VERSION = 2
_UNITS_PER_STEP = 20_000
# Merging more than this while somebody waits for an answer would be felt; it is left for the next opening.
_MOST_MERGED_ON_THE_WAY = 32_000
_MOST_PARTS = 12
_GROWTH = 3
_SAVED_AFTER = 2_000
_DEAD_SHARE = 0.3
_CHECKED_UNITS = 24


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """A segment, which of its units are not to be offered (any more), and the file it is kept in.

    `lines` are the segment's folded forms, each between two line breaks.
    """

    segment: Segment
    is_dead: NDArray[np.bool_]
    lines: str
    file: str | None = None

    def alive(self, ranks: NDArray[Any]) -> NDArray[Any]:
        """Those of the ranks that may be offered."""
        kept: NDArray[Any] = ranks[~self.is_dead[ranks]]
        return kept


@dataclass(frozen=True, slots=True, eq=False)
class _State:
    """What the index knows: everything up to the memory's write `seq`."""

    seq: int
    parts: dict[Language, tuple[Part, ...]]


_EMPTY = _State(0, {"kk": (), "ru": ()})


def default_folder(memory: Memory) -> Path:
    """Beside a SQLite file (`memory.db` → `memory.db.lookup`); for PostgreSQL in the user's cache folder."""
    if memory.engine.kind == "sqlite":
        return Path(f"{memory.engine.name}.lookup")
    chosen = os.environ.get("QOSTIL_CACHE_DIR")
    if chosen:
        cache = Path(chosen)
    else:
        from platformdirs import user_cache_path

        cache = user_cache_path("qostil", appauthor=False)
    return cache / "lookup" / f"{hash_of(memory.engine.name):016x}"


class Index:
    """Segments of both languages, kept in `folder` (None: in memory only).

    It is only ever a saving of time: files that are missing, damaged, of another version or of another memory are
    made anew from the memory. It may be used from several threads, and several processes may share a folder: one of
    them at a time writes, and what it did is not overwritten by another that started from an older state.
    """

    def __init__(self, memory: Memory, folder: Path | None, progress: Progress | None = None) -> None:
        self._memory = memory
        self._folder = folder
        self._lock = threading.Lock()
        self._unsaved = 0
        self._generation = ""
        self._state = self._loaded()
        if not self._is_of_this_memory():
            _log.info("%s: the index is of another state of the memory, and is made anew", folder)
            self._state = _EMPTY
        self.catch_up(progress)
        self._tidy()

    def parts(self, language: Language) -> tuple[Part, ...]:
        """The segments of a language, the largest first."""
        return self._state.parts[language]

    @property
    def seq(self) -> int:
        """The memory's write up to which everything is known."""
        return self._state.seq

    def __len__(self) -> int:
        """How many units may be offered."""
        return sum(int(np.count_nonzero(~part.is_dead)) for part in self._state.parts["kk"])

    def catch_up(self, progress: Progress | None = None, patience_s: float = -1) -> int:
        """Take in what was written since the last time; returns how many units that touched. At once if nothing was.

        While another thread does it, this one waits for `patience_s` seconds (-1: to the end) and then goes on with
        what is known.
        """
        if self._memory.seq() == self._state.seq or not self._lock.acquire(timeout=patience_s):
            return 0
        try:
            since, now = self._state.seq, self._memory.seq()
            if since == now:
                return 0
            touched = self._take_in(self._memory.changed_units(since), progress)
            removed = np.fromiter(self._memory.removed_units(since), np.int64)
            self._state = replace(self._with_fate(removed, True), seq=now)
            touched += len(removed)
            self._unsaved += touched
            if self._unsaved >= _SAVED_AFTER:
                self._save()
            return touched
        finally:
            self._lock.release()

    def save(self) -> None:
        """Write to the folder what it lacks."""
        with self._lock:
            if self._unsaved:
                self._save()

    def _take_in(self, units: Iterator[StoredUnit], progress: Progress | None) -> int:
        builders = {language: SegmentBuilder(language) for language in _LANGUAGES}
        taken: set[int] = set()
        touched = 0
        while batch := list(islice(units, _UNITS_PER_STEP)):
            touched += len(batch)
            known = self._known(np.array([unit.id for unit in batch], np.int64))
            rejected = {unit.id for unit in batch if unit.status == "rejected"}
            for unit in batch:
                if unit.id not in known and unit.id not in taken and unit.id not in rejected:
                    builders["kk"].add(unit.id, unit.kk)
                    builders["ru"].add(unit.id, unit.ru)
                    taken.add(unit.id)
            for fate, ids in ((True, rejected), (False, known - rejected)):
                self._state = self._with_fate(np.fromiter(ids, np.int64), fate)
            if progress:
                progress("indexing", touched, 0)
        if taken:
            parts = {
                language: (*self._state.parts[language], _living(builders[language].segment()))
                for language in _LANGUAGES
            }
            self._state = replace(self._state, parts={lang: _merged_on_the_way(each) for lang, each in parts.items()})
        return touched

    def _known(self, unit_ids: NDArray[np.int64]) -> set[int]:
        return {
            int(number)
            for part in self._state.parts["kk"]
            for number in part.segment.unit_ids[part.segment.ranks_of_units(unit_ids)]
        }

    def _with_fate(self, unit_ids: NDArray[np.int64], is_dead: bool) -> _State:
        if not len(unit_ids):
            return self._state
        parts: dict[Language, tuple[Part, ...]] = {}
        for language, old in self._state.parts.items():
            new = []
            for part in old:
                ranks = part.segment.ranks_of_units(unit_ids)
                ranks = ranks[part.is_dead[ranks] != is_dead]
                if len(ranks):
                    # Another thread may be reading the old one.
                    mask = part.is_dead.copy()
                    mask[ranks] = is_dead
                    part = replace(part, is_dead=mask)
                new.append(part)
            parts[language] = tuple(new)
        return replace(self._state, parts=parts)

    def _tidy(self) -> None:
        """Bring the parts down to one where they have become many, or too much in them is dead."""
        with self._lock:
            parts = self._state.parts
            dead = sum(int(np.count_nonzero(part.is_dead)) for part in parts["kk"])
            total = sum(len(part.segment) for part in parts["kk"])
            if any(len(each) > _MOST_PARTS for each in parts.values()) or dead > _DEAD_SHARE * max(total, 1_000):
                self._state = replace(self._state, parts={language: _merged(each) for language, each in parts.items()})
                self._unsaved = max(self._unsaved, 1)
            if self._unsaved:
                self._save()

    def _is_of_this_memory(self) -> bool:
        """Whether the index and the memory agree on some units: a backup may have been put in the memory's place."""
        seq = self._state.seq
        if seq > self._memory.seq():
            return False
        newest = [unit for unit in islice(self._memory.changed_units(seq - 1), _CHECKED_UNITS) if unit.seq == seq]
        sampled = [
            int(part.segment.unit_ids[rank])
            for part in self._state.parts["kk"]
            for rank in np.linspace(0, len(part.segment) - 1, _CHECKED_UNITS, dtype=np.int64)
        ]
        units = newest + self._memory.stored_units(sampled)
        for language, parts in self._state.parts.items():
            known = {
                int(part.segment.unit_ids[rank]): text
                for part in parts
                for rank, text in _texts_of(part.segment, np.array([unit.id for unit in units], np.int64))
            }
            for unit in units:
                text = known.get(unit.id)
                is_missing = text is None and unit.status != "rejected"
                if is_missing or (text is not None and text != hash_of(normalised(getattr(unit, language)))):
                    return False
        return True

    def _loaded(self) -> _State:
        if self._folder is None:
            return _EMPTY
        try:
            manifest = json.loads((self._folder / "manifest.json").read_text(encoding="utf-8"))
            if manifest.get("version") != _VERSION:
                return _EMPTY
            dead = read_arrays(self._folder / manifest["dead"], is_checked=True)
            parts: dict[Language, tuple[Part, ...]] = {}
            for language in _LANGUAGES:
                parts[language] = tuple(
                    _read_part(self._folder, entry, dead[f"{language}-{place}"])
                    for place, entry in enumerate(manifest["parts"][language])
                )
            self._generation = manifest["generation"]
            return _State(manifest["seq"], parts)
        except FileNotFoundError:
            return _EMPTY
        except (BrokenArraysError, OSError, ValueError, KeyError, TypeError) as error:
            _log.warning("%s: the index is damaged (%s) and is made anew", self._folder, error)
            return _EMPTY

    def _save(self) -> None:
        if self._folder is None:
            return
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with _locked(self._folder / "lock"):
                self._write(self._folder)
            self._unsaved = 0
        except OSError as error:
            _log.warning("%s: the index can't be kept (%s); it will be made again next time", self._folder, error)
            self._folder = None

    def _write(self, folder: Path) -> None:
        manifest_path = folder / "manifest.json"
        if _generation_of(manifest_path) not in ("", self._generation) and _seq_of(manifest_path) >= self._state.seq:
            return
        mark = uuid.uuid4().hex
        parts: dict[Language, tuple[Part, ...]] = {}
        entries: dict[str, list[dict[str, Any]]] = {}
        dead: dict[str, NDArray[Any]] = {}
        for language, old in self._state.parts.items():
            new = []
            for place, part in enumerate(old):
                if part.file is None or not (folder / part.file).exists():
                    part = replace(part, file=f"{language}-{uuid.uuid4().hex}.arrays")
                    write_arrays(folder / str(part.file), part.segment.arrays())
                dead[f"{language}-{place}"] = np.flatnonzero(part.is_dead).astype(np.uint32)
                new.append(part)
            parts[language] = tuple(new)
            entries[language] = [{"file": part.file, **_stamp(folder / str(part.file))} for part in new]
        write_arrays(folder / f"dead-{mark}.arrays", dead)
        manifest = {
            "version": _VERSION,
            "generation": mark,
            "seq": self._state.seq,
            "dead": f"dead-{mark}.arrays",
            "parts": entries,
        }
        draft = folder / f"manifest.{mark}.part"
        draft.write_text(json.dumps(manifest, indent=1), encoding="utf-8")
        draft.replace(manifest_path)
        self._state = replace(self._state, parts=parts)
        self._generation = mark
        used = {entry["file"] for each in entries.values() for entry in each} | {manifest["dead"]}
        for path in folder.glob("*.arrays"):
            if path.name not in used and path.name.startswith(("kk-", "ru-", "dead-")):
                # Where a mapped file can't be removed (Windows), the next process to write does it.
                with suppress(OSError):
                    path.unlink()


def _living(segment: Segment, file: str | None = None) -> Part:
    return Part(
        segment, np.zeros(len(segment), np.bool_), "\n" + segment.form_letters.tobytes().decode("utf-16-le"), file
    )


def _merged(parts: Sequence[Part]) -> tuple[Part, ...]:
    if not parts:
        return ()
    return (_living(merge_segments([part.segment for part in parts], [~part.is_dead for part in parts])),)


def _merged_on_the_way(parts: Sequence[Part]) -> tuple[Part, ...]:
    """The last parts merged while they are of about one size: few parts, and none merged often."""
    result = list(parts)
    while len(result) > 1:
        before, last = len(result[-2].segment), len(result[-1].segment)
        if before > _GROWTH * last or before + last > _MOST_MERGED_ON_THE_WAY:
            break
        result[-2:] = _merged(result[-2:])
    return tuple(result)


def _texts_of(segment: Segment, unit_ids: NDArray[np.int64]) -> Iterator[tuple[int, int]]:
    """`(rank, hash of the text)` of those units that are in the segment."""
    places = np.flatnonzero(np.isin(segment.text_ranks, segment.ranks_of_units(unit_ids)))
    yield from zip(segment.text_ranks[places].tolist(), segment.text_hashes[places].tolist(), strict=True)


def _read_part(folder: Path, entry: dict[str, Any], dead: NDArray[np.uint32]) -> Part:
    path = folder / entry["file"]
    # Bytes are only compared where the file was touched: it takes a second for a gigabyte.
    arrays = read_arrays(path, is_checked=_stamp(path) != {"size": entry["size"], "touched": entry["touched"]})
    part = _living(Segment(**arrays), entry["file"])
    part.is_dead[dead] = True
    return part


def _stamp(path: Path) -> dict[str, int]:
    status = path.stat()
    return {"size": status.st_size, "touched": status.st_mtime_ns}


def _generation_of(manifest: Path) -> str:
    return str(_read_manifest(manifest).get("generation", ""))


def _seq_of(manifest: Path) -> int:
    return int(_read_manifest(manifest).get("seq", 0))


def _read_manifest(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Hold the folder against other processes, where the system can."""
    with path.open("a") as file:
        try:
            import fcntl
        except ImportError:
            yield
            return
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
