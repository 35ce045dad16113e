"""From units to the files of a dataset, in two passes over the source and little memory."""

from __future__ import annotations

import json
import platform
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from aligner.corpus.layout import CARD, MADE_BY, MANIFEST, Layout, made_folder
from aligner.corpus.plan import DROPPED, WHY, Plan, plan_corpus
from aligner.corpus.request import Request
from aligner.corpus.sift import objection
from aligner.corpus.source import UnitSource
from aligner.corpus.survey import Contents, Survey, prepared_units
from aligner.dataset import PARTS, CardFacts, dataset_card, file_digest, write_manifest
from aligner.errors import InputError
from aligner.export import paths_of, writing, writing_bytes
from aligner.filter import filters_named
from aligner.records import Unit

__all__ = ["Compiled", "compile_corpus"]

Progress = Callable[[str, int, int], None]
_UNITS_A_REPORT = 10_000
_LOADERS = {"parquet": "parquet", "jsonl": "json", "csv": "csv"}


@dataclass(slots=True)
class Compiled:
    """What was made: units read, pairs by part, units dropped by reason, and the files, by part."""

    read: int
    pairs: dict[str, int]
    dropped: dict[str, int]
    documents: int
    files: dict[str, tuple[Path, ...]]
    histogram: list[int] = field(default_factory=list)
    characters: tuple[int, int] = (0, 0)
    manifest: dict[str, Any] = field(default_factory=dict)

    @property
    def written(self) -> int:
        return sum(self.pairs.values())


def compile_corpus(
    source: UnitSource,
    layout: Layout,
    request: Request,
    languages: str = "bare",
    dropped_to: Path | None = None,
    manifest_to: Path | None = None,
    progress: Progress | None = None,
    workers: int = 1,
) -> Compiled:
    """Write what is asked for. `dropped_to` lists what was left out, as JSON Lines with the reason of each unit.

    `workers` processes look through the units where there are many. They are started anew, so that a script that asks
    for more than one must do so under `if __name__ == "__main__"`. The files are the same for any number.

    Raises `InputError` where the source changes under way, `OptionError` for what can't be met, `OutputError`.
    """
    survey = Survey(_Watched(source, "reading", progress), request, workers)
    plan = plan_corpus(survey, request)
    with ExitStack() as stack:
        folder = stack.enter_context(made_folder(layout.target)) if layout.is_folder else Path()
        again = _Watched(source, "writing", progress)
        made = _write(again, layout, folder, request, survey, plan, languages, dropped_to)
        made.manifest = _manifest(source, layout, folder, request, survey, made)
        if layout.is_folder:
            card = dataset_card(_facts(layout, request, made))
            (folder / CARD).write_text(card, encoding="utf-8")
            write_manifest(folder / MANIFEST, made.manifest)
        if manifest_to:
            write_manifest(manifest_to, made.manifest)
    return made


def _write(
    source: UnitSource,
    layout: Layout,
    folder: Path,
    request: Request,
    survey: Survey,
    plan: Plan,
    languages: str,
    dropped_to: Path | None,
) -> Compiled:
    contents, filters = Contents(), filters_named(request.filters)
    pairs = dict.fromkeys(layout.files, 0)
    histogram, characters = [0] * 10, [0, 0]
    with ExitStack() as stack:
        sinks = {
            PARTS.index(name): stack.enter_context(writing(folder / path, layout.kind, source.stamp, languages))
            for name, path in layout.files.items()
        }
        dropped = stack.enter_context(writing_bytes(dropped_to)) if dropped_to else None
        parts = iter(plan.parts.tolist())
        place = -1
        for place, unit in enumerate(prepared_units(source, request, contents)):
            part = next(parts, DROPPED)
            if part != DROPPED:
                sinks[part].write(unit)
                pairs[PARTS[part]] += 1
                histogram[min(int(unit.score * 10), 9)] += 1
                characters[0] += len(unit.kk)
                characters[1] += len(unit.ru)
            elif dropped is not None and place < len(plan.codes):
                reason = plan.reasons[plan.codes[place]]
                text = WHY.get(reason) or objection(unit, request, filters) or ""
                dropped.write(_dropped_line(place + 1, unit, f"{reason}: {text}" if reason in WHY else text))
        if contents.hex != survey.contents.hex:
            raise InputError(source.name, "changed while it was read", "run the command again")
    files = {name: paths_of(folder / path, layout.kind) for name, path in layout.files.items()}
    return Compiled(place + 1, pairs, plan.dropped(), plan.documents, files, histogram, (characters[0], characters[1]))


def _dropped_line(number: int, unit: Unit, reason: str) -> bytes:
    record = {"unit": number, "reason": reason, "kk": unit.kk, "ru": unit.ru, "score": round(unit.score, 4)}
    return (json.dumps(record, ensure_ascii=False) + "\n").encode()


def _manifest(
    source: UnitSource,
    layout: Layout,
    folder: Path,
    request: Request,
    survey: Survey,
    made: Compiled,
) -> dict[str, Any]:
    outputs = [path for files in made.files.values() for path in files]
    return {
        "made_by": MADE_BY,
        "versions": _versions(layout.kind),
        "source": {"name": source.name, "units": made.read, "units_sha256": survey.contents.hex},
        "excluded": [{"name": str(path), "sha256": file_digest(path)} for path in request.excluded],
        "format": layout.kind,
        "request": request.record(),
        "pairs": made.pairs,
        "dropped": made.dropped,
        "outputs": [
            {
                "name": path.relative_to(folder).as_posix() if layout.is_folder else path.name,
                "bytes": path.stat().st_size,
                "sha256": file_digest(path),
            }
            for path in outputs
        ],
    }


def _versions(kind: str) -> dict[str, str]:
    names = ["qostil", "numpy", "py3langid", *{"parquet": ["pyarrow"], "xlsx": ["openpyxl"]}.get(kind, [])]
    found = {"python": platform.python_version()}
    for name in names:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


def _facts(layout: Layout, request: Request, made: Compiled) -> CardFacts:
    return CardFacts(
        title=request.title or layout.target.name,
        licences=request.licences,
        files={name: [each.as_posix() for each in paths_of(path, layout.kind)] for name, path in layout.files.items()},
        pairs=made.pairs,
        characters=made.characters,
        histogram=made.histogram,
        dropped=made.dropped,
        read=made.read,
        method=list(_method(request)),
        versions=made.manifest["versions"],
        loader=_LOADERS.get(layout.kind),
        documents=made.documents,
    )


def _method(request: Request) -> Iterator[str]:
    yield f"Pairs with a score of {request.min_score:g} or more were taken ({', '.join(request.statuses)})."
    if request.normalise:
        yield "Latin letters that look like Cyrillic ones, inside Cyrillic words, were made Cyrillic, and the reverse."
    if request.mask_personal_data:
        yield "Identity numbers, telephones, e-mail addresses and bank accounts were replaced by `[IIN]`, `[PHONE]` …"
    yield f"Filters: {', '.join(request.filters) or 'none'}."
    if request.drop_duplicates:
        yield "Of pairs that differ in case, punctuation and look-alike letters only, the best was kept."
    if request.drop_near_duplicates:
        yield "Of pairs that are near-duplicates on both sides, the best was kept."
    for path in request.excluded:
        yield f"Pairs with a side that stands, or nearly, in `{path.name}` were left out."
    if request.max_pairs is not None:
        yield f"At most {request.max_pairs:,} pairs were taken ({request.take}, seed {request.seed})."
    if request.dev or request.test:
        yield (
            f"Parts were made by {request.split_by} (seed {request.seed}). No text of one part stands in another, nor "
            "does a near-duplicate: one with a Jaccard likeness of .8 or more by words or by runs of five characters."
        )


class _Watched:
    """A source that says how far it is."""

    def __init__(self, source: UnitSource, what: str, progress: Progress | None) -> None:
        self._source, self._what, self._progress = source, what, progress
        self.name, self.stamp = source.name, source.stamp

    def units(self, statuses: Sequence[str]) -> Iterator[Unit]:
        for count, unit in enumerate(self._source.units(statuses)):
            if self._progress and count % _UNITS_A_REPORT == 0:
                self._progress(self._what, count, 0)
            yield unit
