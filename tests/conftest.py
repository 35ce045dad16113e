"""What tests of several modules share."""

import itertools
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import browser
import hypothesis
import postgres_server
import pytest
from playwright.sync_api import Browser

from aligner.cli.terminal import address_in
from aligner.encode import CachedEncoder, Encoder, load_encoder

# A slow machine is no fault, and the same commit must give the same result twice.
hypothesis.settings.register_profile("qostil", deadline=None, derandomize=True, print_blob=True)
hypothesis.settings.load_profile("qostil")

# What the commands print is compared in English, whatever the language of the machine.
os.environ["QOSTIL_LANG"] = "en"
_DATABASES = itertools.count()
VECTORS = Path(__file__).resolve().parents[1] / ".pytest_cache" / "vectors"


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    """The embedded encoder. Its vectors are kept under its digest, so that the next run need not make them again."""
    return CachedEncoder(load_encoder(), VECTORS)


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    """A command that a test has let speak another language says nothing in it to the next test of this process."""
    yield
    address_in("en")


@pytest.fixture
def use_in_commands(monkeypatch: pytest.MonkeyPatch) -> Callable[[Encoder], None]:
    """Call it with an encoder, and every `qostil` command of this test takes that one, whatever its `--encoder`."""
    import aligner.cli

    def use(encoder: Encoder) -> None:
        for module in vars(aligner.cli).values():
            if hasattr(module, "encoder_named"):
                monkeypatch.setattr(module, "encoder_named", lambda name: encoder)

    return use


@pytest.fixture
def qostil(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., tuple[int, str, str]]:
    """Run a `qostil` command in this process: `(exit code, stdout, stderr)`."""
    from aligner import cli

    def run(*words: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["qostil", *map(str, words)])
        with pytest.raises(SystemExit) as stopped:
            cli.main()
        said = capsys.readouterr()
        return int(stopped.value.code or 0), said.out, said.err

    return run


@pytest.fixture(scope="session")
def postgres_folder() -> Iterator[str]:
    """A PostgreSQL server for the whole run: the folder of its socket."""
    reason = postgres_server.why_not()
    if reason:
        pytest.skip(reason)
    with postgres_server.running() as folder:
        yield folder


@pytest.fixture
def postgres_dsn(postgres_folder: str) -> str:
    """The address of a new, empty database."""
    return postgres_server.create_database(postgres_folder, f"t{next(_DATABASES)}")


@pytest.fixture(params=["sqlite", "postgresql"])
def memory_place(request: pytest.FixtureRequest, tmp_path: Path) -> Path | str:
    """Where a memory can be made, once for each engine."""
    return tmp_path / "memory.db" if request.param == "sqlite" else request.getfixturevalue("postgres_dsn")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A browser for the whole run."""
    reason = browser.why_not()
    if reason:
        pytest.skip(reason)
    with browser.running() as started:
        yield started
