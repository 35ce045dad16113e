"""Turn a trained sentence-transformers model into a folder like that of the embedded encoder.

    python -m training.encoder.ship MODEL [TARGET]

The common mean of all texts goes into the last layer's bias, the matrices into float8, and the ONNX graph is built
beside them. `usual_means.npy` is made anew, since it belongs to the vectors. The model card is
`training.encoder.model_card`'s work.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
from sentence_transformers import SentenceTransformer

from aligner.encode import EmbeddedEncoder
from aligner.encode.embedded import embedded_model_path
from training.encoder.base import subtract_common_mean
from training.encoder.convert_e5 import ROOT, write_model
from training.encoder.means import language_means
from training.encoder.model_card import LICENCE
from training.encoder.pairs import WORK, read_pairs
from training.encoder.vocabulary import calibration_texts

__all__ = ["ship"]

_MEAN_SAMPLE = 1500


def ship(model: Path, target: Path, shared: Path, work: Path) -> None:
    """Write `target`; what lay in it before is replaced in one move."""
    encoder = SentenceTransformer(str(model), device="cpu")
    pairs = read_pairs(work / "train.jsonl")
    sample = pairs[:: max(1, len(pairs) // _MEAN_SAMPLE)]
    subtract_common_mean(encoder, [pair.kk for pair in sample], [pair.ru for pair in sample])
    transformer = encoder[0].auto_model
    config = json.loads((model / "config.json").read_text(encoding="utf-8"))
    vocabulary = json.loads((model / "tokenizer.json").read_text(encoding="utf-8"))["model"]["vocab"]
    state = {
        name: value.detach().float().contiguous()
        for name, value in transformer.state_dict().items()
        if "position_ids" not in name and not name.startswith("pooler.")
    }
    write_model(
        target,
        state,
        config | {"num_hidden_layers": transformer.config.num_hidden_layers, "dtype": "float32"},
        [piece for piece, _ in vocabulary],
        [score for _, score in vocabulary],
        calibration_texts(shared),
    )
    (target / "LICENSE").write_text(LICENCE, encoding="utf-8")
    np.save(target / "usual_means.npy", language_means(EmbeddedEncoder(target)))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("model", type=Path)
    parser.add_argument("target", type=Path, nargs="?", default=embedded_model_path())
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared", help="where the data is")
    parser.add_argument("--work", type=Path, default=WORK, help="where `training.encoder.pairs` wrote")
    arguments = parser.parse_args()
    ship(arguments.model, arguments.target, arguments.shared, arguments.work)
    size = sum(path.stat().st_size for path in arguments.target.rglob("*") if path.is_file())
    print(f"{arguments.target}: {size / 1e6:.1f} MB, {EmbeddedEncoder(arguments.target).name}")


if __name__ == "__main__":
    main()
