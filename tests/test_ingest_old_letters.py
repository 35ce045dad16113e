"""aligner.ingest.old_letters: what old fonts and lost code pages made of Kazakh and Russian is read as it was meant."""

from collections.abc import Callable

import pytest
from format_samples import KK, RU, odt, page, table, tmx, xlsx

from aligner.ingest.archive import Budget
from aligner.ingest.read import Content, contents_of
from aligner.records import AlignedText, Document

FONT = str.maketrans("әғқңөұүһӘҒҚҢӨҰҮҺ", "єѓќњґўїћЄЃЌЊҐЎЇЋ")
KAZAKH = (*KK, "«Һәм» атты көрме: Ұлттық кітапхананың 3 залы, Үкімет үйі, Өнер үйі – бәрі № 4 үйде.")
MADE_WRONG: dict[str, Callable[[str], str]] = {
    "a font": lambda text: text.translate(FONT),
    "KZ-1048 as windows-1251": lambda text: text.encode("kz1048").decode("cp1251"),
    "PTCP154 as windows-1251": lambda text: text.encode("ptcp154").decode("cp1251"),
    "KZ-1048 as Latin-1": lambda text: text.encode("kz1048").decode("latin-1"),
}


def read(data: bytes, suffix: str) -> list[Content]:
    return list(contents_of(data, suffix, f"a{suffix}", Budget(), 0))


def texts_of(data: bytes, suffix: str, language: str = "kk") -> list[str]:
    (document,) = read(data, suffix)
    assert isinstance(document, Document)
    assert (document.language, document.skipped) == (language, None)
    return [*filter(None, [document.title]), *(paragraph.text for paragraph in document.paragraphs)]


@pytest.mark.parametrize("make", MADE_WRONG.values(), ids=MADE_WRONG)
def test_kazakh(make):
    wrong = [make(line) for line in KAZAKH]
    assert texts_of("\n".join(wrong).encode(), ".txt") == [*KAZAKH]
    assert texts_of(page(wrong), ".html") == [*KAZAKH]
    assert texts_of(odt(wrong), ".odt") == [*KAZAKH]


def test_bytes_of_a_font():
    """In windows-1251 as it was typed: no code page has all these letters in their places."""
    assert texts_of("\n".join(KAZAKH).translate(FONT).encode("cp1251"), ".txt") == [*KAZAKH]


def test_signs_beside_figures_stay_signs():
    lines = [*(line.translate(FONT) for line in KAZAKH), "Дјлдік ± 5 мм, тўзы 20‰, ±1 µм."]
    assert texts_of("\n".join(lines).encode(), ".txt")[-1].endswith("± 5 мм, тұзы 20‰, ±1 µм.")


def test_russian_read_as_western():
    wrong = [line.encode("cp1251").decode("cp1252") for line in RU]
    assert texts_of("\n".join(wrong).encode(), ".txt", "ru") == [*RU]


@pytest.mark.parametrize("make", MADE_WRONG.values(), ids=MADE_WRONG)
def test_tables_and_memories(make):
    wrong, russian = [make(line) for line in KK], list(RU)
    if make("Қ") == "\x8d":
        russian = [line.encode("cp1251").decode("latin-1") for line in RU]
    for data, suffix in (
        (table(wrong, russian, "\t"), ".tsv"),
        (xlsx(wrong, russian), ".xlsx"),
        (tmx(wrong, russian), ".tmx"),
    ):
        (text,) = read(data, suffix)
        assert isinstance(text, AlignedText)
        assert [paragraph.text for paragraph in text.ru.paragraphs] == [*RU]
        assert [paragraph.text for paragraph in text.kk.paragraphs] == [*KK]


def test_both_languages_in_one_file():
    lines = [*(line.translate(FONT) for line in KAZAKH), *RU]
    first, second = read("\n".join(lines).encode(), ".txt")
    assert isinstance(first, Document)
    assert isinstance(second, Document)
    assert (first.language, second.language) == ("kk", "ru")
    assert first.paragraphs[0].text == KAZAKH[0] or first.title == KAZAKH[0]


@pytest.mark.parametrize(
    "text",
    [
        "Куќата на улицата беше голема, а свеќите гореа цела ноќ. Ќе дојдеме утре со сите ќерки.",
        "Його їжа, її ґанок і наші мрії: усе це є в цій історії, як і їхні пісні.",
        "У нашай вёсцы жыў і працаваў добры чалавек; ўсе яго ведалі.",
        "Буквы ќ, ѓ и љ есть в македонском языке, а і в казахском. " + " ".join(RU),
        "Élève à l'école, où l'été déjà arrivé a été fêté; naïve, çà et là.",
        "Þetta er íslenskur texti með mörgum óvenjulegum stöfum: æðað, öðru, þá, él.",
    ],
)
def test_other_languages_stay(text):
    (document,) = read("\n".join([text] * 3).encode(), ".txt")
    assert isinstance(document, Document)
    assert {paragraph.text for paragraph in document.paragraphs} | {document.title} >= {text}
