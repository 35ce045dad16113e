"""Debian's Chromium, driven by Playwright, and what axe-core finds wrong on a page."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# A busy machine is slow, and no test here is about time.
TIMEOUT_MS = 120_000


def why_not() -> str | None:
    """Why no browser can be had here, or None."""
    return None if CHROMIUM.exists() else f"{CHROMIUM} is not installed (apt-get install chromium)"


@contextmanager
def running() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS, timeout=TIMEOUT_MS)
        yield browser
        browser.close()


def violations(page: Page) -> list[str]:
    """The rules of WCAG 2.2 A and AA, and the best practices, that axe-core finds broken, with the places."""
    found = Axe().run(page).response["violations"]
    return [f"{each['id']}: {', '.join(str(node['target']) for node in each['nodes'])}" for each in found]
