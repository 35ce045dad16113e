"""Kazakh and Russian in the places of other letters, as old fonts and lost code pages leave it → in its own letters.

«Ќазаќстанныњ» is Қазақстанның in a font that has Kazakh letters where windows-1251 has Macedonian ones; «Ќазаќстанныѕ»
is KZ-1048 that was read as windows-1251; «Ïðåìüåð» is Премьер that was read as Western European.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from aligner.ingest.draft import AlignedDraft, Draft

__all__ = ["draft_in_own_letters", "renewal_for"]

_KAZAKH = "әғқңөұүһӘҒҚҢӨҰҮҺ"
# Most fonts have the places of PTCP154, but for ө ұ ү those of KZ-1048.
_OF_FONTS = str.maketrans("єѓќњґўїћЄЃЌЊҐЎЇЋ", _KAZAKH)
_OF_KZ1048 = str.maketrans("јєќѕґўїћЈЄЌЅҐЎЇЋ", _KAZAKH)
# PTCP154 has ө ұ ү where windows-1251 has signs. They are letters in a word, and where no ґ, ў or ї is.
_SIGNS = (("µ¤", "ө", "ґҐ"), ("±¦", "ұ", "ўЎ"), ("‰‡", "ү", "їЇ"))
_SIGN_IN_WORD = re.compile("[µ±‰¤¦‡](?=[\u0400-\u04ff])|(?<=[\u0400-\u04ff])[µ±‰]")
_OLD_LETTERS = "єѓќњґўїћјѕ"
_FEWEST = 3
# A text in a font has a tenth of such letters; in both languages, and with three of them as signs, a quarter of that.
_MIN_SHARE = 0.02
# Headings may be in another font.
_MIN_TO_OWN = 4

_WESTERN_LETTER = re.compile("[À-ÖØ-öø-ÿ]")
_SAMPLE = 4_000
_FEWEST_WESTERN = 20
_MIN_WESTERN_SHARE = 0.5


def _western_table() -> dict[int, str]:
    table: dict[int, str] = {}
    for byte in (bytes([number]) for number in range(0x80, 0x100)):
        if cyrillic := byte.decode("cp1251", "ignore"):
            # windows-1252 has signs where Latin-1 has control characters, and leaves some of them free.
            for western in ("cp1252", "latin-1"):
                table |= {ord(character): cyrillic for character in byte.decode(western, "ignore")}
    return table


_FROM_WESTERN = _western_table()


def draft_in_own_letters(draft: Draft | AlignedDraft) -> Draft | AlignedDraft:
    """`draft` with its texts in their own letters; itself where they are."""
    if isinstance(draft, AlignedDraft):
        renew = renewal_for([*draft.kk, *draft.ru])
        return replace(draft, kk=tuple(map(renew, draft.kk)), ru=tuple(map(renew, draft.ru))) if renew else draft
    renew = renewal_for([draft.title or "", *(block.text for block in draft.blocks)])
    if renew is None:
        return draft
    blocks = tuple(replace(block, text=renew(block.text)) for block in draft.blocks)
    return replace(draft, title=renew(draft.title) if draft.title else draft.title, blocks=blocks)


def renewal_for(texts: Sequence[str]) -> Callable[[str], str] | None:
    """What puts texts of the document that has `texts` into their own letters; None where they are.

    A text stays as long as it is.
    """
    is_western = _is_western(texts)
    if is_western:
        texts = [text.translate(_FROM_WESTERN) for text in texts]
    is_old = _is_old(texts)
    if not is_western and not is_old:
        return None
    letters = _OF_KZ1048 if _count(texts, "ѕј") > _count(texts, "њѓ") else _OF_FONTS
    signs = {
        sign: letter
        for pair, own, others in _SIGNS
        if not _count(texts, others)
        for sign, letter in zip(pair, (own, own.upper()), strict=True)
    }

    def renew(text: str) -> str:
        if is_western:
            text = text.translate(_FROM_WESTERN)
        if is_old:
            text = _SIGN_IN_WORD.sub(lambda sign: signs.get(sign[0], sign[0]), text).translate(letters)
        return text

    return renew


def _is_old(texts: Sequence[str]) -> bool:
    """Whether there are ќ beside ы and і, which meet in no alphabet, and next to no letters of Kazakh."""
    if _count(texts, "ќЌ") < _FEWEST or not _count(texts, "ы") or not _count(texts, "і"):
        return False
    old = _count(texts, _OLD_LETTERS)
    letters = sum("\u0400" <= character <= "\u04ff" for text in texts for character in text)
    return old >= _MIN_SHARE * letters and old > _MIN_TO_OWN * _count(texts, _KAZAKH)


def _is_western(texts: Sequence[str]) -> bool:
    """Whether more of the first letters have accents than in any language."""
    sample: list[str] = []
    size = 0
    for text in texts:
        sample.append(text[:_SAMPLE])
        size += len(sample[-1])
        if size >= _SAMPLE:
            break
    start = "".join(sample)
    western = len(_WESTERN_LETTER.findall(start))
    return western >= _FEWEST_WESTERN and western > _MIN_WESTERN_SHARE * sum(map(str.isalpha, start))


def _count(texts: Sequence[str], letters: str) -> int:
    return sum(text.count(letter) for text in texts for letter in letters)
