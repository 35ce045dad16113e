"""aligner.messages: every text in every language, plurals, numbers, dates, and the library's reasons."""

import ast
import datetime as dt
import importlib
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import aligner.messages
from aligner.messages import COMMON, LANGUAGES, TMX_VERBS, Messages, language_of, placeholders, translated
from aligner.messages.reasons import WORDINGS
from aligner.messages.tmx_findings import TMX_FINDINGS

ROOT = Path(__file__).resolve().parents[1]

CATEGORIES = {"kk": set(), "ru": {"one", "few", "many", "other"}, "en": {"one", "other"}}


def catalogues() -> dict[str, Any]:
    """Every catalogue of the package, by its module: each module holds one, in capitals."""
    found = {}
    for module in pkgutil.iter_modules(aligner.messages.__path__):
        texts = importlib.import_module(f"aligner.messages.{module.name}")
        for name in texts.__all__:
            # What the library says in English is looked up by its wording, and has tests of its own.
            is_wording = name in {"WORDINGS", "TMX_FINDINGS"} or name.endswith(("ERRORS", "REASONS"))
            if name.isupper() and name != "LANGUAGES" and not is_wording:
                found[f"{module.name}.{name}"] = getattr(texts, name)
    return found


@pytest.mark.parametrize("name", catalogues())
def test_nothing_is_missing_in_any_language(name: str) -> None:
    for key, message in catalogues()[name].items():
        assert set(message) == set(LANGUAGES), key
        wanted = placeholders(message["en"])
        for language, text in message.items():
            assert placeholders(text) == wanted, (key, language)
            forms = [text] if isinstance(text, str) else list(text.values())
            # What belongs under a line is indented in every language.
            indent = re.match(" *", key)[0] if key.startswith("  ") else ""
            assert all(form == indent + form.strip() != indent for form in forms), (key, language)
            if not isinstance(text, str):
                assert set(text) == CATEGORIES[language], (key, language)


@pytest.mark.parametrize("name", catalogues())
def test_kazakh_and_russian_texts_are_in_their_letters(name: str) -> None:
    for key, message in catalogues()[name].items():
        for form in [message["ru"]] if isinstance(message["ru"], str) else message["ru"].values():
            if not key.startswith("own_name."):
                assert not re.search("[әғқңөұүһі]", form, re.IGNORECASE), key
        for language in ("kk", "ru"):
            for form in [message[language]] if isinstance(message[language], str) else message[language].values():
                assert not re.search(r"[а-яәғқңөұүһі][a-z]|[a-z][а-яәғқңөұүһі]", form, re.IGNORECASE), key


def test_two_catalogues_do_not_share_a_key() -> None:
    keys = [key for texts in catalogues().values() for key in texts]
    assert len(keys) == len(set(keys))


TEXTS: Any = {
    "documents": {
        "kk": "{n} құжат",
        "ru": {"one": "{n} документ", "few": "{n} документа", "many": "{n} документов", "other": "{n} документа"},
        "en": {"one": "{n} document", "other": "{n} documents"},
    }
}


@pytest.mark.parametrize(
    ("n", "kk", "ru", "en"),
    [
        (0, "0 құжат", "0 документов", "0 documents"),
        (1, "1 құжат", "1 документ", "1 document"),
        (2, "2 құжат", "2 документа", "2 documents"),
        (5, "5 құжат", "5 документов", "5 documents"),
        (11, "11 құжат", "11 документов", "11 documents"),
        (21, "21 құжат", "21 документ", "21 documents"),
        (112, "112 құжат", "112 документов", "112 documents"),
        (1234, "1\u00a0234 құжат", "1\u00a0234 документа", "1,234 documents"),
    ],
)
def test_plurals(n: int, kk: str, ru: str, en: str) -> None:
    said = [Messages(language, TEXTS)("documents", n=n) for language in ("kk", "ru", "en")]
    assert said == [kk, ru, en]


def test_numbers_and_dates() -> None:
    day, now = dt.date(2021, 5, 5), dt.datetime(2021, 5, 5, 9, 7, tzinfo=dt.UTC)
    kk, ru, en = (Messages(language) for language in LANGUAGES)
    assert [each.number(1234.5, 1) for each in (kk, ru, en)] == ["1\u00a0234,5", "1\u00a0234,5", "1,234.5"]
    assert [each.percent(0.125, 1) for each in (kk, ru, en)] == ["12,5%", "12,5\u00a0%", "12.5%"]
    # Which space stands before «ж.» and «г.» is Babel's to say.
    assert [" ".join(each.date(day).split()) for each in (kk, ru, en)] == [
        "2021 ж. 5 мамыр",
        "5 мая 2021 г.",
        "5 May 2021",
    ]
    assert [each.short_date(day) for each in (kk, ru, en)] == ["05.05.2021", "05.05.2021", "05/05/2021"]
    assert [each.month(5) for each in (kk, ru, en)] == ["мам", "май", "May"]
    assert " ".join(kk.moment(now).split()) == "2021 ж. 5 мамыр, 09:07 UTC"


def test_a_share_is_never_rounded_to_nothing_or_all() -> None:
    en = Messages("en")
    assert [en.percent(share) for share in (0, 0.0001, 0.5, 0.9999, 1)] == ["0%", "1%", "50%", "99%", "100%"]


def test_an_unknown_key_or_value_is_an_error() -> None:
    with pytest.raises(KeyError):
        Messages("en", COMMON)("no such text")
    with pytest.raises(KeyError):
        Messages("en", TEXTS)("documents", count=2)


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({"LANG": "kk_KZ.UTF-8"}, "kk"),
        ({"LANG": "ru_RU.UTF-8", "LC_ALL": ""}, "ru"),
        ({"LANG": "ru_RU.UTF-8", "LC_MESSAGES": "kk_KZ"}, "kk"),
        ({"LANG": "kk_KZ.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "rup_RO"}, "en"),
        ({}, "en"),
    ],
)
def test_the_language_of_an_environment(environment: dict[str, str], language: str) -> None:
    assert language_of(environment) == language


def test_reasons_are_worded_with_their_values() -> None:
    reason = "it seems to be a part of а.txt, which is paired with ә.txt"
    assert translated(reason, "ru") == "похоже, это часть а.txt, а тот уже в паре с ә.txt"
    assert translated(reason, "en") == reason
    assert translated("files of the type .xyz are not read", "kk") == ".xyz түріндегі файлдар оқылмайды"
    assert translated("something nobody has thought of", "ru") is None


@pytest.mark.parametrize("wording", [*WORDINGS, *TMX_FINDINGS])
def test_every_wording_is_found_by_its_own_text(wording: str) -> None:
    example = re.sub(r"\{(\w+)\}", r"<\1>", wording)
    texts = {**TMX_FINDINGS, **WORDINGS}[wording]
    for language in ("kk", "ru"):
        found = translated(example, language)
        assert found == re.sub(r"\{(\w+)\}", r"<\1>", texts[language])
        assert placeholders(texts[language]) <= placeholders(wording)


def test_what_stands_in_a_reason_is_worded_too() -> None:
    assert translated("a.tmx: can't be written: No space left on device", "ru") == (
        "a.tmx: записать не удалось: на диске нет места"
    )
    assert translated("in the kk segment i='1' opens twice, x='2' is used twice", "kk") == (
        "kk сегментінде: i='1' екі рет ашылады, x='2' екі рет қолданылған"
    )
    # A name stays what it is, even one that is also a word.
    assert translated("the document type points to all", "ru") == "тип документа указывает на all"


def texts_in(node: ast.AST) -> Iterator[str]:
    """The text of a literal, with a number for each value in it."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        yield "".join(str(part.value) if isinstance(part, ast.Constant) else "7" for part in node.values)


def said_by_tmx() -> set[str]:
    """What the library says of files and of what it can't do, rules included, as examples."""
    found = set()
    for path in ROOT.glob("tmx/*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = ast.unparse(node.func).rpartition(".")[2]
            if (name.endswith("Error") and name != "ValueError") or name in {"_report", "say", "_wrong_usage", "Rule"}:
                texts = {text for each in node.args for text in texts_in(each)}
                found |= {text for text in texts if " " in text}
    return found


def test_every_finding_and_error_of_tmx_is_worded() -> None:
    texts = said_by_tmx()
    assert len(texts) > 100
    assert sorted(text for text in texts if translated(text, "kk") is None) == []


def test_what_the_commands_of_tmx_print_is_worded() -> None:
    called = {"_say", "text"}
    texts = set()
    for node in ast.walk(ast.parse((ROOT / "tmx" / "cli.py").read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] in called:
            texts |= {text for each in node.args[:1] for text in texts_in(each)}
    texts |= {"line {number}", "unit {number}"}
    assert texts == set(TMX_VERBS)
