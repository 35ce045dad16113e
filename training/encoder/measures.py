"""How a model does on development and held-out text while it is being trained."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.encoder import read_set, retrieval_errors
from benchmarks.government import government_errors

__all__ = ["development_errors"]

Floats = NDArray[np.float32]
_BATCH = 16


def development_errors(model: Any) -> dict[str, dict[str, list[float]]]:
    """Errors (kk→ru, ru→kk, per cent) on X-WMT and held-out government text of a SentenceTransformer in training."""

    class Quick:
        def encode(self, texts: Sequence[str]) -> Floats:
            vectors: Floats = model.encode(
                list(texts), batch_size=_BATCH, normalize_embeddings=True, show_progress_bar=False
            )
            return vectors

    quick = Quick()
    kk, ru = read_set(["xwmt"])
    errors = {"xwmt": retrieval_errors(quick.encode(kk), quick.encode(ru)), "government": government_errors(quick)}
    return {
        name: {kind: [round(value, 2) for value in found[kind].values()] for kind in ("cosine", "margin")}
        for name, found in errors.items()
    }
