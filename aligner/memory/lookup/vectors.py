"""What the memory asks of an encoder; `aligner.encode` has some that are one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

__all__ = ["Encoder", "Vectors"]

Vectors = NDArray[np.float32]


class Encoder(Protocol):
    """Texts → unit vectors. `name` identifies the vectors, so that they can be kept under it."""

    @property
    def name(self) -> str: ...

    @property
    def dimension(self) -> int: ...

    def encode(self, texts: Sequence[str]) -> Vectors:
        """float32 `[len(texts), dimension]`, every row of unit length."""
        ...
