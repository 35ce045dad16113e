"""From files to beads and units: the stages joined, one document pair at a time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from aligner.align import align_segments
from aligner.encode import Encoder
from aligner.encode.means import reference_vectors, usual_means, usual_scale
from aligner.errors import EmptyInputError, InputError, LanguageError, MissingExtraError, MissingInputError
from aligner.ingest import SkippedFile, iter_input_files, read_contents, read_documents, read_text_lines, real_path
from aligner.judge import Background, Judge
from aligner.language import identify_language
from aligner.memory import Memory
from aligner.pair import pair_documents, view
from aligner.records import (
    AlignedText,
    Bead,
    Document,
    DocumentPair,
    Dropped,
    Paragraph,
    Segment,
    Unit,
    Unpaired,
    Verdict,
)
from aligner.scripts import script_of, to_cyrillic
from aligner.segment import segment_document, segment_text

if TYPE_CHECKING:
    from aligner.batching import BatchReport

__all__ = [
    "Aligned",
    "Inputs",
    "Prepared",
    "Progress",
    "align_files",
    "align_given",
    "align_lines",
    "align_pair",
    "align_prepared",
    "as_pair",
    "batch",
    "encode_texts",
    "in_cyrillic",
    "judge_for",
    "match_documents",
    "prepare",
    "read_inputs",
    "recipe",
    "segmented_paragraphs",
    "segments_of",
    "units_of",
]

Floats = NDArray[np.float32]
Progress = Callable[[str, int, int], None]
"""Called as `(what, done, total)` while a long job runs."""

DOUBTFUL_BELOW = 0.8
_TEXTS_PER_CALL = 512
_JUDGES: dict[str, Judge] = {}
_ONE_OF_EACH = "give one Kazakh and one Russian file; --segmented takes the languages as they are given"
_PLAIN_SUFFIXES = (".txt", ".text", "")


@dataclass(frozen=True, slots=True)
class Inputs:
    """What was read: the documents (skipped ones too), the files that could not be, and what is aligned already."""

    documents: tuple[Document, ...]
    skipped_files: tuple[SkippedFile, ...]
    aligned: tuple[AlignedText, ...] = ()

    @property
    def sources(self) -> set[Path]:
        """The files in which something was found; for what lay in an archive, the place it had there."""
        paired = (document for text in self.aligned for document in (text.kk, text.ru))
        return {Path(document.source) for document in (*self.documents, *paired)}

    @property
    def usable(self) -> tuple[Document, ...]:
        return tuple(document for document in self.documents if document.skipped is None)

    @property
    def skipped(self) -> tuple[Document, ...]:
        return tuple(document for document in self.documents if document.skipped is not None)


@dataclass(frozen=True, slots=True)
class Aligned:
    """A document pair with its segments and beads; bead numbers are places in `kk` and `ru`.

    `verdicts`: the judge's, one for each bead that has two sides. A bead's own `score` is the aligner's.
    """

    pair: DocumentPair
    kk: tuple[Segment, ...]
    ru: tuple[Segment, ...]
    beads: tuple[Bead, ...]
    verdicts: tuple[Verdict, ...]
    dropped: tuple[Dropped, ...] = ()


@dataclass(frozen=True, slots=True)
class Prepared:
    """A document with its segments, what was set aside of it, and a vector a segment."""

    document: Document
    segments: tuple[Segment, ...]
    dropped: tuple[Dropped, ...]
    vectors: Floats

    @property
    def texts(self) -> list[str]:
        """The segments in the letters in which they are compared."""
        return in_cyrillic(self.document, [segment.text for segment in self.segments])


def read_inputs(paths: Sequence[Path], progress: Progress | None = None, own_files: Sequence[Path] = ()) -> Inputs:
    """Read every document under `paths`; a file that can't be read is set aside with its reason.

    `own_files`, which an earlier run left in a folder, are nobody's input: they are passed over without a word.
    Raises `InputError` where the user named a file that is not there, and where nothing at all could be read.
    """
    documents: list[Document] = []
    skipped: list[SkippedFile] = []
    aligned: list[AlignedText] = []
    errors: list[InputError | MissingExtraError] = []
    own = {real_path(path) for path in own_files}
    for count, found in enumerate(iter_input_files(paths)):
        if progress:
            progress("reading", count, 0)
        path = found.path if isinstance(found, SkippedFile) else found
        if own and real_path(path) in own and path not in paths:
            continue
        if isinstance(found, SkippedFile):
            skipped.append(found)
            continue
        try:
            for content in read_contents(found):
                if isinstance(content, Document):
                    documents.append(content)
                elif isinstance(content, AlignedText):
                    aligned.append(content)
                else:
                    skipped.append(content)
        except MissingInputError:
            raise
        except InputError as error:
            errors.append(error)
            skipped.append(SkippedFile(found, error.problem))
        except MissingExtraError as error:
            errors.append(error)
            skipped.append(SkippedFile(found, str(error)))
    if not documents and not aligned and len(errors) == 1:
        raise errors[0]
    if not documents and not aligned and not skipped:
        names = ", ".join(str(path) for path in paths)
        raise EmptyInputError(names, "holds no file", "put texts in it, or name another folder")
    return Inputs(tuple(documents), tuple(skipped), tuple(aligned))


def recipe(encoder: Encoder) -> str:
    """What an alignment was made by: if this changes, it is made anew."""
    return f"qostil {version('qostil')} {encoder.name}"


def encode_texts(texts: Sequence[str], encoder: Encoder, progress: Progress | None = None) -> Floats:
    """Unit vectors, float32 `[len(texts), encoder.dimension]`; each distinct text is encoded once."""
    distinct = list(dict.fromkeys(texts))
    parts = []
    for start in range(0, len(distinct), _TEXTS_PER_CALL):
        if progress:
            progress("encoding", start, len(distinct))
        parts.append(encoder.encode(distinct[start : start + _TEXTS_PER_CALL]))
    if not parts:
        return np.zeros((0, encoder.dimension), np.float32)
    if progress:
        progress("encoding", len(distinct), len(distinct))
    place = {text: number for number, text in enumerate(distinct)}
    vectors: Floats = np.concatenate(parts)[[place[text] for text in texts]]
    return vectors


def segments_of(document: Document) -> tuple[tuple[Segment, ...], tuple[Dropped, ...]]:
    """The segments of the document's own language, and those set aside because they are in another."""
    kept: list[Segment] = []
    dropped: list[Dropped] = []
    blocks = document.blocks
    for segment in segment_document(document):
        language = blocks[segment.block].language
        if language == document.language:
            kept.append(segment)
        else:
            dropped.append(Dropped(segment.text, f"language: {language} in a {document.language} document"))
    return tuple(kept), tuple(dropped)


def as_pair(left: Document, right: Document) -> tuple[DocumentPair, bool]:
    """The two documents as a pair, and whether they came in the wrong order.

    Raises `LanguageError` where they are not one Kazakh and one Russian document.
    """
    for document in (left, right):
        if document.language not in ("kk", "ru"):
            is_unknown = document.language == "und"
            problem = "is in no language that could be told" if is_unknown else f"is in {document.language}"
            raise LanguageError(document.source, problem, _ONE_OF_EACH)
    if left.language == right.language:
        name = {"kk": "Kazakh", "ru": "Russian"}[left.language]
        raise LanguageError(right.source, f"is {name}, as {left.source} is", _ONE_OF_EACH)
    swapped = left.language == "ru"
    kk, ru = (right, left) if swapped else (left, right)
    return DocumentPair(kk, ru, 1.0), swapped


def align_pair(pair: DocumentPair, encoder: Encoder, progress: Progress | None = None) -> Aligned:
    """Segment, encode and align the two documents."""
    kk, ru = prepare((pair.kk, pair.ru), encoder, progress)
    return align_prepared(pair, kk, ru, encoder)


def prepare(documents: Sequence[Document], encoder: Encoder, progress: Progress | None) -> list[Prepared]:
    """The documents segmented, and their segments encoded in one go."""
    parts = [segments_of(document) for document in documents]
    texts = [
        text
        for document, (segments, _) in zip(documents, parts, strict=True)
        for text in in_cyrillic(document, [segment.text for segment in segments])
    ]
    vectors = encode_texts(texts, encoder, progress)
    ends = list(accumulate(len(segments) for segments, _ in parts))
    return [
        Prepared(document, segments, dropped, vectors[end - len(segments) : end])
        for document, (segments, dropped), end in zip(documents, parts, ends, strict=True)
    ]


def align_prepared(pair: DocumentPair, kk: Prepared, ru: Prepared, encoder: Encoder) -> Aligned:
    beads = align_segments(
        kk.texts,
        ru.texts,
        kk.vectors,
        ru.vectors,
        usual_means(encoder),
        scale=usual_scale(encoder),
        encode=encoder.encode,
    )
    verdicts = _verdicts(pair, kk.segments, ru.segments, beads, kk.vectors, ru.vectors, encoder)
    return Aligned(pair, kk.segments, ru.segments, tuple(beads), verdicts, kk.dropped + ru.dropped)


def in_cyrillic(document: Document, texts: list[str]) -> list[str]:
    """`texts` of a document in the letters that encoder, names and figures know: Kazakh in Cyrillic."""
    script = script_of(document.text) if document.language == "kk" else "Cyrl"
    return texts if script == "Cyrl" else [to_cyrillic(text, script, document.text) for text in texts]


def align_given(text: AlignedText, encoder: Encoder, progress: Progress | None = None) -> Aligned:
    """The pairs of `text` as they were given, judged."""
    kk, ru = (_whole_paragraphs(document) for document in (text.kk, text.ru))
    judge = judge_for(encoder)
    verdicts: list[Verdict] = []
    for start in range(0, len(kk), _TEXTS_PER_CALL):
        if progress:
            progress("judging", start, len(kk))
        left, right = ([segment.text for segment in side[start : start + _TEXTS_PER_CALL]] for side in (kk, ru))
        left = in_cyrillic(text.kk, left)
        vectors = encode_texts([*left, *right], encoder)
        verdicts.extend(judge.judge_pairs(left, right, vectors[: len(left)], vectors[len(left) :]))
    beads = tuple(Bead((place,), (place,), each.probability) for place, each in enumerate(verdicts))
    return Aligned(DocumentPair(text.kk, text.ru, 1.0), kk, ru, beads, tuple(verdicts))


def _whole_paragraphs(document: Document) -> tuple[Segment, ...]:
    texts = [paragraph.text for paragraph in document.paragraphs]
    starts = accumulate((len(text) + 1 for text in texts), initial=0)
    return tuple(
        Segment(text, start, start + len(text), block)
        for block, (text, start) in enumerate(zip(texts, starts, strict=False))
    )


def judge_for(encoder: Encoder) -> Judge:
    """The judge of pairs whose vectors this encoder makes; it is made once."""
    if encoder.name not in _JUDGES:
        background = Background(*reference_vectors(encoder), usual_means(encoder))
        _JUDGES[encoder.name] = Judge(background, encoder.name)
    return _JUDGES[encoder.name]


def _verdicts(
    pair: DocumentPair,
    kk: tuple[Segment, ...],
    ru: tuple[Segment, ...],
    beads: Sequence[Bead],
    kk_vectors: Floats,
    ru_vectors: Floats,
    encoder: Encoder,
) -> tuple[Verdict, ...]:
    two_sided = [bead for bead in beads if bead.kk and bead.ru]
    verdicts = judge_for(encoder).judge_beads(
        beads,
        in_cyrillic(pair.kk, [_joined(pair.kk, kk, bead.kk) for bead in two_sided]),
        [_joined(pair.ru, ru, bead.ru) for bead in two_sided],
        kk_vectors,
        ru_vectors,
        np.array([len(segment.text) for segment in kk], np.float32),
        np.array([len(segment.text) for segment in ru], np.float32),
    )
    return tuple(verdicts)


def align_files(
    kk: Path, ru: Path, encoder: Encoder, is_segmented: bool, progress: Progress | None = None
) -> tuple[Aligned, bool]:
    """Align two files, and say whether they came in the wrong order.

    With `is_segmented` each line is one segment and the order of the files is taken as it is.
    """
    if is_segmented:
        lines = read_text_lines(kk), read_text_lines(ru)
        return align_lines(*lines, encoder, progress, (str(kk), str(ru))), False
    pair, is_swapped = as_pair(_only_document(kk), _only_document(ru))
    return align_pair(pair, encoder, progress), is_swapped


def segmented_paragraphs(path: Path, language: str | None = None) -> Iterator[list[str]]:
    """The sentences of each paragraph of a file; plain text is taken as it is, line by line."""
    if path.suffix.lower() in _PLAIN_SUFFIXES:
        lines = [line for line in read_text_lines(path) if line.strip()]
        spoken = language or identify_language("\n".join(lines))
        paragraphs = [(line, spoken) for line in lines]
    else:
        paragraphs = [(b.text, language or b.language) for document in read_documents(path) for b in document.blocks]
    for text, spoken in paragraphs:
        yield [segment.text for segment in segment_text(text, spoken)]


def _only_document(path: Path) -> Document:
    documents = list(read_documents(path))
    if len(documents) > 1:
        raise InputError(str(path), f"holds {len(documents)} documents", "use `qostil batch` to pair and align them")
    return documents[0]


def align_lines(
    kk: Sequence[str],
    ru: Sequence[str],
    encoder: Encoder,
    progress: Progress | None = None,
    names: tuple[str, str] = ("kk", "ru"),
) -> Aligned:
    """Align texts that are segmented already: each line is one segment, never split or joined.

    `names` are the sources that their units will state.
    """
    (kk_document, kk_segments), (ru_document, ru_segments) = (
        _segmented(lines, language, name) for lines, language, name in zip((kk, ru), ("kk", "ru"), names, strict=True)
    )
    vectors = encode_texts([*kk, *ru], encoder, progress)
    kk_vectors, ru_vectors = vectors[: len(kk)], vectors[len(kk) :]
    beads = align_segments(
        list(kk),
        list(ru),
        kk_vectors,
        ru_vectors,
        usual_means(encoder),
        scale=usual_scale(encoder),
        encode=encoder.encode,
    )
    pair = DocumentPair(kk_document, ru_document, 1.0)
    verdicts = _verdicts(pair, kk_segments, ru_segments, beads, kk_vectors, ru_vectors, encoder)
    return Aligned(pair, kk_segments, ru_segments, tuple(beads), verdicts)


def _segmented(lines: Sequence[str], language: str, name: str) -> tuple[Document, tuple[Segment, ...]]:
    starts = accumulate((len(line) + 1 for line in lines), initial=0)
    segments = tuple(
        Segment(line, start, start + len(line), block)
        for block, (line, start) in enumerate(zip(lines, starts, strict=False))
    )
    return Document(name, language, tuple(Paragraph(line, language) for line in lines)), segments


def units_of(aligned: Aligned) -> list[Unit]:
    """The aligned beads as translation units, judged, each with its neighbours."""
    pair = aligned.pair
    texts = [
        (_joined(pair.kk, aligned.kk, bead.kk), _joined(pair.ru, aligned.ru, bead.ru))
        for bead in aligned.beads
        if bead.kk and bead.ru
    ]
    units = []
    for place, ((kk, ru), verdict) in enumerate(zip(texts, aligned.verdicts, strict=True)):
        before = texts[place - 1] if place else None
        after = texts[place + 1] if place + 1 < len(texts) else None
        units.append(
            Unit(
                kk=kk,
                ru=ru,
                score=verdict.probability,
                kk_source=pair.kk.name,
                ru_source=pair.ru.name,
                date=pair.kk.date or pair.ru.date,
                reasons=verdict.reasons,
                previous_kk=before[0] if before else None,
                next_kk=after[0] if after else None,
                previous_ru=before[1] if before else None,
                next_ru=after[1] if after else None,
            )
        )
    return units


def match_documents(
    documents: Iterable[Document], encoder: Encoder, progress: Progress | None = None
) -> tuple[list[DocumentPair], list[Unpaired]]:
    """Find which document is which one's counterpart; those that have none come with the reason."""
    usable = [document for document in documents if document.skipped is None]
    return _match(prepare(usable, encoder, progress), encoder, progress)


def _match(
    prepared: Sequence[Prepared], encoder: Encoder, progress: Progress | None
) -> tuple[list[DocumentPair], list[Unpaired]]:
    if progress:
        progress("pairing", 0, 1)
    views = [view(each.document, each.texts, each.vectors) for each in prepared]
    return pair_documents(
        [each for each in views if each.document.language == "kk"],
        [each for each in views if each.document.language == "ru"],
        usual_means(encoder),
    )


def batch(
    inputs: Inputs, encoder: Encoder, memory: Memory, now: dt.datetime, progress: Progress | None = None
) -> BatchReport:
    """Pair the documents, align each pair that the memory does not know yet, and add it to the memory.

    What is aligned already is judged and added as it was given. `aligner.batching.run_batch` does it for files, and
    reads only those that are new or changed.
    """
    from aligner.batching import batch_inputs

    return batch_inputs(inputs, encoder, memory, now, progress)


def _joined(document: Document, segments: Sequence[Segment], places: Sequence[int]) -> str:
    """The text of neighbouring segments: as it stands in the document, but on one line."""
    parts: list[str] = []
    whole = document.text
    for before, place in zip((None, *places), places, strict=False):
        segment = segments[place]
        if before is not None:
            gap = whole[segments[before].end : segment.start]
            parts.append("" if gap == "" else " ")
        parts.append(segment.text)
    return "".join(parts)
