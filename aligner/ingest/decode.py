"""Bytes → text: byte order marks, UTF-8, UTF-16, and the 8-bit code pages of Kazakh and Russian."""

from __future__ import annotations

import codecs
import re

from aligner.errors import BinaryInputError, EncodingError
from aligner.ingest.old_letters import renewal_for

__all__ = ["decode_text"]

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_SIGNATURES = (
    (b"%PDF-", "a PDF", "save its text as .txt or .docx"),
    (b"PK\x03\x04", "a zip archive", "unpack it, or give it the suffix .docx if it is a Word document"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old or encrypted Office file", "save it as .docx or .txt"),
    (b"{\\rtf", "an RTF document", "save it as .docx or .txt"),
    (b"\x89PNG", "a picture", ""),
    (b"\xff\xd8\xff", "a picture", ""),
    (b"GIF8", "a picture", ""),
    (b"\x1f\x8b", "a gzip archive", "unpack it"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", "unpack it"),
    (b"Rar!", "a RAR archive", "unpack it"),
    (b"\x7fELF", "a program", ""),
    (b"SQLite format 3\x00", "a database", ""),
)

# The most frequent first, over Kazakh and Russian together.
_LETTERS_BY_FREQUENCY = "аеноиртсылкмдпуғбйгқзвждәіңшяхөүчьюжұщцфэёһъ"
_LETTER_WEIGHT = {letter: 1.0 - 0.015 * rank for rank, letter in enumerate(_LETTERS_BY_FREQUENCY)}
_PUNCTUATION = frozenset("«»„“”‘’–—…№•©§°\u00a0")

_NEVER_BEFORE_LETTERS = frozenset("»”…№°")
_PUNCTUATION_WEIGHT = 0.8

# In order of trust where a text fits several of them equally well.
_CODE_PAGES = ("cp1251", "kz1048", "ptcp154", "koi8-r", "cp866", "iso8859-5")

_LATIN_CODE_PAGES = ("cp1252", "cp1250", "cp1254")

_SAMPLE_BYTES = 2**16
_MAX_CHAOS = 0.1
_MIN_CODE_PAGE_SCORE = 0.45
_MAX_CONTROL_SHARE = 0.02
_MIN_MOJIBAKE_CHARACTERS = 20
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1b\x7f]")


def decode_text(data: bytes, source: str, declared: str | None = None) -> str:
    """The text of `data`, without its byte order mark. `declared` is the encoding that the file itself names.

    Raises BinaryInputError where `data` is no text at all, EncodingError where its encoding can't be told
    or a byte doesn't belong to it; `source` is the name for the message. Letters that an old font or a lost encoding
    has put in the place of others are put right.
    """
    text = _decoded(data, source, declared)
    renew = renewal_for([text])
    return text if renew is None else renew(text)


def _decoded(data: bytes, source: str, declared: str | None) -> str:
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _checked(_decode_strictly(data, encoding, source, start=len(mark)), source)
    for signature, kind, remedy in _SIGNATURES:
        if data.startswith(signature):
            raise BinaryInputError(source, f"is {kind}, not a text", remedy)
    wide = _wide_encoding(data)
    if wide is not None:
        return _checked(_decode_strictly(data, wide, source), source)
    if b"\x00" in data[:_SAMPLE_BYTES]:
        raise BinaryInputError(source, "is not a text: it holds zero bytes", "give a text, HTML or Word file")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        if _is_broken_utf8(data, error.start):
            raise _bad_byte(data, "utf-8", error.start, source) from None
    else:
        _refuse_mojibake(text, source)
        return _checked(text, source)
    code_page = _code_page(data, declared)
    if code_page is None:
        _checked(data[:_SAMPLE_BYTES].decode("latin-1"), source)
        raise EncodingError(source, "is in an encoding that could not be told", "save it as UTF-8")
    return _checked(_decode_strictly(data, code_page, source), source)


def _decode_strictly(data: bytes, encoding: str, source: str, start: int = 0) -> str:
    try:
        return data[start:].decode(encoding)
    except UnicodeDecodeError as error:
        raise _bad_byte(data, encoding, start + error.start, source) from None


def _bad_byte(data: bytes, encoding: str, position: int, source: str) -> EncodingError:
    line = data.count(b"\n", 0, position) + 1
    return EncodingError(
        source,
        f"is {encoding.upper()} text with a byte (0x{data[position]:02x}) that does not belong there",
        "save it again as UTF-8 from its original",
        place=f"byte {position} (line {line})",
    )


def _checked(text: str, source: str) -> str:
    controls = len(_CONTROLS.findall(text, 0, _SAMPLE_BYTES))
    if controls > _MAX_CONTROL_SHARE * min(len(text), _SAMPLE_BYTES) or "\x00" in text[:_SAMPLE_BYTES]:
        raise BinaryInputError(source, "is not a text: it is full of control characters")
    return text


def _wide_encoding(data: bytes) -> str | None:
    """UTF-16 without a byte order mark: every other byte is 0 (Latin, spaces) or 4 (Cyrillic)."""
    sample = data[: _SAMPLE_BYTES & ~1]
    if len(sample) < 4 or len(data) % 2:
        return None
    for encoding, high, low in (("utf-16-le", sample[1::2], sample[0::2]), ("utf-16-be", sample[0::2], sample[1::2])):
        typical = high.count(0) + high.count(4)
        # The same bytes in the other half would mean zeros everywhere: not a text.
        if (
            typical > 0.7 * len(high)
            and low.count(0) < 0.05 * len(low)
            and (high.count(0) or high.count(4) == len(high))
        ):
            return encoding
    return None


def _is_broken_utf8(data: bytes, first_error: int) -> bool:
    """True where the bytes around the first error are UTF-8 but for a few."""
    start = max(0, first_error - _SAMPLE_BYTES // 2)
    sample = data[start : start + _SAMPLE_BYTES]
    decoded = sample.decode("utf-8", errors="replace")
    wrong = decoded.count("\ufffd")
    right = sum(character > "\x7f" for character in decoded) - wrong
    return right > 4 * wrong


def _refuse_mojibake(text: str, source: str) -> None:
    sample = text[: _SAMPLE_BYTES // 8]
    if sum(character > "\x7f" for character in sample) < _MIN_MOJIBAKE_CHARACTERS:
        return
    for wrong in ("cp1251", "cp1252", "latin-1"):
        try:
            # Not final: the end of the sample may halve a character.
            codecs.getincrementaldecoder("utf-8")().decode(sample.encode(wrong))
        except UnicodeError:
            continue
        raise EncodingError(
            source,
            f"was saved after UTF-8 had been read as {wrong}, so its letters are wrong",
            "save it again as UTF-8 from its original",
        )


def _code_page(data: bytes, declared: str | None) -> str | None:
    """The 8-bit encoding of `data`: the declared one where none fits better, or None where none fits."""
    middle = len(data) // 2
    samples = (
        data
        if len(data) <= 3 * _SAMPLE_BYTES
        else b" ".join((data[:_SAMPLE_BYTES], data[middle : middle + _SAMPLE_BYTES], data[-_SAMPLE_BYTES:]))
    )
    scores = {page: _letter_score(samples, page) for page in _CODE_PAGES}
    best = max(scores, key=lambda page: scores[page])
    if scores[best] < _MIN_CODE_PAGE_SCORE:
        return _foreign_code_page(data[:_SAMPLE_BYTES])
    # Old fonts have Kazakh letters in places of their own, which other code pages fit but for some.
    in_font = samples.decode("cp1251", "replace")
    renew = renewal_for([in_font])
    if renew is not None and _share_of_letters(renew(in_font)) > scores[best]:
        return "cp1251"
    return declared if declared is not None and scores.get(declared, -1.0) >= scores[best] else best


def _letter_score(sample: bytes, page: str) -> float:
    """How much the characters beyond ASCII look like Kazakh or Russian: 1 is perfect, below 0 nonsense."""
    try:
        text = sample.decode(page)
    except UnicodeDecodeError:
        return -1.0
    return _share_of_letters(text)


def _share_of_letters(text: str) -> float:
    text = f" {text} "
    total, count = 0.0, 0
    for before, character, after in zip(text, text[1:], text[2:], strict=False):
        if character <= "\x7f":
            continue
        count += 1
        weight = _LETTER_WEIGHT.get(character.lower())
        if weight is None:
            is_placed = character in _PUNCTUATION and not (character in _NEVER_BEFORE_LETTERS and after.isalpha())
            total += _PUNCTUATION_WEIGHT if is_placed else -2.0
        elif _is_out_of_place(before, character, after):
            total -= 1.0
        else:
            total += weight - 0.25 * (character.isupper() and before.isupper())
    return total / count if count else 0.0


def _is_out_of_place(before: str, letter: str, after: str) -> bool:
    """A letter beside a Latin one, a capital inside a word or alone: a wrong table more often than a writer."""
    if any(neighbour.isascii() and neighbour.isalpha() for neighbour in (before, after)):
        return True
    is_alone = not (before.isalpha() or after.isalpha() or after == ".")
    return letter.isupper() and (before.islower() or is_alone)


def _foreign_code_page(sample: bytes) -> str | None:
    """The code page of a text in Latin letters, which is set aside for its language later."""
    from charset_normalizer import from_bytes

    matches = from_bytes(sample, cp_isolation=list(_LATIN_CODE_PAGES))
    fitting = [match.encoding for match in matches if match.chaos <= _MAX_CHAOS and _is_wordy(str(match))]
    return min(fitting, key=_LATIN_CODE_PAGES.index) if fitting else None


def _is_wordy(text: str) -> bool:
    words = sum(character.isalpha() or character.isspace() for character in text)
    return words > 0.7 * len(text)
