"""A batch of files, or a memory → a report."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from aligner.encode import Encoder
from aligner.encode.means import usual_means
from aligner.memory import Memory
from aligner.memory.records import StoredBead, StoredDocument, StoredSegment
from aligner.pair import pair_documents, view
from aligner.pipeline import (
    Aligned,
    Inputs,
    Progress,
    align_given,
    align_pair,
    encode_texts,
    match_documents,
    recipe,
    segments_of,
    units_of,
)
from aligner.records import Document, Paragraph, Segment, Unpaired
from aligner.report.gather import Gathering
from aligner.report.records import DocumentLine, Origin, Report, Row, Shades, Unmatched
from aligner.report.shades import shades_of

__all__ = ["report_of_batch", "report_of_memory"]

MOST_UNMATCHED_COMPARED = 2_000
"""With more documents alone than this, a memory's report names no nearest candidates: all would have to be encoded."""


def report_of_batch(
    inputs: Inputs,
    encoder: Encoder,
    names: Sequence[str],
    now: dt.datetime,
    most_details: int,
    most_worst: int,
    progress: Progress | None = None,
) -> Report:
    """Pair and align what was read, and report on it. Nothing is stored.

    `most_details` document pairs are kept with their whole text, `most_worst` sentence pairs are listed.
    """
    gathering = Gathering(Origin("batch", tuple(names), recipe(encoder), now), most_details, most_worst)
    for document in inputs.skipped:
        gathering.add_skipped(document.name, document.skipped or "", document.language)
    for file in inputs.skipped_files:
        gathering.add_skipped(str(file.path), file.reason, None)
    for document in inputs.usable:
        for dropped in document.dropped:
            gathering.add_set_aside(document.name, dropped.text, dropped.reason)
    pairs, unpaired = match_documents(inputs.documents, encoder, progress)
    for count, pair in enumerate(pairs):
        if progress:
            progress("aligning", count, len(pairs))
        _add_aligned(gathering, align_pair(pair, encoder), encoder)
    if progress:
        progress("aligning", len(pairs), len(pairs))
    for text in inputs.aligned:
        _add_aligned(gathering, align_given(text, encoder), encoder)
    for each in unpaired:
        _add_unpaired(gathering, each)
    return gathering.report()


def report_of_memory(
    memory: Memory,
    encoder: Encoder,
    now: dt.datetime,
    most_details: int,
    most_worst: int,
    progress: Progress | None = None,
) -> Report:
    """Report on all that a memory holds."""
    gathering = Gathering(Origin("memory", (memory.engine.name,), recipe(encoder), now), most_details, most_worst)
    known: set[tuple[str | None, str | None]] = set()
    summaries = memory.pairs()
    for count, summary in enumerate(summaries):
        if progress:
            progress("reading", count, len(summaries))
        pair = memory.pair(summary.id)
        rows = [_stored_row(bead) for bead in pair.beads]
        kk_line = _stored_line(pair.kk, len(pair.kk_segments))
        ru_line = _stored_line(pair.ru, len(pair.ru_segments))

        def shades(
            kk: Sequence[StoredSegment] = pair.kk_segments, ru: Sequence[StoredSegment] = pair.ru_segments
        ) -> Shades | None:
            return _shades([each.text for each in kk], [each.text for each in ru], encoder)

        key = gathering.add_pair(kk_line, ru_line, pair.score, rows, shades)
        known.add((pair.kk.name, pair.ru.name))
        for row in rows:
            if row.confidence != "alone" and row.status != "rejected":
                gathering.add_unit(row, pair.kk.name, pair.ru.name, key)
    for unit in memory.units():
        if (unit.kk_source, unit.ru_source) not in known:
            row = Row((), (), unit.kk, unit.ru, unit.score, unit.reasons)
            gathering.add_unit(row, unit.kk_source, unit.ru_source)
    for unmatched in _unmatched_in(memory, encoder):
        gathering.add_unmatched(unmatched)
    return gathering.report()


def _add_aligned(gathering: Gathering, aligned: Aligned, encoder: Encoder) -> None:
    pair = aligned.pair
    units = iter(units_of(aligned))
    rows = []
    for bead in aligned.beads:
        if bead.kk and bead.ru:
            unit = next(units)
            rows.append(Row(bead.kk, bead.ru, unit.kk, unit.ru, unit.score, unit.reasons, bead.moved))
        else:
            rows.append(Row(bead.kk, bead.ru, _texts(aligned.kk, bead.kk), _texts(aligned.ru, bead.ru), 0.0))
    key = gathering.add_pair(
        _line(pair.kk, len(aligned.kk)),
        _line(pair.ru, len(aligned.ru)),
        pair.score,
        rows,
        lambda: _shades([each.text for each in aligned.kk], [each.text for each in aligned.ru], encoder),
    )
    for row in rows:
        if row.confidence != "alone":
            gathering.add_unit(row, pair.kk.name, pair.ru.name, key)
    kk_text = pair.kk.text
    for dropped in aligned.dropped:
        source = pair.kk.name if dropped.text in kk_text else pair.ru.name
        gathering.add_set_aside(source, dropped.text, dropped.reason)


def _add_unpaired(gathering: Gathering, unpaired: Unpaired) -> None:
    segments, dropped = segments_of(unpaired.document)
    nearest = unpaired.nearest
    gathering.add_unmatched(
        Unmatched(
            _line(unpaired.document, len(segments)),
            unpaired.reason,
            _line(nearest, len(segments_of(nearest)[0])) if nearest else None,
            unpaired.score,
        )
    )
    for each in dropped:
        gathering.add_set_aside(unpaired.document.name, each.text, each.reason)


def _shades(kk: list[str], ru: list[str], encoder: Encoder) -> Shades | None:
    if not kk or not ru:
        return None
    vectors = encode_texts([*kk, *ru], encoder)
    return shades_of(vectors[: len(kk)], vectors[len(kk) :], usual_means(encoder))


def _unmatched_in(memory: Memory, encoder: Encoder) -> list[Unmatched]:
    """The documents of a memory that stand alone, each with the nearest of those in the other language."""
    lonely = memory.documents(only_unpaired=True)
    if len(lonely) > MOST_UNMATCHED_COMPARED:
        return [Unmatched(_stored_line(document, 0), None) for document in lonely]
    segments = {document.name: memory.segments(document.id) for document in lonely}
    lines = {document.name: _stored_line(document, len(segments[document.name])) for document in lonely}
    views = []
    for document in lonely:
        texts = [segment.text for segment in segments[document.name]]
        whole = tuple(Paragraph(text, document.language) for text in texts)
        plain = Document(document.name, document.language, whole, date=document.date)
        views.append(view(plain, texts, encode_texts(texts, encoder)))
    pairs, unpaired = pair_documents(
        [each for each in views if each.document.language == "kk"],
        [each for each in views if each.document.language == "ru"],
        usual_means(encoder),
    )
    found = [
        Unmatched(
            lines[each.document.name], each.reason, lines[each.nearest.name] if each.nearest else None, each.score
        )
        for each in unpaired
    ]
    for pair in pairs:
        for own, other in ((pair.kk, pair.ru), (pair.ru, pair.kk)):
            found.append(Unmatched(lines[own.name], None, lines[other.name], pair.score))
    return found


def _line(document: Document, sentences: int) -> DocumentLine:
    return DocumentLine(document.name, document.language, document.title, document.date, sentences)


def _stored_line(document: StoredDocument, sentences: int) -> DocumentLine:
    return DocumentLine(document.name, document.language, document.title, document.date, sentences)


def _stored_row(bead: StoredBead) -> Row:
    return Row(bead.kk, bead.ru, bead.kk_text, bead.ru_text, bead.score, bead.reasons, bead.moved, bead.status)


def _texts(segments: Sequence[Segment], places: Sequence[int]) -> str:
    return " ".join(segments[place].text for place in places)
