"""The memory at size: import, exact, fuzzy and semantic lookup, concordance; recall against a scan of everything.

Real strings of ../shared/parallel are varied up to a million units. Queries are units with one to three words
changed, inflected or dropped, or other numbers, and text that has nothing to do with them. The same is measured in
PostgreSQL, on a server of its own that is gone afterwards; up to 100,000 units, what `pg_trgm` would do is beside it.

Vectors for the search by meaning are made up: to encode a million texts would take half a day. Each is a mixture of the
encoder's vectors of two of some thousand real texts, with noise. What is measured is searching, not understanding.

    python -m benchmarks.memory --units 10000 100000 1000000
"""

from __future__ import annotations

import argparse
import datetime as dt
import hashlib
import json
import os
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import numpy as np

from aligner.encode import CachedEncoder, load_encoder
from aligner.memory import Memory
from aligner.memory.concordance import concordance
from aligner.memory.lookup import Lookup, SemanticIndex
from aligner.memory.lookup.fuzzy import Scorer
from aligner.memory.lookup.similarity import similarity
from aligner.memory.lookup.words import normalised, words_of
from aligner.records import Unit
from benchmarks.memory_corpus import (
    Asked,
    changed_queries,
    corpus_files,
    read_pairs,
    unrelated_queries,
    varied_pairs,
)
from benchmarks.memory_trigrams import measure_trigrams
from benchmarks.results_file import RESULTS, corpus_hashes, installed_versions, write_results
from benchmarks.shared_data import SHARED, missing_files, shared_files
from tests import postgres_server

_MIN_PERCENT = 70
_WARM_UP = 100
_BASE_VECTORS = 20_000
_MOST_FOR_TRIGRAMS = 100_000
_NEAREST = 17
# A server as a team would have it, not one for tests.
_SERVER_SETTINGS = "-c shared_buffers=1GB -c maintenance_work_mem=256MB -c max_wal_size=4GB"
_LANGUAGES = ("kk", "ru")
_TARGETS = {
    "fuzzy p50 ms": 5.0,
    "fuzzy p95 ms": 25.0,
    "exact p95 ms": 1.0,
    "concordance p95 ms": 30.0,
    "semantic p95 ms": 30.0,
}


class MadeUpEncoder:
    """For each text a mixture of the real vectors of two others, and noise: as alike and as different as real ones."""

    name = "benchmark"

    def __init__(self, texts: Sequence[str]) -> None:
        self._base = CachedEncoder(load_encoder()).encode(list(texts))
        self.dimension = self._base.shape[1]

    def encode(self, texts: Sequence[str]) -> np.ndarray[Any, np.dtype[np.float32]]:
        keys = np.array([hashed(text) for text in texts], np.uint64)
        random = np.random.default_rng(int(keys[0]))
        first, second = keys % np.uint64(len(self._base)), (keys >> np.uint64(32)) % np.uint64(len(self._base))
        noise = random.standard_normal((len(texts), self.dimension), dtype=np.float32)
        vectors = self._base[first] + 0.6 * self._base[second] + noise * (0.3 / self.dimension**0.5)
        return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)


def hashed(text: str) -> int:
    """64 bits of a text, the same in every run."""
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "little")


def measure(
    place: Path | str, size: int, pairs: Sequence[tuple[str, str]], has_meaning: bool, options: argparse.Namespace
) -> dict[str, Any]:
    """Everything about a memory of `size` units at `place`."""
    measured: dict[str, Any] = {
        "units": size,
        "measured": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        "load average at start": round(os.getloadavg()[0], 2),
    }
    folder = Path(tempfile.mkdtemp(prefix="qostil-index-", dir=options.scratch))
    with Memory.open(place) as memory:
        units = [Unit(kk, ru, 1.0) for kk, ru in varied_pairs(pairs, size)]
        started = time.perf_counter()
        memory.add_units(units, "benchmark", "benchmark", dt.datetime.now(dt.UTC))
        measured["import units/s"] = round(size / (time.perf_counter() - started))
        started = time.perf_counter()
        memory.add_units(units, "benchmark", "benchmark", dt.datetime.now(dt.UTC))
        measured["import again units/s"] = round(size / (time.perf_counter() - started))
        measured["memory MB"] = round(memory.engine.size_bytes() / 1e6)
        started = time.perf_counter()
        lookup = Lookup(memory, folder)
        lookup.close()
        measured["index units/s"] = round(size / (time.perf_counter() - started))
        measured["index MB"] = round(sum(path.stat().st_size for path in folder.iterdir()) / 1e6)
        started = time.perf_counter()
        lookup = Lookup(memory, folder)
        measured["open again s"] = round(time.perf_counter() - started, 3)
        texts = {"kk": [unit.kk for unit in units], "ru": [unit.ru for unit in units]}
        for language in _LANGUAGES:
            measured[language] = _measure_language(lookup, texts[language], language, options)
        if isinstance(place, str) and size <= _MOST_FOR_TRIGRAMS:
            asked = changed_queries(texts["ru"], "ru", options.recall_queries)
            phrases = _phrases(texts["ru"], options.recall_queries)
            measured["pg_trgm, ru"] = measure_trigrams(place, memory, lookup, asked, phrases, _timed)
        if has_meaning:
            measured["semantic"] = _measure_semantic(memory, folder, texts["ru"], options)
        started = time.perf_counter()
        memory.add_units([Unit("жаңа бірлік", "новая единица", 1.0)], "one more", "benchmark", dt.datetime.now(dt.UTC))
        added = time.perf_counter()
        assert lookup.lookup("новая единица", "ru")[0].percent == 100
        measured["first lookup after an addition ms"] = round(1e3 * (time.perf_counter() - added), 2)
    measured["peak GiB of the process so far"] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20, 2)
    shutil.rmtree(folder)
    return measured


def _measure_language(lookup: Lookup, texts: list[str], language: Any, options: argparse.Namespace) -> dict[str, Any]:
    changed = changed_queries(texts, language, options.queries)
    asked = changed + unrelated_queries(language, options.queries // 5)
    chosen = np.random.default_rng(1).choice(len(texts), options.queries)
    own = [texts[place] for place in chosen]

    def fuzzy(query: Asked) -> object:
        return lookup.lookup(query.text, language, min_percent=_MIN_PERCENT)

    def exact(text: str) -> object:
        return lookup.lookup(text, language, kinds=("exact",))

    measured: dict[str, Any] = {
        "fuzzy": _timed(fuzzy, asked),
        "fuzzy, unrelated": _timed(fuzzy, [each for each in asked if each.change == "unrelated"]),
        "exact": _timed(exact, own),
        "recall": _recall(lookup, changed[: options.recall_queries], language),
    }
    phrases = _phrases(texts, options.queries)
    measured["concordance"] = _timed(lambda phrase: concordance(lookup, phrase, language), phrases)
    measured["concordance, parts of words"] = _timed(
        lambda phrase: concordance(lookup, phrase, language), [phrase[1:-1] for phrase in phrases if len(phrase) > 5]
    )
    measured["concordance, forms"] = _timed(lambda phrase: concordance(lookup, phrase, language, mode="forms"), phrases)
    return measured


def _phrases(texts: Sequence[str], count: int) -> list[str]:
    """One, two and three words of each of some units."""
    chosen = [texts[place] for place in np.random.default_rng(1).choice(len(texts), count)]
    phrases = [_phrase(text, length) for text in chosen for length in (1, 2, 3)]
    return [phrase for phrase in phrases if len(phrase) > 1]


def _phrase(text: str, length: int) -> str:
    words = [word for word in words_of(text, "ru").forms if word != "#"]
    start = len(text) % max(1, len(words) - length + 1)
    return " ".join(words[start : start + length])


def _recall(lookup: Lookup, asked: Sequence[Asked], language: Any) -> dict[str, Any]:
    """How often the best unit of all, by the same similarity, is among what is given; of those that reach 70 %."""
    reached = found = 0
    missed: list[str] = []
    scanning = 0.0
    for query in asked:
        matches = lookup.lookup(query.text, language, min_percent=_MIN_PERCENT)
        given = max((similarity(normalised(query.text), normalised(m.source), language) for m in matches), default=0.0)
        started = time.perf_counter()
        best = _best_of_all(lookup, query.text, language)
        scanning += time.perf_counter() - started
        if best < _MIN_PERCENT / 100:
            continue
        reached += 1
        if given >= best - 1e-9:
            found += 1
        else:
            missed.append(query.text)
    return {
        "queries": len(asked),
        "with a match": reached,
        "recall": round(found / reached, 4) if reached else None,
        "missed": missed[:5],
        "scan of everything ms": round(1e3 * scanning / max(1, len(asked))),
    }


def _best_of_all(lookup: Lookup, text: str, language: Any) -> float:
    words = words_of(normalised(text), language)
    best = 0.0
    for part in lookup.index.parts(language):
        scorer = Scorer(part.segment, words)
        for start in range(0, len(part.segment), 50_000):
            ranks = np.arange(start, min(start + 50_000, len(part.segment)))
            best = max(best, float(scorer.scores(part.alive(ranks), best).max(initial=0.0)))
    return best


def _measure_semantic(memory: Memory, folder: Path, texts: list[str], options: argparse.Namespace) -> dict[str, Any]:
    import faiss

    encoder = MadeUpEncoder(texts[:_BASE_VECTORS])
    started = time.perf_counter()
    index = SemanticIndex(memory, "ru", encoder, folder)
    index.catch_up()
    built = time.perf_counter() - started
    chosen = [texts[place] for place in np.random.default_rng(2).choice(len(texts), options.queries)]
    made = dict(zip(chosen, encoder.encode(chosen), strict=True))

    def semantic(text: str) -> object:
        return memory.stored_units([unit for unit, _ in index.nearest_to(made[text], _NEAREST)])

    measured: dict[str, Any] = {"index s, with made-up vectors": round(built, 1), "lookup": _timed(semantic, chosen)}
    state = index._state
    assert state is not None
    kind = state.index
    is_parted = isinstance(kind, faiss.IndexIVF)
    asked = chosen[: options.recall_queries]
    found = [{unit for unit, _ in index.nearest_to(made[text], 5)} for text in asked]
    if is_parted:
        kind.nprobe, looked_into = kind.nlist, kind.nprobe
    best = [{unit for unit, _ in index.nearest_to(made[text], 5)} for text in asked]
    if is_parted:
        kind.nprobe = looked_into
    shared = sum(len(few & all_) for few, all_ in zip(found, best, strict=True))
    measured["of the five nearest of all, found"] = round(shared / sum(map(len, best)), 4)
    measured["index"] = (
        f"IVF, {kind.nlist} cells of which {looked_into} are looked into, 8 bits a number"
        if is_parted
        else "every vector compared, 16 bits a number"
    )
    measured["index MB in memory"] = round(sum(path.stat().st_size for path in folder.glob("*.faiss")) / 1e6)
    return measured


def _timed(act: Callable[[Any], object], questions: Sequence[Any]) -> dict[str, Any]:
    for question in questions[:_WARM_UP]:
        act(question)
    times = []
    for question in questions:
        started = time.perf_counter()
        act(question)
        times.append(1e3 * (time.perf_counter() - started))
    p50, p95, p99 = np.percentile(times, (50, 95, 99))
    return {"queries": len(times), "p50 ms": round(p50, 2), "p95 ms": round(p95, 2), "p99 ms": round(p99, 2)}


def _print(engine: str, measured: dict[str, Any]) -> None:
    print(
        f"\n{engine}, {measured['units']:,} units: import {measured['import units/s']:,}/s, "
        f"again {measured['import again units/s']:,}/s, "
        f"{measured['memory MB']:,} MB; index {measured['index units/s']:,}/s, {measured['index MB']:,} MB, "
        f"opened again in {measured['open again s']} s; first lookup after an addition "
        f"{measured['first lookup after an addition ms']} ms"
    )
    for language in _LANGUAGES:
        for what, figures in measured[language].items():
            if what == "recall":
                print(
                    f"  {language} recall {figures['recall']} of {figures['with a match']} "
                    f"(a scan takes {figures['scan of everything ms']} ms)"
                )
            else:
                print(f"  {language} {what:28} p50 {figures['p50 ms']:6} p95 {figures['p95 ms']:6} ms")
    if "semantic" in measured:
        semantic = measured["semantic"]
        figures = semantic["lookup"]
        print(f"  ru {'semantic':28} p50 {figures['p50 ms']:6} p95 {figures['p95 ms']:6} ms; made-up vectors, ", end="")
        print(f"{semantic['index']}, {semantic['index MB in memory']:,} MB in memory, ", end="")
        print(f"{semantic['of the five nearest of all, found']} of the five nearest found")
    if "pg_trgm, ru" in measured:
        trigrams = measured["pg_trgm, ru"]
        print(f"  ru by pg_trgm instead: fuzzy p50 {trigrams['fuzzy']['p50 ms']}", end="")
        print(f" p95 {trigrams['fuzzy']['p95 ms']} ms, recall {trigrams['recall']}; concordance", end="")
        print(f" p50 {trigrams['concordance']['p50 ms']} p95 {trigrams['concordance']['p95 ms']} ms", flush=True)


def _add_others(results: dict[str, Any]) -> None:
    """Add to the results what was measured earlier of other sizes; each says when that was."""
    known = json.loads((RESULTS / "memory.json").read_text(encoding="utf-8"))
    for engine in ("sqlite", "postgresql"):
        sizes = {each["units"] for each in results[engine]}
        others = [{"measured": known["measured"]} | each for each in known["results"][engine]]
        results[engine] += [each for each in others if each["units"] not in sizes]
        results[engine].sort(key=lambda each: each["units"])


def _print_growth(results: dict[str, Any]) -> None:
    """Both engines beside each other as they grow; of the languages, the slower one."""
    columns = ("import/s", "again/s", "exact p95", "fuzzy p50", "fuzzy p95", "recall", "concordance p95", "meaning p95")
    print("\n" + " ".join([f"{'units':>10} {'engine':10}", *(f"{name:>15}" for name in columns)]) + "   (times in ms)")
    for figures in sorted(results["sqlite"] + results["postgresql"], key=lambda each: each["units"]):
        engine = "SQLite" if figures in results["sqlite"] else "PostgreSQL"
        cells = [figures["import units/s"], figures["import again units/s"]]
        for what, quantile in (("exact", "p95"), ("fuzzy", "p50"), ("fuzzy", "p95")):
            cells.append(max(figures[language][what][f"{quantile} ms"] for language in _LANGUAGES))
        cells.append(min(figures[language]["recall"]["recall"] or 0.0 for language in _LANGUAGES))
        cells.append(max(figures[language]["concordance"]["p95 ms"] for language in _LANGUAGES))
        cells.append(figures["semantic"]["lookup"]["p95 ms"] if "semantic" in figures else "")
        print(" ".join([f"{figures['units']:>10,} {engine:10}", *(f"{cell:>15}" for cell in cells)]))


def _print_targets(measured: dict[str, Any]) -> None:
    """The issue's targets for SQLite at a million units, by the worse of both languages."""
    figures = {
        f"{what} {quantile}": max(measured[language][what][quantile] for language in _LANGUAGES)
        for what, quantile in (("fuzzy", "p50 ms"), ("fuzzy", "p95 ms"), ("exact", "p95 ms"), ("concordance", "p95 ms"))
    }
    if "semantic" in measured:
        figures["semantic p95 ms"] = measured["semantic"]["lookup"]["p95 ms"]
    print()
    for name, figure in figures.items():
        print(f"{'met   ' if figure <= _TARGETS[name] else 'MISSED'} {name}: {figure} (at most {_TARGETS[name]})")
    recall = min(measured[language]["recall"]["recall"] or 0.0 for language in _LANGUAGES)
    print(f"{'met   ' if recall >= 0.98 else 'MISSED'} recall: {recall} (at least 0.98)")
    rate = measured["import units/s"]
    print(f"{'met   ' if rate >= 20_000 else 'MISSED'} import units/s: {rate:,} (at least 20,000)")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--units", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--queries", type=int, default=1_000, help="how many of each kind and language")
    parser.add_argument(
        "--recall-queries", type=int, default=100, help="how many are compared with a scan of everything"
    )
    parser.add_argument("--no-semantic", dest="semantic", action="store_false")
    parser.add_argument("--no-sqlite", dest="sqlite", action="store_false")
    parser.add_argument("--no-postgres", dest="postgres", action="store_false")
    parser.add_argument("--postgres-up-to", type=int, default=1_000_000, help="larger memories in SQLite alone")
    parser.add_argument("--scratch", type=Path, help="where the memories are made; some GB for a million units")
    parser.add_argument(
        "--add", action="store_true", help="keep what results/memory.json has of other sizes and engines"
    )
    parser.add_argument("--no-write", action="store_true", help="leave results/memory.json as it is")
    options = parser.parse_args()
    if missing := missing_files(*corpus_files()):
        print(f"skipped: {', '.join(missing)} not here")
        return 0
    pairs = read_pairs()
    why_not = postgres_server.why_not() if options.postgres else "it was not asked for"
    if why_not:
        print(f"without PostgreSQL: {why_not}")
    results: dict[str, Any] = {"real pairs": len(pairs), "sqlite": [], "postgresql": []}
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="qostil-memory-", dir=options.scratch))
        server = None if why_not else stack.enter_context(postgres_server.running(_SERVER_SETTINGS))
        for size in options.units:
            if options.sqlite:
                results["sqlite"].append(measure(Path(folder) / f"{size}.db", size, pairs, options.semantic, options))
                _print("SQLite", results["sqlite"][-1])
                for left in Path(folder).glob(f"{size}.db*"):
                    left.unlink()
            if server is not None and size <= options.postgres_up_to:
                # The search by meaning asks no database.
                place = postgres_server.create_database(server, f"units{size}")
                results["postgresql"].append(measure(place, size, pairs, False, options))
                _print("PostgreSQL", results["postgresql"][-1])
    if options.add:
        _add_others(results)
    _print_growth(results)
    if results["sqlite"]:
        _print_targets(results["sqlite"][-1])
    if not options.no_write:
        versions = installed_versions("qostil", "numpy", "rapidfuzz", "faiss-cpu", "psycopg")
        write_results("memory", results, versions, corpus_hashes(shared_files(*corpus_files()), SHARED))
    return 0


if __name__ == "__main__":
    sys.exit(main())
