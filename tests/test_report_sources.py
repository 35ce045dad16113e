"""aligner.report.sources: what is reported of files and of a memory, and the page in a browser."""

from __future__ import annotations

import datetime as dt
import shutil
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from browser import violations
from playwright.sync_api import Browser
from reports import gather, small_report
from sample import SAMPLE, gold_pairs

from aligner.memory import Memory
from aligner.pipeline import batch, read_inputs
from aligner.records import Unit
from aligner.report import Report, iter_page, report_of_batch, report_of_memory

NOW = dt.datetime(2026, 11, 22, tzinfo=dt.UTC)
PAIRED = (
    "kk/koktemgi-dala-zhumystaryna-daiyndyk.html",
    "kk/semeide-balalar-auruhanasy-ashyldy.docx",
    "kk/2025-06-15-ukimet-basshysynyn-quttyqtauy.html",
)
ALONE = ("kk/almatyda-kone-kilemder-kormesi.html", "ru/v-kostanae-zavershilsya-volonterskiy-marafon.docx")


@pytest.fixture(scope="module")
def lossy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three pairs of the sample, a document of each language that stands alone, and what nobody can align."""
    folder = tmp_path_factory.mktemp("lossy")
    partner = {gold.kk: gold.ru for gold in gold_pairs()}
    chosen = [name for kk in PAIRED for name in (kk, partner[kk])]
    for name in (*chosen, *ALONE):
        shutil.copy(SAMPLE / name, folder)
    (folder / "table.ods").write_bytes(b"PK")
    (folder / "note.txt").write_text(
        "The committee met on Monday to discuss the water supply of the northern regions and next year's budget.\n",
        encoding="utf-8",
    )
    (folder / "qosymsha.txt").write_text(
        "Ауылда жаңа кітапхана ашылды\n\nОнда он мың кітап бар, бәрі де ауыл тұрғындарына қолжетімді.\n\n"
        "Комментарий эксперта будет опубликован позднее на официальном сайте районной библиотеки.\n",
        encoding="utf-8",
    )
    return folder


@pytest.fixture(scope="module")
def report(lossy: Path, encoder) -> Report:
    return report_of_batch(read_inputs([lossy]), encoder, [str(lossy)], NOW, 2, 10)


def test_a_lossy_batch_is_told_in_full(report: Report) -> None:
    assert len(report.pairs) == 3
    assert [each.line for each in report.details] == list(report.pairs[:2])
    assert {Path(each.document.name).name for each in report.unmatched} == {
        "almatyda-kone-kilemder-kormesi.html",
        "v-kostanae-zavershilsya-volonterskiy-marafon.docx",
        "qosymsha.txt",
    }
    assert all(each.reason and each.nearest and each.document.sentences for each in report.unmatched)
    assert sorted(Path(each.name).name for each in report.skipped) == ["note.txt", "table.ods"]
    assert any(each.reason == "language: ru in a kk document" for each in report.set_aside)
    assert report.documents["kk", "read"] == 5
    assert report.documents["en", "skipped"] == 1
    assert report.sentences["kk", "sure"] > 20


def test_a_detail_holds_every_sentence_once(report: Report) -> None:
    for detail in report.details:
        assert sorted(place for row in detail.rows for place in row.kk) == list(range(detail.line.kk.sentences))
        assert sorted(place for row in detail.rows for place in row.ru) == list(range(detail.line.ru.sentences))
        assert detail.shades is not None
        assert detail.shades.shape == (detail.line.kk.sentences, detail.line.ru.sentences)
        on_the_way = [
            int(detail.shades[row.kk[0], row.ru[0]]) for row in detail.rows if len(row.kk) == len(row.ru) == 1
        ]
        assert sum(on_the_way) / len(on_the_way) > 2 * detail.shades.mean()


def test_a_memory_is_reported_as_the_batch_that_filled_it(lossy: Path, report: Report, encoder, tmp_path: Path) -> None:
    with Memory.open(tmp_path / "memory.db") as memory:
        batch(read_inputs([lossy]), encoder, memory, NOW)
        own = report_of_memory(memory, encoder, NOW, 2, 10)
        assert [(each.kk.title, each.trusted, each.sketch) for each in own.pairs] == [
            (each.kk.title, each.trusted, each.sketch) for each in report.pairs
        ]
        assert (own.units, own.scores, own.shapes) == (report.units, report.scores, report.shapes)
        assert [each.shades is not None for each in own.details] == [True, True]
        alone = {Path(each.document.name).name: each for each in own.unmatched}
        assert set(alone) == {Path(each.document.name).name for each in report.unmatched}
        assert all(each.nearest for each in alone.values())
        memory.add_units([Unit("Сәлем!", "Привет!", 0.4)], "old.tmx", "test", NOW)
        assert report_of_memory(memory, encoder, NOW, 2, 10).units == report.units + 1


def test_the_command(lossy: Path, encoder, use_in_commands, tmp_path: Path, monkeypatch, qostil) -> None:
    use_in_commands(encoder)
    output = tmp_path / "report.html"

    def run(*words: object) -> int:
        return qostil("report", *words)[0]

    monkeypatch.setenv("QOSTIL_LANG", "kk")
    code, _, said = qostil("report", lossy, "-o", output)
    assert code == 3
    assert '<html lang="kk">' in output.read_text(encoding="utf-8")
    assert "құжат жұптары: 3; сыңары жоғы: 3; өткізіп жіберілгені: 2" in said
    assert [path.name for path in tmp_path.iterdir()] == ["report.html"]
    assert run("-o", output) == 2
    assert run(lossy, "--memory", "x.db", "-o", output) == 2
    assert run("--memory", tmp_path / "none.db", "-o", output) == 1
    assert run(tmp_path / "none.db", "-o", output) == 1
    with Memory.open(tmp_path / "memory.db") as memory:
        memory.add_units([Unit("Сәлем!", "Привет!", 0.4)], "old.tmx", "test", NOW)
    assert run(tmp_path / "memory.db", "-o", output) == 0
    assert run(lossy / "note.txt", "-o", lossy / "note.txt") == 2


@dataclass
class Seen:
    """What a page said and asked for that it should not have."""

    complaints: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_nothing_is_wider_than_the_smallest_telephone(chromium: Browser, language: str, tmp_path: Path) -> None:
    """320 px is what WCAG 2.2 (1.4.10) asks for; four figures must fit, too."""
    report = gather([[0.99, 0.7, 0.3, None] * 300, [0.99] * 3_000]).report()
    for name, made in (("small", small_report()), ("large", report)):
        file = tmp_path / f"{name}.html"
        file.write_text("".join(iter_page(made, language)), encoding="utf-8")
        page = chromium.new_page(viewport={"width": 320, "height": 700})
        page.set_default_timeout(120_000)
        page.goto(file.as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") == 320
        page.close()


def test_the_page_in_a_browser(chromium: Browser, report: Report, tmp_path: Path) -> None:
    for width_px, language, scheme in ((390, "kk", "dark"), (1280, "ru", "light")):
        file = tmp_path / f"{language}.html"
        file.write_text("".join(iter_page(report, language)), encoding="utf-8")
        context = chromium.new_context(viewport={"width": width_px, "height": 900}, color_scheme=scheme)
        context.set_default_timeout(120_000)
        page, seen = context.new_page(), Seen()
        page.on("console", lambda said, seen=seen: seen.complaints.append(said.text))
        page.on("pageerror", lambda error, seen=seen: seen.complaints.append(str(error)))
        page.on("request", lambda request, seen=seen: seen.requests.append(request.url))
        page.goto(file.as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= width_px
        for summary in page.locator("summary").all():
            if not summary.evaluate("each => each.parentElement.open"):
                summary.click()
        assert page.evaluate("document.documentElement.scrollWidth") <= width_px
        assert seen.complaints == []
        assert seen.requests == [file.as_uri()]
        assert violations(page) == []
        context.close()
