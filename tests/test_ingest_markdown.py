import datetime as dt

import pytest

from aligner.errors import EmptyInputError, FormatError
from aligner.ingest import lines as lines_module
from aligner.ingest.draft import Draft
from aligner.ingest.markdown import iter_markdown


def read(text: str) -> Draft:
    (draft,) = iter_markdown(text.encode(), "a.md")
    return draft


def test_markup_becomes_plain_text() -> None:
    draft = read(
        "# Таразда *зауыт* ашылды\n\nТаразда **шыны** зауыты\nашылды, деп хабарлады [әкімдік](https://a.kz).\\\n"
        "Жаңа жол.\n\n![сурет](a.jpg)\n\n## Құрылыс барысы\n\n- бірінші `кезең`\n- екінші кезең\n\n> Дәйексөз.\n\n"
        "| Көрсеткіш | Мәні |\n|---|---|\n| Өсім | 5,1 |\n\n```\nкод жолы\n```\n\n<div>HTML мәтіні</div>\n"
    )
    assert draft.title == "Таразда зауыт ашылды"
    assert [block.text for block in draft.blocks] == [
        "Таразда шыны зауыты ашылды, деп хабарлады әкімдік.",
        "Жаңа жол.",
        "Құрылыс барысы",
        "бірінші кезең",
        "екінші кезең",
        "Дәйексөз.",
        "Көрсеткіш",
        "Мәні",
        "Өсім",
        "5,1",
        "код жолы",
        "HTML мәтіні",
    ]
    assert [block.text for block in draft.blocks if block.is_heading] == ["Құрылыс барысы"]


def test_the_fields_above_the_text() -> None:
    draft = read('---\ntitle: "Завод открыт"\ndate: 2026-03-14\nlayout: post\n---\n\n# Завод открыт\n\nВ Таразе.\n')
    assert draft.title == "Завод открыт"
    assert draft.date == dt.date(2026, 3, 14)
    assert [block.text for block in draft.blocks] == ["В Таразе."]


def test_residue_is_dropped_here_too() -> None:
    draft = read("# Завод открыт\n\n14.03.2026, 09:15\n\nВ Таразе открыли завод.\n\nФото: акимат\n")
    assert draft.date == dt.date(2026, 3, 14)
    assert [drop.reason for drop in draft.dropped] == ["date stamp", "photo credit"]


def test_no_text() -> None:
    with pytest.raises(EmptyInputError):
        read("![](a.jpg)\n\n---\n")


def test_a_line_of_excessive_length(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines_module, "MAX_LINE_CHARACTERS", 100)
    with pytest.raises(FormatError, match="line 3"):
        read("# Завод\n\n" + "слово " * 50)
