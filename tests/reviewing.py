"""A memory with document pairs, and the review page over it, for the tests of both."""

from __future__ import annotations

import datetime as dt
import itertools
import json
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import uvicorn
from sample import SAMPLE, plain

from aligner.encode import Encoder
from aligner.memory import Alignment, Memory
from aligner.messages import Language
from aligner.records import Bead, Document, DocumentPair, Paragraph, Segment, Unit
from aligner.review import Desk, Mender, Session, create_review_app
from aligner.serve import address_of, listen

NOW = dt.datetime(2026, 11, 22, 10, 0, tzinfo=dt.UTC)
KK = ("Кеңес өтті", "Министр сөз сөйледі.", "Жоба бекітілді.", "Оған 12 адам қатысты.", "Жиын аяқталды.")
RU = (
    "Состоялось совещание",
    "Выступил министр.",
    "Проект утверждён.",
    "В нём участвовали 15 человек.",
    "Встреча окончена.",
)
_PARAGRAPH = 4


def document(language: str, name: str, sentences: Sequence[str]) -> tuple[Document, tuple[Segment, ...]]:
    """The first sentence is the title, then come paragraphs of a few sentences each."""
    starts = itertools.accumulate((len(each) + 1 for each in sentences), initial=0)
    segments = tuple(
        Segment(each, start, start + len(each), 0 if place == 0 else 1 + (place - 1) // _PARAGRAPH)
        for place, (each, start) in enumerate(zip(sentences, starts, strict=False))
    )
    body = sentences[1:]
    paragraphs = [" ".join(body[place : place + _PARAGRAPH]) for place in range(0, len(body), _PARAGRAPH)]
    return Document(
        name, language, tuple(Paragraph(each, language) for each in paragraphs), title=sentences[0], date=NOW.date()
    ), segments


def add_pair(
    memory: Memory,
    kk: Sequence[str] = KK,
    ru: Sequence[str] = RU,
    beads: Sequence[Bead] | None = None,
    name: str = "kenes",
    reasons: dict[int, tuple[str, ...]] | None = None,
) -> int:
    """Store two texts as a pair, one to one unless the beads are given. `reasons` by bead. Returns its id."""
    kk_document, kk_segments = document("kk", f"kk/{name}.txt", kk)
    ru_document, ru_segments = document("ru", f"ru/{name}.txt", ru)
    beads = beads or [Bead((place,), (place,), 0.95) for place in range(len(kk))]
    units = [
        Unit(
            " ".join(kk[place] for place in bead.kk),
            " ".join(ru[place] for place in bead.ru),
            bead.score,
            reasons=(reasons or {}).get(number, ()),
        )
        for number, bead in enumerate(beads)
        if bead.kk and bead.ru
    ]
    memory.add(
        DocumentPair(kk_document, ru_document, 0.97), units, "recipe", NOW, Alignment(kk_segments, ru_segments, beads)
    )
    return max(pair.id for pair in memory.pairs())


def add_alone(memory: Memory, language: str, sentences: Sequence[str], name: str) -> int:
    """Store a document without a counterpart. Returns its id."""
    return memory.add_document(*document(language, name, sentences), NOW)


def gold_rows(*names: str) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """The true beads of documents of the sample corpus, in order."""
    records = [json.loads(line) for line in (SAMPLE / "gold.jsonl").read_text(encoding="utf-8").splitlines()]
    return [
        (plain(bead["kk"]), plain(bead["ru"]))
        for name in names
        for record in records
        if record["kk"] and name in record["kk"]
        for bead in record["beads"]
    ]


def shapes(memory: Memory, pair: int) -> list[tuple[tuple[int, ...], tuple[int, ...], str]]:
    return [(bead.kk, bead.ru, bead.status) for bead in memory.pair(pair).beads]


@dataclass(frozen=True)
class Reviewed:
    """A running page: the address that opens it, and that of the server."""

    opening: str
    address: str


@contextmanager
def review_page(
    memory: Memory, encoder: Encoder, who: str = "Айгүл", language: Language | None = None
) -> Iterator[Reviewed]:
    """The page over `memory`, served by a thread."""
    session = Session()
    clock = (NOW + dt.timedelta(seconds=number) for number in itertools.count())
    app = create_review_app(Desk(memory, Mender(encoder), who, lambda: next(clock)), session, language=language)
    with listen("127.0.0.1", 0) as listener:
        server = uvicorn.Server(uvicorn.Config(app, log_config=None, access_log=False, ws="none"))
        thread = threading.Thread(target=server.run, args=([listener],))
        thread.start()
        address = address_of(listener)
        try:
            yield Reviewed(session.opening_url(address), address)
        finally:
            server.should_exit = True
            thread.join(60)
