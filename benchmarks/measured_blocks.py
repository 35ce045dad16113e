"""What benchmarks/results say, in the words of the docs: the blocks that `benchmarks.readme_figures` puts into pages.

Each function takes the results it is named after, as they stand in their JSON file, and gives Markdown in English.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from benchmarks.gold_faults import OF_TRUE

__all__ = ["BLOCKS", "RETRIEVAL_NAMES", "card_errors", "card_limits", "card_speed"]

Results = Mapping[str, Any]

RETRIEVAL_NAMES = {
    "xwmt": "X-WMT",
    "flores-dev": "FLORES dev",
    "flores-devtest": "FLORES devtest",
    "flores-both": "FLORES both",
    "government": "government",
}
"""The sets of retrieval errors as the pages name them."""

_STEPS = {
    "environment": "`python3 -m venv`",
    "torch": "`pip install torch`, the small build",
    "qostil": "`pip install` Qostil, with `serve` and `parquet`",
    "inspect": "`qostil inspect`: what is in the files",
    "batch": "`qostil batch`: the memory and the TMX",
    "review": "`qostil review`: until the page is there",
    "memory export": "`qostil memory export`: what is sure, as TMX",
    "export a table": "`qostil export`: a table",
    "export Parquet": "`qostil export`: Parquet with a dataset card",
    "doctor": "`qostil doctor`",
    "token": "`qostil serve --new-token`",
    "serve": "`qostil serve`: until it answers",
    "backup": "`qostil memory backup`",
}
_WHO = {"install": "all", "translator": "translator", "researcher": "researcher", "engineer": "engineer"}


def strangers(results: Results) -> str:
    """The minutes of three strangers, from `benchmarks.strangers`."""
    seconds = results["seconds"]
    lines = ["| who | step | seconds |", "|---|---|---|"]
    for name, steps in seconds.items():
        lines += [f"| {_WHO[name]} | {_STEPS[step]} | {_short(taken)} |" for step, taken in steps.items()]
    installing = sum(seconds["install"].values())
    totals = ", ".join(
        f"the {name} {(installing + sum(steps.values())) / 60:.1f}"
        for name, steps in seconds.items()
        if name != "install"
    )
    lines += [
        "",
        f"The installation takes {installing / 60:.1f} minutes and {results['installed_mb']:,} MB on the disk. "
        f"With it, in minutes: {totals}. The folder has {results['files']} Word files.",
    ]
    return "\n".join(lines)


def first_run(results: Results) -> str:
    """How soon something is seen, from `benchmarks.first_run`."""
    median = results["median"]
    seen = ", ".join(f"`{command}` {times['first_byte_s']:.1f}" for command, times in median.items())
    return (
        f"Until something is seen on the terminal, with an empty cache, in seconds: {seen}. `qostil batch` names its "
        f"first job after {median['qostil batch']['first_job_s']:.1f} seconds, and shows how long is left from then on."
    )


def tmx(results: Results) -> str:
    """The TMX library beside translate-toolkit, from `benchmarks.tmx`."""
    small, large = results["tmx-200k"], results["tmx-2m"]
    ours, theirs = small["tmx"], small["translate-toolkit"]
    peak = max(each["peak_mib"] for each in ours.values())
    largest = max(each["peak_mib"] for each in large["tmx"].values())
    return (
        "Measured on 200,000 units, 131 MB (`benchmarks/tmx.py`, results beside it), in processor seconds and MiB at "
        f"most: write {ours['write']['cpu_s']:.1f} s, read {ours['read']['cpu_s']:.1f} s, texts "
        f"{ours['texts']['cpu_s']:.1f} s, {peak:.0f} MiB; translate-toolkit 3.20 writes in "
        f"{theirs['write']['cpu_s']:.1f} s and reads in {theirs['read']['cpu_s']:.1f} s, with "
        f"{theirs['write']['peak_mib']:.0f} and {theirs['read']['peak_mib']:,.0f} MiB. With 2,000,000 units the "
        f"peak is still {largest:.0f} MiB."
    )


def pairing(results: Results) -> str:
    """Document pairs, from `benchmarks.pairing`."""
    lines = [
        "| documents | true pairs found | wrong pairs | least sure true pair | surest wrong one |",
        "|---|---|---|---|---|",
    ]
    for name, each in results.items():
        wrong = round(each["pairs"] * (1 / each["precision"] - 1))
        lines.append(
            f"| {name} | {each['recall']:.1%} of {each['pairs']:,} | {wrong} | {each['lowest_true']:.2f} "
            f"| {each['highest_false']:.2f} |"
        )
    return "\n".join(lines)


def memory(results: Results) -> str:
    """Imports and lookups, from `benchmarks.memory`; of the two languages, the slower one."""
    lines = [
        "| memory | units | import, units/s | on disk, with its index | fuzzy: half within | fuzzy: 95 % within "
        "| exact: 95 % | concordance: 95 % | by meaning: 95 % |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    recalls = []
    for engine, title in (("sqlite", "SQLite"), ("postgresql", "PostgreSQL")):
        for each in results[engine]:
            languages = [each[side] for side in ("kk", "ru")]
            recalls += [language["recall"] for language in languages]
            times = [
                max(language[kind][which] for language in languages)
                for kind, which in (
                    ("fuzzy", "p50 ms"),
                    ("fuzzy", "p95 ms"),
                    ("exact", "p95 ms"),
                    ("concordance", "p95 ms"),
                )
            ]
            cells = [f"{time:.1f} ms" for time in times]
            cells.append(f"{each['semantic']['lookup']['p95 ms']:.1f} ms" if "semantic" in each else "the same index")
            size = each["memory MB"] + each["index MB"]
            lines.append(
                f"| {title} | {each['units']:,} | {each['import units/s']:,} | {size} MB | {' | '.join(cells)} |"
            )
    compared = sum(recall["with a match"] for recall in recalls)
    found = sum(recall["recall"] * recall["with a match"] for recall in recalls) / compared
    lines += [
        "",
        f"{compared} lookups were compared with a scan of everything: {found:.1%} gave the best match of all.",
    ]
    return "\n".join(lines)


def million(results: Results) -> str:
    """What a large memory takes, from `benchmarks.memory`."""
    largest = max(results["sqlite"], key=lambda each: each["units"])
    disk, index = largest["memory MB"] / 1000, largest["index MB"] / 1000
    return (
        f"{largest['units']:,} units take {disk:.1f} GB on disk, and their index {index:.2f} GB more, of which what is "
        f"asked for comes into memory. With `--semantic` the vectors are held in memory, "
        f"{largest['semantic']['index MB in memory'] / 1000:.1f} GB for each language."
    )


def server(results: Results) -> str:
    """A server under load, from `benchmarks.server`."""
    patient, hurried, mixed = results["patient"], results["hurried"], results["mixed"]
    failed, asked = (patient[name] + hurried[name] for name in ("errors", "answers"))
    return (
        f"Over {results['units']:,} units: {patient['clients']} translators who ask every {patient['thinking_s']:.0f} "
        f"seconds get half of their answers within {patient['p50_ms']:.0f} ms, 95 % within {patient['p95_ms']:.0f} ms "
        f"and 99 % within {patient['p99_ms']:.0f} ms. {hurried['clients']} programs that ask without a pause get "
        f"{hurried['answers_per_s']:.0f} answers a second in all, 99 % within {hurried['p99_ms'] / 1000:.1f} s. "
        f"{failed} of {asked:,} requests failed. While {mixed['readers']['clients']} clients looked up, "
        f"{mixed['writers']['clients']} others added {mixed['units_added']:,} units; {mixed['units_lost']} were lost."
    )


def batch(results: Results) -> str:
    """A whole batch, from `benchmarks.batch`."""
    cold = results["cold"]
    return (
        f"A first batch of {cold['pairs']:,} document pairs, {cold['sentences']:,} sentences: "
        f"{cold['seconds']:.0f} seconds ({cold['sentences_per_second']:.0f} sentences a second), "
        f"{cold['peak_mb']:.0f} MB. The same batch again, with nothing new: {results['warm_seconds']:.1f} seconds."
    )


def mining(results: Results) -> str:
    """Mining in large texts, from `benchmarks.mining`."""
    rows = "; ".join(
        f"{each['sentences_a_side']:,} sentences a side: {each['seconds']:.0f} seconds, {each['peak_gib']:.1f} GiB, "
        f"{min(one['recall_at_1'] for one in each['search']):.1%} of the nearest found"
        for each in results["scale"]
    )
    return f"Mining, vectors given. {rows}."


def card_speed(results: Results) -> str:
    """The encoder's speed, for its model card, from `benchmarks.encoder`."""
    rate = results["sentences_per_second"]
    return (
        f"On {rate['threads']} threads {rate['embedded']:.0f} sentences/s of {rate['tokens_per_sentence']:.0f} tokens, "
        f"{rate['ratio']:.1f} times a model of LaBSE's shape in the same run; at most "
        f"{results['peak_memory_mb']:.0f} MB resident."
    )


def card_errors(results: Results) -> str:
    """The encoder's retrieval errors beside those of what it was made from, for its model card."""
    lines = ["| model | " + " | ".join(RETRIEVAL_NAMES.values()) + " |", "|" + "---|" * (len(RETRIEVAL_NAMES) + 1)]
    models = {"**this model**, int8": results["retrieval_errors_per_cent"]} | {
        f"e5-small, float32, prefix {prefix}": errors for prefix, errors in results["base_errors_per_cent"].items()
    }
    for title, errors in models.items():
        for way in (OF_TRUE, "margin", "cosine"):
            cells = (f"{errors[name][way]['kk→ru']:.2f} / {errors[name][way]['ru→kk']:.2f}" for name in RETRIEVAL_NAMES)
            lines.append(f"| {title}, {way} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def card_limits(results: Results) -> str:
    """What the encoder is bad at, for its model card."""
    lines = [
        f"Paraphrases written for this ({language}): cosine {each['paraphrase']:.2f}, near-misses "
        f"{each['near_miss']:.2f}, the paraphrase nearer in {each['paraphrase_nearer']:.0%}."
        for language, each in results["paraphrases"].items()
    ]
    mixed = results["mixed_sentences"]["translation_nearer"]
    return "\n".join([*lines, f"Kazakh sentences mixed with Russian words find their translation in {mixed:.0%}."])


def _short(seconds: float) -> str:
    return f"{seconds:.1f}" if seconds < 10 else f"{seconds:.0f}"


BLOCKS: dict[str, tuple[str, Callable[[Results], str]]] = {
    "strangers": ("strangers", strangers),
    "first_run": ("first-run", first_run),
    "tmx": ("tmx", tmx),
    "pairing": ("pairing", pairing),
    "memory": ("memory", memory),
    "million": ("memory", million),
    "server": ("server", server),
    "batch": ("batch", batch),
    "mining": ("mining-scale", mining),
    "card_speed": ("encoder", card_speed),
    "card_errors": ("encoder", card_errors),
    "card_limits": ("encoder", card_limits),
}
"""Each block with the file that it is made from."""
