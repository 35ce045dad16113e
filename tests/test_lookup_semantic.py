"""aligner.memory.lookup.semantic: the index of many vectors, which is another than that of few."""

import subprocess
import sys

MANY = """
import gc
import faiss
import numpy as np
from aligner.memory.lookup import semantic

semantic._MOST_COMPARED, semantic._CELLS, semantic._CELLS_LOOKED_INTO = 100, 64, 16
vectors = np.random.default_rng(1).normal(size=(2_000, 32)).astype(np.float32)
wanted = vectors[:20].copy()
for _ in range(5):
    state = semantic._built(np.arange(2_000), vectors.copy(), seq=1, same=None)
    assert isinstance(state.index, faiss.IndexIVFScalarQuantizer)
    longer = semantic._extended(state, np.arange(2_000, 2_100), vectors[:100] + 1, seq=2)
    del state
    gc.collect()
    centred = wanted - vectors.mean(axis=0)
    _, found = longer.index.search(centred / np.linalg.norm(centred, axis=1, keepdims=True), 1)
    assert (found[:, 0] == np.arange(20)).mean() > 0.9
    del longer
    gc.collect()
print("done")
"""


def test_an_index_of_many_vectors_is_built_extended_and_freed() -> None:
    # In a process of its own: memory that is freed twice ends it.
    done = subprocess.run([sys.executable, "-c", MANY], capture_output=True, text=True)
    assert (done.returncode, done.stdout.strip()) == (0, "done"), done.stderr
    assert "WARNING" not in done.stderr, "FAISS must not talk on the user's terminal"
