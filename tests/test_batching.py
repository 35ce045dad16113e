"""aligner.batching: only what is new or changed is worked on, and what comes in parts ends as what comes at once."""

import datetime as dt
import json
import os
import random
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from batches import FigureEncoder, texts_of, write_release
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

import aligner.batching.intake
import aligner.batching.report
import aligner.batching.run
import aligner.memory.ledger
import aligner.pair.candidates
import aligner.pair.evidence
from aligner.batching import BatchReport, alone, run_batch, survey_files, write_output
from aligner.batching.profiles import ProfileFile
from aligner.cli import main
from aligner.errors import EmptyInputError, FormatError, MissingInputError
from aligner.memory import Memory
from aligner.memory.ledger import Ledger
from aligner.pair import Profile

NOW = dt.datetime(2026, 11, 22, 6, 0, tzinfo=dt.UTC)
WEEK = dt.timedelta(days=7)
LONG_AGO = 1_700_000_000

Run = Callable[..., BatchReport]


@pytest.fixture
def encoder() -> FigureEncoder:
    return FigureEncoder()


@pytest.fixture
def memory(tmp_path: Path) -> Iterator[Memory]:
    with Memory.open(tmp_path / "memory.db") as opened:
        yield opened


@pytest.fixture
def either_memory(memory_place: Path | str) -> Iterator[Memory]:
    """A memory in SQLite, and one in PostgreSQL."""
    with Memory.open(memory_place) as opened:
        yield opened


@pytest.fixture
def run(memory: Memory, encoder: FigureEncoder) -> Run:
    def over(*paths: Path, now: dt.datetime = NOW, by: FigureEncoder = encoder) -> BatchReport:
        with alone(memory):
            return run_batch(survey_files(paths), by, memory, now)

    return over


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three releases in both languages, and one in Kazakh alone, written long ago."""
    for number in range(3):
        write_release(tmp_path / "in", number)
    write_release(tmp_path / "in", 3, "kk")
    age(tmp_path / "in")
    return tmp_path / "in"


def age(folder: Path) -> None:
    for path in folder.iterdir():
        os.utime(path, (LONG_AGO, LONG_AGO))


def names(report: BatchReport) -> set[tuple[str, str]]:
    return {(Path(pair.kk).stem, Path(pair.ru).stem) for pair in report.pairs}


def counts(report: BatchReport) -> tuple[int, int, int, int, int]:
    return report.new, report.changed, report.unchanged, report.waiting, report.paired


def kk_texts(memory: Memory) -> set[str]:
    return {unit.kk for unit in memory.units()}


def test_what_is_known_is_neither_read_nor_encoded(
    run: Run, folder: Path, encoder: FigureEncoder, memory: Memory, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = run(folder)
    assert names(first) == {("kk000", "ru000"), ("kk001", "ru001"), ("kk002", "ru002")}
    assert counts(first) == (7, 0, 0, 1, 3)
    assert [Path(each.name).stem for each in first.unpaired] == ["kk003"]
    assert len(kk_texts(memory)) == 18
    units = list(memory.units())
    encoder.seen.clear()
    os.utime(folder / "kk001.txt", (LONG_AGO + 9, LONG_AGO + 9))  # only looks different

    def read(path: Path) -> None:
        raise AssertionError(f"{path} is read again")

    monkeypatch.setattr(aligner.batching.intake, "read_contents", read)
    again = run(folder, now=NOW + WEEK)
    assert counts(again) == (0, 0, 7, 1, 0)
    assert (again.pairs, again.unpaired, again.known_pairs) == (first.pairs, first.unpaired, 3)
    assert encoder.seen == []
    assert list(memory.units()) == units
    assert memory.last_change() == NOW


def test_a_counterpart_that_comes_a_week_later(run: Run, folder: Path, tmp_path: Path, memory: Memory) -> None:
    run(folder)
    shutil.rmtree(folder)
    write_release(tmp_path / "later", 3, "ru")
    report = run(tmp_path / "later", now=NOW + WEEK)
    assert names(report) == {("kk003", "ru003")}
    assert counts(report) == (1, 0, 0, 0, 1)
    assert {unit.kk_source for unit in memory.units() if unit.created == NOW + WEEK} == {str(folder / "kk003.txt")}
    assert memory.totals().pairs == 4


def test_a_corrected_release_is_aligned_again_with_its_partner(
    run: Run, folder: Path, memory: Memory, encoder: FigureEncoder
) -> None:
    run(folder)
    kept = kk_texts(memory)
    old, new = "10101", "19999"
    for name in ("kk001.txt", "ru001.txt"):
        text = (folder / name).read_text(encoding="utf-8").replace(old, new)
        (folder / name).write_text(text, encoding="utf-8")
        encoder.seen.clear()
        report = run(folder, now=NOW + WEEK)
        assert (report.changed, report.paired, report.unchanged) == (1, 1, 6)
        assert ("kk001", "ru001") in names(report)
        both = text_of(folder, "kk001.txt") + text_of(folder, "ru001.txt")
        assert all(text in both for text in encoder.seen)
    assert {text for text in kk_texts(memory) if new in text} == {
        text.replace(old, new) for text in kept if old in text
    }
    assert not any(old in text for text in kk_texts(memory)), "what was corrected is gone"
    assert not memory.check()


def text_of(folder: Path, name: str) -> str:
    return (folder / name).read_text(encoding="utf-8")


def test_a_better_candidate_takes_no_partner_away(run: Run, folder: Path, tmp_path: Path, memory: Memory) -> None:
    kk, _ = texts_of(5)
    (folder / "kk005.txt").write_text(kk, encoding="utf-8")
    _, most = texts_of(5, 4)
    (folder / "early.txt").write_text(most + texts_of(8, 2)[1], encoding="utf-8")
    assert ("kk005", "early") in names(run(folder))
    write_release(tmp_path / "later", 5, "ru")
    report = run(tmp_path / "later")
    assert not report.pairs
    assert "was paired with" in report.unpaired[0].reason
    assert str(folder / "early.txt") in report.unpaired[0].reason
    assert memory.totals().pairs == 4


def test_in_parts_as_at_once(tmp_path: Path, run: Run, memory: Memory, encoder: FigureEncoder) -> None:
    for number in range(24):
        write_release(tmp_path / "all", number, ("kk ru", "kk ru", "kk", "ru")[number % 4])
    with Memory.open(tmp_path / "other.db") as other, alone(other):
        at_once = run_batch(survey_files([tmp_path / "all"]), encoder, other, NOW)
        expected = sorted((unit.kk, unit.ru) for unit in other.units())
    paths = sorted((tmp_path / "all").iterdir())
    random.Random(4).shuffle(paths)
    for start in range(0, len(paths), 7):
        report = run(*paths[start : start + 7])
    assert sorted((unit.kk, unit.ru) for unit in memory.units()) == expected
    whole = run(tmp_path / "all")
    assert names(whole) == names(at_once)
    assert {each.name for each in whole.unpaired} == {each.name for each in at_once.unpaired}
    assert report.waiting == at_once.waiting == 12


def test_in_small_steps_as_in_large_ones(
    tmp_path: Path, run: Run, memory: Memory, encoder: FigureEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is looked up some hundreds at a time comes out the same two at a time, pairs across the steps included."""
    for number in range(9):
        write_release(tmp_path / "in", number, ("kk ru", "kk ru", "kk")[number % 3])
    (tmp_path / "in" / "empty.txt").write_text("", encoding="utf-8")
    with Memory.open(tmp_path / "other.db") as other, alone(other):
        expected = run_batch(survey_files([tmp_path / "in"]), encoder, other, NOW)
        units = [(unit.kk, unit.ru) for unit in other.units()]
    monkeypatch.setattr(aligner.batching.report, "_FILES_AT_ONCE", 2)
    monkeypatch.setattr(aligner.batching.run, "_FILES_AT_ONCE", 2)
    monkeypatch.setattr(aligner.memory.ledger, "_PAIRS_AT_ONCE", 1)
    monkeypatch.setattr(aligner.pair.candidates, "_QUERIES_AT_ONCE", 2)
    monkeypatch.setattr(aligner.pair.candidates, "_BASE_AT_ONCE", 3)
    monkeypatch.setattr(aligner.pair.evidence, "_BLOCK", 1)
    assert replace(run(tmp_path / "in"), tally=expected.tally) == expected
    assert [(unit.kk, unit.ru) for unit in memory.units()] == units
    assert len(expected.pairs) == 6
    assert len(expected.unpaired) == 3
    assert len(expected.skipped) == 1


@given(
    st.lists(
        st.builds(
            Profile,
            st.text(),
            st.text(),
            st.sampled_from(["kk", "ru"]),
            st.none() | st.dates(),
            st.integers(0, 900),
            arrays(np.float16, 4),
            arrays(np.uint64, st.integers(0, 3)),
            arrays(np.uint64, st.integers(0, 3)),
        ),
        max_size=5,
    )
)
def test_profiles_come_back_from_their_file(profiles: list[Profile]) -> None:
    with ProfileFile() as file:
        for count, profile in enumerate(profiles):
            assert len(file) == count
            file.append(profile)
        assert len(file) == len(profiles)
        for kept, profile in zip(file, profiles, strict=True):
            for name in Profile.__slots__:
                np.testing.assert_equal(getattr(kept, name), getattr(profile, name))
        for place in (-1, len(profiles)):
            with pytest.raises(IndexError):
                file[place]


def test_another_encoder_makes_everything_anew(run: Run, folder: Path, memory: Memory) -> None:
    run(folder)
    recipes = {pair.recipe for pair in memory.pairs()}
    report = run(folder, by=FigureEncoder("other"), now=NOW + WEEK)
    assert (report.redone, report.paired, report.new, report.changed) == (7, 3, 0, 0)
    assert names(report) == {("kk000", "ru000"), ("kk001", "ru001"), ("kk002", "ru002")}
    assert {pair.recipe for pair in memory.pairs()}.isdisjoint(recipes)
    again = run(folder, by=FigureEncoder("other"))
    assert (again.redone, again.paired) == (0, 0)


def test_another_encoder_meets_what_waits_from_before(run: Run, folder: Path, tmp_path: Path) -> None:
    run(folder)
    shutil.rmtree(folder)
    write_release(tmp_path / "later", 3, "ru")
    assert names(run(tmp_path / "later", by=FigureEncoder("other"))) == {("kk003", "ru003")}


def test_late_moved_corrected_and_stale_in_either_database(
    either_memory: Memory, folder: Path, tmp_path: Path, encoder: FigureEncoder
) -> None:
    with alone(either_memory):

        def run(path: Path, by: FigureEncoder = encoder) -> BatchReport:
            return run_batch(survey_files([path]), by, either_memory, NOW)

        run(folder)
        folder = folder.rename(tmp_path / "archive")
        assert counts(run(folder)) == (0, 0, 7, 1, 0)
        write_release(tmp_path / "later", 3, "ru")
        assert names(run(tmp_path / "later")) == {("kk003", "ru003")}
        (folder / "kk001.txt").write_text(texts_of(1, 5)[0], encoding="utf-8")
        report = run(folder)
        assert (report.changed, report.paired) == (1, 1)
        report = run(folder, FigureEncoder("other"))
        assert (report.redone, report.paired) == (8, 4)
        assert not either_memory.check()


def test_files_that_are_put_elsewhere_are_known_there(run: Run, folder: Path, tmp_path: Path, encoder) -> None:
    run(folder)
    encoder.seen.clear()
    folder.rename(tmp_path / "archive")
    report = run(tmp_path / "archive")
    assert counts(report) == (0, 0, 7, 1, 0)
    assert {Path(pair.kk).parent.name for pair in report.pairs} == {"archive"}
    assert encoder.seen == []
    write_release(tmp_path / "later", 3, "ru")
    assert names(run(tmp_path / "later")) == {("kk003", "ru003")}


def test_a_copy_is_told_and_not_paired(run: Run, folder: Path, memory: Memory) -> None:
    shutil.copy(folder / "kk000.txt", folder / "zz.txt")
    report = run(folder)
    copy = next(each for each in report.unpaired if each.name.endswith("zz.txt"))
    assert copy.reason == f"the same text as {folder / 'kk000.txt'}"
    assert ("kk000", "ru000") in names(report)
    (folder / "kk000.txt").write_text(texts_of(9)[0], encoding="utf-8")
    (folder / "ru000.txt").unlink()
    report = run(folder)
    assert ("zz", "ru000") in names(report), "it takes the place of what is no longer there"


def test_what_a_person_parts_stays_apart_and_what_one_pairs_stays_together(
    run: Run, folder: Path, memory: Memory
) -> None:
    run(folder)
    pair = next(each for each in memory.pairs() if each.kk.name.endswith("kk001.txt"))
    memory.remove_pair(pair.id, pair.revision, "Айгүл", NOW)
    report = run(folder)
    assert names(report) == {("kk000", "ru000"), ("kk002", "ru002")}
    assert {Path(each.name).stem for each in report.unpaired} == {"kk001", "ru001", "kk003"}
    kk = next(each for each in memory.documents() if each.name.endswith("kk003.txt"))
    segments = memory.segments(kk.id), memory.segments(pair.ru.id)
    from aligner.memory import NewBead

    beads = [NewBead((n,), (n,), 1.0) for n in range(len(segments[0]))]
    memory.add_pair(kk.id, pair.ru.id, 1.0, "qostil review", beads, "Айгүл", NOW)
    report = run(folder)
    assert names(report) == {("kk000", "ru000"), ("kk002", "ru002"), ("kk003", "ru001")}
    assert run(folder).paired == 0


def test_a_memory_from_before_the_ledger_is_known(
    run: Run, folder: Path, memory: Memory, encoder: FigureEncoder
) -> None:
    run(folder)
    with memory.engine.writing() as session:
        for table in ("releases", "files", "batches", "outputs"):
            session.execute(f"DELETE FROM {table}")
    report = run(folder)
    assert (report.known_pairs, report.paired, report.units_added) == (3, 0, 0)


def test_a_text_that_leaves_its_dump_waits_no_longer(run: Run, tmp_path: Path, memory: Memory) -> None:
    texts = [texts_of(number)[0] for number in range(3)]
    (tmp_path / "dump.txt").write_text("\n///".join(texts), encoding="utf-8")
    assert run(tmp_path / "dump.txt").waiting == 3
    (tmp_path / "dump.txt").write_text("\n///".join(texts[:2]), encoding="utf-8")
    report = run(tmp_path / "dump.txt")
    assert (report.documents, report.waiting, report.unchanged) == (2, 2, 2)


def test_what_can_not_be_read_is_tried_again(run: Run, folder: Path) -> None:
    bad = folder / "bad.docx"
    bad.write_text("бұл Word емес", encoding="utf-8")
    for _ in range(2):
        report = run(folder)
        assert [Path(name).name for name, _ in report.skipped] == ["bad.docx"]
        assert report.failed == 1
    bad.unlink()
    assert run(folder).skipped == ()


def test_nothing_to_read(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(EmptyInputError):
        survey_files([tmp_path / "empty"])
    with pytest.raises(MissingInputError):
        survey_files([tmp_path / "none.txt"])
    (tmp_path / "bad.docx").write_text("бұл Word емес", encoding="utf-8")
    for _ in range(2):
        with pytest.raises(FormatError, match=r"bad\.docx"):
            run(tmp_path / "bad.docx")


def test_the_ledger_says_what_became_of_each(run: Run, folder: Path, memory: Memory) -> None:
    (folder / "english.txt").write_text("This is plain English text about water and roads. " * 9, "utf-8")
    run(folder)
    told = {Path(each.location).stem: (each.state, each.reason) for each in Ledger(memory).everything()}
    assert told["kk000"] == ("paired", None)
    assert told["kk003"][0] == "waiting"
    assert told["english"][0] == "skipped"
    assert [Path(each.location).stem for each in Ledger(memory).everything("waiting")] == ["kk003"]


def test_an_output_that_is_up_to_date_is_left_alone(run: Run, folder: Path, memory: Memory, tmp_path: Path) -> None:
    path = tmp_path / "memory.tmx"
    run(folder)
    assert write_output(memory, path, "tmx", 0.0, "bare") == 18
    first = path.stat().st_ino
    assert write_output(memory, path, "tmx", 0.0, "bare") == 18
    assert path.stat().st_ino == first
    content = path.read_bytes()
    write_output(memory, path, "tmx", 0.0, "regional")
    assert path.read_bytes() != content
    write_output(memory, path, "tmx", 0.0, "bare")
    path.write_bytes(b"")
    assert write_output(memory, path, "tmx", 0.0, "bare") == 18
    assert path.read_bytes() == content


@pytest.mark.parametrize("stage", ["record", "plan", "store", "end"])
def test_a_batch_that_goes_on_is_the_same_batch(
    folder: Path, tmp_path: Path, memory: Memory, encoder: FigureEncoder, stage: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Memory.open(tmp_path / "other.db") as other, alone(other):
        whole = run_batch(survey_files([folder]), encoder, other, NOW)
        expected = list(other.units())

    def cut_off(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Ledger, stage, cut_off)
        with pytest.raises(KeyboardInterrupt), alone(memory):
            run_batch(survey_files([folder]), encoder, memory, NOW)
    with alone(memory):
        report = run_batch(survey_files([folder]), encoder, memory, NOW + WEEK)
    assert report.is_continued
    assert list(memory.units()) == expected, "stamped with the time at which the batch began"
    assert memory.last_change() == NOW
    assert counts(report) == counts(whole)
    assert report.pairs == whole.pairs


def test_a_plan_is_carried_out_whatever_comes_next(
    folder: Path, tmp_path: Path, memory: Memory, encoder: FigureEncoder, monkeypatch: pytest.MonkeyPatch, run: Run
) -> None:
    def cut_off(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Ledger, "store", cut_off)
        with pytest.raises(KeyboardInterrupt):
            run(folder)
    write_release(tmp_path / "next", 3, "ru")
    report = run(tmp_path / "next", now=NOW + WEEK)
    assert not report.is_continued
    assert names(report) == {("kk003", "ru003")}
    assert {unit.created for unit in memory.units()} == {NOW, NOW + WEEK}
    assert memory.totals().pairs == 4


def test_the_ledger_on_the_command_line(
    folder: Path, tmp_path: Path, use_in_commands, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def qostil(*words: object) -> tuple[object, str]:
        monkeypatch.setattr("sys.argv", ["qostil", *map(str, words)])
        with pytest.raises(SystemExit) as stopped:
            main()
        return stopped.value.code, capsys.readouterr().out

    use_in_commands(FigureEncoder())
    (folder / "bad.docx").write_text("бұл Word емес", encoding="utf-8")
    code, out = qostil("batch", folder, "-o", tmp_path / "memory.tmx", "--json")
    summary = json.loads(out)
    assert code == 3
    wanted = {"new": 7, "changed": 0, "redone": 0, "unchanged": 0, "waiting": 1, "paired": 3, "failed": 1}
    assert {key: summary[key] for key in wanted} == wanted
    assert summary["continued"] is False
    code, out = qostil("memory", "ledger", "--memory", tmp_path / "memory.db")
    assert code == 0
    assert out.splitlines()[-1] == "6 paired, 1 skipped, 1 waiting"
    assert f"= {folder / 'ru000.txt'} (" in out
    code, out = qostil(
        "memory", "ledger", "--memory", tmp_path / "memory.db", "--state", "skipped", "--format", "jsonl"
    )
    (record,) = (json.loads(line) for line in out.splitlines())
    assert (record["name"], record["state"], record["partner"]) == (str(folder / "bad.docx"), "skipped", None)
    code, out = qostil(
        "memory", "ledger", "--memory", tmp_path / "memory.db", "--state", "waiting", "--format", "jsonl"
    )
    (waiting,) = (json.loads(line) for line in out.splitlines())
    assert list(waiting) == list(record)
    assert waiting["language"] == "kk"
