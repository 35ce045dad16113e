"""A report → one HTML page that needs nothing else: its style, pictures and script stand in it."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import re
from collections.abc import Iterable, Iterator
from importlib.resources import files
from textwrap import shorten
from typing import TYPE_CHECKING

from markupsafe import Markup

from aligner.messages import COMMON, Language, Messages, translated
from aligner.messages.report import REPORT
from aligner.report import drawings
from aligner.report.marks import marked, parted
from aligner.report.records import POOR_BELOW, SURE_FROM, Confidence, PairDetail, PairLine, Report, Row

if TYPE_CHECKING:
    from jinja2 import Environment

__all__ = ["iter_page"]

_CONFIDENCES: tuple[Confidence, ...] = ("sure", "doubtful", "poor", "alone")
_SAID_BY_KIND = frozenset({"untranslated", "partial", "unlike", "rival"})
"""Reasons whose English detail says no more than their kind does."""
_LANGUAGE_DETAIL = re.compile(r"(\w+) on the (\w+) side")
_WHOLE_DAY, _DAY, _MONTH = re.compile(r"\d{4}-\d\d-\d\d"), re.compile(r"--(\d\d)-(\d\d)"), re.compile(r"--(\d\d)")
_FIGURE = re.compile(r"\d{4}-\d\d-\d\d|--\d\d-\d\d|--\d\d|\d{5,}(?:\.\d+)?")
_MOST_NAMES = 4
_MOST_TITLE_CHARS = 140
"""A page without a heading may open with a paragraph, which would be its title in each list."""
_MOST_LINES = 2_000
_MOST_ALONE = 500
"""Longer lists of pairs, and of documents alone or skipped, are cut: the page must open on a phone."""


def iter_page(report: Report, language: Language) -> Iterator[str]:
    """The report in this language, piece by piece."""
    templates = files("aligner.report").joinpath("templates")
    style, script = (templates.joinpath(f"report.{suffix}").read_text("utf-8") for suffix in ("css", "js"))
    page = _Page(report, Messages(language, COMMON, REPORT))
    yield from (
        _environment()
        .get_template("report.html")
        .generate(
            report=report,
            page=page,
            m=page.messages,
            style=Markup(style),
            script=Markup(script),
            policy=f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'",
            confidences=_CONFIDENCES,
            draw=drawings,
        )
    )


def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    return Environment(
        loader=PackageLoader("aligner.report", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _digest(text: str) -> str:
    """How a policy names what it lets through (https://www.w3.org/TR/CSP3/#framework-directive-source-list)."""
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


class _Page:
    """What the template asks that is more than a lookup."""

    def __init__(self, report: Report, messages: Messages) -> None:
        self.report = report
        self.messages = messages
        self.detailed = {detail.line.number for detail in report.details}
        self.lines = report.pairs[:_MOST_LINES]
        self.unmatched = report.unmatched[:_MOST_ALONE]
        self.languages = sorted({language for language, _ in report.documents}, key=self._language_order)

    def skipped(self) -> list[tuple[str, list[str]]]:
        """What was skipped, by reason, the commonest first."""
        names: dict[str, list[str]] = {}
        for each in self.report.skipped:
            names.setdefault(each.reason, []).append(each.name)
        return sorted(names.items(), key=lambda item: -len(item[1]))

    def short(self, title: str) -> str:
        return shorten(title, _MOST_TITLE_CHARS, placeholder=" …")

    def cut(self, names: list[str]) -> list[str]:
        return names[:_MOST_ALONE]

    def anchor(self, number: int) -> str | None:
        """Where the page shows this pair, or None where it is cut off."""
        if number in self.detailed:
            return f"#p{number}"
        return f"#r{number}" if number <= len(self.lines) else None

    def to_check(self) -> int:
        """How many sentence pairs are not sure."""
        return self.report.by_confidence["doubtful"] + self.report.by_confidence["poor"]

    def origin(self) -> str:
        names = self.report.origin.names
        shown = ", ".join(names[:_MOST_NAMES])
        if len(names) > _MOST_NAMES:
            shown += f" … {self.messages('report.and_more', n=len(names) - _MOST_NAMES)}"
        return self.messages(f"report.of_{self.report.origin.kind}", names=shown)

    def language(self, code: str) -> str:
        key = f"language.{code}"
        return self.messages(key) if key in self.messages else code

    def share(self, count: int, total: int) -> float:
        return count / total if total else 0.0

    def sentences_of(self, language: str) -> int:
        return sum(count for (own, _), count in self.report.sentences.items() if own == language)

    def score(self, value: float) -> str:
        """Two decimals, cut and not rounded: what is below a threshold must not look as if it were on it."""
        return self.messages.number(int(value * 100) / 100, 2)

    def score_classes(self) -> list[tuple[str, int, Confidence]]:
        """The classes of scores, the best first, with their counts."""
        return [
            (
                f"{self.messages.number(place / 10, 1)}–{self.messages.number((place + 1) / 10, 1)}",
                self.report.scores[place],
                "sure" if place / 10 >= SURE_FROM else "poor" if place / 10 < POOR_BELOW else "doubtful",
            )
            for place in reversed(range(len(self.report.scores)))
        ]

    def shapes(self) -> list[tuple[str, int, str]]:
        """The shapes of beads, the commonest first; those with an empty side are of another kind."""
        return [
            (shape.replace("-", "–"), count, "alone" if "0" in shape.split("-") else "plain")
            for shape, count in self.report.shapes.most_common()
        ]

    def apart(self) -> list[tuple[str, int, str]]:
        """The pairs by how many days lie between their documents."""
        counts = dict.fromkeys(("same", "one", "week", "more", "unknown"), 0)
        for days, count in self.report.days_apart.items():
            if days is None:
                key = "unknown"
            else:
                key = "same" if days == 0 else "one" if days == 1 else "week" if days <= 7 else "more"
            counts[key] += count
        return [(self.messages(f"report.apart.{key}"), count, "plain") for key, count in counts.items() if count]

    def reason_kinds(self) -> list[tuple[str, int, str]]:
        return [(self._kind(kind), count, "doubtful") for kind, count in self.report.reasons.most_common()]

    def chips(self, reasons: Iterable[str]) -> list[tuple[str, str]]:
        """What each reason is called, and what was seen."""
        return [(self._kind(kind), self._detail(kind, detail)) for kind, detail in map(parted, reasons)]

    def pieces(self, text: str, side: str, reasons: Iterable[str]) -> list[tuple[str, bool]]:
        return marked(text, "kk" if side == "kk" else "ru", reasons)

    def said(self, reason: str) -> Markup:
        """A reason of the library in the language of the page, or as it is, and then marked as English."""
        found = translated(reason, self.messages.language)
        return Markup("{}").format(found) if found is not None else Markup('<span lang="en">{}</span>').format(reason)

    def doubtful(self, detail: PairDetail) -> list[Row]:
        """The beads of a pair that are worth a look: not sure, or with something that speaks against them."""
        return [row for row in detail.rows if row.status == "automatic" and (row.confidence != "sure" or row.reasons)]

    def picture(self, detail: PairDetail) -> Markup:
        return drawings.alignment_picture(detail, self._picture_title(detail.line))

    def thumbnail(self, line: PairLine) -> Markup:
        return drawings.thumbnail(line.sketch, self._picture_title(line))

    def dates(self) -> Markup:
        names = self.language("kk"), self.language("ru")
        return drawings.dates_picture(self.report.dates, self.messages("report.dates"), names, self.messages.month)

    def lengths(self) -> Markup:
        return drawings.lengths_picture(
            self.report.lengths,
            self.messages("report.lengths"),
            self.messages("report.lengths.ru"),
            self.messages("report.lengths.kk"),
        )

    def _picture_title(self, line: PairLine) -> str:
        trusted = self.messages.percent(line.trusted)
        return self.messages("report.picture", kk=line.kk.sentences, ru=line.ru.sentences, trusted=trusted)

    def _kind(self, kind: str) -> str:
        key = f"reason.{kind}"
        return self.messages(key) if key in self.messages else kind.replace("_", " ")

    def _detail(self, kind: str, detail: str) -> str:
        if kind in _SAID_BY_KIND:
            return ""
        if kind == "language" and (found := _LANGUAGE_DETAIL.fullmatch(detail)):
            return self.messages(
                "reason.language.detail", language=self.language(found[1]), side=self.language(found[2])
            )
        if kind == "length_ratio":
            return f"× {detail}" if self.messages.language == "en" else f"× {detail.replace('.', ',')}"
        if kind == "number_mismatch":
            # «25 ≠ 52» must not be torn apart at the end of a line.
            return _FIGURE.sub(self._figure, detail).replace(" ≠ ", "\u00a0≠\u00a0")
        return detail

    def _figure(self, found: re.Match[str]) -> str:
        """The key of a figure as the language writes it."""
        key = found[0]
        if _WHOLE_DAY.fullmatch(key):
            year, month, day = map(int, key.split("-"))
            try:
                return self.messages.short_date(dt.date(year, month, day))
            except ValueError:
                return key
        if day_found := _DAY.fullmatch(key):
            return f"{int(day_found[2])} {self.messages.month(int(day_found[1]))}"
        if month_found := _MONTH.fullmatch(key):
            return self.messages.month(int(month_found[1]))
        whole, _, rest = key.partition(".")
        return self.messages.number(int(whole)) + (f".{rest}" if rest else "")

    def _language_order(self, code: str) -> tuple[int, str]:
        return {"kk": 0, "ru": 1}.get(code, 2), code
