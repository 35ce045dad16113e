"""What `qostil batch` and `qostil memory export` write, in the hands of OmegaT, our acceptance client."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from sample import SAMPLE
from shared_data import shared_path

import tmx
from aligner import cli
from aligner.terms import Term, glossary_lines

pytestmark = pytest.mark.skipif(shutil.which("omegat") is None, reason="needs OmegaT: apt-get install omegat")

TABLE = (
    ("Үкіметте су ресурстары туралы кеңес өтті.", "В Правительстве прошло совещание о водных ресурсах.", "automatic"),
    ("«Тұран» & «Сарыарқа» <2-кезең> ашылды.", "«Туран» & «Сарыарка» <2-я очередь> открыты.", "automatic"),
    ("2024 жылы ауылда 15 мектеп салынды.", "В 2024 году в сёлах построено 15 школ.", "reviewed"),
    ("Жиналыс аяқталды.", "Собрание закончилось.", "reviewed"),
    ("Бұл аударма қате.", "Этот перевод неверен.", "rejected"),
)


def run(monkeypatch: pytest.MonkeyPatch, *words: str) -> None:
    monkeypatch.setattr(sys, "argv", ["qostil", *words, "--quiet"])
    with pytest.raises(SystemExit) as stopped:
        cli.main()
    assert stopped.value.code == 0


def pretranslated(memory: Path, texts: list[str], folder: Path) -> list[int]:
    """How many segments OmegaT translates by itself, how many there are, and of how many things it warns."""
    check = shared_path("tools/omegat_check.sh")
    (folder / "source.txt").write_text("\n\n".join(texts) + "\n", encoding="utf-8")
    # A unit of two sentences is one segment of the memory, so OmegaT must not cut its source in two.
    result = subprocess.run(
        ["bash", str(check), str(memory), str(folder / "source.txt")],
        env=os.environ | {"SEG": "false", "FUZZY": "0"},
        cwd=folder,
        capture_output=True,
        text=True,
    )
    found = re.search(r"pretranslated=(\d+) segments=(\d+).* warnings=(\d+)", result.stdout)
    assert found, result.stdout + result.stderr
    return [int(number) for number in found.groups()]


def test_every_segment_is_translated_from_the_memory_of_the_sample(
    tmp_path: Path, encoder, use_in_commands, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_in_commands(encoder)
    memory = tmp_path / "memory.tmx"
    run(monkeypatch, "batch", str(SAMPLE / "kk"), str(SAMPLE / "ru"), "-o", str(memory))
    texts = list(dict.fromkeys(unit.text("kk") or "" for unit in tmx.iter_units(memory)))
    assert pretranslated(memory, texts, tmp_path) == [len(texts), len(texts), 0]


def test_what_the_memory_exports_is_translated_and_what_a_person_rejected_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table, memory, exported = (tmp_path / name for name in ("a.tsv", "m.db", "m.tmx"))
    lines = ["kk\tru\tstatus", *("\t".join(row) for row in TABLE)]
    table.write_text("\n".join(lines) + "\n", encoding="utf-8")
    run(monkeypatch, "memory", "import", str(table), "--memory", str(memory))
    run(monkeypatch, "memory", "export", "-o", str(exported), "--memory", str(memory))
    texts = [kk for kk, _, _ in TABLE]
    assert pretranslated(exported, texts, tmp_path) == [len(texts) - 1, len(texts), 0]
    translated = (tmp_path / "omegat_target.txt").read_text(encoding="utf-8").split("\n\n")
    assert [text.strip() for text in translated] == [*(ru for _, ru, _ in TABLE[:-1]), TABLE[-1][0]]


GLOSSARY_READERS = """
import org.omegat.gui.glossary.*
if (eventType != null && eventType.toString() == 'LOAD') {
  def folder = new File(System.getenv('GLOSSARIES'))
  GlossaryReaderTBX.read(new File(folder, 'terms.tbx'), false).each {
    println "FROM TBX " + it.srcText + " = " + it.locText
  }
  GlossaryReaderTSV.read(new File(folder, 'terms.txt'), false).each {
    println "FROM TSV " + it.srcText + " = " + it.locText + " # " + it.commentText
  }
}
"""
PROJECT = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<omegat><project version="1.0"><source_dir>__DEFAULT__</source_dir><target_dir>__DEFAULT__</target_dir>
<tm_dir>__DEFAULT__</tm_dir><glossary_dir>__DEFAULT__</glossary_dir><dictionary_dir>__DEFAULT__</dictionary_dir>
<source_lang>kk</source_lang><target_lang>ru</target_lang><sentence_seg>true</sentence_seg></project></omegat>
"""


def test_glossaries_are_read_by_omegat(tmp_path: Path) -> None:
    term = Term("су <қойма>", "водохранилище & пруд", 0.9, 4, 5, 6, "Су қоймасы толды", "Водохранилище полно")
    for name, kind in (("terms.tbx", "tbx"), ("terms.txt", "tsv")):
        (tmp_path / name).write_text("".join(glossary_lines([term], kind)), encoding="utf-8")
    project = tmp_path / "project"
    for folder in ("source", "target", "tm", "glossary", "dictionary", "omegat"):
        (project / folder).mkdir(parents=True)
    (project / "omegat.project").write_text(PROJECT, encoding="utf-8")
    (project / "source" / "text.txt").write_text("Су қоймасы толды.\n", encoding="utf-8")
    (tmp_path / "read.groovy").write_text(GLOSSARY_READERS, encoding="utf-8")
    options = ["--mode=console-translate", "--disable-project-locking", f"--config-dir={tmp_path / 'config'}"]
    result = subprocess.run(
        ["omegat", *options, f"--script={tmp_path / 'read.groovy'}", str(project)],
        env=os.environ | {"GLOSSARIES": str(tmp_path), "DISPLAY": "", "JAVA_TOOL_OPTIONS": "-Dfile.encoding=UTF-8"},
        capture_output=True,
        encoding="utf-8",
    )
    found = [line for line in result.stdout.splitlines() if line.startswith("FROM ")]
    pair = "су <қойма> = водохранилище & пруд"
    comment = "4×: Су қоймасы толды = Водохранилище полно"
    assert found == [f"FROM TBX {pair}", f"FROM TSV {pair} # {comment}"], result.stdout + result.stderr
