"""aligner.messages.fetch_reasons: why a page was not had or not kept is said in all three languages."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from aligner.fetch.crawl import FetchReport
from aligner.fetch.summary import fetch_record, fetch_text
from aligner.messages import placeholders, translated
from aligner.messages.fetch_reasons import FETCH_REASONS

ROOT = Path(__file__).resolve().parents[1]
MAKERS = {"Failure", "Trouble", "Useless", "Refused", "_RefusedError", "_leave_alone", "SkippedFile", "_skip"}
GIVERS = {"_in_words", "_reason_against_move", "_reason_against"}


def texts_in(node: ast.AST) -> Iterator[str]:
    """The texts of literals, with a number for each value in them, and both sides of a choice."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        yield "".join(str(part.value) if isinstance(part, ast.Constant) else "7" for part in node.values)
    elif isinstance(node, ast.IfExp):
        yield from texts_in(node.body)
        yield from texts_in(node.orelse)


def reasons() -> set[str]:
    """Every reason that fetching and reading archives can give, as an example."""
    found: set[str] = set()
    for path in [
        *ROOT.glob("aligner/fetch/*.py"),
        *(ROOT / "aligner/ingest" / f"{name}.py" for name in ("archive", "web_archive", "read", "files")),
    ]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            parts: list[ast.AST] = []
            if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] in MAKERS:
                parts = [*node.args, *(each.value for each in node.keywords)]
            elif isinstance(node, ast.Assign) and any(
                ast.unparse(each) in ("reason", "_WANTS_NAME") for each in node.targets
            ):
                parts = [node.value]
            elif isinstance(node, ast.FunctionDef) and node.name in GIVERS:
                parts = [each.value for each in ast.walk(node) if isinstance(each, ast.Return) and each.value]
            found |= {text for part in parts for text in texts_in(part) if " " in text}
    return found


def test_every_reason_is_worded() -> None:
    said = reasons()
    assert {"redirects in a circle", "the proxy 7: 7", "a link", "the answer is 7"} <= said
    assert len(said) > 40
    for language in ("kk", "ru"):
        assert sorted(text for text in said if translated(text, language) is None) == []


@pytest.mark.parametrize("wording", FETCH_REASONS)
def test_a_wording_is_found_with_its_values(wording: str) -> None:
    example = re.sub(r"\{(\w+)\}", r"<\1>", wording)
    for language, text in FETCH_REASONS[wording].items():
        assert placeholders(text) == placeholders(wording)
        assert translated(example, language) == re.sub(r"\{(\w+)\}", r"<\1>", text)
        assert not re.search(r"[а-яәғқңөұүһі][a-z]|[a-z][а-яәғқңөұүһі]", text, re.IGNORECASE)
    assert not re.search("[әғқңөұүһі]", FETCH_REASONS[wording]["ru"], re.IGNORECASE)


def test_the_summary_words_each_page_and_what_lies_behind_it() -> None:
    report = FetchReport(failed=[("https://a.kz/1", "there is no such page (404)")])
    report.skipped.append(("https://a.kz/2", "language: en (only kk and ru are aligned)"))
    report.left_alone["a.kz:443"] = "3 pages in a row failed; the last: the server does not answer in time"
    folder = Path("releases")
    text = fetch_text(report, folder, "ru")
    assert "  https://a.kz/1: такой страницы нет (404)" in text
    assert "  https://a.kz/2: язык: en (сопоставляются только kk и ru)" in text
    assert "  a.kz:443: не удалось получить 3 страницы подряд; последняя: сервер не отвечает вовремя" in text
    assert "қатарынан 3 бет алынбады; соңғысы: сервер уақытында жауап бермейді" in fetch_text(report, folder, "kk")
    # What programs read stays as it is.
    assert fetch_record(report, folder)["failed"] == [
        {"url": "https://a.kz/1", "reason": "there is no such page (404)"}
    ]
