"""Change sound files at random, read them, and look for anything but a document or a clear error.

    python -m benchmarks.fuzz_readers --runs 100000 [--suffix .pdf] [--seed 1]

Each reader works in a process of its own, so that a crash of compiled code is seen, too. A run fails by an exception
from outside our tree, by more than 10 seconds for one input, by more than 1 GB, or by a crash. What failed is kept
under `--keep`. The same seed gives the same inputs.
"""

from __future__ import annotations

import argparse
import gzip
import io
import json
import random
import resource
import signal
import subprocess
import sys
import time
import traceback
import warnings
import zipfile
import zlib
from pathlib import Path
from types import FrameType

from aligner.errors import QostilError
from aligner.ingest.archive import Budget
from aligner.ingest.read import contents_of

ROOT = Path(__file__).resolve().parents[1]
MAX_SECONDS = 10
MAX_BYTES = 2**30
A_PROCESS = 2_000
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


class _TooSlowError(BaseException):
    """One input took too long."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=1_000, help="mutated inputs for each reader")
    parser.add_argument("--suffix", action="append", help="only this reader; may be given several times")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, default=Path("/tmp/qostil-fuzz"), help="where inputs that fail go")
    parser.add_argument("--output", type=Path, help="where to write the results as JSON")
    parser.add_argument("--worker", nargs=2, type=int, metavar=("START", "COUNT"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    sound = _samples()
    if options.worker:
        print(json.dumps(_work(options.suffix[0], sound, options.seed, *options.worker, options.keep)))
        return
    results = {}
    for suffix in options.suffix or sorted(sound):
        results[suffix] = _campaign(suffix, options)
        print(suffix, json.dumps(results[suffix], ensure_ascii=False), flush=True)
    if options.output:
        options.output.write_text(json.dumps(results, ensure_ascii=False, indent=1), encoding="utf-8")
    sys.exit(any(each["failures"] for each in results.values()))


def _campaign(suffix: str, options: argparse.Namespace) -> dict[str, object]:
    runs = read = 0
    peak, slowest = 0, 0.0
    failures: list[str] = []
    for start in range(0, options.runs, A_PROCESS):
        count = min(A_PROCESS, options.runs - start)
        command = [sys.executable, "-m", "benchmarks.fuzz_readers", "--suffix", suffix, "--seed", str(options.seed)]
        command += ["--keep", str(options.keep), "--worker", str(start), str(count)]
        try:
            done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, timeout=600 + count, check=False)
        except subprocess.TimeoutExpired:
            failures.append(f"inputs {start} to {start + count}: a hang that no signal ends")
            continue
        if done.returncode:
            failures.append(f"inputs {start} to {start + count}: exit {done.returncode}: {done.stderr[-300:]}")
            continue
        result = json.loads(done.stdout.splitlines()[-1])
        runs, read = runs + count, read + result["read"]
        peak, slowest = max(peak, result["peak_bytes"]), max(slowest, result["slowest_s"])
        failures += result["failures"]
        if result["peak_bytes"] > MAX_BYTES:
            failures.append(f"inputs {start} to {start + count}: {result['peak_bytes'] / 2**20:.0f} MB")
    return {"runs": runs, "read": read, "peak_mb": peak >> 20, "slowest_s": round(slowest, 2), "failures": failures}


def _work(suffix: str, sound: dict[str, bytes], seed: int, start: int, count: int, keep: Path) -> dict[str, object]:
    resource.setrlimit(resource.RLIMIT_AS, (4 * MAX_BYTES, 4 * MAX_BYTES))
    signal.signal(signal.SIGPROF, _too_slow)
    warnings.simplefilter("ignore")
    failures: list[str] = []
    read, slowest = 0, 0.0
    for number in range(start, start + count):
        data = mutated(sound[suffix], random.Random(f"{seed} {suffix} {number}"))
        # Of the processor, not by the clock: other work on the machine is no hang.
        signal.setitimer(signal.ITIMER_PROF, MAX_SECONDS)
        began = time.process_time()
        try:
            list(contents_of(data, suffix, "fuzzed", Budget(), 0))
            read += 1
        except QostilError:
            pass
        except (Exception, _TooSlowError) as error:
            keep.mkdir(parents=True, exist_ok=True)
            (keep / f"{number}{suffix}").write_bytes(data)
            last = traceback.extract_tb(error.__traceback__)[-1]
            failures.append(
                f"{number}: {type(error).__name__} {str(error)[:100]} {Path(last.filename).name}:{last.lineno}"
            )
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
        slowest = max(slowest, time.process_time() - began)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    return {"read": read, "peak_bytes": peak, "slowest_s": slowest, "failures": failures}


def _too_slow(number: int, frame: FrameType | None) -> None:
    raise _TooSlowError


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


def _samples() -> dict[str, bytes]:
    """The sound files of the tests, and one of Word from the sample corpus."""
    sys.path.insert(0, str(ROOT / "tests"))
    from format_samples import samples

    word = next(iter(sorted((ROOT / "corpora" / "sample" / "kk").glob("*.docx"))))
    return samples() | {".docx": word.read_bytes()}


if __name__ == "__main__":
    main()
