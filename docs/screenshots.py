"""Make docs/screenshots/: the main states of the review page, over the sample corpus.

usage: make screenshots (or: python docs/screenshots.py [NAME…])
"""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "screenshots"
CHROMIUM = "/usr/bin/chromium"
QOSTIL = [sys.executable, "-m", "aligner"]
ARGUMENTS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"]
WIDE, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 780}
TIMEOUT_MS = 240_000
MOST_BYTES = 300_000


def overview(page: Page) -> None:
    page.wait_for_selector(".pairs")


def pair(page: Page) -> None:
    """The pair that has most to mend, some of it done: what is sure is accepted, then comes a doubt with a reason."""
    rows = page.locator(".pairs tbody tr")
    counts = [
        int("".join(filter(str.isdigit, text)) or 0) for text in rows.locator("td:nth-of-type(3)").all_inner_texts()
    ]
    rows.nth(counts.index(max(counts))).locator("a").first.click()
    page.wait_for_selector("[data-ready]")
    page.keyboard.press("Home")
    for _ in range(ACCEPTED):
        page.keyboard.press("a" if page.locator(".row.chosen .glyph.sure").count() else "ArrowDown")
    page.keyboard.press("Home")
    rest(page)
    with_reason = page.locator(".row .chip.reasons")
    if with_reason.count():
        with_reason.first.click()
    rest(page)


def split(page: Page) -> None:
    """The first row with one long sentence on each side, about to be split."""
    pair(page)
    page.keyboard.press("Home")
    while not is_one_long_sentence(page):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Shift+S")
    page.wait_for_selector(".caret")
    rest(page)


def is_one_long_sentence(page: Page) -> bool:
    texts = page.locator(".row.chosen .segment").all_inner_texts()
    return len(texts) == 2 and min(map(len, texts)) > 120


def history(page: Page) -> None:
    """A row that was accepted and annotated."""
    pair(page)
    page.keyboard.press("Home")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("c")
    page.keyboard.type(NOTE)
    page.keyboard.press("Control+Enter")
    rest(page)
    page.keyboard.press("h")
    page.wait_for_selector("#story li time")


def keys(page: Page) -> None:
    pair(page)
    page.keyboard.press("?")
    page.wait_for_selector("#help[open]")


def rest(page: Page) -> None:
    """Until everything is saved, what differs is marked, and nothing pops up any more."""
    page.wait_for_timeout(800)
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(300)
    page.wait_for_selector("#saved[data-state=saved]")
    page.wait_for_selector("#toast", state="hidden")


ACCEPTED = 3
NOTE = "Атауды сөздіктен тексеру керек."
LOCALES = {"kk": "kk-KZ", "ru": "ru-RU", "en": "en-GB"}
ON_A_PHONE = {"viewport": PHONE, "device_scale_factor": 2, "is_mobile": True}
STATES: dict[str, tuple[Callable[[Page], None], dict[str, object]]] = {
    **{f"review-pair-{name}": (pair, {"locale": each, "viewport": WIDE}) for name, each in LOCALES.items()},
    **{
        f"review-pair-dark-{name}": (pair, {"locale": each, "viewport": WIDE, "color_scheme": "dark"})
        for name, each in LOCALES.items()
    },
    **{f"review-phone-{name}": (pair, {"locale": each, **ON_A_PHONE}) for name, each in LOCALES.items()},
    "review-overview-ru": (overview, {"locale": "ru-RU", "viewport": WIDE}),
    "review-split-ru": (split, {"locale": "ru-RU", "viewport": WIDE}),
    "review-history-kk": (history, {"locale": "kk-KZ", "viewport": WIDE}),
    "review-keys-en": (keys, {"locale": "en-GB", "viewport": WIDE}),
}


def main(names: list[str]) -> int:
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        sample = [str(ROOT / "corpora" / "sample" / language) for language in ("kk", "ru")]
        memory = Path(folder) / "memory.db"
        output = str(memory.with_suffix(".tmx"))
        subprocess.run([*QOSTIL, "batch", *sample, "-o", output, "--memory", str(memory), "-q"], check=True)
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS, timeout=TIMEOUT_MS)
        for name, (go, options) in STATES.items():
            if names and name not in names:
                continue
            # Each state begins with the batch as it came in.
            own = shutil.copy(memory, Path(folder) / f"{name}.db")
            with reviewing(own) as opening:
                context = browser.new_context(**options)
                context.set_default_timeout(TIMEOUT_MS)
                page = context.new_page()
                page.goto(opening)
                go(page)
                write(name, page.screenshot(scale="css" if options["viewport"] is WIDE else "device"))
                context.close()
        browser.close()
    return 0


@contextmanager
def reviewing(memory: Path) -> Iterator[str]:
    """`qostil review` over a memory; the address that opens it."""
    command = [*QOSTIL, "review", str(memory), "--no-open", "--by", "Айгүл"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
        assert server.stdout is not None
        yield server.stdout.readline().strip()
        server.terminate()


def write(name: str, shot: bytes) -> None:
    """As small a PNG as it can be without losing a colour."""
    path = FOLDER / f"{name}.png"
    Image.open(io.BytesIO(shot)).convert("RGB").save(path, optimize=True)
    size = path.stat().st_size
    assert size < MOST_BYTES, f"{path}: {size} bytes"
    sys.stdout.write(f"{path.relative_to(ROOT)}: {size // 1000} kB\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
