"""For MkDocs: what lies beside docs/ in the repository is a page of the site."""

from __future__ import annotations


def on_page_markdown(markdown: str, **_: object) -> str:
    return markdown.replace("](../SECURITY.md)", "](security.md)").replace("](docs/", "](")
