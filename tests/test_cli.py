"""aligner.cli: the contracts of the commands, their exit codes, and one clear sentence for bad input."""

import json
import shutil
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import numpy as np
import pytest
from sample import SAMPLE

import tmx

KK = SAMPLE / "kk" / "2025-03-14-su-resurstary-kenesi.html"
RU = SAMPLE / "ru" / "soveshchanie-po-vodnym-resursam.docx"


@pytest.fixture(autouse=True)
def _remembered(encoder, use_in_commands) -> None:
    use_in_commands(encoder)


def objects(text: str) -> list[dict]:
    return [json.loads(line) for line in text.splitlines()]


def test_inspect_keeps_its_contract(qostil, tmp_path: Path) -> None:
    (tmp_path / "english.txt").write_text(
        "The Government discussed the use of water resources and the new rules for irrigation.\n" * 3, encoding="utf-8"
    )
    code, out, _ = qostil("inspect", KK, RU, tmp_path, "--format", "jsonl")
    assert code == 3
    records = objects(out)
    for record in records:
        assert list(record) == ["source", "part", "language", "date", "title", "paragraphs", "segments", "skipped"]
    kk, ru, english = records
    assert (kk["source"], kk["language"], kk["skipped"]) == (str(KK), "kk", None)
    assert kk["title"] == "Үкіметте су ресурстарын тиімді пайдалану мәселелері талқыланды"
    assert (ru["language"], ru["segments"]) == ("ru", 25)
    assert "en" in english["skipped"]
    code, out, _ = qostil("inspect", KK, RU)
    assert code == 0
    assert "2 documents (1 kk, 1 ru), 0 skipped" in out


def test_segment_prints_sentences_and_paragraphs(qostil, tmp_path: Path) -> None:
    text = "Қ.К. Тоқаев Астанада кеңес өткізді. Оған министрлер қатысты.\nБасты жаңалық\n"
    (tmp_path / "т.txt").write_text(text, encoding="utf-8")
    assert qostil("segment", tmp_path / "т.txt") == (
        0,
        "Қ.К. Тоқаев Астанада кеңес өткізді.\nОған министрлер қатысты.\n\nБасты жаңалық\n",
        "",
    )


def test_encode_writes_unit_rows(qostil, tmp_path: Path) -> None:
    (tmp_path / "т.txt").write_text("Бір сөйлем.\nЕкінші сөйлем.\n", encoding="utf-8")
    code, _, _ = qostil("encode", tmp_path / "т.txt", "-o", tmp_path / "v.npy")
    vectors = np.load(tmp_path / "v.npy")
    assert (code, vectors.shape[0], vectors.dtype) == (0, 2, np.float32)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_segmented_beads_keep_their_contract(qostil, tmp_path: Path) -> None:
    (tmp_path / "kk.txt").write_text("Бүгін ауа райы жақсы. Күн ашық.\nЕртең жаңбыр жауады.\nҚосымша сөз.\n", "utf-8")
    (tmp_path / "ru.txt").write_text("Сегодня хорошая погода.\nСолнечно.\nЗавтра пойдёт дождь.\n", "utf-8")
    code, out, err = qostil(
        "align", tmp_path / "kk.txt", tmp_path / "ru.txt", "--segmented", "--format", "beads", "--quiet"
    )
    assert (code, err) == (0, "")
    beads = objects(out)
    assert sorted(line for bead in beads for line in bead["kk"]) == [0, 1, 2]
    assert sorted(line for bead in beads for line in bead["ru"]) == [0, 1, 2]
    for bead in beads:
        assert list(bead) == ["kk", "ru", "score"]
        assert (bead["score"] == 0) == (not bead["kk"] or not bead["ru"])
    assert {"kk": [0], "ru": [0, 1]} in [{side: bead[side] for side in ("kk", "ru")} for bead in beads]


def test_align_writes_a_memory_and_notices_swapped_files(qostil, tmp_path: Path) -> None:
    code, out, err = qostil("align", RU, KK, "-o", tmp_path / "out.tmx")
    assert (code, out) == (0, "")
    assert "taken the other way round" in err
    document = tmx.read(tmp_path / "out.tmx")
    assert len(document) > 15
    assert document.units[0].text("kk") == "Үкіметте су ресурстарын тиімді пайдалану мәселелері талқыланды"
    code, out, _ = qostil("align", KK, RU, "-o", tmp_path / "out.tsv", "--json")
    summary = json.loads(out)
    assert summary["aligned"] == len((tmp_path / "out.tsv").read_text(encoding="utf-8").splitlines())


def test_segmented_files_are_never_swapped(qostil, tmp_path: Path) -> None:
    (tmp_path / "ru.txt").write_text("Сегодня хорошая погода.\n", "utf-8")
    (tmp_path / "kk.txt").write_text("Бүгін ауа райы жақсы.\n", "utf-8")
    code, out, err = qostil("align", tmp_path / "ru.txt", tmp_path / "kk.txt", "--segmented", "--format", "tsv")
    assert (code, err) == (0, "")
    assert out.startswith("Сегодня хорошая погода.\tБүгін ауа райы жақсы.\t")


def test_batch_twice(qostil, tmp_path: Path) -> None:
    folder = [SAMPLE / "kk", SAMPLE / "ru"]
    code, out, _ = qostil("batch", *folder, "-o", tmp_path / "memory.tmx")
    assert code == 0
    assert "read: 50 documents (25 kk, 25 ru)" in out
    assert "paired: 24 document pairs" in out
    assert "no counterpart: 2 documents (1 kk, 1 ru)" in out
    first = (tmp_path / "memory.tmx").read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["memory.db", "memory.tmx"]
    code, out, _ = qostil("batch", *folder, "-o", tmp_path / "memory.tmx", "--json")
    summary = json.loads(out)
    assert (code, summary["known_pairs"], summary["units_added"]) == (0, 24, 0)
    assert (tmp_path / "memory.tmx").read_bytes() == first


def test_batch_pairs_keeps_its_contract(qostil, tmp_path: Path) -> None:
    lonely = SAMPLE / "kk" / "almatyda-kone-kilemder-kormesi.html"
    code, out, _ = qostil("batch", KK, RU, lonely, "--format", "pairs", "--quiet")
    assert code == 0
    pair, alone = objects(out)
    assert list(pair) == list(alone) == ["kk", "ru", "score"]
    assert (pair["kk"], pair["ru"]) == (str(KK), str(RU))
    assert 0.5 < pair["score"] <= 1
    assert (alone["kk"], alone["ru"]) == (str(lonely), None)


def test_documents_of_a_dump_are_named_by_number(qostil, tmp_path: Path) -> None:
    kk = [
        "Бүгін Астанада Үкіметтің кеңейтілген отырысы өтіп, онда келесі жылғы бюджет мәселелері қаралды.\n",
        "Алматыда халықаралық кітап көрмесі ашылды. Оған жиырма елдің баспалары қатысып жатыр.\n",
    ]
    ru = "В Алматы открылась международная книжная выставка. В ней участвуют издательства двадцати стран.\n"
    (tmp_path / "kk.txt").write_text("\n///".join(kk), encoding="utf-8")
    (tmp_path / "ru.txt").write_text(ru, encoding="utf-8")
    _, out, _ = qostil("batch", tmp_path / "kk.txt", tmp_path / "ru.txt", "--format", "pairs", "-q")
    assert {(record["kk"], record["ru"]) for record in objects(out)} == {
        (f"{tmp_path / 'kk.txt'}#2", str(tmp_path / "ru.txt")),
        (f"{tmp_path / 'kk.txt'}#1", None),
    }


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda path: None, "no such file"),
        (lambda path: path.write_bytes(b""), "is empty"),
        (lambda path: path.write_bytes(bytes(range(256)) * 64), "ф.txt"),
        (lambda path: path.mkdir(), "is a folder"),
        (lambda path: path.write_text("This is plain English text about water and roads. " * 9, "utf-8"), "is in en"),
    ],
    ids=["missing", "empty", "binary", "folder", "english"],
)
def test_bad_input_is_one_sentence_and_leaves_nothing(qostil, tmp_path: Path, make, says: str) -> None:
    bad = tmp_path / "ф.txt"
    make(bad)
    for command in (("align", bad, RU, "-o", tmp_path / "out.tmx"),):
        code, out, err = qostil(*command)
        assert (code, out) == (1, "")
        assert err.startswith("error: ")
        assert "ф.txt" in err
        assert says in err
        assert len(err.strip().splitlines()) == 1
    assert not (tmp_path / "out.tmx").exists()


def test_one_language_only(qostil, tmp_path: Path) -> None:
    code, _, err = qostil("align", KK, SAMPLE / "kk" / "almatyda-kone-kilemder-kormesi.html", "-o", tmp_path / "o.tmx")
    assert code == 1
    assert "give one Kazakh and one Russian file" in err
    code, out, _ = qostil("batch", KK, "-o", tmp_path / "o.tmx")
    assert code == 0
    assert "there is no document in the other language" in out


def test_html_without_text_and_docx_that_is_none(qostil, tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("<html><body><script>1</script></body></html>", encoding="utf-8")
    (tmp_path / "b.docx").write_text("бұл Word емес", encoding="utf-8")
    for name in ("a.html", "b.docx"):
        code, _, err = qostil("align", tmp_path / name, RU, "-o", tmp_path / "o.tmx")
        assert (code, name in err) == (1, True)
    code, out, _ = qostil("batch", tmp_path, KK, RU, "-o", tmp_path / "o.tmx")
    assert code == 3, "what was found in a folder and can't be read is listed, and the rest is done"
    assert "a.html: " in out
    assert "b.docx: " in out
    assert "paired: 1 document pair\n" in out


def test_unwritable_output(qostil, tmp_path: Path) -> None:
    code, _, err = qostil("batch", KK, RU, "-o", tmp_path / "no" / "such" / "folder.tmx")
    assert (code, "there is no folder" in err) == (1, True)
    code, _, err = qostil("align", KK, RU, "-o", tmp_path)
    assert (code, "is a folder" in err) == (1, True)
    code, _, err = qostil("align", KK, RU, "-o", tmp_path / "out.docx")
    assert (code, "no format has this suffix" in err) == (1, True)


def test_no_input_is_overwritten(qostil, tmp_path: Path) -> None:
    text = "Бүгін ауа райы жақсы болды, ертең жаңбыр жауады.\n"
    (tmp_path / "kk.txt").write_text(text, encoding="utf-8")
    (tmp_path / "ru.txt").write_text("Сегодня была хорошая погода, завтра пойдёт дождь.\n", encoding="utf-8")
    inputs = tmp_path / "kk.txt", tmp_path / "ru.txt"
    for command in (
        ("align", *inputs, "--format", "tsv"),
        ("batch", tmp_path, "--format", "tsv"),
        ("encode", inputs[0]),
    ):
        code, _, err = qostil(*command, "-o", tmp_path / "kk.txt")
        assert (code, "is one of the inputs" in " ".join(err.replace("│", " ").split())) == (2, True)
        assert (tmp_path / "kk.txt").read_text(encoding="utf-8") == text
    assert sorted(path.name for path in tmp_path.iterdir()) == ["kk.txt", "ru.txt"]


def test_results_beside_the_inputs_are_not_skipped_inputs(qostil, tmp_path: Path) -> None:
    for path in (KK, RU):
        shutil.copy(path, tmp_path)
    for _ in range(2):
        code, out, _ = qostil("batch", tmp_path, "-o", tmp_path / "memory.tmx")
        assert (code, "skipped" in out) == (0, False)


def test_a_named_file_that_is_missing_ends_the_batch(qostil, tmp_path: Path) -> None:
    code, out, err = qostil("batch", KK, tmp_path / "no.txt", "-o", tmp_path / "memory.tmx")
    assert (code, out) == (1, "")
    assert "no.txt: no such file" in err
    assert not list(tmp_path.iterdir()), "not even an empty memory is left"


def test_version(qostil) -> None:
    assert qostil("--version")[:2] == (0, f"qostil {version('qostil')}\n")


def test_a_memory_that_is_none_is_left_alone(qostil, tmp_path: Path) -> None:
    (tmp_path / "notes.db").write_text("менің жазбаларым " * 99, encoding="utf-8")
    code, _, err = qostil("batch", KK, RU, "-o", tmp_path / "o.tmx", "--memory", tmp_path / "notes.db")
    assert (code, "notes.db" in err) == (1, True)
    assert not (tmp_path / "o.tmx").exists()
    assert (tmp_path / "notes.db").read_text(encoding="utf-8").startswith("менің")


@pytest.mark.parametrize(
    "words",
    [
        ("align", KK, RU),
        ("align", KK),
        ("batch", KK),
        ("inspect",),
        ("no-such-command",),
        ("align", "--no-such-option"),
    ],
)
def test_wrong_usage(qostil, words) -> None:
    code, _, err = qostil(*words)
    assert code == 2
    assert err


def test_ctrl_c_ends_in_one_sentence(qostil, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("aligner.pipeline.align_segments", interrupted)
    code, _, err = qostil("batch", KK, RU, "-o", tmp_path / "o.tmx")
    assert code == 130
    assert "stopped" in err
    assert not (tmp_path / "o.tmx").exists()


def test_encoders_lists_the_embedded_one_first(qostil) -> None:
    code, out, _ = qostil("encoders")
    assert code == 0
    assert out.startswith("kkru-e5-small")


@pytest.mark.parametrize("command", ["inspect", "segment", "encode", "align", "batch", "encoders"])
def test_help_shows_an_example(qostil, command: str) -> None:
    code, out, _ = qostil(command, "--help")
    assert code == 0
    assert f"qostil {command}" in out.split("Example", 1)[1]


def test_the_installed_command_answers() -> None:
    result = subprocess.run([sys.executable, "-m", "aligner", "--help"], capture_output=True, text=True)
    assert (result.returncode, "batch" in result.stdout) == (0, True)


def test_one_bad_file_among_good_ones_is_skipped_by_name(qostil, tmp_path: Path) -> None:
    (tmp_path / "бос.txt").write_bytes(b"")
    code, out, _ = qostil("inspect", KK, tmp_path / "бос.txt", "--format", "jsonl")
    assert code == 3
    good, bad = objects(out)
    assert (good["skipped"], bad["source"], bad["skipped"]) == (None, str(tmp_path / "бос.txt"), "is empty")
    code, out, err = qostil("inspect", tmp_path / "бос.txt")
    assert (code, out) == (1, "")
    assert "бос.txt: is empty" in err


def test_an_empty_folder_is_a_mistake(qostil, tmp_path: Path) -> None:
    (tmp_path / "бос").mkdir()
    code, out, err = qostil("batch", tmp_path / "бос", "-o", tmp_path / "memory.tmx")
    assert (code, out) == (1, "")
    assert "holds no file" in err
    assert [path.name for path in tmp_path.iterdir()] == ["бос"]
