"""Where sentences end inside one line of Kazakh or Russian.

The line is scanned once for terminators; each is decided by what stands before and after it. The rules cover what
Punkt can't learn from counts (direct speech, list numbers, initials, abbreviations by what follows them) and leave the
rest to a trained Punkt model (Kiss & Strunk 2006, “Unsupervised Multilingual Sentence Boundary Detection”).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

from aligner.segment.lexicon import Lexicon, Tail

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Punkt", "iter_boundaries"]


class Punkt(Protocol):
    """What a trained Punkt model is asked."""

    def is_abbreviation(self, word: str) -> bool:
        """Whether `word` (lower case, no final full stop) was learnt to be an abbreviation."""

    def opens_sentence(self, word: str) -> bool:
        """Whether `word`, capitalised here, is known to be written small inside sentences."""

    def breaks(self, before: str, after: str) -> bool:
        """Whether a sentence ends between `before`, which ends with a full stop, and `after`."""


_OPENING: Final = "«“„‘\"'([{<*_•·▪●■►◦➢✓"
_CLOSING: Final = "»”“\"’')]}>*_"
_DASHES: Final = "—–‒―-−"
_INVISIBLE: Final = "\u200b\u200c\u200d\u2060\ufeff\u00ad"

_STOP: Final = re.compile(
    rf"""
    (?P<stop>[.!?…‼⁇⁈⁉]+[{_INVISIBLE}]*(?:\ [.!?…]+)*)
    (?P<close>(?:[{re.escape(_CLOSING)}{_INVISIBLE}¹²³]|\[\d{{1,3}}\])*)
    (?P<gap>\s*)
    """,
    re.VERBOSE,
)
_AHEAD: Final = re.compile(
    rf"(?P<dash>[{_DASHES}]?)[\s{re.escape(_OPENING)}{_INVISIBLE}]*(?P<word>\d+|[^\W\d_]+(?:[-’'][^\W\d_]+)*)?"
)
_ENUMERATOR: Final = re.compile(r"\(?(?:\d{1,3}(?:\.\d{1,3})*|[IVXLCІХ]{1,5}|[a-zа-яәғқңөұүһі])\Z")
_LIST_NUMBER: Final = re.compile(r"(?:^|(?<=\s))(?P<number>\d{1,2})\.\s+(?=[«\"“(]?[^\W\d_a-zа-яёәғқңөұүһі])")
_INITIAL: Final = re.compile(r"(?:^|[.\-])(?:[^\W\d_a-zа-яёәғқңөұүһі]|Дж|Дз|Sh|Ch|Zh|Kh|Th|Ph|Yu|Ya)\Z")
_INITIALS_AND_NAME: Final = re.compile(r"(?:[^\W\d_]\.\s?){1,2}[^\W\d_]{2,}")
_DOTTED: Final = re.compile(r"[^\W\d_]{1,2}(?:[.\-][^\W\d_]{1,2})+\Z")
_ROMAN_OR_NUMBER: Final = re.compile(r"[\d.,–-]*\d[\d.,%–-]*\Z|[IVXLCІХ]+(?:[–-][IVXLCІХ]+)?\Z")
_LEADING_NUMBER: Final = re.compile(r"[\d.,–\-]*\d")
_WORD: Final = re.compile(r"[^\W\d_]+")
_ADDRESS: Final = re.compile(r"://|@|\bwww\.|\.(?:kz|ru|com|org|net|info|gov|edu|рф|қаз)\b", re.IGNORECASE)
_NO_VOWELS: Final = re.compile(r"[бвгғджзйкқлмнңпрстфхһцчшщъь]{2,5}\Z")
_SURNAME: Final = re.compile(
    r"[^\W\d_a-zа-яёәғқңөұүһі].*(?:[оеё]ва?|[иы]на?|ий|ая|ұлы|улы|қызы|кызы|енко)\Z"
)


@dataclass(frozen=True, slots=True)
class _Before:
    """What stands before a terminator: the token, its key as an abbreviation, and the word before it."""

    token: str
    key: str
    previous: str
    is_after_number: bool


def _token_start(line: str, end: int, floor: int) -> int:
    start = line.rfind(" ", floor, end) + 1
    return max(start, floor)


def _read_before(line: str, stop: int, floor: int) -> _Before:
    start = _token_start(line, stop, floor)
    token = line[start:stop].lstrip(_OPENING + _DASHES + _INVISIBLE)
    previous_end = len(line[floor:start].rstrip()) + floor
    previous = line[_token_start(line, previous_end, floor) : previous_end]
    while len(token) == 1 and token.islower() and len(previous.strip(_OPENING)) == 2 and previous.endswith("."):
        token = previous.strip(_OPENING) + token
        start = _token_start(line, previous_end, floor)
        previous_end = len(line[floor:start].rstrip()) + floor
        previous = line[_token_start(line, previous_end, floor) : previous_end]
    number = _LEADING_NUMBER.match(token)
    key = token[number.end() :] if number and number.end() < len(token) else token
    is_after_number = (number is not None and key != token) or bool(_ROMAN_OR_NUMBER.match(previous))
    return _Before(token, key.lower(), previous.lstrip(_OPENING), is_after_number)


class _Line:
    """One line under decision; white space in `line` is already plain spaces."""

    def __init__(self, line: str, lexicon: Lexicon, punkt: Punkt | None) -> None:
        self.line, self.lexicon, self.punkt = line, lexicon, punkt

    def tail(self, before: _Before) -> Tail | None:
        """How the token behaves as an abbreviation, or None where it is none."""
        key, lexicon = before.key, self.lexicon
        paired = lexicon.anywhere.get(f"{before.previous.lower()} {key}")
        if paired:
            return paired
        is_acronym = len(before.token) > 1 and before.token.isupper() and "." not in before.token
        if is_acronym and not self.line.isupper():
            return None
        if before.is_after_number or before.previous.lower().rstrip(".") in lexicon.after_number:
            after_number = lexicon.after_number.get(key)
            if after_number:
                return after_number
        known = lexicon.anywhere.get(key)
        if known:
            return known
        if "." in key:
            last = key.rpartition(".")[2]
            if _DOTTED.match(key):
                return Tail.WORD
            if last and before.token.endswith(last):
                return lexicon.anywhere.get(last) or lexicon.after_number.get(last)
        if len(key) == 1 and before.token[-1].islower() and key.isalpha() and key != "я":
            return Tail.WORD
        if before.token.islower() and _NO_VOWELS.match(key):
            return Tail.WORD
        if self.punkt and key.isalpha() and before.token.islower() and self.punkt.is_abbreviation(key):
            return Tail.NAME
        return None

    def opens(self, word: str, at: int, *, by_counts: bool) -> bool:
        """Whether the capitalised `word` at `at` is clearly the head of a sentence."""
        if len(word) == 1 and self.line[at + 1 : at + 2] == ".":
            return False
        if word.lower() in self.lexicon.openers:
            return not word.isupper() or len(word) == 1
        return by_counts and self.punkt is not None and word[1:].islower() and self.punkt.opens_sentence(word)

    def ends_after_abbreviation(self, tail: Tail, word: str, at: int) -> bool:
        """Whether a sentence ends at an abbreviation's full stop that `word` follows."""
        is_number = word[0].isdigit()
        match tail:
            case Tail.LIST:
                return True
            case Tail.NUMBER:
                return not is_number
            case Tail.SUM:
                return not is_number and (word[1:].islower() or len(word) == 1)
            case Tail.NAME:
                return not is_number and self.opens(word, at, by_counts=True)
            case Tail.UNIT | Tail.WORD:
                return not is_number and self.opens(word, at, by_counts=False)

    def has_speech_verb(self, at: int) -> bool:
        """Whether a verb of speech stands among the first words from `at`."""
        clause = re.split(r"[,.!?:;…]", self.line[at : at + 80], maxsplit=1)[0]
        return any(word.lower() in self.lexicon.speech_verbs for word in _WORD.findall(clause)[:6])

    def is_boundary(self, found: re.Match[str], floor: int) -> bool:
        """Whether the terminator `found` ends the sentence that begins at `floor`."""
        line = self.line
        stop, close, gap = found["stop"], found["close"], found["gap"]
        text = line[floor : found.start()]
        if not any(map(str.isalnum, text)):
            return False
        if not gap:
            return self.is_glued_boundary(found, floor)
        ahead = _AHEAD.match(line, found.end())
        word = ahead["word"] if ahead else None
        if not ahead or not word:
            return bool(gap) and line[found.end() : found.end() + 1] not in set(",;:)]»")
        first = word[0]
        if first.islower():
            return False
        at = ahead.start("word")
        before = _read_before(line, found.start(), floor)
        is_full_stop = stop.rstrip(_INVISIBLE) == "."
        if ahead["dash"] and not first.isdigit():
            if close and set(close) & set("»”“\"’"):
                return False
            if not is_full_stop and self.has_speech_verb(at):
                return False
        if not is_full_stop:
            return self.ends_emphatic(close, text, word, at)
        if self.is_enumerator(before, text, found.start()):
            return False
        tail = self.tail(before)
        if tail is not None:
            if ahead["dash"]:
                return False
            if ")" in close:
                return False
            return self.ends_after_abbreviation(tail, word, at)
        if _INITIAL.search(before.token):
            return self.ends_after_initial(before, word, at)
        if self.punkt and _WORD.fullmatch(before.token) and not ahead["dash"] and not close:
            return self.punkt.breaks(before.token + ".", word)
        return True

    def ends_emphatic(self, close: str, text: str, word: str, at: int) -> bool:
        """Whether «?», «!» or an ellipsis ends the sentence before the capital or number `word`."""
        if ")" in close and "(" in text.strip()[1:]:
            return False
        quote = set(close) & set("»”\"")
        if not quote:
            return True
        opened = max(text.rfind("«"), text.rfind("“"), text.rfind("„"), text.rfind('"'))
        lead = text[: max(opened, 0)].rstrip()
        if not lead or lead[-1] in ":–—-.!?…,":
            return True
        return self.opens(word, at, by_counts=True)

    def is_enumerator(self, before: _Before, text: str, stop: int) -> bool:
        """Whether the token is a list number, or the number of a heading, at the head of its segment."""
        lead = text.strip(_OPENING + " " + _INVISIBLE)
        if lead == before.token and _ENUMERATOR.match(before.token):
            return True
        words = lead.lower().replace("-", " ").split()
        if len(words) == 2 and any(map(str.isdigit, lead)) and set(words) & self.lexicon.labels:
            return True
        return bool(
            re.fullmatch(r"\d{1,2}", before.token)
            and before.previous != "№"
            and _INITIALS_AND_NAME.match(self.line, stop + 2)
        )

    def ends_after_initial(self, before: _Before, word: str, at: int) -> bool:
        """Whether a sentence ends after an initial: «Иванов И.И. Он», but not «И.И. Иванов»."""
        if word[0].isdigit():
            return True
        if self.opens(word, at, by_counts=False):
            return True
        return bool(_SURNAME.match(before.previous)) and self.opens(word, at, by_counts=True)

    def is_glued_boundary(self, found: re.Match[str], floor: int) -> bool:
        """Whether a terminator without white space after it ends a sentence («технологий.Представители»)."""
        line, end = self.line, found.end()
        if end >= len(line):
            return False
        ahead = _AHEAD.match(line, end)
        word = ahead["word"] if ahead else None
        if not ahead or not word:
            return False
        dash = ahead["dash"]
        if dash and line[end + 1 : end + 2] != " ":
            return False
        if not (word[0].isupper() and (word[1:2].islower() or dash)):
            return False
        token_end = line.find(" ", end)
        whole = line[_token_start(line, found.start(), floor) : token_end if token_end >= 0 else len(line)]
        if _ADDRESS.search(whole):
            return False
        before = _read_before(line, found.start(), floor)
        if found["stop"] != ".":
            return not (dash and found["close"]) and not self.has_speech_verb(ahead.start("word"))
        if self.tail(before) is not None or _INITIAL.search(before.token):
            return False
        if dash:
            return not found["close"]
        if self.is_enumerator(before, line[floor : found.start()], found.start()):
            return False
        last = before.token[-1:]
        if last.isalpha():
            word_before = _WORD.findall(before.token)[-1]
            is_cyrillic = "\u0400" <= last <= "\u052f" or "\u0400" <= word[0] <= "\u052f"
            return is_cyrillic and len(word_before) > 2 and last.islower()
        return last in "»”\")]%" or (last.isdigit() and "\u0400" <= word[0] <= "\u052f")


def _list_heads(line: str) -> list[int]:
    """Where the items after the first stand in a line that is a whole numbered list: «1. … 2. … 3. …»."""
    heads: list[int] = []
    number = None
    for found in _LIST_NUMBER.finditer(line):
        value = int(found["number"])
        if number is None:
            if line[: found.start()].strip(_OPENING + " ") not in ("",):
                return []
            number = value
        elif value == number + 1 and not line[: found.start()].rstrip().endswith("№"):
            number = value
            heads.append(found.start())
    return heads


def iter_boundaries(line: str, lexicon: Lexicon, punkt: Punkt | None = None) -> Iterator[tuple[int, int]]:
    """Yield (end of a sentence, start of the next) for each inner boundary of `line`, in code points.

    `line` holds no line breaks and only plain spaces as white space.
    """
    decide = _Line(line, lexicon, punkt)
    heads = _list_heads(line) if ". " in line else []
    floor = 0
    for found in _STOP.finditer(line):
        while heads and heads[0] < found.start():
            head = heads.pop(0)
            end = len(line[:head].rstrip())
            if end > floor:
                yield end, head
                floor = head
        if found.end() < len(line) and decide.is_boundary(found, floor):
            if heads and heads[0] == found.end():
                heads.pop(0)
            yield found.end("close"), found.end()
            floor = found.end()
