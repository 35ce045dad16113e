"""The review page at 5,000 rows: how soon it is painted, and how soon a key shows.

usage: python -m benchmarks.review [--rows N] [--keys N] [--no-write]

The pair is made of the sample corpus's true beads, repeated and numbered. `qostil review` runs as a process of its
own; Debian's Chromium is driven by Playwright. A key's time is that from the event's own time stamp to the frame in
which its change was painted (an animation frame and a message after it), measured inside the page; an undo's frame
is that after the rows have changed, whether the page foretells it or must wait for the answer. The first
paint is from the start of the navigation until rows stand on the screen.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from aligner.memory import Alignment, Memory
from aligner.records import Bead, Document, DocumentPair, Paragraph, Segment, Unit
from benchmarks.results_file import corpus_hashes, installed_versions, write_results

__all__ = ["main"]

ROOT = Path(__file__).resolve().parents[1]
GOLD = ROOT / "corpora" / "sample" / "gold.jsonl"
CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"]
KEYS = ("a", "x", "ArrowDown", "n", "m", "k", "d", "z")
_PAINTED = """
    new Promise((done) => {
      addEventListener("keydown", (event) => {
        const began = event.timeStamp;
        const painted = () =>
          requestAnimationFrame(() => {
            const channel = new MessageChannel();
            channel.port1.onmessage = () => done(performance.now() - began);
            channel.port2.postMessage(0);
          });
        if (event.key !== "z") return painted();
        const watch = new MutationObserver(() => {
          watch.disconnect();
          painted();
        });
        watch.observe(document.querySelector(".window"), { childList: true, subtree: true, attributes: true });
      }, { once: true, capture: true });
    })
"""
_FIRST_ROWS = """
    new Promise((done) => {
      const look = () => (document.querySelector(".row") ? requestAnimationFrame(() => done(performance.now())) : requestAnimationFrame(look));
      look();
    })
"""  # noqa: E501


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--rows", type=int, default=5_000)
    arguments.add_argument("--keys", type=int, default=20, help="how often each key is pressed")
    arguments.add_argument("--no-write", action="store_true")
    chosen = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "memory.db"
        _make(place, chosen.rows)
        results = _measure(place, chosen.keys) | {"rows": chosen.rows}
    print(json.dumps(results, indent=1))
    if not chosen.no_write:
        versions = installed_versions("qostil", "fastapi", "uvicorn", "playwright")
        write_results("review", results, versions, corpus_hashes([GOLD], ROOT))
    return 0


def _make(place: Path, count: int) -> None:
    """A pair of so many true beads; one in seven doubtful, one in twenty with a side missing."""
    records = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()]
    beads = [bead for record in records for bead in record["beads"] if bead["kk"] and bead["ru"]]
    rows = [(" ".join(beads[n % len(beads)]["kk"]), " ".join(beads[n % len(beads)]["ru"])) for n in range(count)]
    sides = [[f"{text} ({number})" for number, text in enumerate(side)] for side in zip(*rows, strict=True)]
    documents = [
        Document(f"{language}.txt", language, tuple(Paragraph(text, language) for text in side))
        for language, side in zip(("kk", "ru"), sides, strict=True)
    ]
    segments = [_segments(side) for side in sides]
    shapes: list[Bead] = []
    for n in range(count):
        if n % 20 == 19:
            shapes += [Bead((n,), (), 0.0), Bead((), (n,), 0.0)]
        else:
            shapes.append(Bead((n,), (n,), 0.6 if n % 7 == 6 else 0.97))
    units = [
        Unit(
            sides[0][bead.kk[0]],
            sides[1][bead.ru[0]],
            bead.score,
            reasons=("number_mismatch: 1 ≠ 2",) * (bead.score < 0.8),
        )
        for bead in shapes
        if bead.kk and bead.ru
    ]
    with Memory.open(place) as memory:
        pair = DocumentPair(documents[0], documents[1], 1.0)
        memory.add(pair, units, "benchmark", dt.datetime.now(dt.UTC), Alignment(segments[0], segments[1], shapes))


def _segments(texts: list[str]) -> list[Segment]:
    found, start = [], 0
    for block, text in enumerate(texts):
        found.append(Segment(text, start, start + len(text), block))
        start += len(text) + 1
    return found


def _measure(place: Path, times: int) -> dict[str, Any]:
    from playwright.sync_api import sync_playwright

    command = [sys.executable, "-m", "aligner", "review", str(place), "--no-open", "--lang", "kk"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server, sync_playwright() as playwright:
        assert server.stdout is not None
        opening = server.stdout.readline().strip()
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        page = browser.new_page(viewport={"width": 1280, "height": 860})
        page.set_default_timeout(300_000)
        page.goto(opening)
        address = opening.partition("/open")[0]
        first: list[float] = []
        for _ in range(5):
            page.goto(f"{address}/pairs/1", wait_until="commit")
            first.append(page.evaluate(_FIRST_ROWS))
            page.wait_for_selector("[data-ready]")
        painted: dict[str, list[float]] = {}
        for number in range(times):
            for key in KEYS:
                page.keyboard.press("n" if key in "mkd" else "ArrowDown")
                watch = page.evaluate_handle(f"() => {{ window.painted = {_PAINTED}; }}")
                page.keyboard.press(key)
                painted.setdefault(key, []).append(page.evaluate("() => window.painted"))
                watch.dispose()
            page.wait_for_selector("#saved:not([data-state=saving])", state="attached")
            if number % 5 == 4:
                page.keyboard.press("PageDown")
        jumps = page.evaluate(
            """async () => {
              const list = document.getElementById("list");
              const frames = [];
              let before = performance.now();
              for (let step = 0; step < 120; step += 1) {
                list.scrollTop += 400;
                await new Promise(requestAnimationFrame);
                frames.push(performance.now() - before);
                before = performance.now();
              }
              return frames;
            }"""
        )
        browser.close()
        server.terminate()
    everything = [each for own in painted.values() for each in own]
    return {
        "first_rows_ms": _spread(first),
        "key_to_paint_ms": _spread(everything),
        "by_key_ms": {key: _spread(own) for key, own in painted.items()},
        "scroll_frame_ms": _spread(jumps),
    }


def _spread(values: list[float]) -> dict[str, float]:
    ordered = sorted(values)
    return {
        "median": round(statistics.median(ordered), 1),
        "p95": round(ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))], 1),
        "worst": round(ordered[-1], 1),
    }


if __name__ == "__main__":
    sys.exit(main())
