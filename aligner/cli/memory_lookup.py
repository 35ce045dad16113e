"""`qostil memory lookup`, `concordance`: what a memory holds for a text."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from aligner.cli.memory import MemoryOption, existing_memory, memory_app
from aligner.cli.terminal import (
    EncoderOption,
    QuietOption,
    encoder_named,
    messages,
    progress_bar,
)

if TYPE_CHECKING:
    from aligner.memory import Memory
    from aligner.memory.lookup import Hit, Language, Lookup, Match
    from aligner.pipeline import Progress

__all__ = ["FromOption", "MinPercentOption", "MinScoreOption", "SemanticOption", "lookup_in"]

FromOption = Annotated[
    Literal["kk", "ru"] | None, typer.Option("--from", help="The language of the text; told from it where not given.")
]
MinPercentOption = Annotated[int, typer.Option(min=1, max=100, help="Leave less similar units out.")]
MinScoreOption = Annotated[
    float, typer.Option(min=0.0, max=1.0, help="Leave units out that are less probably translations.")
]
SemanticOption = Annotated[
    bool, typer.Option("--semantic", help="Also find what says the same in other words; encodes the memory once.")
]
_FormatOption = Annotated[Literal["text", "jsonl"], typer.Option(help="For people, or one JSON object a line.")]


@memory_app.command(epilog="Example: `qostil memory lookup 'Жиын өтті.' --memory memory.db`")
def lookup(
    memory: MemoryOption,
    text: Annotated[str | None, typer.Argument(help="The text to look up, in Kazakh or Russian.")] = None,
    lines: Annotated[
        Path | None, typer.Option(help="A file instead of a text: each of its lines is looked up.", metavar="FILE")
    ] = None,
    from_: FromOption = None,
    min_percent: MinPercentOption = 70,
    min_score: MinScoreOption = 0.0,
    limit: Annotated[int, typer.Option(min=1, help="How many matches at most, for each text.")] = 5,
    semantic: SemanticOption = False,
    encoder: EncoderOption = None,
    format: _FormatOption = "text",
    quiet: QuietOption = False,
) -> None:
    """Find the units whose text is the same, nearly the same, or (with `--semantic`) means the same."""
    from aligner.memory.lookup import DEFAULT_KINDS, Query

    texts = _texts(text, lines)
    language = _language(texts, from_)
    kinds = (*DEFAULT_KINDS, "semantic") if semantic else DEFAULT_KINDS
    with existing_memory(memory) as opened, lookup_in(opened, language, semantic, encoder, quiet) as found:
        for place, each in enumerate(texts):
            if not each.strip():
                continue
            context = Query(each, texts[place - 1] if place else None, _next(texts, place)) if lines else Query(each)
            matches = found.lookup(
                context, language, min_percent=min_percent, limit=limit, kinds=kinds, min_score=min_score
            )
            if format == "jsonl":
                typer.echo(_json({"text": each, "matches": [asdict(match) for match in matches]}))
            else:
                if lines:
                    typer.echo(each)
                typer.echo("\n".join(map(_match_text, matches)) or messages()("lookup.none"))


@memory_app.command(epilog="Example: `qostil memory concordance министрлік --memory memory.db`")
def concordance(
    memory: MemoryOption,
    text: Annotated[str, typer.Argument(help="Words or a part of a word, in Kazakh or Russian.")],
    from_: FromOption = None,
    forms: Annotated[bool, typer.Option("--forms", help="The words in any form, with whatever endings.")] = False,
    limit: Annotated[int, typer.Option(min=1, help="How many units at most.")] = 20,
    format: _FormatOption = "text",
    quiet: QuietOption = False,
) -> None:
    """Find the units in which words or parts of words stand. Kazakh letters may be typed as Russian ones."""
    from aligner.memory.concordance import concordance as search

    # A word or two are too little to tell a language by: where it is not said, both are searched.
    languages: tuple[Language, ...] = (from_,) if from_ else ("kk", "ru")
    with existing_memory(memory) as opened, lookup_in(opened, languages[0], False, None, quiet) as found:
        if not any(character.isalnum() for character in text):
            raise typer.BadParameter("give a word, or a part of one")
        count = 0
        for language in languages:
            for hit in search(found, text, language, "forms" if forms else "substring", limit):
                count += 1
                typer.echo(_json({"language": language, **asdict(hit)}) if format == "jsonl" else _hit_text(hit))
    if not count and format == "text":
        typer.echo(messages()("concordance.none"))


def lookup_in(memory: Memory, language: Language, semantic: bool, encoder: str | None, quiet: bool) -> Lookup:
    """A lookup, its indexes brought up to date, with progress on the terminal."""
    from aligner.memory.lookup import Lookup, SemanticIndex

    with progress_bar(quiet) as progress:
        meanings = {}
        if semantic:
            meanings[language] = SemanticIndex(memory, language, encoder_named(encoder))
            meanings[language].catch_up(_of(memory, progress))
        return Lookup(memory, progress=_of(memory, progress), semantic=meanings)


def _of(memory: Memory, progress: Progress | None) -> Progress | None:
    """Progress out of all units of the memory."""
    if progress is None:
        return None
    total = memory.totals().units
    return lambda what, done, _: progress(what, done, total)


def _texts(text: str | None, lines: Path | None) -> list[str]:
    from aligner.ingest import read_text_lines

    if (text is None) == (lines is None):
        raise typer.BadParameter("give a text, or a file of texts with --lines FILE")
    return read_text_lines(lines) if lines else [text or ""]


def _language(texts: list[str], stated: Language | None) -> Language:
    from aligner.language import identify_language

    if stated:
        return stated
    found = identify_language("\n".join(texts))
    if found not in ("kk", "ru"):
        raise typer.BadParameter("the language can't be told from the text; say --from kk or --from ru")
    return "kk" if found == "kk" else "ru"


def _next(texts: list[str], place: int) -> str | None:
    return texts[place + 1] if place + 1 < len(texts) else None


def _json(record: dict[str, object]) -> str:
    return json.dumps(record, ensure_ascii=False, default=str)


def _match_text(match: Match) -> str:
    say = messages()
    notes = [say(f"match.{match.kind}"), say(f"status.{match.status}"), say("match.score", score=f"{match.score:.2f}")]
    notes += match.sources[:1]
    if match.replaced:
        notes.append(say("match.numbers", numbers=", ".join(f"{old} → {new}" for old, new in match.replaced)))
    return f"{match.percent:>3}%  {match.source}\n      {match.target}\n      ({', '.join(notes)})"


def _hit_text(hit: Hit) -> str:
    marked = hit.source
    for start, end in reversed(hit.spans):
        marked = f"{marked[:start]}[{marked[start:end]}]{marked[end:]}"
    return f"{marked}\n  {hit.target}"
