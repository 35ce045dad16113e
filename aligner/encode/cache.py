"""Vectors kept on disk between runs, by encoder and text.

One SQLite file serves every encoder and any number of processes (write-ahead log). It is only ever a saving of
time: a file that is broken is begun anew, and where nothing can be kept, encoding goes on without it.
"""

from __future__ import annotations

import hashlib
import logging
import os
import sqlite3
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

import numpy as np

from aligner.encode.protocol import Encoder, Vectors

__all__ = ["CachedEncoder", "default_cache_dir"]

_log = logging.getLogger(__name__)

_FILE = "vectors.db"
_TEXTS_PER_WRITE = 1_024
# SQLite took at most 999 parameters in a statement before 3.32.
_KEYS_PER_QUERY = 900
_BUSY_TIMEOUT_S = 30.0
_SCHEMA_VERSION = 1
_MAX_BYTES = 2_000_000_000
# How far below its cap a file that outgrew it is brought, so that this is seldom done.
_SHARE_KEPT = 0.75
_CHECKSUM_BYTES = 4

_NOT_THE_FILES_FAULT = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_READONLY,
    }
)

Progress = Callable[[int, int], None]


def default_cache_dir() -> Path:
    """`$QOSTIL_CACHE_DIR` where it is set, else the user's cache folder of the platform."""
    chosen = os.environ.get("QOSTIL_CACHE_DIR")
    if chosen:
        return Path(chosen)
    from platformdirs import user_cache_path

    return user_cache_path("qostil", appauthor=False)


class CachedEncoder:
    """`encoder`, with its vectors kept in `cache_dir` (None: `default_cache_dir()`).

    A vector that comes from the disk equals, bit for bit, the one that was returned when it was new: both are
    rounded to float16 and brought back to unit length. That moves a vector by a cosine of about 1e-7, far less
    than the int8 arithmetic of the embedded encoder, and halves the file. Beyond `max_bytes` the vectors that
    were written first are dropped.
    """

    def __init__(self, encoder: Encoder, cache_dir: Path | None = None, max_bytes: int = _MAX_BYTES) -> None:
        self._encoder = encoder
        self.path = (default_cache_dir() if cache_dir is None else Path(cache_dir)) / _FILE
        self._max_bytes = max_bytes
        self._is_usable = True

    @property
    def name(self) -> str:
        return self._encoder.name

    @property
    def dimension(self) -> int:
        return self._encoder.dimension

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """As `Encoder.encode`. `progress` is told how many of the distinct texts are done, and how many there are.

        What is new is kept every thousand texts, so that a run that is stopped loses little.
        """
        name_digest = hashlib.sha256(self.name.encode()).digest()
        keys = [_key(name_digest, text) for text in texts]
        distinct = dict(zip(keys, texts, strict=True))
        found = self._read(list(distinct))
        fresh = [key for key in distinct if key not in found]
        if progress:
            progress(len(found), len(distinct))
        for start in range(0, len(fresh), _TEXTS_PER_WRITE):
            chunk = fresh[start : start + _TEXTS_PER_WRITE]
            rounded = self._encoder.encode([distinct[key] for key in chunk]).astype("<f2")
            made = {key: row.tobytes() for key, row in zip(chunk, rounded, strict=True)}
            self._write(made)
            found |= made
            if progress:
                progress(len(found), len(distinct))
        joined = np.frombuffer(b"".join(found[key] for key in keys), "<f2")
        vectors = joined.reshape(len(texts), self.dimension).astype(np.float32)
        unit: Vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
        return unit

    def clear(self) -> None:
        """Forget every vector, of every encoder."""
        _remove(self.path)

    def _read(self, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        found: dict[bytes, bytes] = {}
        size = 2 * self.dimension

        def select(connection: sqlite3.Connection) -> None:
            for start in range(0, len(keys), _KEYS_PER_QUERY):
                wanted = keys[start : start + _KEYS_PER_QUERY]
                places = ",".join("?" * len(wanted))
                rows = connection.execute(f"SELECT key, vector FROM vectors WHERE key IN ({places})", wanted)
                for key, kept in rows:
                    vector = kept[:-_CHECKSUM_BYTES]
                    if len(vector) == size and _checksum(key, vector) == kept[-_CHECKSUM_BYTES:]:
                        found[key] = vector

        self._attempt(select)
        return found

    def _write(self, vectors: dict[bytes, bytes]) -> None:
        rows = [(key, vector + _checksum(key, vector)) for key, vector in vectors.items()]

        def insert(connection: sqlite3.Connection) -> None:
            with connection:
                connection.executemany("INSERT OR REPLACE INTO vectors (key, vector) VALUES (?, ?)", rows)
            self._shrink(connection)

        self._attempt(insert)

    def _shrink(self, connection: sqlite3.Connection) -> None:
        (page_size,) = connection.execute("PRAGMA page_size").fetchone()
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        if pages * page_size <= self._max_bytes:
            return
        with connection:
            (count,) = connection.execute("SELECT count(*) FROM vectors").fetchone()
            kept = int(count * _SHARE_KEPT * self._max_bytes / (pages * page_size))
            connection.execute(
                "DELETE FROM vectors WHERE rowid IN (SELECT rowid FROM vectors ORDER BY rowid LIMIT ?)",
                (count - kept,),
            )
        connection.execute("PRAGMA incremental_vacuum").fetchall()

    def _attempt(self, operation: Callable[[sqlite3.Connection], None]) -> None:
        """Do `operation` on the file; twice where the file has to be begun anew, not at all where it can't be."""
        for _ in range(2):
            if not self._is_usable:
                return
            try:
                self.path.parent.mkdir(parents=True, exist_ok=True)
                with closing(sqlite3.connect(self.path, timeout=_BUSY_TIMEOUT_S)) as connection:
                    _prepare(connection)
                    operation(connection)
                return
            except sqlite3.DatabaseError as error:
                self._mend(error)
            except OSError as error:
                self._give_up(error)
        self._is_usable = False

    def _mend(self, error: sqlite3.DatabaseError) -> None:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF in _NOT_THE_FILES_FAULT:
            self._give_up(error)
            return
        _log.warning("%s: %s; the kept vectors are lost and will be made again", self.path, error)
        try:
            _remove(self.path)
        except OSError as not_removed:
            self._give_up(not_removed)

    def _give_up(self, error: Exception) -> None:
        _log.warning("%s: %s; vectors are not kept in this run", self.path, error)
        self._is_usable = False


def _prepare(connection: sqlite3.Connection) -> None:
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version == _SCHEMA_VERSION:
        # A vector that a power cut loses is only made again.
        connection.execute("PRAGMA synchronous = NORMAL")
        return
    if version:
        raise sqlite3.DatabaseError(f"its layout is version {version}, not {_SCHEMA_VERSION}")
    connection.execute("PRAGMA auto_vacuum = INCREMENTAL")
    connection.execute("PRAGMA journal_mode = WAL")
    with connection:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("CREATE TABLE IF NOT EXISTS vectors (key BLOB PRIMARY KEY, vector BLOB NOT NULL)")
        connection.execute(f"PRAGMA user_version = {_SCHEMA_VERSION}")


def _key(name_digest: bytes, text: str) -> bytes:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16, key=name_digest).digest()


def _checksum(key: bytes, vector: bytes) -> bytes:
    return zlib.crc32(vector, zlib.crc32(key)).to_bytes(_CHECKSUM_BYTES, "little")


def _files(path: Path) -> Iterator[Path]:
    for suffix in ("", "-wal", "-shm"):
        yield path.with_name(path.name + suffix)


def _remove(path: Path) -> None:
    for file in _files(path):
        file.unlink(missing_ok=True)
