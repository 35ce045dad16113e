"""JSON Lines: documents with fields, or pairs."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from aligner.dates import find_date, parse_date
from aligner.errors import EmptyInputError, FormatError
from aligner.ingest.bilingual import OWN_COLUMNS, draft_from_rows
from aligner.ingest.decode import decode_text
from aligner.ingest.draft import AlignedDraft, Block, Draft
from aligner.ingest.limits import MAX_RECORDS
from aligner.ingest.lines import clean_line, split_lines
from aligner.ingest.tables import OWN_RESULT

__all__ = ["iter_json_lines"]

_TEXT_KEYS = ("text", "content", "body", "paragraphs", "maintext", "article")
_TITLE_KEYS = ("title", "headline", "name")
_DATE_KEYS = ("date", "published", "date_published", "datepublished", "publish_date", "timestamp", "created")
_LANGUAGE_KEYS = ("language", "lang", "locale")
_CODES = {"kk": ("kk", "kz", "kaz"), "ru": ("ru", "rus")}
_LANGUAGE_OF = {code: language for language, codes in _CODES.items() for code in codes}


def iter_json_lines(data: bytes, source: str) -> Iterator[Draft | AlignedDraft]:
    """The documents in a JSON Lines file, numbered; or the pairs, where each object is one.

    A document has its text under `text`, `content`, `body` or `paragraphs` (a string or a list of strings), and
    may have `title`, `date` and `language`; with the text under `text_kk` and `text_ru` it is two. A pair is
    `{"kk": …, "ru": …}`, alone or under `translation`. Raises FormatError at a line that is none of these.
    """
    lines = [line for line in split_lines(decode_text(data, source), source) if line.strip()]
    if len(lines) > MAX_RECORDS:
        raise FormatError(source, f"has {len(lines):,} lines, more than {MAX_RECORDS:,}", "split it")
    if not lines:
        raise EmptyInputError(source, "holds no records", "give a file with documents in it")
    drafts: list[Draft] = []
    pairs: list[tuple[str, str]] = []
    for number, line in enumerate(lines, start=1):
        record = _record(line, source, number)
        if set(OWN_COLUMNS) <= record.keys():
            raise FormatError(source, OWN_RESULT, "add it with `qostil memory import`")
        pair = _pair(record)
        if pair is not None:
            pairs.append(pair)
            continue
        found = list(_documents(record))
        if not found:
            raise FormatError(source, "is no document and no pair", "give each object a key text", f"line {number}")
        drafts.extend(found)
    for part, draft in enumerate(drafts, start=1):
        yield Draft(draft.blocks, draft.title, draft.date, part if len(drafts) > 1 else None, draft.language)
    if pairs:
        aligned = draft_from_rows([("kk", "ru"), *pairs])
        if aligned is None:
            raise FormatError(source, "holds pairs that are not Kazakh and Russian", "look at its keys kk and ru")
        yield aligned


def _record(line: str, source: str, number: int) -> dict[str, Any]:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise FormatError(source, "is no JSON", "each line is one object", f"line {number}") from error
    if not isinstance(record, dict):
        raise FormatError(source, "is no JSON object", "each line is one object", f"line {number}")
    return {key.casefold(): value for key, value in record.items()}


def _pair(record: Mapping[str, Any]) -> tuple[str, str] | None:
    inner = record.get("translation")
    texts = inner if isinstance(inner, dict) else record
    kk, ru = texts.get("kk"), texts.get("ru")
    if isinstance(kk, str) and isinstance(ru, str):
        is_document = min(len(_lines(kk)), len(_lines(ru))) > 1
        return None if is_document else (kk, ru)
    return None


def _documents(record: Mapping[str, Any]) -> Iterator[Draft]:
    """The document in a record, or its two versions."""
    date = next((day for key in _DATE_KEYS if (day := _date(record.get(key))) is not None), None)
    for text, title, language in _texts(record):
        blocks = tuple(Block(line) for line in _lines(text))
        if blocks or title:
            yield Draft(blocks, title=title, date=date, language=language)


def _texts(record: Mapping[str, Any]) -> Iterator[tuple[object, str | None, str | None]]:
    found = False
    for language, codes in _CODES.items():
        for code in codes:
            keys = [code, *(name.format(key, code) for key in _TEXT_KEYS for name in ("{0}_{1}", "{1}_{0}"))]
            text = next((record[key] for key in keys if isinstance(record.get(key), str | list)), None)
            if text is not None:
                titles = [name.format(key, code) for key in _TITLE_KEYS for name in ("{0}_{1}", "{1}_{0}")]
                found = True
                yield text, _first_line(record, titles), language
                break
    text = next((record[key] for key in _TEXT_KEYS if isinstance(record.get(key), str | list)), None)
    if text is not None and not found:
        stated = next((str(record[key]) for key in _LANGUAGE_KEYS if record.get(key)), "")
        yield text, _first_line(record, _TITLE_KEYS), _LANGUAGE_OF.get(stated.casefold().split("-")[0])


def _first_line(record: Mapping[str, Any], keys: Iterable[str]) -> str | None:
    texts = (record.get(key) for key in keys)
    return next((line for text in texts if isinstance(text, str) and (line := clean_line(text))), None)


def _lines(text: object) -> list[str]:
    texts = [each for each in text if isinstance(each, str)] if isinstance(text, list) else [str(text)]
    return [line for each in texts for raw in each.split("\n") if (line := clean_line(raw))]


def _date(value: object) -> dt.date | None:
    if not isinstance(value, str):
        return None
    return parse_date(value[:10]) or find_date(value[:200])
