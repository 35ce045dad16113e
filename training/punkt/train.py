"""Train the Punkt parameters that aligner/segment ships, for Kazakh and for Russian.

    python training/punkt/train.py [--shared ../shared] [--output aligner/segment]

Reads the seeds and the parallel texts, leaves out every line in which a sentence of the gold data occurs, and writes
punkt_kk.json and punkt_ru.json. The same data give the same files, byte for byte; their hashes are in the files.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

from aligner.segment.punkt import language_vars, stem, token_class

PROJECT = Path(__file__).resolve().parents[2]
SEEDS = {
    "kk": ["003_57d1faffc6cabcd6.txt"],
    "ru": ["000_3a0a9bd9713d78c5.txt", "001_67ecf422cf5f7cdf.txt", "004_2a8338a7a44d7f1c.txt"],
}
# Interface labels are no prose; a string of this many words is a sentence often enough.
MIN_WORDS = 8
# A stem is evidence only when seen this often, and “never capitalised inside a sentence” has to allow for headlines,
# titles and lines glued together. On a fifth of the lines kept apart these two recognise .78 (kk) and .91 (ru) of the
# words that open sentences, and take .09 and .10 of the capitals inside sentences for such.
MIN_COUNT = 5
MAX_CAPITAL_SHARE = 0.1

# Punkt also takes file names, years with a glued letter and the like for abbreviations.
ABBREVIATION = re.compile(r"[а-яёәғқңөұүһі]+(?:[.-][а-яёәғқңөұүһі]+)*")
# A Kazakh verb stands before a full stop nearly always, which is Punkt's very sign of an abbreviation. A true one is
# also seen with the sentence going on after its full stop: this often, and in this share of cases.
MIN_CONTINUED = 2
MIN_CONTINUED_SHARE = 0.25

STOPPED = re.compile(r"(?<![\w.-])([^\W\d_]+(?:[.-][^\W\d_]+)*)\.(?=([,;)]|\s\w)?)")
WORD = re.compile(r"[^\W_]+")
LOWER_THEN_WORD = re.compile(r"(?<=[^\W\d_A-ZА-ЯЁӘҒҚҢӨҰҮҺІ]\s)([^\W\d_]+)")


def words_of(text: str) -> list[str]:
    return [word.lower() for word in WORD.findall(text)]


class GoldFilter:
    """Recognises lines in which a sentence of the gold data occurs, whatever its punctuation and case."""

    KEY_WORDS = 4

    def __init__(self, sentences: Iterable[str]) -> None:
        self.short: set[tuple[str, ...]] = set()
        self.long: dict[tuple[str, ...], set[tuple[str, ...]]] = {}
        for sentence in sentences:
            words = tuple(words_of(sentence))
            if len(words) < self.KEY_WORDS:
                self.short.add(words)
            else:
                self.long.setdefault(words[: self.KEY_WORDS], set()).add(words)

    def occurs_in(self, line: str) -> bool:
        words = tuple(words_of(line))
        if words in self.short:
            return True
        return any(
            words[start : start + len(gold)] == gold
            for start in range(len(words) - self.KEY_WORDS + 1)
            for gold in self.long.get(words[start : start + self.KEY_WORDS], ())
        )


def iter_strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from iter_strings(item)
    elif isinstance(value, list):
        for item in value:
            yield from iter_strings(item)


def gold_files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.suffix in {".json", ".txt"})


def iter_gold(path: Path) -> Iterator[str]:
    text = path.read_text(encoding="utf-8")
    return iter_strings(json.loads(text)) if path.suffix == ".json" else iter(text.splitlines())


def data_files(shared: Path, language: str) -> list[Path]:
    seeds = [shared / "seeds" / name for name in SEEDS[language]]
    documents = sorted((shared / "parallel" / "apertium-gov").glob(f"*.{language}.txt"))
    tables = sorted(
        path
        for path in (shared / "parallel").glob("*.tsv")
        if not path.name.startswith("dict_") and path.stem not in ("SOURCES", "debian_gettext_pkg_licenses")
    )
    return seeds + documents + tables


def iter_lines(path: Path, language: str) -> Iterator[str]:
    for line in path.read_text(encoding="utf-8").splitlines():
        text = line
        if path.suffix == ".tsv":
            columns = line.split("\t")
            text = columns[0 if language == "kk" else 1]
            if len(words_of(text)) < MIN_WORDS or not text.endswith("."):
                continue
        text = text.replace("///", "").strip()
        if text:
            yield text


def case_counts(lines: Iterable[str]) -> tuple[Counter[str], Counter[str]]:
    """How often each stem stands small anywhere, and capitalised right after a word in small letters."""
    small: Counter[str] = Counter()
    capital_inside: Counter[str] = Counter()
    for line in lines:
        small.update(stem(word) for word in WORD.findall(line) if word.islower())
        capital_inside.update(stem(word.lower()) for word in LOWER_THEN_WORD.findall(line) if word.istitle())
    return small, capital_inside


def continued_abbreviations(lines: Iterable[str]) -> set[str]:
    """Words whose full stop is followed by a small letter, a comma and the like often enough."""
    stopped: Counter[str] = Counter()
    continued: Counter[str] = Counter()
    for line in lines:
        for word, after in STOPPED.findall(line):
            stopped[word.lower()] += 1
            continued[word.lower()] += after[:1] in {",", ";", ")"} or after[-1:].islower()
    return {
        word
        for word, count in continued.items()
        if count >= MIN_CONTINUED and count >= MIN_CONTINUED_SHARE * stopped[word]
    }


def make_trainer(abbreviations: set[str]) -> Any:
    """A Punkt trainer that takes no word outside `abbreviations` for one."""
    from nltk.tokenize.punkt import PunktTrainer

    class EvidencedTrainer(PunktTrainer):
        # Kazakhstani texts write «млн» with and without its full stop; Punkt would punish it for the latter, the
        # evidence asked for above does what that punishment is for.
        IGNORE_ABBREV_PENALTY = True
        MIN_COLLOC_FREQ = 3

        def _reclassify_abbrev_types(self, types: Iterable[str]) -> Iterator[tuple[str, float, bool]]:
            for word, score, is_new in super()._reclassify_abbrev_types(types):
                yield word, score if word in abbreviations else 0.0, is_new

        def _is_rare_abbrev_type(self, current: Any, following: Any) -> bool:
            return current.type_no_period in abbreviations and super()._is_rare_abbrev_type(current, following)

    return EvidencedTrainer(lang_vars=language_vars(), token_cls=token_class())


def train(lines: list[str]) -> dict[str, Any]:
    """Punkt parameters as JSON, trimmed to what can decide something before a capital letter."""
    from nltk.tokenize.punkt import _ORTHO_LC, _ORTHO_MID_UC

    trainer = make_trainer(continued_abbreviations(lines))
    # Punkt pairs each word with the next even over a blank line; the mark keeps neighbouring lines from being paired.
    trainer.train("\n\n¶\n\n".join(lines), finalize=True)
    learnt = trainer.get_params()

    small, capital_inside = case_counts(lines)
    context: dict[int, list[str]] = {}
    for word, flags in learnt.ortho_context.items():
        if not word.isalpha() or small[word] < MIN_COUNT:
            continue
        is_common = capital_inside[word] <= MAX_CAPITAL_SHARE * small[word]
        kept = flags & ~_ORTHO_MID_UC if is_common else flags | _ORTHO_MID_UC
        if kept & _ORTHO_LC and not kept & _ORTHO_MID_UC:
            context.setdefault(kept, []).append(word)
    common = {word for words in context.values() for word in words}
    abbreviations = {word for word in learnt.abbrev_types if ABBREVIATION.fullmatch(word)}
    return {
        "abbreviations": sorted(abbreviations),
        "collocations": sorted(list(pair) for pair in learnt.collocations if all(map(ABBREVIATION.fullmatch, pair))),
        "sentence_starters": sorted(learnt.sent_starters & common),
        "orthographic_context": {str(flags): sorted(words) for flags, words in sorted(context.items())},
    }


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--shared", type=Path, default=PROJECT.parent / "shared")
    parser.add_argument("--output", type=Path, default=PROJECT / "aligner" / "segment")
    arguments = parser.parse_args()
    gold_paths = gold_files(arguments.shared / "gold")
    gold = GoldFilter(sentence for path in gold_paths for sentence in iter_gold(path))
    for language in ("kk", "ru"):
        paths = data_files(arguments.shared, language)
        read = list(dict.fromkeys(line for path in paths for line in iter_lines(path, language)))
        lines = [line for line in read if not gold.occurs_in(line)]
        learnt = train(lines)
        record = {
            "language": language,
            "nltk": version("nltk"),
            "lines": len(lines),
            "lines_left_out_for_gold": len(read) - len(lines),
            "data_sha256": {str(path.relative_to(arguments.shared)): sha256(path) for path in paths},
            "gold_sha256": {str(path.relative_to(arguments.shared)): sha256(path) for path in gold_paths},
        }
        target = arguments.output / f"punkt_{language}.json"
        text = json.dumps({"trained": record, **learnt}, ensure_ascii=False, indent=0)
        target.write_text(f"{text}\n", encoding="utf-8")
        counts = ", ".join(f"{len(learnt[part])} {part.replace('_', ' ')}" for part in list(learnt)[:3])
        words = sum(map(len, learnt["orthographic_context"].values()))
        print(f"{target}: {counts}, {words} words in context, from {len(lines)} lines")


if __name__ == "__main__":
    main()
