"""For MkDocs: SECURITY.md, which lies beside docs/ in the repository, is a page of the site."""

from __future__ import annotations

from pathlib import Path
from typing import Any


def on_page_markdown(markdown: str, page: Any, **_: object) -> str:
    if page.file.src_uri == "security.md":
        return Path("SECURITY.md").read_text(encoding="utf-8").replace("](docs/", "](")
    return markdown.replace("](../SECURITY.md)", "](security.md)")
