"""The face of Qostil for Python programs: texts, files and folders in, aligned and scored sentences out.

Everything here is one call over `aligner.pipeline` and can be had as `aligner.NAME`. `encoder` is an `Encoder`, the
name or folder of a sentence-transformers model, or None for the one that comes along, which is loaded once, when it is
first needed. `progress` is called as `(what, done, total)` while a long job runs. Errors are those of `aligner.errors`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, overload

from aligner.errors import EmptyInputError, OptionError
from aligner.ingest.lines import clean_line, split_lines
from aligner.language import identify_language
from aligner.pipeline import (
    Aligned,
    Inputs,
    Progress,
    align_lines,
    align_pair,
    encode_texts,
    judge_for,
    match_documents,
    read_inputs,
    units_of,
)
from aligner.pipeline import align_files as _align_files
from aligner.records import Bead, Document, DocumentPair, Dropped, Paragraph, Unit, Unpaired, Verdict

if TYPE_CHECKING:
    from aligner.batching import BatchReport
    from aligner.encode import Encoder
    from aligner.memory import Memory

__all__ = [
    "AlignedPair",
    "Pairing",
    "align_documents",
    "align_files",
    "align_texts",
    "batch",
    "pair_documents",
    "score_pairs",
    "split_sentences",
    "write_units",
]

Place = str | PathLike[str]
_PAIRS_PER_CALL = 512


@dataclass(frozen=True, slots=True, repr=False)
class AlignedPair(Sequence[Unit]):
    """Two texts, sentence by sentence. As a sequence, it is its translation units, in the order of the Kazakh text.

    `kk` and `ru` are all sentences, `beads` says by their places which belong together, those without a counterpart
    included. `kk_alone` and `ru_alone` are the sentences that nothing translates; `dropped` those that were set aside
    because they are in another language.
    """

    pair: DocumentPair
    kk: tuple[str, ...]
    ru: tuple[str, ...]
    beads: tuple[Bead, ...]
    units: tuple[Unit, ...]
    dropped: tuple[Dropped, ...] = ()

    @property
    def kk_alone(self) -> tuple[str, ...]:
        return tuple(self.kk[place] for bead in self.beads if not bead.ru for place in bead.kk)

    @property
    def ru_alone(self) -> tuple[str, ...]:
        return tuple(self.ru[place] for bead in self.beads if not bead.kk for place in bead.ru)

    def write(self, path: Place, format: str | None = None) -> int:
        """Write the units to a file, as `write_units` does, and return their number."""
        return write_units(self.units, path, format)

    @overload
    def __getitem__(self, index: int) -> Unit: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Unit, ...]: ...
    def __getitem__(self, index: int | slice) -> Unit | tuple[Unit, ...]:
        return self.units[index]

    def __len__(self) -> int:
        return len(self.units)

    def __iter__(self) -> Iterator[Unit]:
        return iter(self.units)

    def __repr__(self) -> str:
        return f"<AlignedPair: {len(self.units)} units of {len(self.kk)} Kazakh and {len(self.ru)} Russian sentences>"


@dataclass(frozen=True, slots=True, repr=False)
class Pairing(Sequence[DocumentPair]):
    """Which document is which one's counterpart. As a sequence, it is the pairs, surest or not, as the texts came.

    `unpaired` are the documents that stand alone, each with the reason and the nearest candidate; `skipped` are files
    and documents that took no part, by name, with the reason.
    """

    pairs: tuple[DocumentPair, ...]
    unpaired: tuple[Unpaired, ...]
    skipped: tuple[tuple[str, str], ...] = ()

    @overload
    def __getitem__(self, index: int) -> DocumentPair: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[DocumentPair, ...]: ...
    def __getitem__(self, index: int | slice) -> DocumentPair | tuple[DocumentPair, ...]:
        return self.pairs[index]

    def __len__(self) -> int:
        return len(self.pairs)

    def __iter__(self) -> Iterator[DocumentPair]:
        return iter(self.pairs)

    def __repr__(self) -> str:
        return f"<Pairing: {len(self.pairs)} pairs, {len(self.unpaired)} unpaired, {len(self.skipped)} skipped>"


def align_texts(
    kk: str | Iterable[str],
    ru: str | Iterable[str],
    *,
    encoder: Encoder | str | None = None,
    progress: Progress | None = None,
) -> AlignedPair:
    """Align a Kazakh text with its Russian version.

    A string is a text: its lines are paragraphs, which are split into sentences. A list of strings is sentences, which
    are taken as they are, never split or joined. Raises `EmptyInputError` where a text says nothing.

    >>> import aligner
    >>> aligned = aligner.align_texts(
    ...     "Бүгін ауа райы жақсы. Күн ашық. Ертең жаңбыр жауады.",
    ...     "Сегодня хорошая солнечная погода. Завтра пойдёт дождь.",
    ... )
    >>> for unit in aligned:
    ...     print(unit.kk, "=", unit.ru)
    Бүгін ауа райы жақсы. Күн ашық. = Сегодня хорошая солнечная погода.
    Ертең жаңбыр жауады. = Завтра пойдёт дождь.
    >>> [(bead.kk, bead.ru) for bead in aligned.beads]
    [((0, 1), (0,)), ((2,), (1,))]
    """
    chosen = _encoder(encoder)
    if isinstance(kk, str) and isinstance(ru, str):
        pair = DocumentPair(_text_as_document(kk, "kk"), _text_as_document(ru, "ru"), 1.0)
        aligned = align_pair(pair, chosen, progress)
    else:
        sides = [_sentences(text, language) for text, language in ((kk, "kk"), (ru, "ru"))]
        aligned = align_lines(sides[0], sides[1], chosen, progress)
    made = _made(aligned)
    return replace(made, units=tuple(replace(unit, kk_source=None, ru_source=None) for unit in made.units))


def align_files(
    kk: Place,
    ru: Place,
    *,
    is_segmented: bool = False,
    encoder: Encoder | str | None = None,
    progress: Progress | None = None,
) -> AlignedPair:
    """Align two files of any format that is read; which is the Kazakh one is told from their texts.

    With `is_segmented` each line of the files is one sentence, and the first file is the Kazakh one. Raises
    `InputError` where a file can't be read, and `LanguageError` where they are not one Kazakh and one Russian text.

    >>> import aligner
    >>> aligned = aligner.align_files(
    ...     "corpora/sample/kk/2025-03-14-su-resurstary-kenesi.html",
    ...     "corpora/sample/ru/soveshchanie-po-vodnym-resursam.docx",
    ... )
    >>> print(aligned[0].kk)
    Үкіметте су ресурстарын тиімді пайдалану мәселелері талқыланды
    >>> print(aligned[0].ru)
    В Правительстве обсудили вопросы рационального использования водных ресурсов
    >>> all(0 <= unit.score <= 1 for unit in aligned)
    True
    """
    return _made(_align_files(Path(kk), Path(ru), _encoder(encoder), is_segmented, progress)[0])


def pair_documents(
    sources: Place | Iterable[Place | Document],
    *,
    encoder: Encoder | str | None = None,
    progress: Progress | None = None,
) -> Pairing:
    """Find which Kazakh document is which Russian one's counterpart, among files, folders and documents.

    Two versions that a file gives pair by pair (a table, a catalogue) are a pair already. Raises `InputError` where a
    named file is not there, and where nothing at all could be read.

    >>> import aligner
    >>> pairing = aligner.pair_documents(["corpora/sample/kk", "corpora/sample/ru"])
    >>> pairing
    <Pairing: 24 pairs, 2 unpaired, 0 skipped>
    >>> print(pairing[0].kk.name, pairing[0].ru.name, sep="\\n")
    corpora/sample/kk/2024-09-18-elektr-stansialary-zhylytu-mausymy.txt
    corpora/sample/ru/gotovnost-k-otopitelnomu-sezonu.html
    >>> print(pairing.unpaired[0].reason)
    no document is near enough
    """
    listed = [sources] if isinstance(sources, str | PathLike) else list(sources)
    paths = [Path(each) for each in listed if not isinstance(each, Document)]
    documents = tuple(each for each in listed if isinstance(each, Document))
    inputs = read_inputs(paths, progress) if paths or not documents else Inputs((), ())
    inputs = replace(inputs, documents=inputs.documents + documents)
    pairs, unpaired = match_documents(inputs.documents, _encoder(encoder), progress)
    pairs += [DocumentPair(text.kk, text.ru, 1.0) for text in inputs.aligned]
    skipped = [(document.name, document.skipped or "") for document in inputs.skipped]
    skipped += [(str(file.path), file.reason) for file in inputs.skipped_files]
    return Pairing(tuple(pairs), tuple(unpaired), tuple(skipped))


def align_documents(
    pairs: Iterable[DocumentPair], *, encoder: Encoder | str | None = None, progress: Progress | None = None
) -> Iterator[AlignedPair]:
    """Align pairs of documents, one after the other, as they are asked for.

    >>> import aligner
    >>> pairing = aligner.pair_documents(["corpora/sample/kk", "corpora/sample/ru"])
    >>> doubtful = [
    ...     unit for aligned in aligner.align_documents(pairing) for unit in aligned if unit.score < 0.5
    ... ]
    >>> len(doubtful) < 10
    True
    """
    chosen = _encoder(encoder)
    for pair in pairs:
        yield _made(align_pair(pair, chosen, progress))


def score_pairs(pairs: Iterable[tuple[str, str]], *, encoder: Encoder | str | None = None) -> Iterator[Verdict]:
    """The probability that each Kazakh text and its Russian text translate each other, with what speaks against it.

    The pairs are read 512 at a time, so that there may be any number of them.

    >>> import aligner
    >>> right, wrong = aligner.score_pairs(
    ...     [
    ...         ("Жиын 12 мамырда өтті.", "Заседание прошло 12 мая."),
    ...         ("Жиын 12 мамырда өтті.", "Заседание прошло 15 июня."),
    ...     ]
    ... )
    >>> right.probability > 0.9 > wrong.probability
    True
    >>> print(wrong.reasons[0].partition(":")[0])
    number_mismatch
    """
    chosen = _encoder(encoder)
    judge = judge_for(chosen)
    source = iter(pairs)
    while part := list(islice(source, _PAIRS_PER_CALL)):
        kk, ru = ([pair[side] for pair in part] for side in (0, 1))
        vectors = encode_texts([*kk, *ru], chosen)
        yield from judge.judge_pairs(kk, ru, vectors[: len(kk)], vectors[len(kk) :])


def split_sentences(text: str, language: str | None = None) -> list[str]:
    """The sentences of a text, paragraph by paragraph. Without `language` (`kk` or `ru`) it is told from the text.

    >>> import aligner
    >>> aligner.split_sentences("Қ.К. Тоқаев Астанада кеңес өткізді. Оған министрлер қатысты.")
    ['Қ.К. Тоқаев Астанада кеңес өткізді.', 'Оған министрлер қатысты.']
    """
    from aligner.segment import segment_text

    return [segment.text for segment in segment_text(text, language or identify_language(text))]


def batch(
    sources: Place | Iterable[Place],
    memory: Memory | Place,
    *,
    encoder: Encoder | str | None = None,
    now: dt.datetime | None = None,
    progress: Progress | None = None,
) -> BatchReport:
    """Pair, align and judge whole folders, and add them to a memory; what it knows already is not done again.

    `memory` is an open one, a file, or `postgresql://…`. `now` stamps the new units; by default it is the time.

    >>> import aligner
    >>> report = aligner.batch(["corpora/sample/kk", "corpora/sample/ru"], folder / "memory.db")
    >>> len(report.pairs), len(report.unpaired), report.units_added == report.aligned_beads
    (24, 2, True)
    >>> with aligner.Memory.open(folder / "memory.db") as memory:
    ...     aligner.write_units(memory.units(min_score=0.5), folder / "memory.tmx") > 500
    True
    """
    from aligner.batching import alone, run_batch, survey_files
    from aligner.memory import Memory

    paths = [Path(sources)] if isinstance(sources, str | PathLike) else [Path(each) for each in sources]
    if not isinstance(memory, Memory):
        with Memory.open(memory if isinstance(memory, str) else Path(memory)) as opened:
            return batch(paths, opened, encoder=encoder, now=now, progress=progress)
    own_files = [] if "://" in memory.engine.name else [Path(memory.engine.name + end) for end in ("", "-wal", "-shm")]
    stamp = now or dt.datetime.now(dt.UTC)
    with alone(memory):
        return run_batch(survey_files(paths, own_files), _encoder(encoder), memory, stamp, progress)


def write_units(units: Iterable[Unit], path: Place, format: str | None = None) -> int:
    """Write units to a file, in the format of its suffix or of this name (`aligner.export.FORMATS`).

    The file appears when it is complete. Returns the number of units. Raises `OutputError`.

    >>> import aligner
    >>> aligned = aligner.align_texts(["Рақмет.", "Сау болыңыз."], ["Спасибо.", "До свидания."])
    >>> aligner.write_units(aligned, folder / "letters.tsv")
    2
    """
    from aligner.export import check_writable, export_units, format_of

    target = Path(path)
    check_writable(target)
    return export_units(units, target, format_of(target, format), dt.datetime.now(dt.UTC), "bare")


@cache
def _own_encoder() -> Encoder:
    from aligner.encode import load_encoder

    return load_encoder()


def _encoder(given: Encoder | str | None) -> Encoder:
    from aligner.encode import load_encoder

    if given is None:
        return _own_encoder()
    return load_encoder(given) if isinstance(given, str) else given


def _text_as_document(text: str, language: str) -> Document:
    name = {"kk": "the Kazakh text", "ru": "the Russian text"}[language]
    lines = [clean_line(line) for line in split_lines(text, name)]
    paragraphs = tuple(Paragraph(line, language) for line in lines if line)
    if not paragraphs:
        raise EmptyInputError(name, "is empty", "give a text with a sentence in it")
    return Document(name, language, paragraphs)


def _sentences(text: str | Iterable[str], language: str) -> list[str]:
    if isinstance(text, str):
        raise OptionError(f"the {language} text is one string, the other is sentences; give two strings or two lists")
    return list(text)


def _made(aligned: Aligned) -> AlignedPair:
    return AlignedPair(
        aligned.pair,
        tuple(segment.text for segment in aligned.kk),
        tuple(segment.text for segment in aligned.ru),
        aligned.beads,
        tuple(units_of(aligned)),
        aligned.dropped,
    )
