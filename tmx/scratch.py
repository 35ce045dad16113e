"""Room on disk for what would not fit into memory: a throw-away SQLite database."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

__all__ = ["scratch_database"]

_CACHE_KIB = 16_384


@contextmanager
def scratch_database(schema: str) -> Iterator[sqlite3.Connection]:
    """An empty database with these tables, which is gone afterwards. Memory stays at a cache of 16 MiB."""
    with tempfile.TemporaryDirectory(prefix="tmx-", ignore_cleanup_errors=True) as folder:
        database = sqlite3.connect(Path(folder) / "scratch.db", isolation_level=None)
        try:
            # Nobody reads it after a crash, so it needs no journal and no syncing.
            database.executescript(
                f"PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA locking_mode=EXCLUSIVE;"
                f"PRAGMA cache_size=-{_CACHE_KIB}; PRAGMA temp_store=FILE; {schema}"
            )
            database.execute("BEGIN")
            yield database
        finally:
            database.close()
