"""`import aligner`: the face for Python programs, and the examples in its docstrings."""

from __future__ import annotations

import doctest
import subprocess
import sys
from pathlib import Path

import pytest

import aligner
import aligner.api
from aligner.errors import EmptyInputError, LanguageError, MissingInputError, OptionError, OutputError
from aligner.records import Document, Paragraph

ROOT = Path(__file__).resolve().parents[1]
EXAMPLES = [each for each in doctest.DocTestFinder(recurse=True).find(aligner.api) if each.examples]


@pytest.fixture(autouse=True)
def _encoder_with_kept_vectors(monkeypatch: pytest.MonkeyPatch, encoder) -> None:
    """What the functions take by default: the same vectors, but they need not be made again in every run."""
    monkeypatch.setattr(aligner.api, "_own_encoder", lambda: encoder)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda each: each.name.rpartition(".")[2])
def test_the_examples_of_the_docstrings(
    example: doctest.DocTest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    example.globs = {"folder": tmp_path}
    told: list[str] = []
    doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE).run(example, out=told.append, clear_globs=False)
    assert not told, "".join(told)


def test_every_function_has_an_example() -> None:
    functions = {name for name in aligner.api.__all__ if name[0].islower()}
    assert functions == {each.name.rpartition(".")[2] for each in EXAMPLES}


def test_all_that_is_named_is_there_and_nothing_else() -> None:
    assert set(aligner.api.__all__) < set(aligner.__all__) <= set(dir(aligner))
    assert all(getattr(aligner, name) is not None for name in aligner.__all__)
    with pytest.raises(AttributeError, match="no attribute 'aligntexts'"):
        aligner.aligntexts  # noqa: B018


def test_importing_costs_nothing() -> None:
    code = "import sys; import aligner; print([name for name in ('numpy', 'aligner.api') if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout.strip() == "[]"


def test_sentences_are_neither_split_nor_joined() -> None:
    kk = ["Бірінші сөйлем. Екінші сөйлем.", "", "Үшінші."]
    aligned = aligner.align_texts(iter(kk), ("Первое предложение. Второе предложение.", "Третье."))
    assert list(aligned.kk) == kk
    assert sorted(place for bead in aligned.beads for place in bead.kk) == [0, 1, 2]
    assert aligned.kk_alone == ("",)
    assert aligned.ru_alone == ()
    assert {unit.kk_source for unit in aligned} == {None}
    assert len(aligned) == len(aligned[:]) == 2
    assert repr(aligned) == "<AlignedPair: 2 units of 3 Kazakh and 2 Russian sentences>"


def test_what_can_not_be_aligned_says_so(tmp_path: Path) -> None:
    with pytest.raises(EmptyInputError, match="the Russian text: is empty"):
        aligner.align_texts("Сәлем.", " \n ")
    with pytest.raises(OptionError, match="one string"):
        aligner.align_texts("Сәлем.", ["Привет."])
    with pytest.raises(MissingInputError):
        aligner.align_files(tmp_path / "no.txt", tmp_path / "such.txt")
    (tmp_path / "a.txt").write_text("Заседание правительства состоялось сегодня.", encoding="utf-8")
    with pytest.raises(LanguageError):
        aligner.align_files(tmp_path / "a.txt", tmp_path / "a.txt")
    with pytest.raises(OutputError, match="suffix"):
        aligner.write_units([], tmp_path / "memory.doc")


def test_documents_of_ones_own_are_paired_and_aligned() -> None:
    kk = Document("a", "kk", (Paragraph("Астанада 2024 жылғы 5 мамырда Үкімет отырысы өтті.", "kk"),))
    ru = Document("b", "ru", (Paragraph("В Астане 5 мая 2024 года прошло заседание Правительства.", "ru"),))
    lost = Document("c", "und", (), skipped="no text")
    pairing = aligner.pair_documents([kk, lost, ru])
    assert [(pair.kk.name, pair.ru.name) for pair in pairing] == [("a", "b")]
    assert pairing.skipped == (("c", "no text"),)
    (aligned,) = aligner.align_documents(pairing)
    assert [(unit.kk_source, unit.ru_source) for unit in aligned] == [("a", "b")]


def test_any_number_of_pairs_is_scored_as_it_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(aligner.api, "_PAIRS_PER_CALL", 2)
    asked = []

    def pairs():
        for number in range(5):
            asked.append(number)
            yield f"{number} кітап бар.", f"Есть {number} книг."

    verdicts = aligner.score_pairs(pairs())
    next(verdicts)
    assert asked == [0, 1]
    assert len(list(verdicts)) == 4
    assert asked == [0, 1, 2, 3, 4]


def test_a_batch_does_only_new_work(tmp_path: Path) -> None:
    (tmp_path / "kk.txt").write_text("Астанада Үкімет отырысы өтті.\nОған министрлер қатысты.", encoding="utf-8")
    (tmp_path / "ru.txt").write_text(
        "В Астане прошло заседание Правительства.\nВ нём участвовали министры.", encoding="utf-8"
    )
    with aligner.Memory.open(tmp_path / "memory.db") as memory:
        first = aligner.batch(tmp_path, memory)
        again = aligner.batch(str(tmp_path), memory)
    assert (len(first.pairs), first.units_added) == (1, 2)
    assert (again.known_pairs, again.units_added, again.skipped) == (1, 0, ())
