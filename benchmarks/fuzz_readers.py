"""Change sound files at random, read them, and look for anything but a document or a clear error.

    python -m benchmarks.fuzz_readers --runs 100000 [--suffix .pdf] [--seed 1] [--again]

Each reader works in a process of its own, so that a crash of compiled code is seen, too. An input fails by an exception
from outside our tree, by more than 10 seconds of the processor, by more than 1 GB, or by a crash. What failed is kept
under `--keep`, and so are the sound files, so that a campaign that was stopped goes on where it was; on another day or
machine it goes on with sound files that differ in the time at which they were made only. The readers take turns.
`--again` reads once more what has failed, and forgets what no longer does.
"""

from __future__ import annotations

import argparse
import datetime as dt
import gzip
import hashlib
import io
import json
import os
import random
import re
import resource
import signal
import subprocess
import sys
import tempfile
import time
import traceback
import warnings
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from types import FrameType

from aligner.errors import QostilError
from aligner.export import export_units
from aligner.ingest.archive import Budget
from aligner.ingest.files import suffix_of
from aligner.ingest.read import contents_of
from aligner.ingest.units import read_units
from aligner.records import Unit
from benchmarks.results_file import RESULTS, installed_versions, write_results

ROOT = Path(__file__).resolve().parents[1]
NAME = "fuzz-readers"
# The readers of what is imported into a memory are called `import.tsv` and so on.
IMPORTED = "import"
MAX_SECONDS = 10
# A hang in compiled code, which no Python signal handler ends.
MAX_HANG_SECONDS = 60
MAX_BYTES = 2**30
A_PROCESS = 5_000
# When a sound file was made, as openpyxl and fpdf2 write it.
WHEN_MADE = re.compile(rb"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ|\(D:\d{14}[^)]*\)|/ID \[<\w+><\w+>\]")
LIBRARIES = (
    *("lxml", "python-docx", "pypdfium2", "striprtf", "pysubs2", "openpyxl", "defusedxml", "polib", "warcio"),
    *("pyarrow", "trafilatura", "htmldate", "charset-normalizer", "markdown-it-py"),
)
TOKENS = [
    *(
        b"\x00",
        b"\xff",
        b"\xff\xfe",
        b"\xef\xbb\xbf",
        b"<",
        b">",
        b"&",
        b"&#x0;",
        b"&a;",
        b'"',
        b"'",
        b"\\",
        b"{",
        b"}",
    ),
    *(b"\\u", b"\\'", b"\\bin99999999 ", b"\\ansicpg99999", b"\\u-1?", b"-->", b"00:00:00,000", b"99999999999", b"-1"),
    *(b"<!DOCTYPE a [<!ENTITY a 'b'>]>", b"<![CDATA[", b"]]>", b"<a>" * 300, b"[" * 2_000, b"{\\b" * 2_000, b"(" * 500),
    *(
        b"\xd2\x9b",
        b"\xf0\x9f\x98\x80",
        b"\r",
        b"\n\n",
        b"\t",
        b";",
        b",",
        b"msgid",
        b"stream",
        b"endobj",
        b"/Length 9",
    ),
    *(
        b"PK\x03\x04",
        b"PK\x05\x06",
        b"\x1f\x8b\x08",
        b"Content-Length: 999999999",
        b"WARC/1.0",
        b"%PDF-",
        b"\xe2\x80\xae",
    ),
]


@dataclass
class Result:
    """What became of the first `runs` inputs of a reader; `failures` by the number of the input."""

    runs: int = 0
    read: int = 0
    peak_mb: int = 0
    slowest_s: float = 0.0
    failures: dict[str, str] = field(default_factory=dict)


class _TooSlowError(BaseException):
    """One input took too long."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=1_000, help="mutated inputs for each reader, earlier ones included")
    parser.add_argument("--suffix", action="append", help="only this reader; may be given several times")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, default=Path("/tmp/qostil-fuzz"), help="where inputs go")
    parser.add_argument("--again", action="store_true", help="read what has failed once more")
    parser.add_argument("--worker", nargs=2, type=int, metavar=("START", "COUNT"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    sound = _kept_samples(options.keep / "sound")
    if options.worker:
        print(json.dumps(asdict(_work(options.suffix[0], sound, options.seed, *options.worker, options.keep))))
        return
    results = _earlier(sound, options.seed)
    suffixes = options.suffix or sorted(sound)
    if options.again:
        for suffix in suffixes:
            _repeat(suffix, results[suffix], options)
    for goal in range(A_PROCESS, options.runs + A_PROCESS, A_PROCESS):
        for suffix in suffixes:
            result = results[suffix]
            while result.runs < min(goal, options.runs):
                _add(result, suffix, options, min(goal, options.runs) - result.runs)
                print(suffix, json.dumps(asdict(result), ensure_ascii=False), flush=True)
            _write(results, sound, options.seed)
    _write(results, sound, options.seed)
    sys.exit(any(results[suffix].failures for suffix in suffixes))


def _add(result: Result, suffix: str, options: argparse.Namespace, count: int) -> None:
    """The next `count` inputs, or as many as a process survives, with the one that ended it."""
    start = result.runs
    more, ended_at, ending = _in_process(suffix, options, start, count)
    if ending:
        result.failures[str(ended_at)] = ending
        result.runs = ended_at + 1
        return
    result.runs += more.runs
    result.read += more.read
    result.peak_mb = max(result.peak_mb, more.peak_mb)
    result.slowest_s = max(result.slowest_s, more.slowest_s)
    result.failures |= more.failures
    if more.peak_mb << 20 > MAX_BYTES:
        result.failures[f"{start} to {start + count - 1}"] = f"{more.peak_mb} MB"


def _repeat(suffix: str, result: Result, options: argparse.Namespace) -> None:
    for name in list(result.failures):
        numbers = [int(each) for each in name.split(" to ")]
        more, _, ending = _in_process(suffix, options, numbers[0], numbers[-1] - numbers[0] + 1)
        del result.failures[name]
        if ending or more.failures:
            result.failures |= {name: ending} if ending else more.failures
        elif more.peak_mb << 20 > MAX_BYTES:
            result.failures[name] = f"{more.peak_mb} MB"


def _in_process(suffix: str, options: argparse.Namespace, start: int, count: int) -> tuple[Result, int, str]:
    """What a process of its own made of the inputs; the one at which it ended, and how, where it did."""
    command = [sys.executable, "-m", "benchmarks.fuzz_readers", "--suffix", suffix, "--seed", str(options.seed)]
    command += ["--keep", str(options.keep), "--worker", str(start), str(count)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    if done.returncode:
        at = int(_counter(options.keep, suffix).read_text() or -1)
        if at < start:
            sys.exit(f"the reader of {suffix} could not be started:\n{done.stderr}")
        hung = done.returncode == -signal.SIGXCPU
        return Result(), at, "a hang" if hung else f"exit {done.returncode}: {done.stderr[-300:]}"
    return Result(**json.loads(done.stdout.splitlines()[-1])), start, ""


def _work(suffix: str, sound: dict[str, list[bytes]], seed: int, start: int, count: int, keep: Path) -> Result:
    resource.setrlimit(resource.RLIMIT_AS, (4 * MAX_BYTES, 4 * MAX_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.signal(signal.SIGPROF, _too_slow)
    warnings.simplefilter("ignore")
    result = Result(runs=count)
    with _counter(keep, suffix).open("w") as counter:
        for number in range(start, start + count):
            os.pwrite(counter.fileno(), f"{number:12}".encode(), 0)
            chance = random.Random(f"{seed} {suffix} {number}")
            data = mutated(chance.choice(sound[suffix]), chance)
            # Of the processor, not by the clock: other work on the machine is no hang.
            signal.setitimer(signal.ITIMER_PROF, MAX_SECONDS)
            began = time.process_time()
            resource.setrlimit(resource.RLIMIT_CPU, (int(began) + MAX_HANG_SECONDS, resource.RLIM_INFINITY))
            try:
                _read(data, suffix, keep)
                result.read += 1
            except QostilError:
                pass
            except (Exception, _TooSlowError) as error:
                (keep / f"{number}{suffix}").write_bytes(data)
                last = traceback.extract_tb(error.__traceback__)[-1]
                place = f"{Path(last.filename).name}:{last.lineno}"
                result.failures[str(number)] = f"{type(error).__name__} {str(error)[:100]} {place}"
            finally:
                signal.setitimer(signal.ITIMER_PROF, 0)
            result.slowest_s = round(max(result.slowest_s, time.process_time() - began), 2)
    result.peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    return result


def _read(data: bytes, suffix: str, keep: Path) -> None:
    """Read it as a source, or as what `qostil memory import` takes, which is read from the disk."""
    if not suffix.startswith(IMPORTED):
        list(contents_of(data, suffix, "fuzzed", Budget(), 0))
        return
    path = keep / f"read{suffix}"
    path.write_bytes(data)
    list(read_units(path))


def _counter(keep: Path, suffix: str) -> Path:
    """The file that holds the number of the input that is being read."""
    return keep / f"now{suffix}"


def _too_slow(number: int, frame: FrameType | None) -> None:
    raise _TooSlowError


def _earlier(sound: dict[str, list[bytes]], seed: int) -> dict[str, Result]:
    """The results so far of a campaign with the same inputs; none of another one."""
    results = {suffix: Result() for suffix in sound}
    path = RESULTS / f"{NAME}.json"
    if path.exists():
        written = json.loads(path.read_text(encoding="utf-8"))
        if written["results"]["seed"] == seed:
            for suffix, digest in _digests(sound).items():
                if written["corpora_sha256"].get(suffix) == digest:
                    results[suffix] = Result(**written["results"]["readers"][suffix])
    return results


def _write(results: dict[str, Result], sound: dict[str, list[bytes]], seed: int) -> None:
    readers = {suffix: asdict(result) for suffix, result in sorted(results.items())}
    write_results(NAME, {"seed": seed, "readers": readers}, installed_versions(*LIBRARIES), _digests(sound))


def _digests(sound: dict[str, list[bytes]]) -> dict[str, str]:
    """Of each reader's sound files, but for the time at which they were made."""
    return {
        suffix: hashlib.sha256(b"".join(map(_timeless, files))).hexdigest() for suffix, files in sorted(sound.items())
    }


def _timeless(data: bytes) -> bytes:
    if not data.startswith(b"PK\x03\x04"):
        return WHEN_MADE.sub(b"", data)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return b"".join(name.encode() + _timeless(package.read(name)) for name in package.namelist())


def mutated(data: bytes, chance: random.Random) -> bytes:
    """`data` changed in some places; of what is packed, often the content, packed again."""
    if chance.random() < 0.7:
        if data.startswith(b"PK\x03\x04"):
            return _repacked(data, chance)
        if data.startswith(b"\x1f\x8b"):
            with gzip.open(io.BytesIO(data)) as file:
                return gzip.compress(_changed(file.read(), chance), 1)
        if data.startswith(b"%PDF") and chance.random() < 0.7:
            return _pdf_changed(data, chance)
    return _changed(data, chance)


def _changed(data: bytes, chance: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 4, 16))):
        place = chance.randrange(len(changed) + 1)
        length = chance.choice((1, 2, 8, 64, 1_024))
        kind = chance.randrange(6)
        if kind == 0 and changed:
            changed[place % len(changed)] = chance.randrange(256)
        elif kind == 1:
            del changed[place : place + length]
        elif kind == 2:
            changed[place:place] = chance.choice(TOKENS)
        elif kind == 3:
            changed[place:place] = changed[place : place + length] * chance.choice((1, 2, 50))
        elif kind == 4:
            other = chance.randrange(len(changed) + 1)
            changed[place : place + length] = changed[other : other + length]
        else:
            changed[place : place + length] = chance.randbytes(min(length, 16))
    return bytes(changed[: chance.randrange(len(changed) + 1)] if chance.random() < 0.05 else changed)


def _repacked(data: bytes, chance: random.Random) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        names = old.namelist()
        victim = chance.choice(names)
        for name in names:
            content = old.read(name)
            new.writestr(name, mutated(content, chance) if name == victim else content)
    return buffer.getvalue()


def _pdf_changed(data: bytes, chance: random.Random) -> bytes:
    """One packed stream of a PDF changed and packed again; the lengths that no longer fit are part of the test."""
    starts = [place for place in range(len(data)) if data.startswith(b"stream\n", place)]
    start = chance.choice(starts) + 7 if starts else 0
    end = data.find(b"endstream", start)
    try:
        content = zlib.decompress(data[start:end])
    except zlib.error:
        return _changed(data, chance)
    return data[:start] + zlib.compress(_changed(content, chance), 1) + b"\n" + data[end:]


def _kept_samples(folder: Path) -> dict[str, list[bytes]]:
    """The sound files by suffix: those of the tests, of LibreOffice and of the sample corpus, kept in `folder`.

    Some of them hold the time at which they were made, so that they have to be kept for the same inputs to come again.
    """
    if not folder.exists():
        draft = folder.with_suffix(".part")
        draft.mkdir(parents=True, exist_ok=True)
        for name, data in _samples():
            (draft / name).write_bytes(data)
        draft.rename(folder)
    kept: dict[str, list[bytes]] = {}
    for path in sorted(folder.iterdir()):
        suffix = suffix_of(path.name)
        key = f"{IMPORTED}{suffix}" if path.name.startswith(IMPORTED) else suffix
        kept.setdefault(key, []).append(path.read_bytes())
    return kept


def _samples() -> Sequence[tuple[str, bytes]]:
    sys.path.insert(0, str(ROOT / "tests"))
    from format_samples import KK, RU, samples

    corpus = ROOT / "corpora" / "sample"
    units = [
        Unit(left, right, 0.9, date=dt.date(2026, 3, 14), reasons=("why",)) for left, right in zip(KK, RU, strict=True)
    ]
    found = [(f"made{suffix}", data) for suffix, data in samples().items()]
    for suffix in (".docx", ".html", ".txt"):
        found += [(path.name, path.read_bytes()) for path in sorted(corpus.glob(f"*/*{suffix}"))[:2]]
    found += [(path.name, path.read_bytes()) for path in sorted((ROOT / "tests" / "data" / "formats").glob("*.*"))]
    with tempfile.TemporaryDirectory() as folder:
        for kind in ("tsv", "csv", "jsonl", "parquet"):
            path = Path(folder) / f"units.{kind}"
            export_units(units, path, kind)
            found.append((f"import.{kind}", path.read_bytes()))
    return found


if __name__ == "__main__":
    main()
