"""Make docs/screenshots/: the main states of the review page, over the sample corpus.

usage: make screenshots (or: python docs/screenshots.py [NAME…])
"""

from __future__ import annotations

import io
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "screenshots"
CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"]
WIDE, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 780}
TIMEOUT_MS = 240_000
MOST_BYTES = 300_000


def overview(page: Page) -> None:
    page.wait_for_selector(".pairs")


def pair(page: Page) -> None:
    """The pair that has most to mend, some of it done."""
    rows = page.locator(".pairs tbody tr")
    counts = [
        int("".join(filter(str.isdigit, text)) or 0) for text in rows.locator("td:nth-of-type(3)").all_inner_texts()
    ]
    rows.nth(counts.index(max(counts))).locator("a").first.click()
    page.wait_for_selector("[data-ready]")
    for key in ("Home", "a", "a", "a", "n"):
        page.keyboard.press(key)
    if page.locator(".row.chosen .chip.reasons").count():
        page.keyboard.press("r")
    page.wait_for_selector("#saved[data-state=saved]")
    page.wait_for_timeout(800)


def split(page: Page) -> None:
    pair(page)
    page.keyboard.press("Home")
    for _ in range(4):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Shift+S")
    page.wait_for_selector(".caret")


def keys(page: Page) -> None:
    pair(page)
    page.keyboard.press("?")
    page.wait_for_selector("#help[open]")


STATES: dict[str, tuple[Callable[[Page], None], dict[str, object]]] = {
    "review-overview-ru": (overview, {"locale": "ru-RU", "viewport": WIDE}),
    "review-pair-kk": (pair, {"locale": "kk-KZ", "viewport": WIDE}),
    "review-split-ru": (split, {"locale": "ru-RU", "viewport": WIDE}),
    "review-keys-en": (keys, {"locale": "en-GB", "viewport": WIDE}),
    "review-pair-dark-en": (pair, {"locale": "en-GB", "viewport": WIDE, "color_scheme": "dark"}),
    "review-phone-kk": (pair, {"locale": "kk-KZ", "viewport": PHONE, "device_scale_factor": 2, "is_mobile": True}),
}


def main(names: list[str]) -> int:
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        sample = [str(ROOT / "corpora" / "sample" / language) for language in ("kk", "ru")]
        memory = Path(folder) / "memory.db"
        qostil = [sys.executable, "-m", "aligner"]
        subprocess.run([*qostil, "batch", *sample, "-o", str(memory.with_suffix(".tmx")), "-q"], check=True)
        command = [*qostil, "review", str(memory), "--no-open", "--by", "Айгүл"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server, sync_playwright() as playwright:
            assert server.stdout is not None
            opening = server.stdout.readline().strip()
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS, timeout=TIMEOUT_MS)
            for name, (go, options) in STATES.items():
                if names and name not in names:
                    continue
                context = browser.new_context(**options)
                context.set_default_timeout(TIMEOUT_MS)
                page = context.new_page()
                page.goto(opening)
                go(page)
                write(name, page.screenshot(scale="css" if options["viewport"] is WIDE else "device"))
                context.close()
            browser.close()
            server.terminate()
    return 0


def write(name: str, shot: bytes) -> None:
    """As small a PNG as it can be without losing a colour."""
    path = FOLDER / f"{name}.png"
    Image.open(io.BytesIO(shot)).convert("RGB").save(path, optimize=True)
    size = path.stat().st_size
    assert size < MOST_BYTES, f"{path}: {size} bytes"
    sys.stdout.write(f"{path.relative_to(ROOT)}: {size // 1000} kB\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
