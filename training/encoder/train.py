"""Train the encoder on the pairs of `training.encoder.pairs`.

    python -m training.encoder.train [--name RUN] [--start FOLDER] [--teacher FOLDER] [options of `Settings`]

Interrupted, the same command goes on from the last checkpoint. A run leaves in `FOLDER/NAME`: `model` (float32,
sentence-transformers), `run.json` (settings, hashes of the data, versions, machine, the learning curve).
With `--start`, another model than e5-small is trained, such as one that `training.encoder.fewer_layers` made; with
`--teacher`, another than the embedded encoder says what is alike, and what `--imitation` imitates.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import time
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np
import torch
from datasets import Dataset
from sentence_transformers import (
    SentenceTransformer,
    SentenceTransformerTrainer,
    SentenceTransformerTrainingArguments,
)
from sentence_transformers.base.sampler import DefaultBatchSampler
from torch.utils.data import SequentialSampler
from transformers import TrainerCallback, TrainerControl, TrainerState, TrainingArguments

from aligner.encode import CachedEncoder, EmbeddedEncoder, Encoder, load_encoder
from aligner.encode.means import usual_means
from benchmarks.results_file import installed_versions, machine
from training.encoder.base import subtract_common_mean, write_base
from training.encoder.batches import BATCH, Course, training_course
from training.encoder.contrastive import TranslationLoss
from training.encoder.measures import development_errors
from training.encoder.pairs import ROOT, WORK, TrainingPair, read_pairs

__all__ = ["Settings", "main", "train"]

_MEAN_SAMPLE = 600
_BLOCK = 20


@dataclass(frozen=True, slots=True)
class Settings:
    """Chosen on the development sets; `queue` counts pairs, `passes` how often each kind of pair is seen.

    `share`: how much of the data is trained on, for the learning curve.
    """

    learning_rate: float = 6e-5
    warmup: float = 0.06
    weight_decay: float = 0.01
    scale: float = 30.0
    distillation: float = 5.0
    composition: float = 0.5
    imitation: float = 0.0
    queue: int = 1024
    government_passes: int = 3
    string_passes: int = 1
    share: float = 1.0
    max_tokens: int = 192
    seed: int = 1
    evaluations: int = 4


class _InOrder(DefaultBatchSampler):
    """The batches as the course has them."""

    def __init__(self, dataset: Dataset, batch_size: int, drop_last: bool, **options: Any) -> None:
        super().__init__(SequentialSampler(dataset), batch_size=batch_size, drop_last=drop_last, **options)


class _Curve(TrainerCallback):
    """Measures the model on the development sets every so many steps, and remembers."""

    def __init__(self, path: Path, every: int) -> None:
        self._path, self._every = path, every

    def on_step_end(
        self,
        args: TrainingArguments,
        state: TrainerState,
        control: TrainerControl,
        model: SentenceTransformer | None = None,
        **_: Any,
    ) -> None:
        if model is None or (state.global_step % self._every and state.global_step != state.max_steps):
            return
        model.eval()
        errors = development_errors(model)
        model.train()
        line = {"step": state.global_step, "at": time.strftime("%H:%M:%S"), **errors}
        with self._path.open("a", encoding="utf-8") as curve:
            curve.write(json.dumps(line) + "\n")
        print(json.dumps(line), flush=True)


def train(work: Path, name: str, start: Path | None, teacher: Encoder, settings: Settings, shared: Path) -> Path:
    """Returns the folder of the trained model."""
    run = work / name
    run.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(settings.seed)
    pairs = _some(read_pairs(work / "train.jsonl"), settings)
    kk, ru = (
        _vectors(teacher, [getattr(pair, side) for pair in pairs], place, settings)
        for place, side in enumerate(("kk", "ru"))
    )
    both = kk + ru
    both /= np.linalg.norm(both, axis=1, keepdims=True)
    course = training_course(pairs, both, settings.government_passes, settings.string_passes, settings.seed)
    joined = course.anchors[len(pairs) :]
    vectors = tuple(
        np.concatenate([side, _vectors(teacher, [texts[place] for texts in joined], place, settings)])
        for place, side in enumerate((kk, ru))
    )
    if start is None:
        start = work / "base"
        if not start.is_dir():
            write_base(start, shared)
    model = SentenceTransformer(str(start), device="cpu")
    model.max_seq_length = settings.max_tokens
    sample = pairs[:: len(pairs) // _MEAN_SAMPLE]
    offset = (
        0.0
        if settings.imitation
        else subtract_common_mean(model, [pair.kk for pair in sample], [pair.ru for pair in sample])
    )
    # Pieces that the training never meets must go on meaning what their neighbours mean.
    model[0].auto_model.embeddings.word_embeddings.weight.requires_grad_(False)
    loss = TranslationLoss(
        model,
        vectors,
        settings.scale,
        settings.distillation,
        settings.composition,
        settings.imitation,
        settings.queue,
    )
    steps = len(course.rows) // BATCH
    every = max(1, steps // settings.evaluations)
    arguments = SentenceTransformerTrainingArguments(
        output_dir=str(run / "checkpoints"),
        num_train_epochs=1,
        per_device_train_batch_size=BATCH,
        learning_rate=settings.learning_rate,
        warmup_steps=int(settings.warmup * steps),
        weight_decay=settings.weight_decay,
        max_grad_norm=1.0,
        bf16=True,
        use_cpu=not torch.cuda.is_available(),
        batch_sampler=_InOrder,
        save_steps=every,
        save_total_limit=1,
        logging_steps=10,
        report_to=[],
        seed=settings.seed,
        disable_tqdm=True,
    )
    started = time.time()
    trainer = SentenceTransformerTrainer(
        model=model,
        args=arguments,
        train_dataset=_dataset(course),
        loss=loss,
        callbacks=[_Curve(run / "curve.jsonl", every)],
    )
    has_checkpoint = any((run / "checkpoints").glob("checkpoint-*"))
    trainer.train(resume_from_checkpoint=has_checkpoint or None)
    model.max_seq_length = 512
    model.save_pretrained(str(run / "model"), create_model_card=False)
    record = {
        "settings": asdict(settings),
        "loss": loss.get_config_dict(),
        "start": str(start),
        "teacher": teacher.name,
        "subtracted_mean_length": offset,
        "pairs": len(pairs),
        "rows": len(course.rows),
        "steps": steps,
        "data_sha256": hashlib.sha256((work / "train.jsonl").read_bytes()).hexdigest(),
        "seconds": round(time.time() - started),
        "machine": machine(),
        "versions": installed_versions("torch", "transformers", "sentence-transformers", "accelerate", "datasets"),
        "curve": [json.loads(line) for line in (run / "curve.jsonl").read_text(encoding="utf-8").splitlines()],
        "log": trainer.state.log_history,
    }
    (run / "run.json").write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")
    return run / "model"


def _some(pairs: list[TrainingPair], settings: Settings) -> list[TrainingPair]:
    """A share of the pairs, from all over them: blocks of neighbours, which can be joined."""
    blocks = [pairs[start : start + _BLOCK] for start in range(0, len(pairs), _BLOCK)]
    taken = sorted(random.Random(settings.seed).sample(range(len(blocks)), round(settings.share * len(blocks))))
    return [pair for place in taken for pair in blocks[place]]


def _vectors(teacher: Encoder, texts: list[str], language: int, settings: Settings) -> np.ndarray:
    """The teacher's vectors of unit length, centred unless they are to be imitated as they are."""
    vectors = teacher.encode(texts)
    if not settings.imitation:
        vectors = vectors - usual_means(teacher)[language]
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)


def _dataset(course: Course) -> Dataset:
    return Dataset.from_dict(
        {
            "kk": [row.kk for row in course.rows],
            "ru": [row.ru for row in course.rows],
            "label": [[row.pair, row.kind, row.group, row.role, len(row.kk), len(row.ru)] for row in course.rows],
        }
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared", help="where the data is")
    parser.add_argument("--work", type=Path, default=WORK, help="where `training.encoder.pairs` wrote")
    parser.add_argument("--name", default="tuned", help="the run's folder")
    parser.add_argument("--start", type=Path, help="the model to begin with; else e5-small")
    parser.add_argument("--teacher", type=Path, help="a folder like that of the embedded encoder; else itself")
    for field in fields(Settings):
        parser.add_argument(f"--{field.name.replace('_', '-')}", type=type(field.default), default=field.default)
    arguments = parser.parse_args()
    # oneDNN compiles a kernel for each shape and remembers 1,024, too few for a course of texts of all lengths.
    os.environ.setdefault("ONEDNN_PRIMITIVE_CACHE_CAPACITY", "8192")
    settings = Settings(**{field.name: getattr(arguments, field.name) for field in fields(Settings)})
    teacher = CachedEncoder(EmbeddedEncoder(arguments.teacher) if arguments.teacher else load_encoder())
    print(train(arguments.work, arguments.name, arguments.start, teacher, settings, arguments.shared))


if __name__ == "__main__":
    main()
