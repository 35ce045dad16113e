"""A batch from its files to the memory, stage by stage; where it was cut off, from there."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import socket
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from aligner.batching.freed_memory import return_freed_memory
from aligner.batching.intake import Item, chunks, read_file
from aligner.batching.plan import decisions_of, make_plan, newly_alone, pool_of
from aligner.batching.profiles import ProfileFile
from aligner.batching.report import BatchReport, Tally, report_of
from aligner.batching.shelf import Shelf
from aligner.batching.survey import FoundFile, Survey, look_again, trusted
from aligner.batching.work import Failed, OneProcess, PairToAlign, Ready, Workers, on_one_thread
from aligner.encode import Encoder
from aligner.encode.means import usual_means
from aligner.errors import InputError, MissingExtraError
from aligner.ingest import real_path
from aligner.memory import Alignment, Memory
from aligner.memory.journal import digest
from aligner.memory.ledger import Batch, Ledger, Planned, Read, SeenFile
from aligner.memory.pairs import location_of
from aligner.pair import Profile
from aligner.pipeline import Inputs, Prepared, Progress, prepare, recipe
from aligner.records import Document, Segment

__all__ = ["alone", "batch_inputs", "check_readable", "run_batch"]

Floats = NDArray[np.float32]

_FILES_AT_ONCE = 500


def alone(memory: Memory) -> AbstractContextManager[None]:
    """Held while a batch is at work on a memory. Raises `StoreLockedError`, which names the one that is."""
    since = dt.datetime.now().strftime("%H:%M")
    return memory.engine.held_alone(f"pid {os.getpid()} on {socket.gethostname()[:30]}, since {since}")


def check_readable(looked: Survey) -> None:
    """Raise what is wrong with the only file, before a memory is made for nothing."""
    errors: list[InputError | MissingExtraError] = []
    for file in looked.files:
        error = read_file(file.path).error
        if error is None:
            return
        errors.append(error)
    if len(errors) == 1:
        raise errors[0]


def run_batch(
    looked: Survey,
    encoder: Encoder,
    memory: Memory,
    now: dt.datetime,
    progress: Progress | None = None,
    workers: Workers | None = None,
) -> BatchReport:
    """Work on what is new or changed in the files of a survey, and report on all of them.

    To be called while the memory is held (`alone`). Documents without a counterpart wait in the memory for those that
    later batches bring. Nothing that was worked on is lost when the process ends; the same call goes on from there and
    leaves the same memory, stamped with the time at which the batch began, as an undisturbed one. The vectors must be
    kept for that (`CachedEncoder`): made again, they may differ in their last digit.
    `workers` do the heavy steps, if they are not done here. What they fail at is reported as skipped, and tried again
    by the next batch. Raises `InputError` where nothing at all could be read.
    """
    with Shelf() as shelf, on_one_thread():
        run = _Run(Ledger(memory), encoder, now, progress, shelf, looked.digest, workers)
        names, skipped, errors = run.take_in_files(looked)
        locations = [file.location for file in looked.files]
        if len(errors) == 1 and not run.ledger.releases(locations):
            raise errors[0]
        run.finish(locations)
        passed_over = [(each.name, each.reason) for each in looked.skipped]
        return report_of(run.ledger, run.batch, locations, names, [*skipped, *passed_over, *run.failed], run.tally)


def batch_inputs(
    inputs: Inputs, encoder: Encoder, memory: Memory, now: dt.datetime, progress: Progress | None = None
) -> BatchReport:
    """The same for documents that were read already, wherever they come from."""
    items = [_item(document) for document in inputs.documents]
    for text in inputs.aligned:
        kk, ru = _item(text.kk), _item(text.ru)
        items += [replace(kk, partner=ru.location), replace(ru, partner=kk.location)]
    texts = "\n".join(f"{item.location}\0{digest(item.document.text)}" for item in items)
    name = hashlib.sha256(texts.encode("utf-8", "surrogateescape")).hexdigest()[:32]
    with alone(memory), Shelf() as shelf, on_one_thread():
        run = _Run(Ledger(memory), encoder, now, progress, shelf, name)
        run.take_in(items)
        files = list(dict.fromkeys(item.file for item in items))
        run.finish(files)
        skipped = [(each.name, each.reason) for each in inputs.skipped_files]
        return report_of(run.ledger, run.batch, files, {}, skipped, run.tally)


def _item(document: Document) -> Item:
    return Item(document, location_of(document), str(real_path(Path(document.source))))


class _Run:
    """One run of a batch: what all its stages need."""

    def __init__(
        self,
        ledger: Ledger,
        encoder: Encoder,
        now: dt.datetime,
        progress: Progress | None,
        shelf: Shelf,
        inputs: str,
        workers: Workers | None = None,
    ) -> None:
        self.ledger, self._encoder, self._progress, self._shelf = ledger, encoder, progress, shelf
        self._workers: Workers = OneProcess(encoder) if workers is None else workers
        self._now = now
        self._recipe, self._version = recipe(encoder), version("qostil")
        self.tally = Tally()
        self.failed: list[tuple[str, str]] = []
        self._failed_files: set[str] = set()
        other = ledger.unfinished()
        if other is not None and other[1] == self._recipe and other[2] != inputs:
            # Its own files can't be asked for, but its plan can be carried out, in its own name.
            self.batch: Batch = other[0]
            self._align()
        self.batch = ledger.begin(self._recipe, inputs, now)

    # ---- files and documents into the ledger ----

    def take_in_files(
        self, looked: Survey
    ) -> tuple[dict[str, tuple[str, str]], list[tuple[str, str]], list[InputError | MissingExtraError]]:
        """Read what is new or changed. Gives the names of files that are called otherwise now, what is skipped in all
        of them, and what was wrong with those that could not be read."""
        to_read = self._to_read(looked)
        errors: list[InputError | MissingExtraError] = []
        done: list[SeenFile] = []
        present: dict[str, set[str]] = {}

        def items() -> Iterator[Item]:
            read = self._workers.read(file.path for file, _ in to_read)
            for count, ((file, key), contents) in enumerate(zip(to_read, read, strict=True)):
                if self._progress:
                    self._progress("reading", count, len(to_read))
                if contents.error is not None:
                    errors.append(contents.error)
                own = [Item(each, location_of(each), file.location) for each in contents.documents]
                for text in contents.aligned:
                    kk, ru = location_of(text.kk), location_of(text.ru)
                    own += [Item(text.kk, kk, file.location, ru), Item(text.ru, ru, file.location, kk)]
                present[file.location] = {item.location for item in own}
                yield from self._fresh(own)
                # What can't be read today may be readable tomorrow: it is never taken for known.
                reader = "" if contents.error is not None else self._version
                done.append(
                    SeenFile(
                        file.location,
                        file.name,
                        file.size,
                        trusted(file),
                        file.inode,
                        key,
                        reader,
                        contents.skipped,
                    )
                )

        self._take(items(), done, present)
        if self._progress and to_read:
            self._progress("reading", len(to_read), len(to_read))
        names: dict[str, tuple[str, str]] = {}
        skipped: list[tuple[str, str]] = []
        for start in range(0, len(looked.files), _FILES_AT_ONCE):
            part = looked.files[start : start + _FILES_AT_ONCE]
            known = self.ledger.files(file.location for file in part)
            for file in part:
                seen = known.get(file.location)
                if seen is not None and seen.name != file.name:
                    names[file.location] = (seen.name, file.name)
                if seen is not None:
                    skipped += seen.skipped
        return names, skipped, errors

    def _to_read(self, looked: Survey) -> list[tuple[FoundFile, str]]:
        """What is new or changed of the files, each with the digest of its bytes."""
        known = self.ledger.files(file.location for file in looked.files)
        found = look_again(looked.files, known, self._version)
        if found.touched:
            self.ledger.keep_looks(found.touched)
        return self._without_moved(found.to_read, known)

    def take_in(self, items: Sequence[Item]) -> None:
        """Take in documents that were read already."""
        self._take(self._fresh(items), [], {})

    def _without_moved(
        self, to_read: Sequence[tuple[FoundFile, str]], known: dict[str, SeenFile]
    ) -> list[tuple[FoundFile, str]]:
        """The files without those that were known under another name, which is gone."""
        strange = {key: file for file, key in to_read if key and file.location not in known}
        if not strange:
            return list(to_read)
        occupied = {each.file for each in self.ledger.releases(file.location for file in strange.values())}
        moves: dict[str, tuple[str, str]] = {}
        looks: dict[str, SeenFile] = {}
        for key, seen in self.ledger.files_with(strange).items():
            file = strange[key]
            gone = next(
                (each for each in seen if each.reader == self._version and not Path(each.location).exists()), None
            )
            if gone is not None and file.location not in occupied:
                moves[gone.location] = (file.location, file.name)
                looks[file.location] = replace(
                    gone, location=file.location, size=file.size, modified=trusted(file), inode=file.inode
                )
        if moves:
            self.ledger.move(moves)
            self.ledger.keep_looks(list(looks.values()))
        return [(file, key) for file, key in to_read if file.location not in looks]

    def _fresh(self, items: Sequence[Item]) -> Iterator[Item]:
        """Those of the documents that the ledger does not know as they are."""
        known = self.ledger.at(item.location for item in items)
        is_new = {}
        for item in items:
            old = known.get(item.location)
            is_new[item.location] = (
                old is None
                or old.state == "gone"
                or (old.digest, old.recipe) != (digest(item.document.text), self._recipe)
                or (old.state == "skipped") != (item.document.skipped is not None)
            )
        for item in items:
            if is_new[item.location] or is_new.get(item.partner or "", False):
                yield item

    def _take(self, items: Iterable[Item], done: list[SeenFile], present: dict[str, set[str]]) -> None:
        """Prepare the items, and record them chunk by chunk, each with the files that it brings to their end."""
        asked: deque[tuple[list[Item], list[SeenFile]]] = deque()

        def to_prepare() -> Iterator[list[Document]]:
            for chunk in chunks(items):
                asked.append((chunk, [*done]))
                done.clear()
                yield [item.document for item in chunk if item.document.skipped is None and item.partner is None]

        for results in self._workers.make_ready(to_prepare()):
            chunk, files = asked.popleft()
            self._record(chunk, results, files, present)
        self._record([], [], done, present)

    def _record(
        self,
        chunk: Sequence[Item],
        results: Iterable[Ready | Failed],
        files: Sequence[SeenFile],
        present: dict[str, set[str]],
    ) -> None:
        if not chunk and not files:
            return
        to_come = iter(results)
        reads = []
        for item in chunk:
            document = item.document
            count, profile = len(document.paragraphs), None
            if document.skipped is None and item.partner is None:
                own = next(to_come)
                if isinstance(own, Failed):
                    self.failed.append((document.name, own.reason))
                    self._failed_files.add(item.file)
                    continue
                self._shelf.put(item.location, own.prepared)
                count, profile = len(own.prepared.segments), own.profile
            reads.append(Read(document, item.location, item.file, count, profile, item.partner))
        # A file that is not worked off must be read again.
        files = [replace(file, reader="") if file.location in self._failed_files else file for file in files]
        self.ledger.record(self.batch, self._recipe, reads, files, present)
        for file in files:
            del present[file.location]

    # ---- what the ledger says is to be done ----

    def finish(self, files: Sequence[str]) -> None:
        """Compare, pair, align and store whatever is open, in these files or from before, and end the batch."""
        self._take_in_stale(files)
        self.ledger.follow(self._recipe)
        if self.ledger.has_open():
            self._plan()
        self._align()
        self.ledger.end(self.batch, self._now)

    def _take_in_stale(self, files: Sequence[str]) -> None:
        """Documents that were made ready by another encoder or version."""

        def items() -> Iterator[Item]:
            for _, release in sorted(self.ledger.at(self.ledger.stale(self._recipe, files)).items()):
                partner = release.partner if release.is_given else None
                yield Item(self.ledger.document(release.location), release.location, release.file, partner)

        self._take(items(), [], {})

    def _plan(self) -> None:
        return_freed_memory()
        if self._progress:
            self._progress("pairing", 0, 1)
        profiles = (each for each in self.ledger.profiles() if each[0].recipe == self._recipe)
        with ProfileFile() as kk, ProfileFile() as ru:
            pool = pool_of(profiles, kk, ru)
            matching = make_plan(pool, self._vectors_of, usual_means(self._encoder), self._workers.nearest)
            lonely = newly_alone(pool, matching)
            self.ledger.plan(decisions_of(pool, matching), self._with_segments(lonely), self.batch.started)
        return_freed_memory()
        if self._progress:
            self._progress("pairing", 1, 1)

    def _with_segments(self, locations: Iterable[str]) -> Iterator[tuple[str, Document, Sequence[Segment]]]:
        for location in list(locations):
            prepared = self._prepared(location)
            yield location, prepared.document, prepared.segments

    def _align(self) -> None:
        planned = self.ledger.to_align()
        asked: deque[tuple[int, Planned]] = deque()

        def to_align() -> Iterator[PairToAlign]:
            for count, each in enumerate(self.ledger.planned(planned)):
                if self.ledger.knows(each, self._recipe):
                    self.ledger.mark_known(self.batch, each)
                    continue
                asked.append((count, each))
                sides = [self._side(release.location) for release in (each.kk, each.ru)]
                yield PairToAlign(sides[0], sides[1], each.score, each.kk.is_given)

        for result in self._workers.align(to_align()):
            count, each = asked.popleft()
            if self._progress:
                self._progress("aligning", count, len(planned))
            if isinstance(result, Failed):
                self.failed.append((f"{each.kk.name} | {each.ru.name}", result.reason))
                continue
            aligned, units = result.aligned, result.units
            alignment = Alignment(aligned.kk, aligned.ru, aligned.beads)
            addition = self.ledger.store(self.batch, each, aligned.pair, units, self._recipe, alignment)
            self.tally.add(aligned, units)
            self.tally.units_added += addition.units_added
            self.tally.units_removed += addition.units_removed
        if self._progress and planned:
            self._progress("aligning", len(planned), len(planned))

    def _side(self, location: str) -> Prepared | Document:
        return self._shelf.prepared(location) if location in self._shelf else self.ledger.document(location)

    def _vectors_of(self, profile: Profile) -> tuple[Floats, Floats]:
        if profile.key not in self._shelf:
            self._prepared(profile.key)
        return self._shelf.vectors(profile.key)

    def _prepared(self, location: str) -> Prepared:
        if location not in self._shelf:
            (prepared,) = prepare([self.ledger.document(location)], self._encoder, None)
            self._shelf.put(location, prepared)
        return self._shelf.prepared(location)
