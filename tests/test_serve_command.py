"""`qostil serve` at the terminal: its tokens, and what it refuses before it listens."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from serving import make_memory

from aligner.cli.serve import _tokens_beside, _without_password
from aligner.serve import TokenFile

Said = tuple[int, str, str]


@pytest.fixture
def serve(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qostil) -> Callable[..., Said]:
    """Runs the command over memory.db of this folder; returns its exit code, stdout and stderr."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("QOSTIL_MEMORY", raising=False)
    return partial(qostil, "serve")


def test_tokens_are_made_listed_and_taken_back(serve: Callable[..., Said], tmp_path: Path) -> None:
    code, secret, said = serve("--new-token", "weblate")
    assert (code, secret.strip() in said) == (0, False)
    assert serve("--reading-token", "reader")[0] == 0
    file = TokenFile(tmp_path / "memory.db.tokens.json")
    assert file.holder(secret.strip()).name == "weblate"
    listed = [line.split("\t")[:2] for line in serve("--list-tokens")[1].splitlines()]
    assert listed == [["weblate", "adds"], ["reader", "reads"]]
    assert serve("--revoke-token", "weblate")[0] == 0
    assert file.holder(secret.strip()) is None
    code, _, said = serve("--revoke-token", "weblate")
    assert (code, "there are: reader" in said) == (1, True)
    assert serve("--revoke-token", "reader", "--list-tokens")[0] == 2


def test_what_it_refuses_is_said_in_one_sentence(serve: Callable[..., Said], tmp_path: Path) -> None:
    code, _, said = serve("--port", "0")
    assert (code, said.count("\n")) == (1, 1)
    assert "memory.db" in said
    assert not (tmp_path / "memory.db").exists(), "a mistyped name makes no empty memory"
    make_memory(tmp_path / "memory.db").close()
    code, _, said = serve("--host", "0.0.0.0")
    assert (code, "--new-token" in said, said.count("\n")) == (1, True, 1)
    assert serve("--private")[0] == 2
    (tmp_path / "memory.db.tokens.json").write_text("{", encoding="utf-8")
    code, _, said = serve("--port", "0")
    assert (code, "not a file of tokens" in said) == (1, True)
    (tmp_path / "text.db").write_text("Бұл жады емес", encoding="utf-8")
    assert serve("--memory", "text.db", "--tokens", "other.json", "--port", "0")[0] == 1


def test_a_password_is_neither_shown_nor_kept_in_a_name() -> None:
    place = "postgresql://qostil:s3cret@db.example.kz:5432/memory"
    assert _without_password(place) == "postgresql://db.example.kz:5432/memory"
    assert _tokens_beside(place) == _tokens_beside(place.replace("s3cret", "other"))
    assert _tokens_beside(place) != _tokens_beside(place.replace("/memory", "/another"))
    assert _tokens_beside("a/memory.db") == Path("a/memory.db.tokens.json")
