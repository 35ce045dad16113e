"""What tests of several modules share."""

from collections.abc import Callable
from pathlib import Path

import hypothesis
import pytest

from aligner.encode import CachedEncoder, Encoder, load_encoder

# A slow machine is no fault, and the same commit must give the same result twice.
hypothesis.settings.register_profile("qostil", deadline=None, derandomize=True, print_blob=True)
hypothesis.settings.load_profile("qostil")

VECTORS = Path(__file__).resolve().parents[1] / ".pytest_cache" / "vectors"


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    """The embedded encoder. Its vectors are kept under its digest, so that the next run need not make them again."""
    return CachedEncoder(load_encoder(), VECTORS)


@pytest.fixture
def use_in_commands(monkeypatch: pytest.MonkeyPatch) -> Callable[[Encoder], None]:
    """Call it with an encoder, and every `qostil` command of this test takes that one, whatever its `--encoder`."""
    import aligner.cli

    def use(encoder: Encoder) -> None:
        for module in vars(aligner.cli).values():
            if hasattr(module, "encoder_named"):
                monkeypatch.setattr(module, "encoder_named", lambda name: encoder)

    return use
