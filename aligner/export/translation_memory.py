"""Units as TMX 1.4b and XLIFF, in the form that the CAT tools we know take without complaint."""

from __future__ import annotations

import datetime as dt
from importlib.metadata import version

import tmx
from aligner.records import Unit
from tmx.context import Context, with_context
from tmx.dates import format_date
from tmx.languages import profile

__all__ = ["tmx_header", "translation_unit"]


def tmx_header(stamp: dt.datetime | None, languages: str) -> tmx.Header:
    """A header with kk as the source language, in this profile of language codes (`tmx.languages`)."""
    return tmx.Header(
        srclang=profile(languages)("kk"),
        creationtool="qostil",
        creationtoolversion=version("qostil"),
        o_tmf="qostil",
        adminlang="en",
        creationdate=format_date(stamp) if stamp else None,
    )


def translation_unit(unit: Unit) -> tmx.TranslationUnit:
    """The unit with kk first.

    Props: `x-score` (probability), `x-reasons`, `x-kk-source`, `x-ru-source`, `x-date`, `x-status` and `x-reviewer`
    where a person has judged it, and the neighbouring kk texts as Phrase reads them (`context_prev`, `context_next`).
    """
    props = {
        "x-score": f"{unit.score:.4f}",
        "x-reasons": "; ".join(unit.reasons),
        "x-kk-source": unit.kk_source,
        "x-ru-source": unit.ru_source,
        "x-date": unit.date.isoformat() if unit.date else None,
        "x-status": None if unit.status == "automatic" else unit.status,
        "x-reviewer": unit.reviewer,
    }
    attributes = {
        "creationdate": format_date(unit.created) if unit.created else None,
        "creationid": unit.creator,
        "changedate": format_date(unit.changed) if unit.changed else None,
        "changeid": unit.reviewer,
    }
    note = (tmx.Note(unit.note),) if unit.note else ()
    plain = tmx.TranslationUnit.from_texts(
        {"kk": unit.kk, "ru": unit.ru},
        {name: value for name, value in attributes.items() if value},
        annotations=[*note, *(tmx.Prop(name, value) for name, value in props.items() if value)],
    )
    return with_context(plain, "kk", Context(unit.previous_kk, unit.next_kk))
