"""What the rest of Qostil asks of a sentence encoder."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

__all__ = ["Encoder", "Vectors"]

Vectors = NDArray[np.float32]


class Encoder(Protocol):
    """Texts → unit vectors whose dot product says how alike the meanings are.

    `name` identifies the vectors, not only the model: two encoders with the same name give the same vectors, so
    that vectors can be kept under it. `dimension` is the length of a vector.
    """

    @property
    def name(self) -> str: ...

    @property
    def dimension(self) -> int: ...

    def encode(self, texts: Sequence[str]) -> Vectors:
        """float32 `[len(texts), dimension]`, every row of unit length; a row depends on its own text only."""
        ...
