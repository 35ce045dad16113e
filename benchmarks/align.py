"""How well and how fast sentences are aligned, ours and the peers' on the same vectors, in one run.

usage: python -m benchmarks.align [--true] [--tune] [--summary]

Gold: ../shared/gold (development sets). Written: benchmarks/results/align.json and three SVG plots beside it.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from statistics import fmean
from typing import Any

import numpy as np
from numpy.typing import NDArray

from aligner.encode import Encoder, load_encoder
from aligner.encode.means import usual_means
from benchmarks.alignment_case import ABSENT, AlignmentCase, Beads, Text, as_given, centred, encoded_windows
from benchmarks.bead_scores import BeadScores, score_beads
from benchmarks.long_text import Corpus, LongRun, measure_long
from benchmarks.results_file import RESULTS, corpus_hashes, installed_versions, write_results
from benchmarks.shared_data import SHARED, missing_files, read_documents, shared_files
from benchmarks.svg_plots import bar_plot, line_plot, matrix_plot
from benchmarks.variants import OURS, TUNED_GRIDS, Variant, all_variants

__all__ = ["GOLD", "Outcome", "natural_average", "run", "summarise"]

Floats = NDArray[np.float32]

GOLD = {
    "alignment_dev": "gold/alignment_dev.json",
    "alignment_dev_moved": "gold/alignment_dev_moved.json",
    "natural/afn": "gold/natural/afn.json",
    "natural/nationalbank": "gold/natural/nationalbank.json",
    "natural/primeminister": "gold/natural/primeminister.json",
}
_PACKAGES = ("numpy", "faiss-cpu", "nltk", "sentweave", "galechurch", "bertalign", "onnxruntime", "tokenizers")
_COMPARED_AT = 2000
_CURVE = (500, 1000, 2000, 5000, 10_000, 20_000)
_PLOTTED_TYPES = ("1-1", "1-2", "2-1", "2-2", "1-3", "3-1", "alone")


@dataclass(frozen=True, slots=True)
class Outcome:
    """One aligner on one gold set. `seconds`: alignment alone, vectors and windows being there already."""

    title: str
    scores: BeadScores
    seconds: float
    beads: Mapping[str, Beads]


class _Prepared:
    """A gold set with the vectors that each way of running an aligner wants, made once."""

    def __init__(
        self, documents: Sequence[Mapping[str, Any]], vector_of: Mapping[str, Floats], encoder: Encoder
    ) -> None:
        self.documents = documents
        self.absent = vector_of[ABSENT]
        self._encoder = encoder
        self._means = usual_means(encoder)
        self._given = [
            tuple(
                as_given(document[side], np.stack([vector_of[text] for text in document[side]]), self.absent)
                for side in ("kk", "ru")
            )
            for document in documents
        ]
        self._made: dict[tuple[bool, bool], list[AlignmentCase]] = {}

    def cases(self, variant: Variant) -> list[AlignmentCase]:
        key = variant.is_centred, variant.has_true_windows
        if key not in self._made:
            self._made[key] = [
                AlignmentCase(self._side(kk, 0, *key), self._side(ru, 1, *key), self._means, self._encoder.encode)
                for kk, ru in self._given
            ]
        return self._made[key]

    def vectors(self) -> list[tuple[Floats, Floats]]:
        return [(kk.vectors, ru.vectors) for kk, ru in self._given]

    def _side(self, text: Text, side: int, is_centred: bool, has_true_windows: bool) -> Text:
        if has_true_windows:
            text = encoded_windows(text, self._encoder.encode)
        if not is_centred:
            return text
        return centred(text, self._means[side], is_encoded=has_true_windows)


def natural_average(outcomes: Mapping[str, Sequence[Outcome]]) -> dict[str, dict[str, float]]:
    """For each aligner the plain mean of its figures over the natural files."""
    rows: dict[str, list[Outcome]] = {}
    for name, found in outcomes.items():
        if name.startswith("natural/"):
            for outcome in found:
                rows.setdefault(outcome.title, []).append(outcome)
    return {
        title: {
            "strict_f1": fmean(outcome.scores.strict_f1 for outcome in found),
            "lax_f1": fmean(outcome.scores.lax_f1 for outcome in found),
            "unaligned_f1": fmean(outcome.scores.unaligned_f1 for outcome in found),
            "seconds": sum(outcome.seconds for outcome in found),
        }
        for title, found in rows.items()
    }


def summarise(encoder: Encoder) -> None:
    """Print how ours and the peers at their defaults do on each gold set."""
    variants = [variant for variant in all_variants() if not variant.is_retuned]
    prepared = _prepared(encoder, tuple(GOLD))
    outcomes = {
        name: [_outcome(variant, made) for variant in variants if variant.is_installed]
        for name, made in prepared.items()
    }
    for name in ("alignment_dev", "alignment_dev_moved"):
        _print_set(name, prepared[name].documents, outcomes[name])
    _print_average(natural_average(outcomes))


def run(encoder: Encoder, has_true_windows: bool = False, is_tuning: bool = False) -> None:
    """Measure, print, write the JSON and the plots."""
    variants = all_variants(has_true_windows)
    print(f"encoder: {encoder.name}; every aligner that reads vectors reads these")
    print("joined segments: the length-weighted sum of their vectors" + "; 'true': encoded as one" * has_true_windows)
    absent = sorted({f"{v.module.TITLE} (needs {v.module.NEEDS})" for v in variants if not v.is_installed})
    print(f"not installed: {', '.join(absent) or 'none'}")
    prepared = _prepared(encoder, tuple(GOLD))
    if is_tuning:
        _print_tuning(prepared)
    outcomes: dict[str, list[Outcome]] = {}
    for name, made in prepared.items():
        outcomes[name] = [_outcome(variant, made) for variant in variants if variant.is_installed]
        _print_set(name, made.documents, outcomes[name])
    average = natural_average(outcomes)
    _print_average(average)
    _print_types(outcomes["alignment_dev"])
    curve = _speed(variants, prepared["alignment_dev"], usual_means(encoder))
    path = write_results(
        "align",
        {
            "encoder": encoder.name,
            "not_installed": absent,
            "quality": {name: [_as_json(outcome) for outcome in found] for name, found in outcomes.items()},
            "natural_average": average,
            "speed": [asdict(one) for one in curve],
        },
        installed_versions(*_PACKAGES),
        corpus_hashes(shared_files(*GOLD.values()), SHARED),
    )
    _plot(prepared["alignment_dev"], outcomes["alignment_dev"], curve)
    print(f"\nwritten: {path} and the plots beside it")


def _prepared(encoder: Encoder, names: Sequence[str]) -> dict[str, _Prepared]:
    sets = {name: read_documents(GOLD[name]) for name in names}
    lines = {
        text
        for documents in sets.values()
        for document in documents
        for side in ("kk", "ru")
        for text in document[side]
    }
    texts = [ABSENT, *sorted(lines)]
    start = time.perf_counter()
    vector_of = dict(zip(texts, encoder.encode(texts), strict=True))
    print(f"{len(texts):,} different segments encoded in {time.perf_counter() - start:.0f} s", flush=True)
    return {name: _Prepared(documents, vector_of, encoder) for name, documents in sets.items()}


def _outcome(variant: Variant, prepared: _Prepared) -> Outcome:
    cases = prepared.cases(variant)
    variant.align(min(cases, key=lambda case: len(case.kk.segments)))  # imports and compiles outside the clock
    start = time.perf_counter()
    found = [variant.align(case) for case in cases]
    seconds = time.perf_counter() - start
    beads = {document["id"]: own for document, own in zip(prepared.documents, found, strict=True)}
    return Outcome(variant.title, score_beads(prepared.documents, beads), seconds, beads)


def _as_json(outcome: Outcome) -> dict[str, Any]:
    rounded = {kind: round(value, 4) for kind, value in outcome.scores.by_type.items()}
    return {
        "aligner": outcome.title,
        "strict_f1": round(outcome.scores.strict_f1, 4),
        "lax_f1": round(outcome.scores.lax_f1, 4),
        "unaligned_f1": round(outcome.scores.unaligned_f1, 4),
        "seconds": round(outcome.seconds, 3),
        "f1_by_type": rounded,
        "gold_counts": outcome.scores.gold_counts,
    }


def _print_set(name: str, documents: Sequence[Mapping[str, Any]], outcomes: Sequence[Outcome]) -> None:
    sizes = [sum(len(document[side]) for document in documents) for side in ("kk", "ru")]
    plural = "s" if len(documents) > 1 else ""
    print(f"\n{name}: {len(documents)} document{plural}, {sizes[0]} kk and {sizes[1]} ru segments")
    _print_rows([(o.title, {**asdict(o.scores), "seconds": o.seconds}) for o in outcomes])


def _print_average(average: Mapping[str, Mapping[str, float]]) -> None:
    print("\nnatural, average of the three")
    _print_rows(list(average.items()))


def _print_rows(rows: Sequence[tuple[str, Mapping[str, Any]]]) -> None:
    print(f"  {'':56} strict    lax  unaligned  seconds")
    for title, row in rows:
        print(
            f"  {title:56}  {row['strict_f1']:.3f}  {row['lax_f1']:.3f}      {row['unaligned_f1']:.3f}"
            f"  {row['seconds']:7.2f}"
        )


def _print_types(outcomes: Sequence[Outcome]) -> None:
    counts = outcomes[0].scores.gold_counts
    print("\nalignment_dev, F1 by bead type (number in the gold; alone: segments without a counterpart)")
    print(f"  {'':56}" + "".join(f"{kind:>9}" for kind in counts))
    print(f"  {'':56}" + "".join(f"{f'({count})':>9}" for count in counts.values()))
    for outcome in outcomes:
        print(f"  {outcome.title:56}" + "".join(f"{outcome.scores.by_type[kind]:9.3f}" for kind in counts))


def _print_tuning(prepared: Mapping[str, _Prepared]) -> None:
    """Strict F1 for every price of a skip: `variants._TUNED` is the best on alignment_dev."""
    for module_name, (setting, values) in TUNED_GRIDS.items():
        if not Variant(module_name).is_installed:
            continue
        print(f"\ntuning {module_name}.{setting}, centred: strict F1 on alignment_dev, and natural's average")
        for value in values:
            variant = Variant(module_name, is_centred=True, settings={setting: value})
            strict = {name: _outcome(variant, made).scores.strict_f1 for name, made in prepared.items()}
            natural = fmean(figure for name, figure in strict.items() if name.startswith("natural/"))
            print(f"  {value:6g}  {strict['alignment_dev']:.4f}  {natural:.4f}")


def _speed(variants: Sequence[Variant], prepared: _Prepared, means: tuple[Floats, Floats]) -> list[LongRun]:
    """Every installed aligner at its defaults on 2,000 × 2,000, and ours and vecalign's on the whole curve."""
    plain = [v for v in variants if v.is_installed and not v.is_retuned and not v.has_true_windows]
    corpus = Corpus(prepared.documents, prepared.vectors(), prepared.absent, means)
    header = f"  {'':56} segments  seconds  peak MiB  strict"
    print(f"\nspeed on {_COMPARED_AT:,} × {_COMPARED_AT:,} segments (vectors of joined segments are there already)")
    print(header)
    runs = []
    for variant in plain:
        runs.append(measure_long(variant, corpus, _COMPARED_AT))
        _print_run(runs[-1])
    print("\ncost against length")
    print(header)
    for variant in (OURS, Variant("vecalign_dp")):
        missing = [segments for segments in _CURVE if segments != _COMPARED_AT and variant.is_installed]
        runs += [measure_long(variant, corpus, segments) for segments in missing]
        for done in sorted((one for one in runs if one.title == variant.title), key=lambda one: one.segments):
            _print_run(done)
    return runs


def _print_run(run: LongRun) -> None:
    memory = "?" if run.peak_mib is None else str(round(run.peak_mib))
    print(f"  {run.title:56} {run.segments:8,}  {run.seconds:7.2f}{memory:>10}   {run.strict_f1:.3f}")


def _plot(prepared: _Prepared, outcomes: Sequence[Outcome], curve: Sequence[LongRun]) -> None:
    ours = outcomes[0]
    shown = [outcome for outcome in outcomes if "retuned" not in outcome.title and "true" not in outcome.title]
    errors = {
        o.title: [1 - o.scores.by_type[kind] if kind in o.scores.by_type else None for kind in _PLOTTED_TYPES]
        for o in shown
    }
    plots = {"align-errors": bar_plot("Error by bead type, alignment_dev", "1 − F1", _PLOTTED_TYPES, errors)}
    place = _most_varied(prepared.documents)
    document = prepared.documents[place]
    case = prepared.cases(Variant("ours", is_centred=True))[place]
    plots["align-matrix"] = matrix_plot(
        "Centred cosine, true beads and ours",
        case.kk.vectors @ case.ru.vectors.T,
        document["gold"],
        ours.beads[document["id"]],
    )
    lines = {
        title: sorted((one.segments, one.seconds) for one in curve if one.title == title)
        for title in dict.fromkeys(one.title for one in curve)
    }
    plots["align-speed"] = line_plot("Speed against length", "segments on each side", "seconds", lines)
    for name, drawing in plots.items():
        (RESULTS / f"{name}.svg").write_text(drawing, encoding="utf-8")


def _most_varied(documents: Sequence[Mapping[str, Any]]) -> int:
    """The document of at most 40 segments a side with the most kinds of beads."""

    def kinds(document: Mapping[str, Any]) -> int:
        is_small = max(len(document["kk"]), len(document["ru"])) <= 40
        return len({(len(kk), len(ru)) for kk, ru in document["gold"]}) if is_small else 0

    return max(range(len(documents)), key=lambda place: kinds(documents[place]))


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.align", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--true", action="store_true", help="also give peers true vectors of joined segments (slow)")
    parser.add_argument("--tune", action="store_true", help="also print what each price of a skip gives")
    parser.add_argument("--summary", action="store_true", help="print the F1 figures alone, and write nothing")
    options = parser.parse_args()
    if missing := missing_files(*GOLD.values()):
        print(f"alignment: skipped, for these are not beside this checkout: {', '.join(missing)}")
        return
    if options.summary:
        summarise(load_encoder())
    else:
        run(load_encoder(), options.true, options.tune)


if __name__ == "__main__":
    main()
