"""Real tools read what we write, and we read what they write."""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from shared_data import SHARED, shared_path
from tmx_documents import as_bytes, memory

from tmx import Header, Inline, Prop, TranslationUnit, Variant, read, write
from tmx.languages import canonical, is_same

# OmegaT takes three seconds a file. TMX_OMEGAT_KIT=1 runs the whole kit, as CI does.
KIT = [
    path
    for path in sorted((SHARED / "tmx" / "lisa-compliance-kit").glob("Import*.tmx"))
    if os.environ.get("TMX_OMEGAT_KIT") or path.stem in ("ImportTest1A", "ImportTest1L", "ImportTest2A", "ImportTest2C")
]
PAIRS = [
    ("Үкімет жаңа бағдарламаны бекітті.", "Правительство утвердило новую программу."),
    ("Жиында су мен жер мәселесі қаралды.", "На заседании рассмотрели вопросы воды и земли."),
    ("Келесі отырыс сейсенбіде өтеді.", "Следующее заседание пройдёт во вторник."),
]

needs_omegat = pytest.mark.skipif(shutil.which("omegat") is None, reason="needs OmegaT: apt-get install omegat")


def coded() -> TranslationUnit:
    kk = ("Су ", Inline("bpt", {"i": "1", "x": "1"}, ("<b>",)), "бар", Inline("ept", {"i": "1"}, ("</b>",)), ".")
    ru = ("Есть ", Inline("bpt", {"i": "1", "x": "1"}, ("<b>",)), "вода", Inline("ept", {"i": "1"}, ("</b>",)), ".")
    return TranslationUnit((Variant("kk", kk), Variant("ru", ru)), {}, (Prop("x-p", "1"),))


def test_translate_toolkit_reads_what_we_write(tmp_path: Path) -> None:
    toolkit = pytest.importorskip("translate.storage.tmx", reason="needs translate-toolkit")
    path = tmp_path / "a.tmx"
    write(path, [*memory(*PAIRS).units, coded()], Header(srclang="kk"))
    theirs = toolkit.tmxfile.parsefile(str(path))
    texts = [(str(unit.source), str(unit.target)) for unit in theirs.units]
    assert texts[:3] == PAIRS
    assert re.sub(r"<[^>]*>", "", texts[3][0].replace("<b>", "")) == "Су бар."
    # Passing through their store must not harm what we wrote.
    theirs.savefile(str(tmp_path / "b.tmx"))
    again = read(tmp_path / "b.tmx")
    assert again.units == read(path).units


def test_we_read_what_translate_toolkit_writes(tmp_path: Path) -> None:
    toolkit = pytest.importorskip("translate.storage.tmx", reason="needs translate-toolkit")
    store = toolkit.tmxfile(sourcelanguage="kk", targetlanguage="ru")
    for source, target in [*PAIRS, ("а & <б>", "\"в\" 'г'")]:
        store.addtranslation(source, "kk", target, "ru", "ескерту")
    units = read(io.BytesIO(bytes(store))).units
    assert [(unit.text("kk"), unit.text("ru")) for unit in units] == [*PAIRS, ("а & <б>", "\"в\" 'г'")]
    assert units[0].notes[0].text == "ескерту"


class Check:
    """What `omegat_check.sh` printed about a memory, and the translation that OmegaT made with it."""

    def __init__(self, memory: Path, texts: list[str], languages: tuple[str, str]) -> None:
        folder = memory.parent
        source = folder / "doc.txt"
        source.write_text("\n\n".join(texts) + "\n", encoding="utf-8")
        run = subprocess.run(
            ["bash", str(shared_path("tools/omegat_check.sh")), str(memory), str(source), *languages],
            cwd=folder,
            capture_output=True,
            text=True,
            timeout=300,
            env={**os.environ, "FUZZY": "0"},
            check=False,
        )
        self.code, self.output = run.returncode, run.stdout
        translated = folder / "omegat_target.txt"
        self.translation = translated.read_text(encoding="utf-8").split("\n\n") if translated.exists() else []
        self.log = (folder / "omegat_last.log").read_text(encoding="utf-8")

    @property
    def complaints(self) -> list[str]:
        return [line for line in self.log.splitlines() if "TMX" in line and re.search("(?i)warn|error|invalid", line)]


@needs_omegat
@pytest.mark.parametrize(("languages", "codes"), [("bare", ("kk", "ru")), ("regional", ("kk-KZ", "ru-RU"))])
def test_omegat_applies_what_we_write(languages: str, codes: tuple[str, str], tmp_path: Path) -> None:
    path = tmp_path / "a.tmx"
    write(path, memory(*PAIRS).units, Header(srclang="kk"), languages=languages, tuid="all")
    check = Check(path, [kk for kk, _ in PAIRS], codes)
    assert check.code == 0, check.output
    assert [text.strip() for text in check.translation] == [ru for _, ru in PAIRS]
    assert check.complaints == []


@needs_omegat
@pytest.mark.parametrize("path", KIT, ids=lambda path: path.name)
def test_omegat_loads_the_kit_as_we_write_it(path: Path, tmp_path: Path) -> None:
    document = read(path)
    ours = tmp_path / "ours.tmx"
    ours.write_bytes(as_bytes(document))
    source = document.header.srclang
    target = next(each.language for each in document.units[0].variants if not is_same(each.language, source))
    check = Check(ours, ["nothing of this"], (canonical(source), canonical(target)))
    # 1 is "loaded, and nothing was in the text".
    assert check.code in (0, 1), check.output
    # One file has units of another source language than its header; OmegaT says so of the original, too.
    has_other_sources = path.name == "ImportTest1J_many.tmx"
    assert [line.partition(" ")[2] for line in check.complaints] == (
        [
            "Warning: Source segment could not be located for certain translation units. These units have been skipped."
            " (TMXR_WARNING_SOURCE_NOT_FOUND)"
        ]
        if has_other_sources
        else []
    )
    if has_other_sources:
        folder = tmp_path / "original"
        folder.mkdir()
        shutil.copy(path, folder)
        original = Check(folder / path.name, ["nothing of this"], (canonical(source), canonical(target)))
        assert [line.partition(" ")[2] for line in original.complaints] == [
            line.partition(" ")[2] for line in check.complaints
        ]


@needs_omegat
def test_we_read_what_omegat_writes(tmp_path: Path) -> None:
    path = tmp_path / "a.tmx"
    write(path, memory(*PAIRS).units, Header(srclang="kk"))
    source = tmp_path / "doc.txt"
    source.write_text("\n\n".join(kk for kk, _ in PAIRS) + "\n", encoding="utf-8")
    run = subprocess.run(
        ["bash", str(shared_path("tools/omegat_check.sh")), str(path), str(source), "kk", "ru"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=300,
        env={**os.environ, "FUZZY": "0", "KEEP": "1"},
        check=False,
    )
    kept = Path(run.stdout.split("kept ")[1].strip())
    try:
        written = sorted(kept.rglob("*.tmx"))
        theirs = [file for file in written if "tm/auto" not in str(file)]
        assert theirs
        found = [read(file) for file in theirs]
    finally:
        shutil.rmtree(kept)
    # The level 2 export has the code of the languages as OmegaT spells them.
    assert any({unit.text("ru") for unit in document} == {ru for _, ru in PAIRS} for document in found)
