"""Train the judge: model.json and words.txt of `aligner/judge`, from ../shared/parallel and made negatives.

    python -m training.judge.train                       # everything, for the embedded encoder
    python -m training.judge.train --encoder NAME        # only a calibration for another encoder, into the same file

Deterministic.

The embedded encoder is trained on most government files, where its cosines are better than they will be on new texts.
So the calibration is fitted on files that it has not seen and on our own sample corpus, on rows that the trees have not
seen, and those weigh more in the trees as well. `HELD_OUT` is left to `benchmarks/judge.py`; nothing that is like it or
like ../shared/gold is trained on.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from aligner.encode import CachedEncoder, Encoder, load_encoder
from aligner.encode.means import reference_vectors, usual_means
from aligner.judge import Background
from aligner.judge.calibration import Calibration, fit_calibration
from aligner.judge.judge import FEATURES, Model
from aligner.judge.texts import NameRates
from aligner.judge.words import WordTable
from training.encoder.gold_guard import Guard, gold_texts, plain
from training.judge.documents import (
    LIKELY,
    MISALIGNED_KINDS,
    SAMPLE,
    AlignedFile,
    aligned_files,
    sample_files,
    sound_beads,
)
from training.judge.examples import MADE_WEIGHT, TRUE, Examples, common_words, from_files, from_strings, name_rates
from training.judge.made import MADE_KINDS
from training.judge.strings import unseen_strings
from training.judge.words import Pair, WordNumbers, learn_words, string_pairs, table_lines

__all__ = ["HELD_OUT", "SEED", "TRUE_AMONG_ALIGNED", "UNSEEN", "background_of", "barred_by", "main"]

ROOT = Path(__file__).resolve().parents[2]
MODEL = ROOT / "aligner" / "judge" / "model.json"
WORDS = MODEL.with_name("words.txt")
SEED = 7

HELD_OUT = ("conscouncil", "kyzmet", "prokuror", "resurs")
"""Files for `benchmarks/judge.py` alone. The encoder is not trained on them either."""
UNSEEN = ("iak", "nationalbank", "pravstat", "primeminister")
"""Files that the judge is trained on, but not the encoder."""
_ENCODER_HAS_SEEN = (
    "almaty", "bolashak", "dingov", "egov", "election", "enu1", "government", "knb", "minplan", "muftyat1",
    "muftyat2", "udp",
)  # fmt: skip
_PARTS = (("enu1",), tuple(name for name in _ENCODER_HAS_SEEN if name != "enu1"))
"""Files that a table of words is learnt without, so that it is as good on them as on new ones."""
_STRINGS = 1_400
_SHORT_MESSAGE = 40

_TRUE_SHARE = 0.5
"""How much of the weight true pairs have for the trees."""
TRUE_AMONG_ALIGNED = 0.8
"""How much they have for the calibration: fewer than in a good alignment (.95 in ../shared/gold/natural), so that
probabilities err to the safe side."""
_SURELY_FALSE, _SURELY_TRUE = -1.5, 2.5
"""Log-odds."""
_UNSEEN_WEIGHT, _STRING_WEIGHT, _ALONE_WEIGHT = 3.0, 0.4, 0.5
_WRONG_NAME_WEIGHT = 2.0
"""For the trees alone: few sentences have a name that can be made wrong."""
_FOLDS = 4
_FALLING = (
    "figures_kk",
    "figures_ru",
    "small_figures",
    "contradicting_figures",
    "names_kk",
    "names_ru",
    "strangest_name",
    "contradicting_names",
    "markup",
    "kazakh_ru",
    "wrong_language",
    "copied",
    "copied_run",
    "run_kk",
    "run_ru",
)
_RISING = ("cosine", "margin", "gap", "lesser", "wider", "company", "words_kk", "words_ru")
_LEARNER: dict[str, Any] = {
    "max_iter": 160,
    "learning_rate": 0.08,
    "max_leaf_nodes": 12,
    "min_samples_leaf": 40,
    "l2_regularization": 2.0,
    "max_features": 0.5,
    "early_stopping": False,
    "random_state": SEED,
}

Floats = NDArray[np.float64]


def background_of(encoder: Encoder) -> Background:
    return Background(*reference_vectors(encoder), usual_means(encoder))


def barred_by(guard: Guard) -> Any:
    """Whether a text is like something that must not be trained on; asked once a text."""
    known: dict[str, bool] = {}

    def is_barred(text: str) -> bool:
        if text not in known:
            known[text] = guard.why(text) is not None
        return known[text]

    return is_barred


@dataclass(frozen=True, slots=True)
class Gathered:
    """Every example, how often names are answered in the true ones, and what `WordTable` is made of."""

    examples: Examples
    rates: NameRates
    words: WordNumbers


def gather(shared: Path, encoder: Encoder) -> Gathered:
    """Everything that there is to train on."""
    folder = shared / "parallel" / "apertium-gov"
    held_lines = [
        line
        for name in HELD_OUT
        for language in ("kk", "ru")
        for line in (folder / f"{name}.{language}.txt").read_text(encoding="utf-8").splitlines()
    ]
    is_barred = barred_by(Guard([*gold_texts(shared), *held_lines]))
    files = [
        *aligned_files(folder, (*UNSEEN, *_ENCODER_HAS_SEEN), encoder, _tell),
        *sample_files(ROOT / "corpora" / "sample", encoder),
    ]
    strings = unseen_strings(shared, _STRINGS, is_barred, SEED)
    messages = _messages(shared, strings, is_barred)
    numbers, tables = _word_tables(files, messages, is_barred)
    table = WordTable(*numbers)
    tables = {file.name: tables.get(file.name, table) for file in files}
    _tell(f"{sum(map(len, numbers[0].values()))} pairs of words")
    lines = {
        language: [line for file in files for line in getattr(file, language) if not is_barred(line)]
        + [pair[side] for pair in (*strings, *messages)]
        for side, language in enumerate(("kk", "ru"))
    }
    common = common_words(lines)
    sound = _sound_pairs(files, is_barred)
    rates = name_rates([pair for pairs in sound.values() for pair in pairs], common, table)
    unseen_rates = {own: name_rates(_pairs_unlike(sound, own), common, tables.get(own, table)) for own in sound}
    _tell(f"names of {len(sound)} files counted without each")
    own_rates = {file.name: unseen_rates[_source(file)] for file in files}
    background = background_of(encoder)
    examples = from_files(files, encoder, background, rates, is_barred, SEED, tables, own_rates)
    _tell(f"{len(examples.kinds)} examples from files")
    examples.add(from_strings(strings, encoder, background, rates, SEED, table))
    return Gathered(examples, rates, numbers)


def _source(file: AlignedFile) -> str:
    """The file's name; short news of our own sample count as one file."""
    return SAMPLE if file.name.startswith(SAMPLE) else file.name


def _sound_pairs(files: Sequence[AlignedFile], is_barred: Callable[[str], bool]) -> dict[str, list[Pair]]:
    """By source, the texts of the beads held to be true."""
    result: dict[str, list[Pair]] = {}
    for file in files:
        beads = [file.beads[place] for place in sound_beads(file)]
        result.setdefault(_source(file), []).extend(
            (file.kk_text(bead), file.ru_text(bead))
            for bead in beads
            if not any(is_barred(file.kk[place]) for place in bead.kk)
        )
    return result


def _pairs_unlike(sound: dict[str, list[Pair]], own: str) -> list[Pair]:
    """The pairs of all other sources that share no text with this one: what is known of names when it is new."""
    texts = {plain(text) for pair in sound[own] for text in pair}
    return [
        pair for name, pairs in sound.items() if name != own for pair in pairs if texts.isdisjoint(map(plain, pair))
    ]


def _messages(shared: Path, strings: Sequence[Pair], is_barred: Callable[[str], bool]) -> list[Pair]:
    """The messages of software from which words are learnt. `strings`, which are judged, are kept out."""
    left_out = {plain(text) for pair in strings for text in pair}
    return [
        pair
        for pair in string_pairs(shared)
        if left_out.isdisjoint(map(plain, pair))
        # Nothing short is like a sentence that is measured on.
        and not (len(pair[0]) > _SHORT_MESSAGE and any(map(is_barred, pair)))
    ]


def _word_tables(
    files: Sequence[AlignedFile], messages: Sequence[Pair], is_barred: Callable[[str], bool]
) -> tuple[WordNumbers, dict[str, WordTable]]:
    """The table of words that is shipped, and for the files it was learnt from tables that have not seen them.

    `UNSEEN` files and the sample are kept out: what is shipped has not seen those either.
    """
    by_file: dict[str, list[Pair]] = {}
    for file in files:
        if file.name in _ENCODER_HAS_SEEN:
            beads = [bead for bead in file.beads if bead.kk and bead.ru and bead.score >= LIKELY]
            pairs = [(file.kk_text(bead), file.ru_text(bead)) for bead in beads]
            by_file[file.name] = [pair for pair in pairs if not any(map(is_barred, pair))]
    tables = {}
    for part in _PARTS:
        own = {plain(text) for name in part for pair in by_file[name] for text in pair}
        others = [pair for name in by_file if name not in part for pair in by_file[name]]
        free = [pair for pair in others if own.isdisjoint(map(plain, pair))]
        table = WordTable(*learn_words([*free, *messages], SEED))
        tables.update(dict.fromkeys(part, table))
    return learn_words([*(pair for pairs in by_file.values() for pair in pairs), *messages], SEED), tables


def is_unseen(examples: Examples) -> NDArray[np.bool_]:
    """Which examples come from texts that the encoder was not trained on, prose and not software."""
    return np.array([source in UNSEEN or source.startswith(SAMPLE) for source in examples.sources])


def weights_of(examples: Examples) -> Floats:
    """A weight for each example; true ones have `_TRUE_SHARE` of the total in every group of sources."""
    weights = np.ones(len(examples.kinds))
    weights[np.array(examples.is_alone)] *= _ALONE_WEIGHT
    sources = np.array(examples.sources)
    weights[np.isin(examples.kinds, MADE_KINDS) & (sources != "strings")] *= MADE_WEIGHT
    unseen = is_unseen(examples)
    weights[unseen] *= _UNSEEN_WEIGHT
    weights[sources == "strings"] *= _STRING_WEIGHT
    is_true = examples.is_true
    for part in (unseen, sources == "strings", ~unseen & (sources != "strings")):
        positive, negative = weights[part & is_true].sum(), weights[part & ~is_true].sum()
        weights[part & is_true] *= _TRUE_SHARE * (positive + negative) / max(positive, 1e-9)
        weights[part & ~is_true] *= (1 - _TRUE_SHARE) * (positive + negative) / max(negative, 1e-9)
    return weights / weights.mean()


def tree_weights(examples: Examples, weights: Floats) -> Floats:
    """What the trees are trained with; the calibration takes the faults as they come."""
    return weights * np.where(np.array(examples.kinds) == "wrong name", _WRONG_NAME_WEIGHT, 1.0)


def fit(rows: Any, is_true: Any, weights: Floats) -> Any:
    from sklearn.ensemble import HistGradientBoostingClassifier

    directions = [(name in _RISING) - (name in _FALLING) for name in FEATURES]
    learner = HistGradientBoostingClassifier(monotonic_cst=directions, **_LEARNER)
    return learner.fit(rows, is_true, sample_weight=weights)


def numbers_of(learner: Any) -> dict[str, Any]:
    """The trees as `aligner.judge.trees.Trees` reads them."""
    trees, deepest = [], 0
    for (predictor,) in learner._predictors:
        nodes = predictor.nodes
        deepest = max(deepest, int(nodes["depth"].max()))
        trees.append(
            [
                [-1, 0, 0, 0, 0, round(float(node["value"]), 5)]
                if node["is_leaf"]
                else [
                    int(node["feature_idx"]),
                    # An infinite threshold parts what is missing from what is not.
                    float(np.float32(min(node["num_threshold"], 1e30))),
                    int(node["missing_go_to_left"]),
                    int(node["left"]),
                    int(node["right"]),
                    0,
                ]
                for node in nodes
            ]
        )
    return {"base": float(learner._baseline_prediction.ravel()[0]), "depth": deepest, "trees": trees}


def unseen_log_odds(examples: Examples, weights: Floats) -> Floats:
    """The log-odds of each example by trees that were not trained on its group."""
    from sklearn.model_selection import GroupKFold

    rows, is_true = examples.matrix, examples.is_true
    weights = tree_weights(examples, weights)
    odds = np.zeros(len(rows))
    for train, test in GroupKFold(_FOLDS).split(rows, is_true, examples.groups):
        train = train[weights[train] > 0]
        odds[test] = fit(rows[train], is_true[train], weights[train]).decision_function(rows[test])
    return odds


def _is_mistaken(examples: Examples, odds: Floats) -> NDArray[np.bool_]:
    """Examples that are surely not what they were taken for, by trees that have not seen them.

    These are beads of which the aligner was sure and that are no translations, and misaligned ones that say the same.

    By hand, 27 of the 35 likeliest of the first kind were no translations. Northcutt et al. 2021, “Confident learning”.
    """
    found_in_files = np.array([source != "strings" and not source.startswith(SAMPLE) for source in examples.sources])
    is_true = examples.is_true
    is_misaligned = np.isin(examples.kinds, MISALIGNED_KINDS)
    mistaken: NDArray[np.bool_] = (is_true & found_in_files & (odds < _SURELY_FALSE)) | (
        is_misaligned & (odds > _SURELY_TRUE)
    )
    return mistaken


def calibrate(examples: Examples, weights: Floats, odds: Floats) -> Calibration:
    """On what the encoder has not seen, `TRUE_AMONG_ALIGNED` of it true."""
    chosen = is_unseen(examples) & (weights > 0)
    is_true, importance = examples.is_true[chosen], weights[chosen].copy()
    importance[is_true] *= TRUE_AMONG_ALIGNED / importance[is_true].sum()
    importance[~is_true] *= (1 - TRUE_AMONG_ALIGNED) / importance[~is_true].sum()
    importance *= chosen.sum()
    return fit_calibration(odds[chosen].astype(np.float32), is_true, importance.astype(np.float32))


def train(shared: Path, encoder: Encoder) -> dict[str, Any]:
    """The model as numbers."""
    gathered = gather(shared, encoder)
    examples, rates = gathered.examples, gathered.rates
    weights = weights_of(examples)
    _report(examples)
    mistaken = _is_mistaken(examples, unseen_log_odds(examples, weights))
    _tell(f"{(mistaken & examples.is_true).sum()} that are true and {mistaken.sum()} in all are left out as mistaken")
    weights = weights_of(examples) * ~mistaken
    odds = unseen_log_odds(examples, weights)
    calibration = calibrate(examples, weights, odds)
    _report_quality(examples, weights, calibration.probabilities(odds.astype(np.float32)))
    learner = fit(examples.matrix[~mistaken], examples.is_true[~mistaken], tree_weights(examples, weights)[~mistaken])
    _replace(WORDS, "\n".join(table_lines(*gathered.words)) + "\n")
    stored = {"slope": round(calibration.slope, 4), "offset": round(calibration.offset, 4)}
    return {
        "features": list(FEATURES),
        "trained_on": encoder.name,
        **numbers_of(learner),
        "names": {
            "kinds": rates.kinds,
            "keys": rates.keys,
            "common": {language: " ".join(sorted(keys)) for language, keys in rates.common.items()},
        },
        "calibrations": {"default": stored, encoder.name: stored},
    }


def recalibrate(shared: Path, encoder: Encoder) -> dict[str, Any]:
    """The shipped model with a calibration for this encoder more."""
    numbers = json.loads(MODEL.read_text(encoding="utf-8"))
    examples = gather(shared, encoder).examples
    odds = Model.from_numbers(numbers).log_odds(examples.matrix).astype(np.float64)
    sound = ~_is_mistaken(examples, odds)
    calibration = calibrate(examples, weights_of(examples) * sound, odds)
    numbers["calibrations"][encoder.name] = {
        "slope": round(calibration.slope, 4),
        "offset": round(calibration.offset, 4),
    }
    _tell(f"{encoder.name}: {numbers['calibrations'][encoder.name]}")
    return numbers


def _report(examples: Examples) -> None:
    sources = [source.split()[0] for source in examples.sources]
    for (source, kind), count in sorted(Counter(zip(sources, examples.kinds, strict=True)).items()):
        _tell(f"  {source:12} {kind:18} {count:6}")


def _report_quality(examples: Examples, weights: Floats, probabilities: Any) -> None:
    from sklearn.metrics import roc_auc_score

    kinds, alone, is_true = np.array(examples.kinds), np.array(examples.is_alone), examples.is_true
    chosen = is_unseen(examples)
    for place, in_document in (("in its document", ~alone), ("alone", alone)):
        part = chosen & in_document
        for kind in sorted(set(kinds[part]) - {TRUE}):
            both = part & ((kinds == kind) | is_true)
            auc = roc_auc_score(is_true[both], probabilities[both])
            _tell(f"  cross-validated, {place}, {kind}: AUC {auc:.4f}")
        sure = part & (probabilities >= 0.9)
        _tell(f"  scored ≥ .9: {np.average(is_true[sure], weights=weights[sure]):.4f} right")


def _tell(text: str) -> None:
    print(f"{time.process_time():6.0f} s  {text}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m training.judge.train", description=__doc__.splitlines()[0])
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared", help="where the data is")
    parser.add_argument("--encoder", help="calibrate for this encoder; the trees stay as they are")
    parser.add_argument("--cache", type=Path, help="where vectors are kept; the user's cache folder by default")
    arguments = parser.parse_args()
    encoder = CachedEncoder(load_encoder(arguments.encoder), arguments.cache)
    numbers = recalibrate(arguments.shared, encoder) if arguments.encoder else train(arguments.shared, encoder)
    _replace(MODEL, _as_text(numbers))
    _tell(f"written: {MODEL} ({MODEL.stat().st_size / 1000:.0f} kB)")


def _replace(path: Path, text: str) -> None:
    draft = path.with_suffix(".part")
    draft.write_text(text, encoding="utf-8")
    draft.replace(path)


def _as_text(numbers: dict[str, Any]) -> str:
    """JSON with a line for each tree and each part, so that a change can be read."""
    parts = []
    for name, value in numbers.items():
        if name == "trees":
            lines = ",\n".join(json.dumps(tree, separators=(",", ":")) for tree in value)
            parts.append(f'"trees": [\n{lines}\n]')
        else:
            parts.append(f"{json.dumps(name)}: {json.dumps(value, ensure_ascii=False, sort_keys=True)}")
    return "{\n" + ",\n".join(parts) + "\n}\n"


if __name__ == "__main__":
    main()
