"""The command line in three languages, on any console, and towards people who slip."""

from __future__ import annotations

import ast
import errno
import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
import typer.main

from aligner import cli, errors
from aligner.cli import console
from aligner.cli.console import can_show, has_colours, wanted_language
from aligner.cli.mistakes import nearest_command, unknown_command_text
from aligner.cli.terminal import address_in, error_text, messages, progress_bar
from aligner.corpus.plan import WHY
from aligner.encode import available_encoders
from aligner.errors import FormatError, InputError, StoreError
from aligner.messages import COMMAND_LINE, HELP, LANGUAGES, Messages, placeholders, translated
from aligner.messages.errors import ERRORS
from aligner.messages.file_errors import FILE_ERRORS
from aligner.messages.service_errors import SERVICE_ERRORS

ROOT = Path(__file__).resolve().parents[1]
COMMANDS = typer.main.get_command(cli.app).commands
SAMPLE = ROOT / "corpora" / "sample"
KK = SAMPLE / "kk" / "2025-03-14-su-resurstary-kenesi.html"
RU = SAMPLE / "ru" / "soveshchanie-po-vodnym-resursam.docx"


@pytest.fixture(autouse=True)
def _no_language_is_chosen(monkeypatch: pytest.MonkeyPatch, encoder, use_in_commands) -> None:
    use_in_commands(encoder)
    for name in ("QOSTIL_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)


# ---- every message in every language ----


def help_texts() -> dict[str, str]:
    """Every text of `--help`, those of `qostil tmx` and of the shell completion included, and where it stands."""
    found = {"Show this message and exit.": "qostil --help"}

    def walk(command, path: str) -> None:
        found.setdefault(command.help, path)
        for parameter in command.params:
            if parameter.param_type_name == "option":
                assert parameter.help, f"{path} {parameter.opts}: no help"
            if parameter.help:
                found.setdefault(parameter.help, f"{path} {parameter.opts}")
        for name, below in getattr(command, "commands", {}).items():
            walk(below, f"{path} {name}")

    walk(typer.main.get_command(cli.app), "qostil")
    return found


def test_help_is_there_in_every_language() -> None:
    missing = {place: text for text, place in help_texts().items() if text not in HELP}
    assert missing == {}
    assert set(HELP) - set(help_texts()) == set(), "nobody says this any more"


def test_every_heading_of_help_takes_its_value() -> None:
    for key in ("help.default", "help.variable"):
        for language in LANGUAGES:
            assert "0.5" in Messages(language, COMMAND_LINE)(key).format("0.5"), (key, language)


@pytest.mark.parametrize("wording", [*ERRORS, *FILE_ERRORS, *SERVICE_ERRORS])
def test_an_error_keeps_its_values_in_every_language(wording: str) -> None:
    example = re.sub(r"\{(\w+)\}", r"<\1>", wording)
    texts = {**FILE_ERRORS, **SERVICE_ERRORS, **ERRORS}[wording]
    for language in ("kk", "ru"):
        assert placeholders(texts[language]) == placeholders(wording)
        assert translated(example, language) == re.sub(r"\{(\w+)\}", r"<\1>", texts[language])


INPUT_ERRORS = {"SkippedFile", *(each.__name__ for each in InputError.__subclasses__()), "InputError"}
RAISED = {"BadParameter", "Problem", *INPUT_ERRORS} | {
    name for name, each in vars(errors).items() if isinstance(each, type) and issubclass(each, errors.QostilError)
}
# Their values are words of the sentence, which the texts hold whole: what the scan puts in their place fits none.
VARIED = {
    "'s {} {}",
    "is {}, as {} is",
    "{}: the memory can't be {} ({}); nothing was changed; check that the server runs and that you have the rights,"
    " and try again",
}


def texts_in(node: ast.AST) -> list[str]:
    """The texts that an expression may give, with braces for each value."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    if isinstance(node, ast.JoinedStr):
        return ["".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)]
    if isinstance(node, ast.IfExp):
        return texts_in(node.body) + texts_in(node.orelse)
    if isinstance(node, ast.BinOp):
        return [left + right for left in texts_in(node.left) for right in texts_in(node.right) or ["{}"]]
    return []


def raised_texts() -> dict[str, str]:
    """What the library and the commands raise, and what of files they pass over: each text, and where it stands."""
    found = {}
    for path in ROOT.glob("aligner/**/*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            name = ast.unparse(node.func).rpartition(".")[2] if isinstance(node, ast.Call) else ""
            if name not in RAISED:
                continue
            for argument in node.args[1:] if name in INPUT_ERRORS else node.args[:2]:
                for text in texts_in(argument):
                    # A text without words of its own is made of others.
                    if re.search("[a-z]{2} [a-z]{2}", text):
                        found.setdefault(text, f"{path.relative_to(ROOT)}:{node.lineno}")
    return found


def _example(text: str) -> str:
    """With a number for each value, or with what begins the sentence there."""
    bombs = text.replace("{}: it", "is refused as a zip bomb: it").replace(
        "{}: the part", "is refused as a zip bomb: the part"
    )
    return (bombs if translated(bombs.replace("{}", "7"), "kk") else text).replace("{}", "7")


def test_every_error_is_worded() -> None:
    texts = raised_texts()
    assert len(texts) > 200
    unworded = {
        place: text for text, place in texts.items() if text not in VARIED and translated(_example(text), "kk") is None
    }
    assert unworded == {}


def filter_reasons() -> list[str]:
    functions = [
        node
        for path in ROOT.glob("aligner/filter/*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef) and node.name == "reason"
    ]
    returned = [each for function in functions for each in ast.walk(function) if isinstance(each, ast.Return)]
    return [text for each in returned if each.value is not None for text in texts_in(each.value)]


def test_encoders_and_filters_speak_every_language() -> None:
    reasons = filter_reasons()
    assert len(reasons) > 8
    told = [each.description for each in available_encoders()]
    told += [f"name: {why}" for why in WHY.values()] + [reason.replace("{}", "7") for reason in reasons]
    # A reason that only shows numbers or words of the pair is the same in every language.
    assert [text for text in told if re.search("[a-z]{2} [a-z]{2}", text) and translated(text, "ru") is None] == []


def printed_literals(path: Path) -> list[str]:
    """The words of a module of the command line that reach a person without passing through a catalogue."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    keyed = {"say", "say_it", "tell", "messages()"}
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    texts = []
    for call in calls:
        name = ast.unparse(call.func)
        if name in {"typer.echo", "say", "say_error", "typer.style"} or name.endswith(".append"):
            texts += [text for argument in call.args for text in texts_in(argument)]
    # In an f-string that is no argument of an error or the key of a catalogue, words are shown to somebody.
    hidden = {
        id(each)
        for call in calls
        for argument in call.args
        if ast.unparse(call.func).rpartition(".")[2] in {*RAISED, *keyed} or ast.unparse(call.func) in keyed
        for each in ast.walk(argument)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr) and id(node) not in hidden:
            texts += texts_in(node)
    return [text for text in texts if re.search(r"[A-Za-z]{2,},? [A-Za-z]{2,}", text)]


@pytest.mark.parametrize("path", sorted((ROOT / "aligner" / "cli").glob("*.py")), ids=lambda path: path.stem)
def test_what_a_command_prints_comes_from_a_catalogue(path: Path) -> None:
    # Commands to be typed are the same in every language.
    shown = [text for text in printed_literals(path) if not re.match(r"(qostil|memory|batch|align|review) ", text)]
    assert shown == []


def test_every_job_that_takes_long_is_named() -> None:
    called = re.compile(r"progress\(\s*\"([a-z ]+)\"")
    jobs = {job for path in ROOT.glob("aligner/**/*.py") for job in called.findall(path.read_text(encoding="utf-8"))}
    assert len(jobs) > 10
    assert {job for job in jobs if f"progress.{job}" not in COMMAND_LINE} == set()


# ---- which language ----


@pytest.mark.parametrize(
    ("stated", "environment", "language"),
    [
        ("kk", {"LANG": "ru_RU.UTF-8"}, "kk"),
        (None, {"LANG": "ru_RU.UTF-8"}, "ru"),
        (None, {"LANG": "ru_RU.UTF-8", "QOSTIL_LANG": "en"}, "en"),
        (None, {"LC_ALL": "C.UTF-8", "LANG": "kk_KZ.UTF-8"}, "en"),
        (None, {}, "en"),
        ("xx", {"LANG": "kk_KZ"}, "kk"),
    ],
)
def test_the_language_that_is_wanted(stated: str | None, environment: dict[str, str], language: str) -> None:
    assert wanted_language(stated, environment) == language


def test_a_console_without_the_letters_is_addressed_in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    western = io.TextIOWrapper(io.BytesIO(), encoding="cp1252")
    cyrillic = io.TextIOWrapper(io.BytesIO(), encoding="cp1251")
    assert [can_show(language, cyrillic) for language in LANGUAGES] == [False, True, True]
    monkeypatch.setattr(sys, "stderr", western)
    assert wanted_language(None, {"LANG": "ru_RU"}) == "en"
    assert wanted_language("ru", {}) == "ru"


@pytest.mark.parametrize("words", [("--lang", "ru", "memory"), ("memory", "--lang", "ru"), ("memory", "--lang=ru")])
def test_the_language_may_be_said_before_and_behind_the_command(qostil, tmp_path: Path, words: tuple[str, ...]) -> None:
    code, _, err = qostil(*words, "stats", "--memory", tmp_path / "no.db")
    assert code == 1
    assert err.startswith("ошибка: ")
    assert "памяти нет" in err


def test_the_language_of_a_page_is_not_that_of_messages(qostil, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    code, _, err = qostil("report", KK, RU, "-o", page, "--lang", "kk")
    assert code == 0
    assert "written to" in err
    assert 'lang="kk"' in page.read_text(encoding="utf-8")


def test_summaries_have_plurals_and_json_stays_as_it_is(qostil, tmp_path: Path) -> None:
    code, out, _ = qostil("--lang", "ru", "batch", KK, RU, "-o", tmp_path / "a.tmx")
    assert code == 0
    assert out.startswith("прочитано: 2 документа (1 kk, 1 ru)\nнайдена 1 пара документов\n")
    code, out, _ = qostil("--lang", "kk", "batch", KK, RU, "-o", tmp_path / "b.tmx")
    assert out.startswith("оқылды: 2 құжат (1 kk, 1 ru)\nжұпталды: 1 құжат жұбы\n")
    records = []
    for language in LANGUAGES:
        name = tmp_path / f"{language}.tmx"
        _, out, _ = qostil("--lang", language, "batch", KK, RU, "-o", name, "--json")
        records.append(json.loads(out) | {"output": "", "memory": ""})
    assert records[0] == records[1] == records[2]


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_the_help_of_every_command_is_translated(qostil, monkeypatch: pytest.MonkeyPatch, language: str) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    from typer import rich_utils

    for name in ("ARGUMENTS_PANEL_TITLE", "OPTIONS_PANEL_TITLE", "COMMANDS_PANEL_TITLE", "REQUIRED_LONG_STRING"):
        monkeypatch.setattr(rich_utils, name, getattr(rich_utils, name))
    for name in ("DEFAULT_STRING", "ENVVAR_STRING"):
        monkeypatch.setattr(rich_utils, name, getattr(rich_utils, name))
    say = Messages(language, COMMAND_LINE)
    code, out, _ = qostil("--lang", language, "batch", "--help")
    assert code == 0
    for text in (say("help.usage"), say("help.options"), say("help.example"), HELP["The Kazakh version."][language]):
        assert (text in out) == (text != HELP["The Kazakh version."][language])
    assert HELP["Leave less certain units out of the output."][language] in out
    assert "Usage" not in out


def test_errors_are_said_with_source_place_and_remedy() -> None:
    error = FormatError("a.jsonl", "is no JSON", "each line is one object", "line 3")
    assert error_text(error) == "a.jsonl, line 3: is no JSON; each line is one object"
    address_in("ru")
    assert error_text(error) == "a.jsonl, строка 3: это не JSON; в каждой строке один объект"
    assert error_text(StoreError("something new")) == "something new"


# ---- people who slip ----


def test_nothing_given_shows_where_to_begin(qostil) -> None:
    code, out, err = qostil()
    assert (code, err) == (2, "")
    assert "qostil batch FOLDER -o memory.tmx" in out
    assert "qostil doctor" in out


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("batsh", "batch"), ("BATCH", "batch"), ("ифеср", "batch"), ("inpsect", "inspect"), ("zzzz", None)],
)
def test_a_misspelt_command_is_recognised(typed: str, meant: str | None) -> None:
    assert nearest_command(typed, list(COMMANDS)) == meant


def test_a_slip_is_answered_with_the_command_line_that_was_meant(qostil, tmp_path: Path) -> None:
    code, _, err = qostil("batsh", "old releases", "-o", "memory.tmx")
    assert code == 2
    assert "Did you mean: qostil batch 'old releases' -o memory.tmx" in err
    code, _, err = qostil("memory", "lokup", "мир")
    assert (code, "qostil memory lookup мир" in err) == (2, True)
    code, _, err = qostil("zzzz")
    assert (code, "qostil --help" in err) == (2, True)
    code, _, err = qostil("batch", tmp_path, "--otput", "x")
    assert (code, "--output" in err, "qostil batch --help" in err) == (2, True, True)
    _, _, err = qostil("batch", tmp_path, "--minscore", "1")
    assert "did you mean --min-score?" in err


def test_help_is_a_word_too_and_begins_with_what_most_people_need(qostil) -> None:
    code, out, _ = qostil("help")
    assert code == 0
    assert re.findall(r"^│ (\w+)  ", out, re.MULTILINE)[:3] == ["batch", "review", "align"]
    code, out, _ = qostil("help", "memory", "import")
    assert (code, "Usage: qostil memory import" in out, "<bool>" in out) == (0, True, False)


def test_a_quotation_mark_that_windows_has_taken_into_a_name_is_noticed(qostil, monkeypatch) -> None:
    words = ("batch", 'C:\\My releases" -o memory.tmx')
    _, _, err = qostil(*words)
    assert "quotation mark" not in err
    monkeypatch.setattr(sys, "platform", "win32")
    code, _, err = qostil("--lang", "en", *words)
    assert (code, 'closing quotation mark: "C:\\My releases"\n' in err) == (2, True)


def test_a_folder_or_a_file_in_place_of_a_command(tmp_path: Path) -> None:
    say = Messages("en", COMMAND_LINE)

    def told(*words: object) -> str:
        return unknown_command_text([str(word) for word in words], "qostil", list(COMMANDS), say)

    for name in ("memory.db", "old.tmx", "kk.txt", "ru.txt"):
        (tmp_path / name).touch()
    folder = tmp_path / "with a space"
    folder.mkdir()
    assert f"qostil batch '{folder}' -o memory.tmx" in told(folder)
    assert told(folder, "-o", "b.tmx").endswith("-o b.tmx")
    assert told(tmp_path / "memory.db").endswith(f"qostil review {tmp_path / 'memory.db'}")
    assert "qostil memory import" in told(tmp_path / "old.tmx")
    assert "qostil align" in told(tmp_path / "kk.txt", tmp_path / "ru.txt")
    assert "qostil inspect" in told(tmp_path / "kk.txt")


def test_missing_and_unfit_values_are_told(qostil, tmp_path: Path) -> None:
    assert "Missing argument" in qostil("batch")[2]
    assert "көрсетілмеген" in qostil("--lang", "kk", "batch")[2]
    assert "--min-score" in qostil("batch", tmp_path, "-o", "x.tmx", "--min-score", "7")[2]
    assert "для '-o' нужно значение" in qostil("--lang", "ru", "batch", tmp_path, "-o")[2]
    assert "лишний аргумент" in qostil("--lang", "ru", "align", "a", "b", "c", "-o", "x.tmx")[2]
    assert "'kk', 'ru', 'en'" in qostil("--lang", "xx", "encoders")[2]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("mine", "a", "-o", "a.tsv", "--min-score", "7"), "не больше 1"),
        (("mine", "a", "-o", "a.tsv", "--min-score", "x"), "нужно число"),
        (("memory", "history", "-m", "m.db", "--limit", "x"), "нужно целое число"),
        (("memory", "history", "-m", "m.db", "--limit", "0"), "не меньше 1"),
        (("batch", "a", "-o", "x.tmx", "--format", "foo"), "'foo' нет среди 'tmx'"),
        (("batch", "a", "-o", "x.tmx", "--quiet=1"), "не принимает значения"),
        (("fetch", "-o", "x", "--since", "вчера"), "'вчера' — не дата; пишите так: 2025-03-14"),
        (("tmx", "mrege", "a.tmx"), "Может быть: qostil tmx merge a.tmx"),
    ],
)
def test_an_unfit_value_is_told_in_the_language_of_the_user(qostil, words: tuple[str, ...], told: str) -> None:
    code, out, err = qostil("--lang", "ru", *words)
    assert (code, out) == (2, "")
    assert told in err
    assert "Input should" not in err
    assert "Value error" not in err


def test_the_usage_line_has_no_braces(qostil) -> None:
    assert "Usage: qostil batch [OPTIONS] PATH...\n" in qostil("batch")[2]
    assert "Использование: qostil align [ПАРАМЕТРЫ] KK RU\n" in qostil("--lang", "ru", "align")[2]
    assert "Қолданылуы: qostil tmx merge [ОПЦИЯЛАР] files...\n" in qostil("--lang", "kk", "tmx", "merge")[2]


def test_a_system_that_refuses_is_told_without_a_traceback(qostil, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", "/tmp/model")

    monkeypatch.setattr("aligner.pipeline.read_inputs", fail)
    code, out, err = qostil("--lang", "kk", "inspect", KK)
    assert (code, out) == (1, "")
    assert err == "қате: /tmp/model: дискіде орын жоқ; диск пен рұқсаттарды тексеріп, қайталаңыз\n"


def test_ctrl_c_is_no_error(qostil, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("aligner.pipeline.segmented_paragraphs", interrupt)
    assert qostil("--lang", "ru", "segment", KK) == (130, "", "остановлено\n")


# ---- streams that are closed or full ----


def started(*words: object, **streams: object) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "QOSTIL_LANG": "en"}
    command = [sys.executable, "-m", "aligner", *map(str, words)]
    return subprocess.Popen(command, cwd=ROOT, env=environment, **streams)  # type: ignore[call-overload]


def test_a_reader_who_has_seen_enough_hears_no_complaint() -> None:
    pair = [str(each.relative_to(ROOT)) for each in (KK, RU)]
    with started("inspect", *pair, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        running.stdout.close()
        complaint = running.stderr.read()
    assert (running.returncode, complaint) == (141, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full on this system")
def test_a_full_disk_behind_stdout_is_told() -> None:
    with Path("/dev/full").open("wb") as full, started("inspect", KK, stdout=full, stderr=subprocess.PIPE) as running:
        complaint = running.stderr.read()
    assert running.returncode == 1
    assert complaint == b"error: No space left on device; check the disk and the permissions, and try again\n"


@pytest.mark.skipif(os.name == "nt", reason="a shell that can close streams")
def test_closed_streams_are_no_error() -> None:
    line = f'"{sys.executable}" -m aligner inspect "{KK}" <&- >&- 2>&-'
    assert subprocess.run(line, shell=True, cwd=ROOT, timeout=60).returncode == 0


# ---- consoles ----


def run_with(code_page: dict[str, str], *words: str) -> subprocess.CompletedProcess[bytes]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG", "PYTHON"))}
    return subprocess.run(
        [sys.executable, "-m", "aligner", *words],
        capture_output=True,
        cwd=ROOT,
        env=environment | code_page,
        timeout=120,
    )


def test_a_pipe_gets_utf_8_whatever_the_locale() -> None:
    ascii_only = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    done = run_with(ascii_only, "segment", str(KK.relative_to(ROOT)))
    assert (done.returncode, done.stderr) == (0, b"")
    assert "тиімді пайдалану мәселелері талқыланды" in done.stdout.decode("utf-8")


def test_letters_that_a_code_page_lacks_are_shown_by_number() -> None:
    done = run_with({"PYTHONIOENCODING": "cp1251"}, "segment", str(KK.relative_to(ROOT)))
    assert (done.returncode, done.stderr) == (0, b"")
    assert "м\\u04d9селелері".replace("і", "\u0456").encode("cp1251") in done.stdout


def test_colours_are_for_terminals(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    terminal, pipe = SimpleNamespace(isatty=lambda: True), SimpleNamespace(isatty=lambda: False)
    assert (has_colours(terminal), has_colours(pipe)) == (True, False)
    monkeypatch.setenv("NO_COLOR", "1")
    assert not has_colours(terminal)
    monkeypatch.delenv("NO_COLOR")
    monkeypatch.setenv("TERM", "dumb")
    assert not has_colours(terminal)


def test_progress_is_seen_at_once_and_in_the_language_of_the_user(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = io.StringIO()
    monkeypatch.setattr(shown, "isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setattr(sys, "stderr", shown)
    address_in("kk")
    with progress_bar(is_quiet=False) as progress:
        assert "басталып жатыр" in shown.getvalue()
        progress("encoding", 3, 10)
    assert "кодталуда" in shown.getvalue()
    assert "\x1b[3" not in shown.getvalue()


def test_windows_names_its_languages_by_number(monkeypatch: pytest.MonkeyPatch) -> None:
    import ctypes

    for number, language in ((0x043F, "kk"), (0x0419, "ru"), (0x0409, "en")):
        kernel = SimpleNamespace(GetUserDefaultUILanguage=lambda number=number: number)
        monkeypatch.setattr(ctypes, "windll", SimpleNamespace(kernel32=kernel), raising=False)
        monkeypatch.setattr(console.sys, "platform", "win32")
        assert wanted_language(None, {}) == language
    assert messages().language == "en"
