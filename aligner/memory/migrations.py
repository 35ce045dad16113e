"""The schema of a memory file, as named steps. A step that has been released is never changed."""

from __future__ import annotations

import sqlite3

__all__ = ["MIGRATIONS", "applied", "apply_missing"]

MIGRATIONS: tuple[tuple[str, str], ...] = (
    (
        "0001_documents_pairs_units",
        """
        CREATE TABLE documents (
            id INTEGER PRIMARY KEY,
            location TEXT NOT NULL UNIQUE,
            name TEXT NOT NULL,
            language TEXT NOT NULL,
            digest TEXT NOT NULL,
            title TEXT,
            date TEXT
        );
        CREATE TABLE pairs (
            id INTEGER PRIMARY KEY,
            kk INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
            ru INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
            score REAL NOT NULL,
            recipe TEXT NOT NULL,
            added TEXT NOT NULL,
            UNIQUE (kk, ru)
        );
        CREATE INDEX pairs_ru ON pairs (ru);
        CREATE TABLE units (
            id INTEGER PRIMARY KEY,
            digest TEXT NOT NULL UNIQUE,
            kk TEXT NOT NULL,
            ru TEXT NOT NULL
        );
        CREATE TABLE occurrences (
            pair INTEGER NOT NULL REFERENCES pairs ON DELETE CASCADE,
            position INTEGER NOT NULL,
            unit INTEGER NOT NULL REFERENCES units,
            score REAL NOT NULL,
            reasons TEXT NOT NULL,
            previous_kk TEXT,
            next_kk TEXT,
            previous_ru TEXT,
            next_ru TEXT,
            PRIMARY KEY (pair, position)
        ) WITHOUT ROWID;
        CREATE INDEX occurrences_unit ON occurrences (unit);
        """,
    ),
)


def applied(connection: sqlite3.Connection) -> list[str]:
    """The names of the steps this file has seen, in their order."""
    has_table = connection.execute(
        "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'migrations'"
    ).fetchone()[0]
    if not has_table:
        return []
    return [name for (name,) in connection.execute("SELECT name FROM migrations ORDER BY id")]


def apply_missing(connection: sqlite3.Connection) -> None:
    """Bring the file to the newest schema, each step in a transaction of its own."""
    seen = set(applied(connection))
    for name, script in MIGRATIONS:
        if name in seen:
            continue
        connection.execute("BEGIN IMMEDIATE")
        try:
            connection.execute("CREATE TABLE IF NOT EXISTS migrations (id INTEGER PRIMARY KEY, name TEXT UNIQUE)")
            # Another process may have taken this step while we waited for the lock.
            if name not in applied(connection):
                for statement in script.split(";"):
                    if statement.strip():
                        connection.execute(statement)
                connection.execute("INSERT INTO migrations (name) VALUES (?)", (name,))
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")
