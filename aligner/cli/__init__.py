"""The `qostil` command: parse, call, print. What it does is written elsewhere."""

from aligner.cli import align, batch, explain, export, memory, mine, serve, texts
from aligner.cli.app import app, main
from tmx.cli import app as tmx_app

__all__ = ["align", "app", "batch", "explain", "export", "main", "memory", "mine", "serve", "texts"]

app.add_typer(tmx_app, name="tmx")
