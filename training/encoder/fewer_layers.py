"""A smaller encoder to begin with: some of a trained model's layers, as they are.

    python -m training.encoder.fewer_layers MODEL TARGET --layers 0 2 4 7 9 11

Train it afterwards with `training.encoder.train --start TARGET --teacher … --imitation 1`.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from sentence_transformers import SentenceTransformer
from torch.nn import ModuleList

__all__ = ["keep_layers"]


def keep_layers(model: Path, target: Path, layers: list[int]) -> None:
    """Write `model` with only these of its layers, counted from 0."""
    encoder = SentenceTransformer(str(model), device="cpu")
    transformer = encoder[0].auto_model
    transformer.encoder.layer = ModuleList(transformer.encoder.layer[layer] for layer in layers)
    transformer.config.num_hidden_layers = len(layers)
    encoder.save_pretrained(str(target), create_model_card=False)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("model", type=Path)
    parser.add_argument("target", type=Path)
    parser.add_argument("--layers", type=int, nargs="+", required=True)
    arguments = parser.parse_args()
    keep_layers(arguments.model, arguments.target, arguments.layers)


if __name__ == "__main__":
    main()
