"""The average of several trained models, weight by weight.

    python -m training.encoder.average TARGET MODEL MODEL …

Of runs that began with the same model and differ in their seeds and shares of the data, what is luck evens out
(Wortsman et al. 2022, “Model soups”, https://arxiv.org/abs/2203.05482).
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import torch
from sentence_transformers import SentenceTransformer

__all__ = ["average"]


def average(models: Sequence[Path], target: Path) -> None:
    """Write the model whose every weight is the mean of theirs."""
    loaded = [SentenceTransformer(str(folder), device="cpu") for folder in models]
    states = [model[0].auto_model.state_dict() for model in loaded]
    mean = {
        name: torch.stack([state[name].float() for state in states]).mean(dim=0).to(value.dtype)
        for name, value in states[0].items()
        # Sentence vectors don't go through the pooler, and a shipped model has none.
        if value.is_floating_point() and not name.startswith("pooler.")
    }
    loaded[0][0].auto_model.load_state_dict(mean, strict=False)
    loaded[0].save_pretrained(str(target), create_model_card=False)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("target", type=Path)
    parser.add_argument("models", type=Path, nargs="+")
    arguments = parser.parse_args()
    average(arguments.models, arguments.target)


if __name__ == "__main__":
    main()
