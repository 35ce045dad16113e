"""What one memory says that another does not, told by content and not by place."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from tmx.keys import content_form, fingerprint, source_variant
from tmx.languages import canonical
from tmx.limits import DEFAULT_LIMITS, Limits
from tmx.reader import Reader
from tmx.records import Skipped, TranslationUnit
from tmx.scratch import scratch_database

__all__ = ["Change", "ChangeKind", "as_json", "as_text", "diff"]

ChangeKind: TypeAlias = Literal["added", "removed", "changed"]

_TABLES = """
CREATE TABLE old (number INTEGER PRIMARY KEY, source BLOB, whole BLOB, texts TEXT);
CREATE TABLE new (number INTEGER PRIMARY KEY, source BLOB, texts TEXT);
"""


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. `source` is (language, text); `old` and `new` map the other languages to texts.

    `old` is None for what was added, `new` for what was removed; the units count from 1 in their files.
    """

    kind: ChangeKind
    source: tuple[str, str]
    old: dict[str, str] | None
    new: dict[str, str] | None
    old_unit: int | None
    new_unit: int | None


def diff(
    old: str | os.PathLike[str],
    new: str | os.PathLike[str],
    *,
    lenient: bool = False,
    skipped: list[Skipped] | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> Iterator[Change]:
    """The differences: changed and added ones in the order of `new`, then removed ones in that of `old`.

    A unit is the same wherever it stands if its source and its translations have the same content, inline
    elements included; it is changed if the source is the same and a translation is not. A unit that stands
    several times in one file is counted as often. `skipped` takes what a lenient reading left out.
    Memory does not grow with the files.
    """
    left_out = [] if skipped is None else skipped
    with scratch_database(_TABLES) as database:
        with Reader(old, lenient=lenient, limits=limits) as reader:
            database.executemany(
                "INSERT INTO old VALUES (?, ?, ?, ?)",
                ((number, *_row(unit, reader.header.srclang)) for number, unit in enumerate(reader, 1)),
            )
            left_out.extend(reader.skipped)
        database.execute("CREATE INDEX old_whole ON old (whole)")
        with Reader(new, lenient=lenient, limits=limits) as reader:
            for number, unit in enumerate(reader, 1):
                source, whole, texts = _row(unit, reader.header.srclang)
                same = database.execute(
                    "DELETE FROM old WHERE number = (SELECT min(number) FROM old WHERE whole = ?)", (whole,)
                )
                if not same.rowcount:
                    database.execute("INSERT INTO new VALUES (?, ?, ?)", (number, source, texts))
            left_out.extend(reader.skipped)
        database.execute("CREATE INDEX old_source ON old (source)")
        changed = database.cursor()
        for number, source, texts in changed.execute("SELECT number, source, texts FROM new ORDER BY number"):
            match = database.execute(
                "DELETE FROM old WHERE number = (SELECT min(number) FROM old WHERE source = ?) RETURNING number, texts",
                (source,),
            ).fetchall()
            before, before_number = (match[0][1], match[0][0]) if match else (None, None)
            yield _change(before, before_number, texts, number)
        for number, texts in database.execute("SELECT number, texts FROM old ORDER BY number"):
            yield _change(texts, number, None, None)


def _row(unit: TranslationUnit, srclang: str) -> tuple[bytes, bytes, str]:
    source = source_variant(unit, srclang)
    targets = [each for each in unit.variants if each is not source]
    head = (canonical(source.language), content_form(source.content))
    forms = sorted((canonical(each.language), content_form(each.content)) for each in targets)
    texts = {
        "language": source.language,
        "text": source.text,
        "targets": {each.language: each.text for each in targets},
    }
    return (
        fingerprint(*head),
        fingerprint(*head, *(part for form in forms for part in form)),
        json.dumps(texts, ensure_ascii=True),
    )


def _change(old: str | None, old_unit: int | None, new: str | None, new_unit: int | None) -> Change:
    before = json.loads(old) if old is not None else None
    after = json.loads(new) if new is not None else None
    either = after if after is not None else before
    assert either is not None
    kind: ChangeKind = "added" if before is None else "removed" if after is None else "changed"
    return Change(
        kind,
        (either["language"], either["text"]),
        before and before["targets"],
        after and after["targets"],
        old_unit,
        new_unit,
    )


def as_json(change: Change) -> str:
    """One line of JSON, with the fields of Change."""
    source = {"language": change.source[0], "text": change.source[1]}
    return json.dumps(
        {
            "kind": change.kind,
            "source": source,
            "old": change.old,
            "new": change.new,
            "old_unit": change.old_unit,
            "new_unit": change.new_unit,
        },
        ensure_ascii=False,
    )


def as_text(change: Change) -> str:
    """A few lines in the manner of `diff`: the source, then `-` what was and `+` what is."""
    language, text = change.source
    mark = {"added": "+", "removed": "-", "changed": " "}[change.kind]
    lines = [f"{mark} {language}: {text}"]
    old, new = change.old or {}, change.new or {}
    for code in [*old, *(code for code in new if code not in old)]:
        if code in old and code in new and old[code] == new[code]:
            lines.append(f"  {code}: {old[code]}")
            continue
        if code in old:
            lines.append(f"- {code}: {old[code]}")
        if code in new:
            lines.append(f"+ {code}: {new[code]}")
    return "\n".join(lines)
