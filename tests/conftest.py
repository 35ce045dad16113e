"""What tests of several modules share."""

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
