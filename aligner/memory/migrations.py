"""The schema of a memory, as named steps in both dialects. A step that has been released is never changed."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["MIGRATIONS", "Migration", "later_than"]


class Migration(NamedTuple):
    """One step: a script for each engine, run in a transaction of its own."""

    name: str
    sqlite: str
    postgresql: str


MIGRATIONS: tuple[Migration, ...] = (
    Migration(
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
        # PostgreSQL memories begin with the next step.
        "",
    ),
    Migration(
        "0002_beads_history",
        """
        CREATE TABLE texts (
            id INTEGER PRIMARY KEY,
            document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
            digest TEXT NOT NULL,
            added TEXT NOT NULL,
            UNIQUE (document, digest)
        );
        CREATE TABLE segments (
            text INTEGER NOT NULL REFERENCES texts ON DELETE CASCADE,
            place INTEGER NOT NULL,
            content TEXT NOT NULL,
            start INTEGER NOT NULL,
            stop INTEGER NOT NULL,
            block INTEGER NOT NULL,
            is_heading INTEGER NOT NULL,
            PRIMARY KEY (text, place)
        ) WITHOUT ROWID;
        CREATE TABLE sources (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL UNIQUE,
            added TEXT NOT NULL
        );
        CREATE TABLE changes (
            id INTEGER PRIMARY KEY,
            at TEXT NOT NULL,
            who TEXT NOT NULL,
            what TEXT NOT NULL,
            pair INTEGER,
            unit INTEGER,
            before TEXT NOT NULL,
            after TEXT NOT NULL,
            undoes INTEGER REFERENCES changes
        );
        CREATE INDEX changes_pair ON changes (pair);
        CREATE INDEX changes_unit ON changes (unit);
        CREATE INDEX changes_undoes ON changes (undoes);

        ALTER TABLE documents ADD COLUMN text INTEGER REFERENCES texts;
        ALTER TABLE pairs ADD COLUMN kk_text INTEGER REFERENCES texts;
        ALTER TABLE pairs ADD COLUMN ru_text INTEGER REFERENCES texts;
        ALTER TABLE pairs ADD COLUMN revision INTEGER NOT NULL DEFAULT 1;
        ALTER TABLE units ADD COLUMN status TEXT NOT NULL DEFAULT 'automatic';
        ALTER TABLE units ADD COLUMN score REAL NOT NULL DEFAULT 0;
        ALTER TABLE units ADD COLUMN reasons TEXT NOT NULL DEFAULT '[]';
        ALTER TABLE units ADD COLUMN reviewer TEXT;
        ALTER TABLE units ADD COLUMN verdict TEXT;
        ALTER TABLE units ADD COLUMN judged_by TEXT;
        ALTER TABLE units ADD COLUMN note TEXT;
        ALTER TABLE units ADD COLUMN creator TEXT;
        ALTER TABLE units ADD COLUMN created TEXT;
        ALTER TABLE units ADD COLUMN changed TEXT;
        ALTER TABLE units ADD COLUMN revision INTEGER NOT NULL DEFAULT 1;
        ALTER TABLE units ADD COLUMN changed_seq INTEGER NOT NULL DEFAULT 1;
        CREATE INDEX units_changed_seq ON units (changed_seq);

        CREATE TABLE beads (
            id INTEGER PRIMARY KEY,
            pair INTEGER REFERENCES pairs ON DELETE CASCADE,
            source INTEGER REFERENCES sources ON DELETE CASCADE,
            position INTEGER NOT NULL,
            kk TEXT NOT NULL,
            ru TEXT NOT NULL,
            moved INTEGER NOT NULL,
            score REAL NOT NULL,
            reasons TEXT NOT NULL,
            status TEXT NOT NULL,
            reviewer TEXT,
            note TEXT,
            kk_text TEXT,
            ru_text TEXT,
            unit INTEGER REFERENCES units,
            change INTEGER,
            kk_source TEXT,
            ru_source TEXT,
            date TEXT,
            previous_kk TEXT,
            next_kk TEXT,
            previous_ru TEXT,
            next_ru TEXT,
            CHECK ((pair IS NULL) <> (source IS NULL))
        );
        INSERT INTO beads (pair, position, kk, ru, moved, score, reasons, status, unit)
            SELECT pair, (position + 1) * 1024, '[]', '[]', 0, score, reasons, 'automatic', unit
            FROM occurrences ORDER BY pair, position;
        DROP TABLE occurrences;
        CREATE INDEX beads_pair ON beads (pair, position) WHERE pair IS NOT NULL;
        CREATE INDEX beads_unit ON beads (unit);
        CREATE INDEX beads_change ON beads (change) WHERE change IS NOT NULL;
        CREATE UNIQUE INDEX beads_source ON beads (source, unit) WHERE source IS NOT NULL;
        UPDATE units SET
            score = coalesce((SELECT max(score) FROM beads WHERE beads.unit = units.id), 0),
            reasons = coalesce(
                (SELECT b.reasons FROM beads AS b WHERE b.unit = units.id ORDER BY b.score DESC, b.id LIMIT 1),
                '[]'
            ),
            creator = 'qostil',
            created = (SELECT min(added) FROM beads JOIN pairs ON pairs.id = beads.pair WHERE beads.unit = units.id),
            changed = (SELECT max(added) FROM beads JOIN pairs ON pairs.id = beads.pair WHERE beads.unit = units.id);

        CREATE TABLE removed_units (
            id INTEGER PRIMARY KEY,
            digest TEXT NOT NULL UNIQUE,
            kk TEXT NOT NULL,
            ru TEXT NOT NULL,
            verdict TEXT,
            judged_by TEXT,
            note TEXT,
            creator TEXT,
            created TEXT,
            revision INTEGER NOT NULL,
            seq INTEGER NOT NULL
        );
        CREATE INDEX removed_units_seq ON removed_units (seq);
        CREATE TABLE counters (
            name TEXT PRIMARY KEY,
            value INTEGER NOT NULL
        ) WITHOUT ROWID;
        INSERT INTO counters SELECT 'documents', coalesce(max(id), 0) FROM documents;
        INSERT INTO counters SELECT 'pairs', coalesce(max(id), 0) FROM pairs;
        INSERT INTO counters SELECT 'units', coalesce(max(id), 0) FROM units;
        INSERT INTO counters SELECT 'beads', coalesce(max(id), 0) FROM beads;
        INSERT INTO counters VALUES ('texts', 0), ('sources', 0), ('changes', 0);
        INSERT INTO counters SELECT 'seq', count(*) > 0 FROM units;
        """,
        """
        CREATE TABLE documents (
            id BIGINT PRIMARY KEY,
            location TEXT NOT NULL UNIQUE,
            name TEXT NOT NULL,
            language TEXT NOT NULL,
            digest TEXT NOT NULL,
            title TEXT,
            date TEXT,
            text BIGINT
        );
        CREATE TABLE texts (
            id BIGINT PRIMARY KEY,
            document BIGINT NOT NULL REFERENCES documents ON DELETE CASCADE,
            digest TEXT NOT NULL,
            added TEXT NOT NULL,
            UNIQUE (document, digest)
        );
        ALTER TABLE documents ADD FOREIGN KEY (text) REFERENCES texts;
        CREATE TABLE segments (
            text BIGINT NOT NULL REFERENCES texts ON DELETE CASCADE,
            place INTEGER NOT NULL,
            content TEXT NOT NULL,
            start INTEGER NOT NULL,
            stop INTEGER NOT NULL,
            block INTEGER NOT NULL,
            is_heading INTEGER NOT NULL,
            PRIMARY KEY (text, place)
        );
        CREATE TABLE pairs (
            id BIGINT PRIMARY KEY,
            kk BIGINT NOT NULL REFERENCES documents ON DELETE CASCADE,
            ru BIGINT NOT NULL REFERENCES documents ON DELETE CASCADE,
            score DOUBLE PRECISION NOT NULL,
            recipe TEXT NOT NULL,
            added TEXT NOT NULL,
            kk_text BIGINT REFERENCES texts,
            ru_text BIGINT REFERENCES texts,
            revision BIGINT NOT NULL DEFAULT 1,
            UNIQUE (kk, ru)
        );
        CREATE INDEX pairs_ru ON pairs (ru);
        CREATE TABLE sources (
            id BIGINT PRIMARY KEY,
            name TEXT NOT NULL UNIQUE,
            added TEXT NOT NULL
        );
        CREATE TABLE units (
            id BIGINT PRIMARY KEY,
            digest TEXT NOT NULL UNIQUE,
            kk TEXT NOT NULL,
            ru TEXT NOT NULL,
            status TEXT NOT NULL DEFAULT 'automatic',
            score DOUBLE PRECISION NOT NULL DEFAULT 0,
            reasons TEXT NOT NULL DEFAULT '[]',
            reviewer TEXT,
            verdict TEXT,
            judged_by TEXT,
            note TEXT,
            creator TEXT,
            created TEXT,
            changed TEXT,
            revision BIGINT NOT NULL DEFAULT 1,
            changed_seq BIGINT NOT NULL DEFAULT 1
        );
        CREATE INDEX units_changed_seq ON units (changed_seq);
        CREATE TABLE changes (
            id BIGINT PRIMARY KEY,
            at TEXT NOT NULL,
            who TEXT NOT NULL,
            what TEXT NOT NULL,
            pair BIGINT,
            unit BIGINT,
            before TEXT NOT NULL,
            after TEXT NOT NULL,
            undoes BIGINT REFERENCES changes
        );
        CREATE INDEX changes_pair ON changes (pair);
        CREATE INDEX changes_unit ON changes (unit);
        CREATE INDEX changes_undoes ON changes (undoes);
        CREATE TABLE beads (
            id BIGINT PRIMARY KEY,
            pair BIGINT REFERENCES pairs ON DELETE CASCADE,
            source BIGINT REFERENCES sources ON DELETE CASCADE,
            position BIGINT NOT NULL,
            kk TEXT NOT NULL,
            ru TEXT NOT NULL,
            moved INTEGER NOT NULL,
            score DOUBLE PRECISION NOT NULL,
            reasons TEXT NOT NULL,
            status TEXT NOT NULL,
            reviewer TEXT,
            note TEXT,
            kk_text TEXT,
            ru_text TEXT,
            unit BIGINT REFERENCES units,
            change BIGINT,
            kk_source TEXT,
            ru_source TEXT,
            date TEXT,
            previous_kk TEXT,
            next_kk TEXT,
            previous_ru TEXT,
            next_ru TEXT,
            CHECK ((pair IS NULL) <> (source IS NULL))
        );
        CREATE INDEX beads_pair ON beads (pair, position) WHERE pair IS NOT NULL;
        CREATE INDEX beads_unit ON beads (unit);
        CREATE INDEX beads_change ON beads (change) WHERE change IS NOT NULL;
        CREATE UNIQUE INDEX beads_source ON beads (source, unit) WHERE source IS NOT NULL;
        CREATE TABLE removed_units (
            id BIGINT PRIMARY KEY,
            digest TEXT NOT NULL UNIQUE,
            kk TEXT NOT NULL,
            ru TEXT NOT NULL,
            verdict TEXT,
            judged_by TEXT,
            note TEXT,
            creator TEXT,
            created TEXT,
            revision BIGINT NOT NULL,
            seq BIGINT NOT NULL
        );
        CREATE INDEX removed_units_seq ON removed_units (seq);
        CREATE TABLE counters (
            name TEXT PRIMARY KEY,
            value BIGINT NOT NULL
        );
        INSERT INTO counters VALUES
            ('documents', 0), ('texts', 0), ('pairs', 0), ('units', 0), ('beads', 0), ('sources', 0), ('changes', 0),
            ('seq', 0);
        """,
    ),
    Migration(
        "0003_ledger",
        """
        CREATE TABLE batches (
            id INTEGER PRIMARY KEY,
            started TEXT NOT NULL,
            ended TEXT,
            recipe TEXT NOT NULL,
            inputs TEXT NOT NULL,
            last_change INTEGER
        );
        CREATE TABLE files (
            location TEXT PRIMARY KEY,
            name TEXT NOT NULL,
            size INTEGER NOT NULL,
            modified INTEGER NOT NULL,
            inode TEXT NOT NULL,
            digest TEXT NOT NULL,
            reader TEXT NOT NULL,
            skipped TEXT NOT NULL
        );
        CREATE INDEX files_digest ON files (digest);
        CREATE TABLE releases (
            location TEXT PRIMARY KEY,
            file TEXT NOT NULL,
            name TEXT NOT NULL,
            language TEXT NOT NULL,
            title TEXT,
            date TEXT,
            digest TEXT NOT NULL,
            given INTEGER NOT NULL,
            state TEXT NOT NULL,
            reason TEXT,
            partner TEXT,
            score REAL,
            nearest TEXT,
            apart TEXT,
            segments INTEGER NOT NULL,
            recipe TEXT NOT NULL,
            news TEXT NOT NULL,
            batch INTEGER NOT NULL,
            paired_in INTEGER,
            profile BLOB,
            content BLOB
        );
        CREATE INDEX releases_file ON releases (file);
        CREATE INDEX releases_state ON releases (state);
        CREATE INDEX releases_digest ON releases (digest);
        CREATE INDEX releases_recipe ON releases (recipe);
        CREATE INDEX releases_batch ON releases (batch, state, news);
        CREATE INDEX releases_paired_in ON releases (paired_in, language);
        CREATE TABLE outputs (
            location TEXT PRIMARY KEY,
            request TEXT NOT NULL,
            size INTEGER NOT NULL,
            modified INTEGER NOT NULL,
            inode TEXT NOT NULL,
            units INTEGER NOT NULL,
            last_change INTEGER NOT NULL
        );
        INSERT INTO counters VALUES ('batches', 0);
        """,
        """
        CREATE TABLE batches (
            id BIGINT PRIMARY KEY,
            started TEXT NOT NULL,
            ended TEXT,
            recipe TEXT NOT NULL,
            inputs TEXT NOT NULL,
            last_change BIGINT
        );
        CREATE TABLE files (
            location TEXT PRIMARY KEY,
            name TEXT NOT NULL,
            size BIGINT NOT NULL,
            modified BIGINT NOT NULL,
            inode TEXT NOT NULL,
            digest TEXT NOT NULL,
            reader TEXT NOT NULL,
            skipped TEXT NOT NULL
        );
        CREATE INDEX files_digest ON files (digest);
        CREATE TABLE releases (
            location TEXT PRIMARY KEY,
            file TEXT NOT NULL,
            name TEXT NOT NULL,
            language TEXT NOT NULL,
            title TEXT,
            date TEXT,
            digest TEXT NOT NULL,
            given INTEGER NOT NULL,
            state TEXT NOT NULL,
            reason TEXT,
            partner TEXT,
            score DOUBLE PRECISION,
            nearest TEXT,
            apart TEXT,
            segments INTEGER NOT NULL,
            recipe TEXT NOT NULL,
            news TEXT NOT NULL,
            batch BIGINT NOT NULL,
            paired_in BIGINT,
            profile BYTEA,
            content BYTEA
        );
        CREATE INDEX releases_file ON releases (file);
        CREATE INDEX releases_state ON releases (state);
        CREATE INDEX releases_digest ON releases (digest);
        CREATE INDEX releases_recipe ON releases (recipe);
        CREATE INDEX releases_batch ON releases (batch, state, news);
        CREATE INDEX releases_paired_in ON releases (paired_in, language);
        CREATE TABLE outputs (
            location TEXT PRIMARY KEY,
            request TEXT NOT NULL,
            size BIGINT NOT NULL,
            modified BIGINT NOT NULL,
            inode TEXT NOT NULL,
            units INTEGER NOT NULL,
            last_change BIGINT NOT NULL
        );
        INSERT INTO counters VALUES ('batches', 0);
        """,
    ),
    Migration(
        "0004_removed_beads",
        """
        CREATE TABLE removed_beads (
            id INTEGER PRIMARY KEY,
            pair INTEGER,
            source INTEGER,
            position INTEGER NOT NULL,
            kk TEXT NOT NULL,
            ru TEXT NOT NULL,
            moved INTEGER NOT NULL,
            score REAL NOT NULL,
            reasons TEXT NOT NULL,
            status TEXT NOT NULL,
            reviewer TEXT,
            note TEXT,
            kk_text TEXT,
            ru_text TEXT,
            unit INTEGER NOT NULL,
            change INTEGER NOT NULL,
            kk_source TEXT,
            ru_source TEXT,
            date TEXT,
            previous_kk TEXT,
            next_kk TEXT,
            previous_ru TEXT,
            next_ru TEXT
        );
        CREATE INDEX removed_beads_change ON removed_beads (change);
        """,
        """
        CREATE TABLE removed_beads (
            id BIGINT PRIMARY KEY,
            pair BIGINT,
            source BIGINT,
            position BIGINT NOT NULL,
            kk TEXT NOT NULL,
            ru TEXT NOT NULL,
            moved INTEGER NOT NULL,
            score DOUBLE PRECISION NOT NULL,
            reasons TEXT NOT NULL,
            status TEXT NOT NULL,
            reviewer TEXT,
            note TEXT,
            kk_text TEXT,
            ru_text TEXT,
            unit BIGINT NOT NULL,
            change BIGINT NOT NULL,
            kk_source TEXT,
            ru_source TEXT,
            date TEXT,
            previous_kk TEXT,
            next_kk TEXT,
            previous_ru TEXT,
            next_ru TEXT
        );
        CREATE INDEX removed_beads_change ON removed_beads (change);
        """,
    ),
)


def later_than(applied: list[str]) -> list[Migration]:
    """The steps that are still to be taken."""
    return [step for step in MIGRATIONS if step.name not in applied]
