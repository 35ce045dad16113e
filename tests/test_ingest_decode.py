import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.errors import BinaryInputError, EncodingError, InputError
from aligner.ingest.decode import decode_text

KK = (
    "Үкімет отырысында ауыл шаруашылығын цифрландыру мәселесі қаралды. «Бұл жұмыс жыл соңына дейін аяқталады», – деді"
    " министр. Өңірлерде көктемгі егіске дайындық жүріп жатыр."
)
RU = (
    "На заседании Правительства рассмотрели цифровизацию сельского хозяйства. «Работа завершится до конца года», –"
    " сказал министр. Объём инвестиций вырос на 5 %."
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
@pytest.mark.parametrize("text", [KK, RU, KK * 200, "Astana, 2025.\nSecond line.\n"])
def test_unicode_encodings_are_told_with_and_without_a_mark(text: str, encoding: str) -> None:
    assert decode_text(text.encode(encoding), "a.txt") == text


@pytest.mark.parametrize("mark", [codecs.BOM_UTF16_BE, codecs.BOM_UTF16_LE])
def test_a_mark_decides_the_byte_order(mark: bytes) -> None:
    encoding = "utf-16-be" if mark == codecs.BOM_UTF16_BE else "utf-16-le"
    assert decode_text(mark + KK.encode(encoding), "a.txt") == KK


@pytest.mark.parametrize("encoding", ["kz1048", "ptcp154"])
def test_kazakh_code_pages_keep_the_kazakh_letters(encoding: str) -> None:
    assert decode_text(KK.encode(encoding), "a.txt") == KK


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r", "cp866", "iso8859-5"])
def test_russian_code_pages(encoding: str) -> None:
    text = "На заседании Правительства рассмотрели цифровизацию сельского хозяйства."
    assert decode_text(text.encode(encoding), "a.txt") == text


def test_a_short_headline_in_windows_1251() -> None:
    assert decode_text("Указ Президента — № 5".encode("cp1251"), "a.txt") == "Указ Президента — № 5"


def test_kazakh_letters_far_from_the_beginning_decide_too() -> None:
    text = "Plain ASCII. " * 30_000 + KK
    assert decode_text(text.encode("kz1048"), "a.txt") == text


def test_western_text_is_told_by_charset_normalizer() -> None:
    text = "Le président a déclaré que la coopération était déjà très étroite. " * 5
    assert decode_text(text.encode("cp1252"), "a.txt") == text


def test_the_declared_code_page_settles_a_tie() -> None:
    data = "Правительство".encode("cp1251")
    assert decode_text(data, "a.html", declared="kz1048") == "Правительство"


def test_a_wrong_declaration_does_not_prevail() -> None:
    assert decode_text(KK.encode("kz1048"), "a.html", declared="koi8-r") == KK


def test_a_bad_byte_is_named_with_its_place() -> None:
    data = (RU + "\n" + RU).encode()
    broken = data[:-20] + b"\xff" + data[-20:]
    with pytest.raises(EncodingError, match=r"a\.txt, byte \d+ \(line 2\): .*UTF-8.*0xff"):
        decode_text(broken, "a.txt")


def test_text_read_with_a_wrong_encoding_before_is_refused() -> None:
    with pytest.raises(EncodingError, match="cp1251"):
        decode_text("Президент подписал закон о бюджете".encode().decode("cp1251", "ignore").encode(), "a.txt")
    with pytest.raises(EncodingError, match="latin-1"):
        decode_text("Президент подписал закон".encode().decode("latin-1").encode(), "a.txt")


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7 rest", "PDF"),
        (b"PK\x03\x04 rest", "zip"),
        (b"\x89PNG\r\n\x1a\n", "picture"),
        (b"{\\rtf1 rest}", "RTF"),
        (bytes(range(256)), "zero bytes"),
        (b"\x01\x02\x03\x04" * 50, "not a text"),
    ],
)
def test_what_is_no_text_is_named(data: bytes, kind: str) -> None:
    with pytest.raises(BinaryInputError, match=kind):
        decode_text(data, "a.txt")


@given(st.binary(min_size=1, max_size=400))
def test_any_bytes_give_text_or_our_error(data: bytes) -> None:
    try:
        text = decode_text(data, "a.txt")
    except InputError:
        return
    assert isinstance(text, str)
    assert "\x00" not in text


@given(st.text(st.characters(exclude_categories=("Cc", "Cs")), min_size=1, max_size=200))
def test_utf_8_with_a_mark_round_trips(text: str) -> None:
    assert decode_text(codecs.BOM_UTF8 + text.encode(), "a.txt") == text
