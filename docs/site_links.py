"""For MkDocs: what lies elsewhere in the repository, or in another form, becomes a page of the site.

SECURITY.md, which lies beside docs/, and the notebook are pages; a picture follows the site's own switch of light and
dark, not the system's alone, and has a form of its own on a phone, or may be moved by the finger there.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from mkdocs.structure.files import File, Files

PICTURE = re.compile(r'<picture>\s*((?:<source [^>]*>\s*)+)<img src="([^"]+)" (alt="[^"]*")>\s*</picture>')
SOURCE = re.compile(r'<source media="([^"]+)" srcset="([^"]+)">')
PHONE = "(max-width: 600px)"
NOTEBOOK = "notebooks/researcher.ipynb"


def on_files(files: Files, config: Any) -> Files:
    notebook = json.loads((Path(config.docs_dir) / NOTEBOOK).read_text(encoding="utf-8"))
    files.append(File.generated(config, NOTEBOOK.replace(".ipynb", ".md"), content=notebook_page(notebook)))
    return files


def on_page_markdown(markdown: str, page: Any, **_: object) -> str:
    if page.file.src_uri == "security.md":
        return Path("SECURITY.md").read_text(encoding="utf-8").replace("](docs/", "](")
    markdown = markdown.replace("](../SECURITY.md)", "](security.md)")
    markdown = re.sub(r"\]\((\.\./)?notebooks/researcher\.ipynb\)", r"](\1notebooks/researcher.md)", markdown)
    return PICTURE.sub(both_themes, markdown)


def both_themes(picture: re.Match[str]) -> str:
    """A picture twice, of which the theme shows one."""
    sources, light, alt = picture.groups()
    forms = dict(SOURCE.findall(sources))
    dark = forms["(prefers-color-scheme: dark)"]
    if PHONE not in forms:
        return f'<div class="wide"><img src="{light}#only-light" {alt}><img src="{dark}#only-dark" {alt}></div>'
    on_phone = {light: forms[PHONE], dark: forms.get(f"{PHONE} and (prefers-color-scheme: dark)", forms[PHONE])}
    return "".join(
        f'<picture><source media="{PHONE}" srcset="{on_phone[image]}"><img src="{image}#only-{theme}" {alt}></picture>'
        for theme, image in (("light", light), ("dark", dark))
    )


def notebook_page(notebook: dict[str, Any]) -> str:
    """The notebook as Markdown: its texts, its code, and what that printed and drew when it was last run."""
    parts = []
    for cell in notebook["cells"]:
        source = "".join(cell["source"])
        if cell["cell_type"] == "markdown":
            parts.append(source)
            continue
        parts.append(f"```python\n{source}\n```")
        for output in cell["outputs"]:
            data = output.get("data", {})
            if "image/png" in data:
                parts.append(f"![What the cell draws](data:image/png;base64,{''.join(data['image/png']).strip()})")
            else:
                printed = "".join(output.get("text") or data.get("text/plain", ""))
                parts.append(f"```text\n{printed.rstrip()}\n```")
    return "\n\n".join(parts) + "\n\nThis page is the notebook `docs/notebooks/researcher.ipynb`.\n"
