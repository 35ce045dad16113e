"""aligner.pipeline: the sample corpus from files to units, with what is true of it as the measure."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
from sample import SAMPLE, found_beads, gold_pairs

from aligner.errors import InputError, LanguageError
from aligner.memory import Memory
from aligner.pipeline import (
    align_files,
    align_pair,
    as_pair,
    batch,
    encode_texts,
    match_documents,
    read_inputs,
    segmented_paragraphs,
    segments_of,
    units_of,
)
from aligner.records import Document, DocumentPair, Paragraph

NOW = dt.datetime(2026, 11, 22, tzinfo=dt.UTC)


@pytest.fixture(scope="module")
def inputs():
    return read_inputs([SAMPLE / "kk", SAMPLE / "ru"])


@pytest.fixture(scope="module")
def matched(inputs, encoder):
    return match_documents(inputs.documents, encoder)


def test_every_true_pair_of_the_sample_and_no_false_one(matched) -> None:
    pairs, unpaired = matched
    gold = gold_pairs()
    found = {
        (str(Path(pair.kk.source).relative_to(SAMPLE)), str(Path(pair.ru.source).relative_to(SAMPLE))) for pair in pairs
    }
    assert found == {(each.kk, each.ru) for each in gold if each.kk and each.ru}
    lonely = {each.kk or each.ru for each in gold if not (each.kk and each.ru)}
    assert {str(Path(each.document.source).relative_to(SAMPLE)) for each in unpaired} == lonely
    for each in unpaired:
        assert each.reason
        assert each.nearest is not None


def test_pairing_needs_neither_dates_nor_order(inputs, encoder, matched) -> None:
    bare = [replace(document, date=None) for document in reversed(inputs.documents)]
    pairs, _ = match_documents(bare, encoder)
    assert {(pair.kk.name, pair.ru.name) for pair in pairs} == {(pair.kk.name, pair.ru.name) for pair in matched[0]}


def test_beads_of_the_sample(matched, encoder) -> None:
    gold = {each.kk: each.beads for each in gold_pairs()}
    right = found = true = 0
    for pair in matched[0]:
        beads = found_beads(align_pair(pair, encoder))
        expected = gold[str(Path(pair.kk.source).relative_to(SAMPLE))]
        right, found, true = right + len(beads & expected), found + len(beads), true + len(expected)
    assert 2 * right / (found + true) >= 0.95


def test_a_batch_twice_is_work_once(inputs, encoder, tmp_path: Path) -> None:
    few = replace(inputs, documents=inputs.documents[:6] + inputs.documents[25:31])
    with Memory.open(tmp_path / "memory.db") as memory:
        first = batch(few, encoder, memory, NOW)
        units = list(memory.units())
        second = batch(few, encoder, memory, NOW + dt.timedelta(days=1))
        assert first.pairs
        assert (first.known_pairs, second.known_pairs) == (0, len(first.pairs))
        assert first.units_added == len(units) > 0
        assert second.units_added == second.units_removed == second.aligned_beads == 0
        assert list(memory.units()) == units
        assert memory.last_change() == NOW


def test_a_batch_encodes_each_text_once(inputs, encoder, tmp_path: Path) -> None:
    class Counting:
        name, dimension = encoder.name, encoder.dimension

        def __init__(self) -> None:
            self.seen: list[str] = []

        def encode(self, texts):
            self.seen.extend(texts)
            return encoder.encode(texts)

    counting = Counting()
    with Memory.open(tmp_path / "memory.db") as memory:
        assert len(batch(inputs, counting, memory, NOW).pairs) == 24
    assert len(counting.seen) == len(set(counting.seen)) > 100


def test_units_carry_their_neighbours_and_sources(matched, encoder) -> None:
    pair = matched[0][0]
    units = units_of(align_pair(pair, encoder))
    assert units[0].previous_kk is None
    assert units[0].next_kk == units[1].kk
    assert units[1].previous_ru == units[0].ru
    assert {unit.kk_source for unit in units} == {pair.kk.name}
    assert all("\n" not in unit.kk + unit.ru for unit in units)


def test_a_paragraph_in_another_language_is_set_aside_with_its_reason() -> None:
    document = Document(
        "м.txt", "kk", (Paragraph("Кеңес өтті. Шешім қабылданды.", "kk"), Paragraph("Совещание прошло.", "ru"))
    )
    kept, dropped = segments_of(document)
    assert [segment.text for segment in kept] == ["Кеңес өтті.", "Шешім қабылданды."]
    assert [(each.text, each.reason) for each in dropped] == [("Совещание прошло.", "language: ru in a kk document")]


def test_swapped_and_wrong_languages() -> None:
    kk, ru = Document("к.txt", "kk", ()), Document("р.txt", "ru", ())
    assert as_pair(kk, ru) == (DocumentPair(kk, ru, 1.0), False)
    assert as_pair(ru, kk) == (DocumentPair(kk, ru, 1.0), True)
    with pytest.raises(LanguageError, match=r"р\.txt: is Russian"):
        as_pair(ru, ru)
    with pytest.raises(LanguageError, match="is in en"):
        as_pair(kk, Document("e.txt", "en", ()))


def test_a_dump_is_no_single_document(tmp_path: Path, encoder) -> None:
    kk = "Бүгін Астанада Үкімет отырысы өтті.\nОнда бюджет мәселесі қаралды.\n"
    (tmp_path / "kk.txt").write_text(kk + "\n///" + kk + "\n///" + kk, encoding="utf-8")
    (tmp_path / "ru.txt").write_text("Сегодня в Астане прошло заседание.\nРассмотрен бюджет.\n", encoding="utf-8")
    with pytest.raises(InputError, match="holds 3 documents"):
        align_files(tmp_path / "kk.txt", tmp_path / "ru.txt", encoder, is_segmented=False)


def test_segmented_lines_are_never_split_or_joined(tmp_path: Path, encoder) -> None:
    kk = ["Бірінші сөйлем. Екінші сөйлем.", "", "Үшінші сөйлем"]
    ru = ["Первое предложение. Второе предложение.", "Третье предложение"]
    (tmp_path / "kk.txt").write_text("\n".join(kk) + "\n", encoding="utf-8")
    (tmp_path / "ru.txt").write_text("\r\n".join(ru), encoding="utf-8")
    aligned, swapped = align_files(tmp_path / "kk.txt", tmp_path / "ru.txt", encoder, is_segmented=True)
    assert not swapped
    assert [segment.text for segment in aligned.kk] == kk
    assert [segment.text for segment in aligned.ru] == ru
    assert [(bead.kk, bead.ru) for bead in aligned.beads] == [((0,), (0,)), ((1,), ()), ((2,), (1,))]


def test_each_distinct_text_is_encoded_once(encoder) -> None:
    class Counting:
        name, dimension = "counting", encoder.dimension

        def __init__(self) -> None:
            self.seen: list[str] = []

        def encode(self, texts):
            self.seen.extend(texts)
            return encoder.encode(texts)

    counting = Counting()
    vectors = encode_texts(["бір", "екі", "бір"], counting)
    assert counting.seen == ["бір", "екі"]
    assert (vectors[0] == vectors[2]).all()
    assert encode_texts([], counting).shape == (0, encoder.dimension)


def test_segmented_paragraphs(tmp_path: Path) -> None:
    (tmp_path / "т.txt").write_text("Кеңес өтті. Шешім қабылданды.\n\nБасты жаңалық\n", encoding="utf-8")
    assert list(segmented_paragraphs(tmp_path / "т.txt")) == [["Кеңес өтті.", "Шешім қабылданды."], ["Басты жаңалық"]]
