"""How well the judge tells translations from what only looks like them, and whether its probabilities are right.

usage: python -m benchmarks.judge [--quick]

On government files that neither the judge nor the encoder was trained on, on ../shared/gold/natural, X-WMT and FLORES
(../shared/gold) with made faults, and on the beads that our aligner proposes for ../shared/gold/natural. Written:
benchmarks/results/judge.json.

`loose_translations.json` names the beads of these government files of which the aligner is sure and that leave out a
clause, add one or say another thing: as Kazakh and Russian numbers among the lines that are not empty. They were found
by reading, without a look at their scores, and are faults that nobody made. Whether such a pair is a translation is a
matter of taste: the figures are given without them as well.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from aligner.align import align_segments
from aligner.encode import CachedEncoder, Encoder, load_encoder
from aligner.encode.means import usual_means, usual_scale
from aligner.judge import Background, Judge
from aligner.judge.judge import load_model
from aligner.records import Bead
from benchmarks.results_file import corpus_hashes, installed_versions, write_results
from benchmarks.shared_data import SHARED, missing_files, read_documents, shared_files
from training.encoder.gold_guard import gold_texts, plain
from training.judge.documents import AlignedFile, aligned_files
from training.judge.examples import MADE_WEIGHT, TRUE, Examples, from_files, from_strings
from training.judge.made import MADE_KINDS
from training.judge.train import HELD_OUT, TRUE_AMONG_ALIGNED, background_of

__all__ = ["area_under_curve", "calibration_error", "judged_beads", "main", "with_estimated_share"]

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

NATURAL = ("gold/natural/afn.json", "gold/natural/nationalbank.json", "gold/natural/primeminister.json")
GOLD_LINES = ("xwmt", "flores-dev")
_SEED = 2026
_SURE = 0.9
_BINS = 10
_TRUE_SHARES = {"four in five true": 0.8, "half true": 0.5}
_QUICK = 300
_TIMES = 10
_ESTIMATES = 200
_DRAWS = 200
_LOOSE = "loose"
_LOOSE_LIST = Path(__file__).with_name("loose_translations.json")


def area_under_curve(scores: Floats, is_true: Flags) -> float:
    """The probability that a true pair is scored above one that is not; ties count half."""
    from scipy.stats import rankdata

    positive, negative = int(is_true.sum()), int((~is_true).sum())
    if not positive or not negative:
        return float("nan")
    ranks = rankdata(scores)[is_true].sum()
    return float((ranks - positive * (positive + 1) / 2) / (positive * negative))


def calibration_error(probabilities: Floats, is_true: Flags, weights: Floats | None = None) -> float:
    """Expected calibration error over ten bins of equal width, each as heavy as what is in it."""
    importance = np.ones(len(probabilities)) if weights is None else weights
    places = np.minimum((probabilities * _BINS).astype(int), _BINS - 1)
    gaps = [abs(float((importance * (probabilities - is_true))[places == place].sum())) for place in range(_BINS)]
    return sum(gaps) / float(importance.sum())


def calibration_error_by_chance(probabilities: Floats, weights: Floats) -> float:
    """The calibration error that these pairs would show on average if every probability were exactly right: with few
    pairs, some bins are off by luck alone. Less than this can't be told from it."""
    chance = np.random.default_rng(_SEED)
    drawn = (chance.random(len(probabilities)) < probabilities for _ in range(_DRAWS))
    return float(np.mean([calibration_error(probabilities, each, weights) for each in drawn]))


def with_estimated_share(probabilities: Floats, made_for: float = TRUE_AMONG_ALIGNED) -> Floats:
    """What the probabilities of one document would be if the share of its true pairs were estimated from themselves.

    They are `made_for` a share of true pairs. Saerens et al. 2002, “Adjusting the outputs of a classifier to new a
    priori probabilities”. Our judge does not do this: it is measured here to say why.
    """
    odds = np.clip(probabilities, 1e-6, 1 - 1e-6)
    odds = odds / (1 - odds) / (made_for / (1 - made_for))
    share, found = made_for, probabilities
    for _ in range(_ESTIMATES):
        raised = odds * share / (1 - share)
        found = raised / (1 + raised)
        share = min(float(found.mean()), 1 - 1e-6)
    return found


def measure(examples: Examples, probabilities: Floats, made_weight: float = 1.0) -> dict[str, Any]:
    """AUC of true pairs against each kind of fault, calibration, and how right the sure ones are.

    Calibration and sureness are given for mixtures in which four pairs of five are true, which is still worse than our
    aligner's output, and in which every other one is. In them a made fault weighs `made_weight`, others 1.
    """
    is_true, kinds = examples.is_true, np.array(examples.kinds)
    faults = np.where(np.isin(kinds, MADE_KINDS), made_weight, 1.0) * ~is_true
    sure = probabilities >= _SURE
    mixed: dict[str, Any] = {}
    for name, share in _TRUE_SHARES.items():
        weights = np.where(is_true, share / max(1, is_true.sum()), (1 - share) * faults / max(1e-9, faults.sum()))
        right = round(float(np.average(is_true[sure], weights=weights[sure])), 4) if sure.any() else None
        mixed[name] = {
            "calibration_error": round(calibration_error(probabilities, is_true, weights), 4),
            "calibration_error_by_chance": round(calibration_error_by_chance(probabilities, weights), 4),
            "sure_and_right": right,
        }
    return {
        "true": int(is_true.sum()),
        "auc": {
            kind: [round(area_under_curve(probabilities[both], is_true[both]), 4), int((kinds == kind).sum())]
            for kind in sorted(set(kinds.tolist()) - {TRUE})
            for both in [is_true | (kinds == kind)]
        },
        "auc_of_all": round(area_under_curve(probabilities, is_true), 4),
        **mixed,
        "true_that_are_sure": round(float((sure & is_true).sum() / max(1, is_true.sum())), 4),
        "true_below_half": round(float((is_true & (probabilities < 0.5)).sum() / max(1, is_true.sum())), 4),
    }


def _print(title: str, measured: dict[str, Any]) -> None:
    print(f"\n{title}: {measured['true']} true pairs")
    for kind, (auc, count) in measured["auc"].items():
        print(f"  {kind:18} {count:5}   AUC {auc:.4f}")
    print(
        f"  all faults: AUC {measured['auc_of_all']:.4f}; of the true pairs {measured['true_that_are_sure']} "
        f"are scored ≥ .9, {measured['true_below_half']} below .5"
    )
    for name in _TRUE_SHARES:
        figures = measured[name]
        print(
            f"  {name}: calibration error {figures['calibration_error']} (by chance alone "
            f"{figures['calibration_error_by_chance']}), ≥ .9: {figures['sure_and_right']} right"
        )


def _government(encoder: Encoder, background: Background) -> dict[str, Any]:
    gold = {plain(text) for text in gold_texts(SHARED)}
    files = list(aligned_files(SHARED / "parallel/apertium-gov", HELD_OUT, encoder))
    examples = from_files(files, encoder, background, load_model().rates, lambda text: plain(text) in gold, _SEED)
    loose = _loose_translations(files)
    examples.kinds = [
        _LOOSE if kind == TRUE and texts in loose else kind
        for kind, texts in zip(examples.kinds, zip(examples.kk, examples.ru, strict=True), strict=True)
    ]
    probabilities = _probabilities(examples, encoder, background)
    results = {}
    for title, is_alone in (("in their documents", False), ("alone", True)):
        chosen = np.flatnonzero(np.array(examples.is_alone) == is_alone)
        told = chosen[[examples.kinds[place] != _LOOSE for place in chosen]]
        for name, places in ((title, chosen), (f"{title}, without the loose ones", told)):
            results[name] = measure(_chosen(examples, places.tolist()), probabilities[places], MADE_WEIGHT)
            _print(f"government files held out ({', '.join(HELD_OUT)}), {name}", results[name])
    return results


def _pages(encoder: Encoder, background: Background) -> dict[str, Any]:
    """Faults made in the beads of gold/natural, which were found by reading."""
    files = [_with_gold_beads(document, encoder) for path in NATURAL for document in read_documents(path)]
    examples = from_files(files, encoder, background, load_model().rates, lambda text: False, _SEED)
    probabilities = _probabilities(examples, encoder, background)
    results = {}
    for title, is_alone in (("in their documents", False), ("alone", True)):
        chosen = np.flatnonzero(np.array(examples.is_alone) == is_alone)
        results[title] = measure(_chosen(examples, chosen.tolist()), probabilities[chosen], MADE_WEIGHT)
        _print(f"gold/natural with made faults, {title}", results[title])
    return results


def _with_gold_beads(document: dict[str, Any], encoder: Encoder) -> AlignedFile:
    """The document as if the aligner had found what is in its gold; what that leaves out stands alone."""
    kk, ru = tuple(document["kk"]), tuple(document["ru"])
    gold = sorted((tuple(sorted(own)), tuple(sorted(other))) for own, other in document["gold"])
    paired = {place for _, other in gold for place in other}
    beads: list[Bead] = []
    next_kk = next_ru = 0
    for own, other in [*gold, ((len(kk),), (len(ru),))]:
        beads.extend(Bead((place,), (), 0.0) for place in range(next_kk, own[0]))
        beads.extend(Bead((), (place,), 0.0) for place in range(next_ru, other[0]) if place not in paired)
        beads.append(Bead(own, other, 1.0))
        next_kk, next_ru = own[-1] + 1, max(next_ru, other[-1] + 1)
    return AlignedFile(document["id"], kk, ru, encoder.encode(kk), encoder.encode(ru), tuple(beads[:-1]))


def _probabilities(examples: Examples, encoder: Encoder, background: Background) -> Floats:
    calibration = Judge(background, encoder.name).calibration
    return calibration.probabilities(load_model().log_odds(examples.matrix)).astype(np.float64)


def _loose_translations(files: Sequence[AlignedFile]) -> set[tuple[str, str]]:
    """The texts of the beads that `loose_translations.json` names."""
    listed = json.loads(_LOOSE_LIST.read_text(encoding="utf-8"))
    beads = [(file, Bead(tuple(kk), tuple(ru), 0.0)) for file in files for kk, ru in listed.get(file.name, ())]
    return {(file.kk_text(bead), file.ru_text(bead)) for file, bead in beads}


def _gold_lines(encoder: Encoder, background: Background, most: int | None) -> dict[str, Any]:
    """Human translations, each with a fault made in a copy of it; judged alone."""
    results = {}
    for name in GOLD_LINES:
        sides = [(SHARED / f"gold/{name}.{side}.txt").read_text(encoding="utf-8").splitlines() for side in ("kk", "ru")]
        pairs = list(zip(*sides, strict=True))[:most]
        examples = from_strings(pairs, encoder, background, load_model().rates, _SEED)
        probabilities = _probabilities(examples, encoder, background)
        results[name] = measure(examples, probabilities)
        _print(f"{name}, alone", results[name])
    return results


def _chosen(examples: Examples, places: Sequence[int]) -> Examples:
    return Examples(*([getattr(examples, name)[place] for place in places] for name in Examples.__slots__))


def _natural(encoder: Encoder, background: Background) -> dict[str, Any]:
    judge = Judge(background, encoder.name)
    results = {}
    everything: list[tuple[float, float, bool]] = []
    estimated: list[tuple[float, float, bool]] = []
    for path in NATURAL:
        for document in read_documents(path):
            scored = judged_beads(document, encoder, judge)
            results[document["id"]] = _natural_figures(scored)
            everything += scored
            shifted = with_estimated_share(np.array([probability for probability, _, _ in scored]))
            estimated += [(new, before, own) for new, (_, before, own) in zip(shifted.tolist(), scored, strict=True)]
    results["together"] = _natural_figures(everything)
    results["together, shares estimated"] = _natural_figures(estimated)
    print("\nbeads that our aligner proposes for gold/natural (development evaluation)")
    for name, figures in results.items():
        print(f"  {name:15} {figures}")
    return results


def judged_beads(document: dict[str, Any], encoder: Encoder, judge: Judge) -> list[tuple[float, float, bool]]:
    """For each bead that counts: the judge's probability, the aligner's, and whether it is in the gold."""
    kk, ru = document["kk"], document["ru"]
    kk_vectors, ru_vectors = encoder.encode(kk), encoder.encode(ru)
    beads = align_segments(
        kk, ru, kk_vectors, ru_vectors, usual_means(encoder), None, usual_scale(encoder), encoder.encode
    )
    two_sided = [bead for bead in beads if bead.kk and bead.ru]
    verdicts = judge.judge_beads(
        beads,
        [" ".join(kk[place] for place in bead.kk) for bead in two_sided],
        [" ".join(ru[place] for place in bead.ru) for bead in two_sided],
        kk_vectors,
        ru_vectors,
        np.array([len(line) for line in kk], np.float32),
        np.array([len(line) for line in ru], np.float32),
    )
    junk = [set(side) for side in document.get("ignore", ((), ()))]
    gold = {(tuple(sorted(own)), tuple(sorted(other))) for own, other in document["gold"]}
    return [
        (verdict.probability, bead.score, (tuple(sorted(bead.kk)), tuple(sorted(bead.ru))) in gold)
        for bead, verdict in zip(two_sided, verdicts, strict=True)
        if not (set(bead.kk) <= junk[0] and set(bead.ru) <= junk[1])
    ]


def _natural_figures(scored: Sequence[tuple[float, float, bool]]) -> dict[str, Any]:
    probabilities, before, is_right = (np.array(column) for column in zip(*scored, strict=True))
    sure = probabilities >= _SURE
    return {
        "beads": len(scored),
        "wrong": int((~is_right).sum()),
        "auc": round(area_under_curve(probabilities, is_right), 4),
        "auc_of_the_aligner": round(area_under_curve(before, is_right), 4),
        "sure": int(sure.sum()),
        "sure_and_right": round(float(is_right[sure].mean()), 4) if sure.any() else None,
        "calibration_error": round(calibration_error(probabilities, is_right), 4),
    }


def _speed(encoder: Encoder, background: Background) -> dict[str, float]:
    """Pairs a second on one core, vectors being there: news sentences, each text met for the first time."""
    pairs: list[tuple[str, str]] = []
    for name in (*GOLD_LINES, "flores-devtest"):
        sides = [(SHARED / f"gold/{name}.{side}.txt").read_text(encoding="utf-8").splitlines() for side in ("kk", "ru")]
        pairs += zip(*sides, strict=True)
    kk, ru = [list(side) for side in zip(*pairs, strict=True)]
    # How long it takes does not depend on what the vectors say.
    random = np.random.default_rng(_SEED)
    vectors = random.standard_normal((2, len(pairs), encoder.dimension)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=2, keepdims=True)
    judge = Judge(background, encoder.name)
    judge.judge_pairs(kk[:10], ru[:10], vectors[0, :10], vectors[1, :10])
    speeds = {}
    for title, times in (("first time", 1), ("words known", _TIMES)):
        seconds = []
        for _ in range(times):
            start = time.process_time()
            judge.judge_pairs(kk, ru, vectors[0], vectors[1])
            seconds.append(time.process_time() - start)
        # What slows a run down is what else the machine does.
        speeds[title] = round(len(pairs) / min(seconds))
    print(f"\npairs judged a second of processor time, without encoding ({len(pairs):,} news sentences): {speeds}")
    return speeds


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.judge", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--quick", action="store_true", help=f"{_QUICK} sentences of each gold set; nothing is written")
    options = parser.parse_args()
    needed = (*NATURAL, *(f"gold/{name}.{side}.txt" for name in GOLD_LINES for side in ("kk", "ru")))
    government = tuple(f"parallel/apertium-gov/{name}.{side}.txt" for name in HELD_OUT for side in ("kk", "ru"))
    if missing := missing_files(*needed, *government):
        print(f"judge: skipped, for these are not beside this checkout: {', '.join(missing)}")
        return
    encoder = CachedEncoder(load_encoder())
    background = background_of(encoder)
    results = {
        "encoder": encoder.name,
        "government": _government(encoder, background),
        "pages": _pages(encoder, background),
        "gold_lines": _gold_lines(encoder, background, _QUICK if options.quick else None),
        "natural": _natural(encoder, background),
        "pairs_per_second": _speed(encoder, background),
    }
    if options.quick:
        return
    path = write_results(
        "judge",
        results,
        installed_versions("numpy", "scipy", "onnxruntime", "rapidfuzz", "scikit-learn"),
        corpus_hashes(shared_files(*needed, *government), SHARED),
    )
    print(f"\nwritten: {path}")


if __name__ == "__main__":
    main()
