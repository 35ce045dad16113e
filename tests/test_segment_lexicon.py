"""The hand-made lexicon: consistent, and each language's entries before the other's."""

from __future__ import annotations

import pytest

from aligner.segment.lexicon import Tail, load_lexicon


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_entries_are_written_as_they_are_looked_up(language: str) -> None:
    lexicon = load_lexicon(language)
    for key in (*lexicon.anywhere, *lexicon.after_number):
        assert key == key.lower().strip()
        assert not key.endswith(".")
    for word in lexicon.openers | lexicon.speech_verbs | lexicon.labels | lexicon.lettered:
        assert word == word.lower()


def test_own_entries_win() -> None:
    assert load_lexicon("ru").after_number["г"] is Tail.NAME
    assert load_lexicon("kk").after_number["г"] is not Tail.WORD
    assert "там" in load_lexicon("kk").after_number


def test_both_languages_know_the_abbreviations_of_the_other() -> None:
    assert load_lexicon("kk").anywhere["т.д"] is Tail.LIST
    assert load_lexicon("ru").anywhere["т.б"] is Tail.LIST


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_common_words_are_no_abbreviations(language: str) -> None:
    anywhere = load_lexicon(language).anywhere
    for word in ("дом", "год", "там", "сен", "бар", "жоқ", "нет", "это", "ол", "ел", "жер", "су", "күн", "жыл", "дос"):
        assert word not in anywhere
