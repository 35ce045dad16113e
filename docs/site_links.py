"""For MkDocs: SECURITY.md, which lies beside docs/ in the repository, is a page of the site; a picture follows the
site's own switch of light and dark, not the system's alone."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

PICTURE = re.compile(r'<picture>\s*<source [^>]*srcset="([^"]+)">\s*<img src="([^"]+)" (alt="[^"]*")>\s*</picture>')


def on_page_markdown(markdown: str, page: Any, **_: object) -> str:
    if page.file.src_uri == "security.md":
        return Path("SECURITY.md").read_text(encoding="utf-8").replace("](docs/", "](")
    markdown = markdown.replace("](../SECURITY.md)", "](security.md)")
    return PICTURE.sub(r'<img src="\2#only-light" \3><img src="\1#only-dark" \3>', markdown)
