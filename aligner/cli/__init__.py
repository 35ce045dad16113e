"""The `qostil` command: parse, call, print. What it does is written elsewhere."""

from aligner.cli import (
    align,
    batch,
    doctor,
    explain,
    export,
    fetch,
    ledger,
    memory,
    memory_lookup,
    mine,
    pretranslate,
    report,
    review,
    serve,
    terms,
    texts,
    tmx_verbs,
)
from aligner.cli.app import app, main

__all__ = [
    "align",
    "app",
    "batch",
    "doctor",
    "explain",
    "export",
    "fetch",
    "ledger",
    "main",
    "memory",
    "memory_lookup",
    "mine",
    "pretranslate",
    "report",
    "review",
    "serve",
    "terms",
    "texts",
    "tmx_verbs",
]
