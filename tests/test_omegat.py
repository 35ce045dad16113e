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
