"""From files to sentences that translate each other, wherever they stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from aligner.encode import Encoder
from aligner.encode.means import usual_means
from aligner.ingest import read_text_lines
from aligner.judge import text_reasons
from aligner.mine import MinedPair, Recall, mine_pairs, sift
from aligner.pipeline import Inputs, Progress, segments_of
from aligner.records import Document, Unit

__all__ = ["MiningReport", "mine_documents", "mine_lines"]

_TEXTS_PER_CALL = 512


@dataclass(frozen=True, slots=True)
class MiningReport:
    """What mining found. `sentences`, `set_aside`: by language, how many there were, and how many of them took no
    part, by reason. `recall`: of the approximate search for `kk` and `ru`, None where it was exact."""

    inputs: Inputs
    units: tuple[Unit, ...]
    sentences: dict[str, int]
    set_aside: dict[str, dict[str, int]]
    identical: int
    min_score: float
    recall: dict[str, Recall | None]


def mine_documents(
    inputs: Inputs, encoder: Encoder, min_score: float, progress: Progress | None = None
) -> MiningReport:
    """Find the sentences that translate each other anywhere in the documents, whatever stands around them."""
    sentences: dict[str, list[tuple[Document, str]]] = {"kk": [], "ru": []}
    for count, document in enumerate(inputs.usable):
        if progress:
            progress("segmenting", count, len(inputs.usable))
        sentences[document.language].extend((document, segment.text) for segment in segments_of(document)[0])
    return _mine(inputs, sentences, encoder, min_score, progress)


def mine_lines(
    kk: Path, ru: Path, encoder: Encoder, min_score: float, progress: Progress | None = None
) -> MiningReport:
    """The same for two files with one sentence a line."""
    documents = {language: Document(str(path), language, ()) for path, language in ((kk, "kk"), (ru, "ru"))}
    sentences = {
        language: [(document, line) for line in read_text_lines(Path(document.source)) if line.strip()]
        for language, document in documents.items()
    }
    return _mine(Inputs(tuple(documents.values()), ()), sentences, encoder, min_score, progress)


def _mine(
    inputs: Inputs,
    sentences: dict[str, list[tuple[Document, str]]],
    encoder: Encoder,
    min_score: float,
    progress: Progress | None,
) -> MiningReport:
    sifted = {language: sift([text for _, text in own], language, progress) for language, own in sentences.items()}
    taken = {language: [sentences[language][place] for place in sifted[language].places] for language in sentences}
    texts = {language: [text for _, text in own] for language, own in taken.items()}
    vectors = {language: _half_vectors(own, encoder, progress) for language, own in texts.items()}
    mining = mine_pairs(
        texts["kk"],
        texts["ru"],
        vectors["kk"],
        vectors["ru"],
        usual_means(encoder),
        min_score,
        progress=progress,
    )
    return MiningReport(
        inputs,
        tuple(_mined_unit(pair, taken["kk"][pair.kk_place][0], taken["ru"][pair.ru_place][0]) for pair in mining.pairs),
        {language: len(own) for language, own in sentences.items()},
        {language: dict(each.set_aside) for language, each in sifted.items()},
        mining.identical,
        min_score,
        dict(zip(("kk", "ru"), mining.recall, strict=True)),
    )


def _half_vectors(texts: Sequence[str], encoder: Encoder, progress: Progress | None) -> NDArray[np.float16]:
    """Unit vectors in half precision, `[len(texts), encoder.dimension]`: a million take 0.8 GB and not 1.5."""
    vectors = np.empty((len(texts), encoder.dimension), np.float16)
    for start in range(0, len(texts), _TEXTS_PER_CALL):
        if progress:
            progress("encoding", start, len(texts))
        part = texts[start : start + _TEXTS_PER_CALL]
        vectors[start : start + len(part)] = encoder.encode(part)
    if progress:
        progress("encoding", len(texts), len(texts))
    return vectors


def _mined_unit(pair: MinedPair, kk: Document, ru: Document) -> Unit:
    return Unit(
        kk=pair.kk,
        ru=pair.ru,
        score=pair.score,
        kk_source=kk.name,
        ru_source=ru.name,
        date=kk.date if kk.date == ru.date else None,
        reasons=text_reasons(pair.kk, pair.ru),
    )
