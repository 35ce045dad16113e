"""What tells of a private person: identity numbers, telephones, e-mail addresses, bank accounts."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from aligner.filter.block import DIGIT, ODD, PairBlock, sign
from aligner.records import Unit

__all__ = ["PersonalData", "PersonalDatum", "is_iin", "mask_personal_data", "mask_text", "personal_data"]


@dataclass(frozen=True, slots=True)
class PersonalDatum:
    """`text[start:end]` is of this kind: `IIN`, `PHONE`, `EMAIL` or `IBAN`."""

    kind: str
    start: int
    end: int


_AT = sign("@")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[^\W\d_]{2,}")
_IBAN = re.compile(r"(?<![A-Z0-9])KZ\d{2}(?: ?[A-Z0-9]){16}(?![A-Z0-9])")
_TWELVE_DIGITS = re.compile(r"(?<![\d.,])\d{12}(?![\d]|[.,]\d)")
# What is called one is one, even where a digit was mistyped or made up.
_CALLED_IIN = re.compile(r"\b(?:ИИН|ЖСН|IIN)(?:-[а-яі]{1,4})?[\s:№.–—-]{0,4}(\d{12})(?!\d)", re.IGNORECASE)
_GAP = r"[ \u00a0\u2011–-]{0,2}"
# +7 (7172) 74-00-00, 8-701-123-45-67, 8 (727) 244 55 66: a Kazakhstani or Russian code of three to five digits.
_PHONE = re.compile(
    rf"(?<![\d+])(?:\+{_GAP}7|8){_GAP}(?:\(\d{{3,5}}\)|[3-9]\d{{2,4}}){_GAP}\d{{1,3}}(?:{_GAP}\d{{2,3}}){{1,3}}(?!\d)"
    rf"|(?<!\d)\(\d{{3,5}}\){_GAP}\d{{2,3}}(?:{_GAP}\d{{2}}){{2}}(?!\d)"
)
_PHONE_DIGITS = 11
_LOCAL_DIGITS = range(9, 11)


def personal_data(text: str) -> list[PersonalDatum]:
    """What `text` holds of it, in order and without overlaps."""
    if "@" not in text and not re.search(r"\d\D{0,3}\d", text):
        return []
    found = sorted(_candidates(text), key=lambda each: (each.start, -each.end))
    kept: list[PersonalDatum] = []
    for each in found:
        if not kept or each.start >= kept[-1].end:
            kept.append(each)
    return kept


def _candidates(text: str) -> Iterator[PersonalDatum]:
    for match in _EMAIL.finditer(text):
        yield PersonalDatum("EMAIL", *match.span())
    for match in _IBAN.finditer(text):
        if _is_iban(match[0].replace(" ", "")):
            yield PersonalDatum("IBAN", *match.span())
    for match in _TWELVE_DIGITS.finditer(text):
        if is_iin(match[0]):
            yield PersonalDatum("IIN", *match.span())
    for match in _CALLED_IIN.finditer(text):
        yield PersonalDatum("IIN", *match.span(1))
    for match in _PHONE.finditer(text):
        digits = sum(map(str.isdigit, match[0]))
        if digits == _PHONE_DIGITS or (match[0].startswith("(") and digits in _LOCAL_DIGITS):
            yield PersonalDatum("PHONE", *match.span())


def is_iin(digits: str) -> bool:
    """Whether twelve digits are an individual identification number of Kazakhstan.

    Six digits are a date of birth, the seventh is sex and century (0 for foreigners), the last one checks the others
    (Law of 12.01.2007 No. 223 on national registers of identification numbers).
    """
    if len(digits) != 12 or not digits.isascii() or not digits.isdigit() or digits[6] > "6":
        return False
    century = (1800, 1900, 2000)[(max(int(digits[6]), 1) - 1) // 2]
    try:
        dt.date(century + int(digits[:2]), int(digits[2:4]), int(digits[4:6]))
    except ValueError:
        return False
    values = [int(digit) for digit in digits]
    check = sum(weight * value for weight, value in zip(range(1, 12), values, strict=False)) % 11
    if check == 10:
        weights = (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2)
        check = sum(weight * value for weight, value in zip(weights, values, strict=False)) % 11
    return check == values[11]


def _is_iban(account: str) -> bool:
    """ISO 13616: the letters as numbers, the country moved to the end, divided by 97."""
    moved = account[4:] + account[:4]
    return int("".join(str(int(character, 36)) for character in moved)) % 97 == 1


def mask_text(text: str) -> str:
    """`text` with each of its personal data replaced by its kind in brackets: `[IIN]`, `[PHONE]`."""
    pieces: list[str] = []
    position = 0
    for each in personal_data(text):
        pieces += (text[position : each.start], f"[{each.kind}]")
        position = each.end
    return "".join((*pieces, text[position:]))


def mask_personal_data(pair: Unit) -> Unit:
    """The pair with both sides and their neighbours masked."""
    around = (pair.previous_kk, pair.next_kk, pair.previous_ru, pair.next_ru)
    previous_kk, next_kk, previous_ru, next_ru = (None if text is None else mask_text(text) for text in around)
    return replace(
        pair,
        kk=mask_text(pair.kk),
        ru=mask_text(pair.ru),
        previous_kk=previous_kk,
        next_kk=next_kk,
        previous_ru=previous_ru,
        next_ru=next_ru,
    )


@dataclass(frozen=True, slots=True)
class PersonalData:
    """Score: how many personal data the two sides hold together. None of the default filters: masking is milder."""

    threshold: float = 0
    name: str = "personal_data"

    def score(self, pair: Unit) -> float:
        return len(personal_data(pair.kk)) + len(personal_data(pair.ru))

    def accept(self, score: float) -> bool:
        return score <= self.threshold

    def clears(self, block: PairBlock) -> NDArray[np.bool_]:
        return ~block.has(_AT | DIGIT | ODD) & self.accept(0)

    def reason(self, pair: Unit, score: float) -> str:
        kinds = sorted({each.kind for text in (pair.kk, pair.ru) for each in personal_data(text)})
        return f"personal_data {score:.0f}: {', '.join(kinds)}"
