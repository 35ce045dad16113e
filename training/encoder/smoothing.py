"""Which columns of the activations are large, and how far to move that into the weights (SmoothQuant).

Xiao et al. 2023, https://arxiv.org/abs/2211.10438, equation 4, with the migration strength 0.5.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import torch

_BATCH = 32


def measure_smoothing(folder: Path, texts: list[str]) -> dict[str, np.ndarray]:
    """For each product of the model in `folder`, a float32 vector [in], by the name of its first weight.

    The products after a GELU have none: their rows are scaled well enough as they are.
    """
    from sentence_transformers import SentenceTransformer

    encoder = SentenceTransformer(str(folder), device="cpu")
    model = encoder[0].auto_model
    peaks: dict[str, torch.Tensor] = {}

    def watch(name: str) -> Any:
        def keep(_: Any, inputs: tuple[torch.Tensor, ...]) -> None:
            peak = inputs[0].abs().flatten(0, -2).amax(dim=0)
            peaks[name] = torch.maximum(peaks[name], peak) if name in peaks else peak

        return keep

    layers = range(model.config.num_hidden_layers)
    watched = {}
    for layer in layers:
        attention = f"encoder.layer.{layer}.attention"
        watched[f"{attention}.self.query"] = [f"{attention}.self.{part}" for part in ("query", "key", "value")]
        for name in (f"{attention}.output.dense", f"encoder.layer.{layer}.intermediate.dense"):
            watched[name] = [name]
    handles = [model.get_submodule(name).register_forward_pre_hook(watch(name)) for name in watched]
    encoder.encode(texts, batch_size=_BATCH, show_progress_bar=False)
    for handle in handles:
        handle.remove()
    smoothing = {}
    for first, names in watched.items():
        weights = torch.cat([model.get_submodule(name).weight for name in names]).abs().amax(dim=0)
        ratio = (peaks[first].clamp(min=1e-4) / weights.clamp(min=1e-5)).sqrt()
        smoothing[f"{first}.weight"] = (ratio / ratio.mean()).detach().numpy().astype(np.float32)
    return smoothing
