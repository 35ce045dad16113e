"""Where sentences end inside one line of Kazakh or Russian.

The line is scanned once for terminators; each is decided by what stands before and after it. The rules cover what
Punkt can't learn from counts: direct speech, list numbers, initials, and how an abbreviation is used. Where they leave
an abbreviation open, a trained Punkt model decides (Kiss & Strunk 2006, “Unsupervised Multilingual Sentence Boundary
Detection”).
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

    def breaks(self, before: str, after: str) -> bool:
        """Whether a sentence ends after `before`, an abbreviation with its full stop, where `after` follows."""


_OPENING: Final = "«“„‟‘\"'([{<*_•·▪●■►◦➢✓"
_CLOSING: Final = "»”“\"’')]}>*_"
_QUOTES: Final = frozenset("»”“\"’'")
_DASHES: Final = "—–‒―-−"
# Zero-width marks and soft hyphens are no white space, so they must stay in a segment; they go with what is before.
_INVISIBLE: Final = "\u200b\u200c\u200d\u2060\ufeff\u00ad"
_SMALL: Final = "a-zа-яёәғқңөұүһі"

_STOP: Final = re.compile(
    rf"""
    (?P<stop>[.!?…‼⁇⁈⁉]+ (?:\ [.!?…]+(?=[\s{re.escape(_CLOSING)}]|\Z))*)
    (?P<close>(?:[{re.escape(_CLOSING)}{_INVISIBLE}¹²³]|\[\d{{1,3}}\])*)
    (?P<gap>\ *)
    """,
    re.VERBOSE,
)
_AHEAD: Final = re.compile(
    rf"""
    (?P<dash>[{_DASHES}]?)
    (?P<open>[\ {re.escape(_OPENING)}{_INVISIBLE}]*)
    (?P<word>\d+|[^\W\d_]+(?:[-’'][^\W\d_]+)*|.)?
    """,
    re.VERBOSE,
)
_ENUMERATOR: Final = re.compile(rf"\(?(?:\d{{1,3}}(?:\.\d{{1,3}})*|[IVXLCІХ]{{1,5}}|[{_SMALL}])\Z")
_LIST_NUMBER: Final = re.compile(rf"(?:^|(?<=\s))(?P<number>\d{{1,2}})\.\s+(?=[«\"“(]?[^\W\d_{_SMALL}])")
_INITIAL: Final = re.compile(rf"(?:^|[.\-])(?:[^\W\d_{_SMALL}]|Дж|Дз|Sh|Ch|Zh|Kh|Th|Ph|Yu|Ya)\Z")
_INITIALS_AND_NAME: Final = re.compile(r"(?:[^\W\d_]\.\s?){1,2}[^\W\d_]{2,}")
_DOTTED: Final = re.compile(r"[^\W\d_]{1,2}(?:[.\-–]{1,2}[^\W\d_]{1,2})+\Z")
_NUMBER_OR_ROMAN: Final = re.compile(r"[\d.,–-]*\d[\d.,%–-]*\Z|[IVXLCІХ]+(?:[–-][IVXLCІХ]+)?\Z")
_LEADING_NUMBER: Final = re.compile(r"[\d.,–\-]*\d")
_PAIR_OF_LETTERS: Final = re.compile(rf"(?:^| )[^\W\d_{_SMALL}] [{_SMALL}]{{1,3}} [^\W\d_{_SMALL}]\Z")
_WORD: Final = re.compile(r"[^\W\d_]+")
_ADDRESS: Final = re.compile(r"://|@|\bwww\.|\.(?:kz|ru|com|org|net|info|gov|edu|рф|қаз)\b", re.IGNORECASE)
_NO_VOWELS: Final = re.compile(r"[бвгғджзйкқлмнңпрстфхһцчшщъь]{2,5}\Z")
_SURNAME: Final = re.compile(rf"[^\W\d_{_SMALL}].*(?:[оеё]ва?|[иы]на?|ий|ая|ұлы|улы|қызы|кызы|енко)\Z")
_LETTER_OR_DIGIT: Final = re.compile(r"[^\W_]")
# How far a decision looks; it keeps the work linear in lines of any length.
_WINDOW: Final = 300
# Any initial: Punkt treats them alike and then looks at the next word alone.
_SOME_INITIAL: Final = "А."


@dataclass(frozen=True, slots=True)
class _Before:
    """What stands before a terminator: the token, its key as an abbreviation, and the token before it."""

    token: str
    key: str
    previous: str
    is_after_number: bool


def _previous_token(line: str, end: int, floor: int) -> tuple[str, int]:
    """The token that ends last before `end`, without opening marks, and where it starts."""
    while end > floor and line[end - 1] == " ":
        end -= 1
    floor = max(floor, end - _WINDOW)
    start = max(line.rfind(" ", floor, end) + 1, floor)
    return line[start:end].lstrip(_OPENING + _DASHES + _INVISIBLE), start


def _read_before(line: str, stop: int, floor: int) -> _Before:
    token, start = _previous_token(line, stop, floor)
    previous, previous_start = _previous_token(line, start, floor)
    # «т. е.» and «и. о.» are written with spaces too.
    while len(token) == 1 and token.islower() and len(previous) == 2 and previous[1] == "." and previous[0].isalpha():
        token = previous + token
        previous, previous_start = _previous_token(line, previous_start, floor)
    number = _LEADING_NUMBER.match(token)
    key = token[number.end() :].lstrip("-–") if number and number.end() < len(token) else token
    is_after_number = key != token or bool(_NUMBER_OR_ROMAN.match(previous))
    return _Before(token, key.lower(), previous, is_after_number)


def _is_cyrillic(character: str) -> bool:
    return "\u0400" <= character <= "\u052f"


class _Line:
    """One line under decision; its white space is plain spaces."""

    def __init__(self, line: str, lexicon: Lexicon, punkt: Punkt) -> None:
        self.line, self.lexicon, self.punkt = line, lexicon, punkt
        self.is_upper = line.isupper()

    def is_boundary(self, found: re.Match[str], floor: int) -> bool:
        """Whether the terminator `found` ends the sentence that begins at `floor`."""
        if not _LETTER_OR_DIGIT.search(self.line, floor, found.start()):
            return False
        floor = max(floor, found.start() - _WINDOW)
        text = self.line[floor : found.start()]
        ahead = _AHEAD.match(self.line, found.end())
        word = ahead["word"] if ahead else None
        if not ahead or not word or word in ",;:»)]}":
            return False
        if not found["gap"]:
            return self.is_glued_boundary(found, ahead, text)
        at = ahead.start("word")
        is_full_stop = found["stop"] == "."
        before = _read_before(self.line, found.start(), floor)
        if word[0].islower():
            return is_full_stop and self.is_latin_opener(before, word)
        if ahead["dash"]:
            if not _QUOTES.isdisjoint(found["close"]):
                return not _QUOTES.isdisjoint(ahead["open"]) or "«" in ahead["open"]
            if not is_full_stop and self.has_speech_verb(at):
                return False
        if "(" in ahead["open"] and self.is_aside(at):
            return False
        if not is_full_stop:
            return self.ends_emphatic(found["close"], text, word, at)
        if self.is_enumerator(before, text, found.start()):
            return False
        tail = self.tail(before)
        is_initial = tail is None and bool(_INITIAL.search(before.token))
        if tail is None and not is_initial:
            return True
        if ahead["dash"] or ")" in found["close"]:
            return False
        if is_initial or tail is None:
            return self.ends_after_initial(before, text, word, at)
        return self.ends_after_abbreviation(before.key, tail, word, at)

    def tail(self, before: _Before) -> Tail | None:
        """How the token behaves as an abbreviation, or None where it is none."""
        key, token, lexicon = before.key, before.token, self.lexicon
        paired = lexicon.anywhere.get(f"{before.previous.lower()} {key}")
        if paired:
            return paired
        if len(token) == 1 and token.isupper():
            return None
        is_acronym = token.isupper() and "." not in token
        if is_acronym and not self.is_upper:
            return None
        previous = before.previous.lower().rstrip(".")
        if before.is_after_number or previous in lexicon.after_number or lexicon.anywhere.get(previous) is Tail.SUM:
            after_number = lexicon.after_number.get(key)
            if after_number:
                return after_number
        known = lexicon.anywhere.get(key)
        if known:
            return known
        if not token[-1:].islower():
            return None
        if "." in key:
            if _DOTTED.match(key):
                return Tail.WORD
            last = key.rpartition(".")[2]
            return lexicon.anywhere.get(last) or lexicon.after_number.get(last)
        if len(key) == 1 and key.isalpha() and key != "я":
            return Tail.WORD
        if token.islower() and _NO_VOWELS.match(key):
            return Tail.WORD
        return Tail.NAME if token.islower() and self.punkt.is_abbreviation(key) else None

    def opens(self, word: str, at: int, *, after: str | None = None) -> bool:
        """Whether the capitalised `word` at `at` is clearly the head of a sentence.

        With `after`, an abbreviation and its full stop, Punkt's counts of words are asked beside the closed list.
        """
        if len(word) == 1:
            return self.line[at + 1 : at + 2] != "." and word.lower() in self.lexicon.openers
        if word.isupper():
            return False
        return word.lower() in self.lexicon.openers or (after is not None and self.punkt.breaks(after, word))

    def ends_after_abbreviation(self, key: str, tail: Tail, word: str, at: int) -> bool:
        """Whether a sentence ends at the full stop of the abbreviation `key` that `word` follows."""
        is_word = word[0].isalpha()
        match tail:
            case Tail.LIST:
                return True
            case Tail.NUMBER:
                return is_word
            case Tail.SUM:
                return is_word and (word[1:].islower() or len(word) == 1)
            case Tail.NAME:
                return is_word and self.opens(word, at, after=f"{key}.")
            case Tail.UNIT | Tail.WORD:
                return is_word and self.opens(word, at)

    def ends_after_initial(self, before: _Before, text: str, word: str, at: int) -> bool:
        """Whether a sentence ends after a single capital: «Иванов И.И. Он», «из А в Б.», but not «И.И. Иванов»."""
        if not word[0].isalpha() or _PAIR_OF_LETTERS.search(text):
            return True
        is_closed = bool(_SURNAME.match(before.previous)) or before.previous.lower() in self.lexicon.lettered
        return self.opens(word, at, after=_SOME_INITIAL if is_closed else None)

    def ends_emphatic(self, close: str, text: str, word: str, at: int) -> bool:
        """Whether «?», «!» or an ellipsis ends the sentence before the capital or number `word`."""
        if ")" in close and "(" in text.strip()[1:]:
            return False
        if _QUOTES.isdisjoint(close):
            return True
        opened = max(text.rfind(mark) for mark in "«“„\"'‘")
        lead = text[: max(opened, 0)].rstrip()
        # A quotation that is a whole utterance ends a sentence, a name with an exclamation mark does not.
        return not lead or lead[-1] in ":–—-.!?…," or self.opens(word, at, after=_SOME_INITIAL)

    def has_speech_verb(self, at: int) -> bool:
        """Whether a verb of speech stands among the first words from `at`."""
        clause = re.split(r"[,.!?:;…]", self.line[at : at + 80], maxsplit=1)[0]
        return any(word.lower() in self.lexicon.speech_verbs for word in _WORD.findall(clause)[:6])

    def is_aside(self, at: int) -> bool:
        """Whether the parenthesis that opens before `at` belongs to the sentence that is running."""
        closed = self.line.find(")", at, at + _WINDOW)
        if closed < 0:
            return False
        after = self.line[closed + 1 : closed + 10].lstrip()
        return after[:1] in {",", ";"} or after[:1].islower() or not _WORD.search(self.line, at, closed)

    def is_latin_opener(self, before: _Before, word: str) -> bool:
        """Whether a name in small Latin letters opens a sentence: «… жаңарды. eGov порталы …»."""
        return word[0].isascii() and len(before.token) > 3 and _is_cyrillic(before.token[-1]) and not self.tail(before)

    def is_enumerator(self, before: _Before, text: str, stop: int) -> bool:
        """Whether the token is a list number, or the number of a heading, at the head of its segment or list item."""
        if _ENUMERATOR.match(before.token):
            lead = text[: len(text) - len(before.token)].rstrip(f"{_OPENING}{_INVISIBLE} ")
            if not lead or lead[-1] in ";:":
                return True
        words = text.lower().replace("-", " ").replace(".", " ").split()
        if len(words) == 2 and any(map(str.isdigit, words)) and not self.lexicon.labels.isdisjoint(words):
            return True
        return bool(
            re.fullmatch(r"\d{1,2}", before.token)
            and before.previous != "№"
            and _INITIALS_AND_NAME.match(self.line, stop + 2)
        )

    def is_glued_boundary(self, found: re.Match[str], ahead: re.Match[str], text: str) -> bool:
        """Whether a terminator without white space after it ends a sentence («технологий.Представители»)."""
        line, start, end = self.line, found.start(), found.end()
        dash, word = ahead["dash"], ahead["word"]
        if dash == "-" and line[end + 1 : end + 2] != " ":
            return False
        is_sentence_like = word[0].isupper() and (bool(dash) or len(word) > 1)
        is_year = len(word) == 4 and word.isdigit()
        if not is_sentence_like and not is_year:
            return False
        floor = start - len(text)
        token, token_start = _previous_token(line, start, floor)
        token_end = line.find(" ", end, end + _WINDOW)
        if _ADDRESS.search(line, token_start, token_end if token_end >= 0 else end + _WINDOW):
            return False
        if found["stop"] != ".":
            return not is_year and not (dash and found["close"]) and not self.has_speech_verb(ahead.start("word"))
        before = _read_before(line, start, floor)
        if self.tail(before) is not None or _INITIAL.search(token) or self.is_enumerator(before, text, start):
            return False
        if dash:
            return not found["close"]
        last = token[-1:]
        if not last.isalpha():
            return is_sentence_like and (last in '»”")]%' or (last.isdigit() and _is_cyrillic(word[0])))
        length = len(_WORD.findall(token)[-1])
        if is_year:
            return length > 4 and _is_cyrillic(last) and last.islower()
        return (_is_cyrillic(last) or _is_cyrillic(word[0])) and length > (2 if last.islower() else 1)


def _iter_list_heads(line: str) -> Iterator[int]:
    """Yield where items after the first stand in a line that is a whole numbered list: «1. … 2. … 3. …»."""
    number = None
    for found in _LIST_NUMBER.finditer(line):
        value, start = int(found["number"]), found.start()
        if number is None:
            if line[:start].strip(f"{_OPENING} "):
                return
            number = value
        elif value == number + 1 and line[max(0, start - 2) : start].rstrip() != "№":
            number = value
            yield start


def iter_boundaries(line: str, lexicon: Lexicon, punkt: Punkt) -> Iterator[tuple[int, int]]:
    """Yield (end of a sentence, start of the next) for each inner boundary of `line`, in code points.

    `line` holds no line breaks, no outer white space, and only plain spaces as white space.
    """
    decide = _Line(line, lexicon, punkt)
    heads = _iter_list_heads(line)
    head = next(heads, None)
    floor = 0
    for found in _STOP.finditer(line):
        while head is not None and head < found.start():
            if head > floor:
                end = head
                while line[end - 1] == " ":
                    end -= 1
                yield end, head
                floor = head
            head = next(heads, None)
        if found.end() < len(line) and decide.is_boundary(found, floor):
            yield found.end("close"), found.end()
            floor = found.end()
