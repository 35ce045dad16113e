"""What tests of several modules share."""

from collections.abc import Sequence

import hypothesis
import numpy as np
import pytest

from aligner.encode import Encoder, load_encoder

# A slow machine is no fault, and the same commit must give the same result twice.
hypothesis.settings.register_profile("qostil", deadline=None, derandomize=True, print_blob=True)
hypothesis.settings.load_profile("qostil")


class RememberingEncoder:
    """The embedded encoder, which in one test run encodes each text once."""

    def __init__(self) -> None:
        self._encoder = load_encoder()
        self._known: dict[str, np.ndarray] = {}

    @property
    def name(self) -> str:
        return self._encoder.name

    @property
    def dimension(self) -> int:
        return self._encoder.dimension

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        fresh = [text for text in dict.fromkeys(texts) if text not in self._known]
        if fresh:
            self._known.update(zip(fresh, self._encoder.encode(fresh), strict=True))
        return np.array([self._known[text] for text in texts], np.float32).reshape(len(texts), self.dimension)


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    return RememberingEncoder()
