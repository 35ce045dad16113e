"""A dataset card for the Hugging Face hub (https://huggingface.co/docs/hub/datasets-cards)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

__all__ = ["CardFacts", "dataset_card"]

_SIZES = (
    (1_000, "n<1K"),
    (10_000, "1K<n<10K"),
    (100_000, "10K<n<100K"),
    (1_000_000, "100K<n<1M"),
    (10_000_000, "1M<n<10M"),
    (100_000_000, "10M<n<100M"),
)
_BAR = 40


@dataclass(frozen=True, slots=True)
class CardFacts:
    """What a card tells. `files` and `pairs` are by part; `histogram` counts the scores by tenths, from 0 to 1.

    `loader` is the name of the format for `datasets.load_dataset`, or None where it has none.
    """

    title: str
    licences: Sequence[str]
    files: Mapping[str, Sequence[str]]
    pairs: Mapping[str, int]
    characters: tuple[int, int]
    histogram: Sequence[int]
    dropped: Mapping[str, int]
    read: int
    method: Sequence[str]
    versions: Mapping[str, str]
    loader: str | None
    documents: int


def dataset_card(facts: CardFacts) -> str:
    """The card in Markdown, opened by its metadata in YAML."""
    total = sum(facts.pairs.values())
    header = [
        "---",
        f"pretty_name: {json.dumps(facts.title, ensure_ascii=False)}",
        "language:",
        "- kk",
        "- ru",
        *_licence_lines(facts.licences),
        "multilinguality:",
        "- translation",
        "task_categories:",
        "- translation",
        "size_categories:",
        f"- {next((name for limit, name in _SIZES if total < limit), 'n>100M')}",
        "tags:",
        "- parallel-corpus",
        "- kazakh",
        "- russian",
    ]
    if facts.loader:
        header += ["configs:", "- config_name: default", "  data_files:"]
        for part, files in facts.files.items():
            header += [f"  - split: {part}", f"    path: {json.dumps(files[0], ensure_ascii=False)}"]
    return "\n".join([*header, "---", "", *_body(facts, total)]) + "\n"


def _licence_lines(licences: Sequence[str]) -> list[str]:
    if len(licences) > 1:
        return ["license:", *(f"- {licence}" for licence in licences)]
    return [f"license: {licences[0] if licences else 'unknown'}"]


def _body(facts: CardFacts, total: int) -> list[str]:
    licences = ", ".join(facts.licences) if facts.licences else "not stated; ask who gave you the texts"
    return [
        f"# {facts.title}",
        "",
        "Kazakh sentences with their Russian translations, aligned and scored by Qostil.",
        "",
        "| | |",
        "|---|---|",
        f"| pairs | {total:,} |",
        f"| documents | {facts.documents:,} |",
        f"| characters | {facts.characters[0]:,} Kazakh, {facts.characters[1]:,} Russian |",
        f"| licences | {licences} |",
        "",
        "| part | pairs | files |",
        "|---|---|---|",
        *(f"| {part} | {facts.pairs[part]:,} | {', '.join(files)} |" for part, files in facts.files.items()),
        "",
        "## Columns",
        "`kk`, `ru`: the texts. `score`: the probability that they translate each other. `reasons`: what speaks",
        "against it. `kk_source`, `ru_source`, `date`: the publication they come from, where it is known.",
        "",
        "## How it was made",
        *(f"- {step}" for step in facts.method),
        "",
        f"Of {facts.read:,} pairs read, {facts.read - total:,} were left out:",
        "",
        "| reason | pairs |",
        "|---|---|",
        *(f"| {reason} | {count:,} |" for reason, count in facts.dropped.items()),
        "",
        "`manifest.json` has the options, the versions and the SHA-256 of what was read and written.",
        "Versions: " + ", ".join(f"{name} {version}" for name, version in facts.versions.items()) + ".",
        "",
        "## Scores",
        "```text",
        *_bars(facts.histogram),
        "```",
    ]


def _bars(histogram: Sequence[int]) -> list[str]:
    most = max([*histogram, 1])
    return [
        f"{place / 10:.1f}–{(place + 1) / 10:.1f}  {count:>12,}  {'█' * round(_BAR * count / most)}".rstrip()
        for place, count in enumerate(histogram)
    ]
