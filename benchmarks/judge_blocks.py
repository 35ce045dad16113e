"""What benchmarks/results/judge.json says, in the words of docs/judge.md; see `benchmarks.measured_blocks`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

__all__ = ["JUDGE_BLOCKS"]

Results = Mapping[str, Any]

_KINDS = (
    ("neighbour", "the neighbour's translation"),
    ("loose", "a loose translation, found by reading"),
    ("left alone", "two segments without a counterpart"),
    ("alike", "a segment that is much alike"),
    ("cut short", "a bead cut short"),
    ("one too many", "one segment too many"),
    ("wrong number", "a wrong number"),
    ("wrong name", "a wrong name"),
    ("half translation", "half a translation"),
    ("dropped clause", "a clause dropped"),
    ("added clause", "a clause added"),
    ("copy", "an untranslated copy"),
    ("half copied", "half of it left untranslated"),
)


def _sets(results: Results) -> dict[str, Results]:
    lines = results["gold_lines"]
    return {
        "government": results["government"]["in their documents"],
        "three pages": results["pages"]["in their documents"],
        "FLORES": lines["flores-dev"],
        "X-WMT": lines["xwmt"],
    }


def faults(results: Results) -> str:
    """AUC and number of cases for each fault and set."""
    sets = _sets(results)
    lines = ["| fault | " + " | ".join(sets) + " |", "|---|" + "---|" * len(sets)]
    for kind, title in _KINDS:
        cells = [
            f"{_share(own['auc'][kind][0])} ({own['auc'][kind][1]})" if kind in own["auc"] else ""
            for own in sets.values()
        ]
        lines.append("| " + " | ".join((title, *cells)) + " |")
    lines.append("| true pairs | " + " | ".join(str(own["true"]) for own in sets.values()) + " |")
    return "\n".join(lines)


def calibration(results: Results) -> str:
    """The calibration error, and how right what is sure is, by set and share of true pairs."""
    government, *others = _sets(results).items()
    told = "government, without loose ones", results["government"]["in their documents, without the loose ones"]
    sets = dict([government, told, *others])
    lines = ["| | " + " | ".join(sets) + " |", "|---|" + "---|" * len(sets)]
    for share in ("four in five true", "half true"):
        for figure, title in (
            ("calibration_error", "calibration error"),
            ("calibration_error_by_chance", "what chance alone would make it"),
            ("sure_and_right", "right of what is scored .9 or more"),
        ):
            cells = [_share(own[share][figure]) for own in sets.values()]
            lines.append("| " + " | ".join((f"{share}: {title}", *cells)) + " |")
    lines.append(
        "| true pairs scored .9 or more | "
        + " | ".join(_share(own["true_that_are_sure"]) for own in sets.values())
        + " |"
    )
    return "\n".join(lines)


def natural(results: Results) -> str:
    """What is recognised in gold/natural."""
    own = results["natural"]
    whole, shifted = own["together"], own["together, shares estimated"]
    each = ", ".join(f"{name} {_share(figures['auc'])}" for name, figures in own.items() if "together" not in name)
    return (
        f"Of the {whole['beads']} beads that our aligner proposes for three real, half-parallel pages, the "
        f"{whole['wrong']} wrong ones are recognised with AUC {_share(whole['auc'])} ({each}); {whole['sure']} are "
        f"scored .9 or more, and {_share(whole['sure_and_right'])} of these are right. The calibration error is "
        f"{_share(whole['calibration_error'])}; with the share of true pairs estimated page by page it would be "
        f"{_share(shifted['calibration_error'])}, but what is right on one page would no longer stand above what is "
        f"wrong on another (AUC {_share(shifted['auc'])}), and of what is scored .9 or more "
        f"{_share(shifted['sure_and_right'])} would be right."
    )


def speed(results: Results) -> str:
    """Pairs a second."""
    own = results["pairs_per_second"]
    return (
        f"It judges {own['words known']:,} pairs a second of one core, without encoding, and {own['first time']:,} "
        "while most words are new to it."
    )


def _share(value: float) -> str:
    return f"{value:.3f}".removeprefix("0")


JUDGE_BLOCKS: dict[str, Callable[[Results], str]] = {
    "judge_faults": faults,
    "judge_calibration": calibration,
    "judge_natural": natural,
    "judge_speed": speed,
}
