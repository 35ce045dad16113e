"""Part of the way from the model that training began with to the one that it ended with.

    python -m training.encoder.blend START END TARGET --share 0.5

The weights of the two are averaged (Wortsman et al. 2022, https://arxiv.org/abs/2109.01903): what is learnt of the
training's subjects is kept for the most part, and less is forgotten of all the others.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from sentence_transformers import SentenceTransformer

__all__ = ["blend"]


def blend(start: Path, end: Path, target: Path, share: float) -> None:
    """Write the model whose every weight is `1 - share` of `start`'s and `share` of `end`'s."""
    model, other = (SentenceTransformer(str(folder), device="cpu") for folder in (start, end))
    theirs = other[0].auto_model.state_dict()
    own = model[0].auto_model.state_dict()
    model[0].auto_model.load_state_dict(
        {
            name: value.lerp(theirs[name].to(value.dtype), share) if value.is_floating_point() else value
            for name, value in own.items()
        }
    )
    model.save_pretrained(str(target), create_model_card=False)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("start", type=Path)
    parser.add_argument("end", type=Path)
    parser.add_argument("target", type=Path)
    parser.add_argument("--share", type=float, required=True)
    arguments = parser.parse_args()
    blend(arguments.start, arguments.end, arguments.target, arguments.share)


if __name__ == "__main__":
    main()
