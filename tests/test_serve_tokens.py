"""Tokens: shown once, kept as digests, seen and forgotten by a running server."""

from __future__ import annotations

import datetime as dt
import stat
from pathlib import Path

import pytest

from aligner.errors import ServerError
from aligner.serve.tokens import TokenFile

NOW = dt.datetime(2026, 11, 22, 14, 30, tzinfo=dt.timezone(dt.timedelta(hours=5)))


@pytest.fixture
def tokens(tmp_path: Path) -> TokenFile:
    return TokenFile(tmp_path / "memory.db.tokens.json")


def test_a_token_is_known_by_itself_and_nothing_else(tokens: TokenFile) -> None:
    weblate, reader = tokens.issue("weblate", NOW), tokens.issue("reader", NOW, may_write=False)
    assert weblate != reader
    holder = tokens.holder(weblate)
    assert holder is not None
    assert (holder.name, holder.may_write, holder.made) == ("weblate", True, "2026-11-22T09:30:00+00:00")
    assert not tokens.holder(reader).may_write
    for wrong in ("", weblate[:-1], weblate + "A", weblate.upper(), holder.sha256, "\ud800", "қостіл"):
        assert tokens.holder(wrong) is None


def test_the_file_holds_no_token_and_is_its_owners(tokens: TokenFile) -> None:
    secret = tokens.issue("weblate", NOW)
    assert secret not in tokens.path.read_text(encoding="utf-8")
    assert secret.removeprefix("qostil_") not in tokens.path.read_text(encoding="utf-8")
    assert stat.S_IMODE(tokens.path.stat().st_mode) == 0o600
    assert [path.name for path in tokens.path.parent.iterdir()] == [tokens.path.name]


def test_another_process_makes_and_revokes(tokens: TokenFile) -> None:
    running = TokenFile(tokens.path)
    assert running.holder("anything") is None
    secret = tokens.issue("weblate", NOW)
    assert running.holder(secret) is not None
    tokens.revoke("weblate")
    assert running.holder(secret) is None


def test_a_name_is_taken_once_and_is_a_name(tokens: TokenFile) -> None:
    tokens.issue("weblate", NOW)
    with pytest.raises(ServerError, match="already"):
        tokens.issue("weblate", NOW)
    for name in ("", "two words", "a/b", "x" * 65, "line\nend"):
        with pytest.raises(ServerError, match="no name"):
            tokens.issue(name, NOW)
    with pytest.raises(ServerError, match="there are: weblate"):
        tokens.revoke("nobody")
    assert [token.name for token in tokens.tokens()] == ["weblate"]


@pytest.mark.parametrize(
    "content", ["", "[]", "{", '{"version": 1}', '{"version": 1, "tokens": [1]}', '{"version": 2}']
)
def test_a_broken_file_is_named_and_opens_nothing(tokens: TokenFile, content: str) -> None:
    secret = tokens.issue("weblate", NOW)
    tokens.path.write_text(content, encoding="utf-8")
    with pytest.raises(ServerError, match=r"tokens\.json"):
        tokens.tokens()
    assert tokens.holder(secret) is None
    with pytest.raises(ServerError):
        tokens.issue("another", NOW)
    assert tokens.path.read_text(encoding="utf-8") == content, "a file that was not understood is not overwritten"
