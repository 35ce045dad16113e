"""aligner.memory: what people do to units and beads is kept, noted, and can be taken back, on either engine."""

import datetime as dt
import itertools
import random
import threading
from dataclasses import replace

import pytest

from aligner.errors import ConflictError, MissingRecordError, StoreError
from aligner.memory import Alignment, BeadEdit, Memory, NewBead
from aligner.records import Bead, Document, DocumentPair, Paragraph, Segment, Unit

NOW = dt.datetime(2026, 11, 22, 10, 0, tzinfo=dt.UTC)
LATER = NOW + dt.timedelta(hours=1)
KK = ["Кеңес өтті.", "Министр сөз сөйледі.", "Жоба бекітілді.", "Жиын аяқталды."]
RU = ["Состоялось совещание.", "Выступил министр.", "Проект утверждён.", "Встреча завершилась."]


def document(language: str, name: str, sentences: list[str]) -> tuple[Document, tuple[Segment, ...]]:
    starts = itertools.accumulate((len(each) + 1 for each in sentences), initial=0)
    segments = tuple(
        Segment(each, start, start + len(each), block)
        for block, (each, start) in enumerate(zip(sentences, starts, strict=False))
    )
    return Document(name, language, tuple(Paragraph(each, language) for each in sentences)), segments


def add_release(
    memory: Memory,
    kk: list[str] = KK,
    ru: list[str] = RU,
    beads: list[Bead] | None = None,
    names: tuple[str, str] = ("kk.txt", "ru.txt"),
    recipe: str = "recipe",
):
    kk_document, kk_segments = document("kk", names[0], kk)
    ru_document, ru_segments = document("ru", names[1], ru)
    beads = beads or [Bead((place,), (place,), 0.9) for place in range(len(kk))]
    units = [
        Unit(" ".join(kk[place] for place in bead.kk), " ".join(ru[place] for place in bead.ru), bead.score)
        for bead in beads
        if bead.kk and bead.ru
    ]
    pair = DocumentPair(kk_document, ru_document, 0.95)
    return memory.add(pair, units, recipe, NOW, Alignment(kk_segments, ru_segments, beads))


@pytest.fixture
def memory(memory_place):
    with Memory.open(memory_place) as opened:
        yield opened


def texts(memory: Memory) -> list[tuple[str, str, str]]:
    return [(unit.kk, unit.ru, unit.status) for unit in memory.units(statuses=("automatic", "reviewed", "rejected"))]


def snapshot(memory: Memory) -> object:
    """All that a person can see, without what only grows."""
    pairs = [memory.pair(each.id) for each in memory.pairs()]
    return (
        [
            replace(unit, created=None, changed=None)
            for unit in memory.units(statuses=("automatic", "reviewed", "rejected"))
        ],
        [(pair.kk, pair.ru, pair.score, pair.kk_segments, pair.ru_segments, pair.beads) for pair in pairs],
    )


def test_a_pair_shows_its_segments_and_beads(memory: Memory) -> None:
    add_release(
        memory, beads=[Bead((0, 1), (0,), 0.7), Bead((2,), (), 0.0), Bead((), (1, 2), 0.0), Bead((3,), (3,), 0.9)]
    )
    (summary,) = memory.pairs()
    assert (summary.beads, summary.doubtful, summary.unaligned) == (4, 1, 2)
    pair = memory.pair(summary.id)
    assert [segment.text for segment in pair.kk_segments] == KK
    assert [segment.block for segment in pair.ru_segments] == [0, 1, 2, 3]
    assert [(bead.kk, bead.ru) for bead in pair.beads] == [((0, 1), (0,)), ((2,), ()), ((), (1, 2)), ((3,), (3,))]
    assert pair.beads[0].kk_text == "Кеңес өтті. Министр сөз сөйледі."
    assert pair.beads[2].ru_text == "Выступил министр. Проект утверждён."
    assert pair.beads[1].unit is None
    first, last = (pair.beads[place].unit for place in (0, 3))
    assert memory.contexts_of([first])[first][0].next_kk == KK[3]
    assert memory.contexts_of([last])[last][0].previous_ru == RU[0]
    assert not memory.check()


def test_headings_are_told_apart(memory: Memory) -> None:
    release = Document("kk.txt", "kk", (Paragraph("Мәтін.", "kk"),), title="Тақырып")
    other, segments = document("ru", "ru.txt", ["Заголовок", "Текст."])
    own = (Segment("Тақырып", 0, 7, 0), Segment("Мәтін.", 8, 14, 1))
    beads = [Bead((0,), (0,), 0.9), Bead((1,), (1,), 0.9)]
    units = [Unit("Тақырып", "Заголовок", 0.9), Unit("Мәтін.", "Текст.", 0.9)]
    memory.add(DocumentPair(release, other, 1.0), units, "recipe", NOW, Alignment(own, segments, beads))
    assert [segment.is_heading for segment in memory.pair(1).kk_segments] == [True, False]


def test_what_a_person_says_of_a_bead_is_said_of_its_unit(memory: Memory) -> None:
    add_release(memory)
    pair = memory.pair(1)
    revision = memory.edit_beads(
        1, pair.revision, {pair.beads[0].id: BeadEdit("reviewed", note="тексерілді")}, "Айгүл", LATER
    )
    memory.edit_beads(1, revision, {pair.beads[1].id: BeadEdit("rejected")}, "Айгүл", LATER)
    unit = memory.find(KK[0], RU[0])
    assert unit is not None
    assert (unit.status, unit.reviewer) == ("reviewed", "Айгүл")
    bead = memory.pair(1).beads[0]
    assert (bead.status, bead.reviewer, bead.note) == ("reviewed", "Айгүл", "тексерілді")
    assert [row[0] for row in texts(memory) if row[2] == "rejected"] == [KK[1]]
    assert KK[1] not in [unit.kk for unit in memory.units()], "what is rejected stays inside unless asked for"
    (summary,) = memory.pairs()
    assert (summary.reviewed, summary.rejected) == (1, 1)
    assert memory.statistics().statuses == {"automatic": 2, "reviewed": 1, "rejected": 1}


def test_two_who_edit_the_same_do_not_overwrite_each_other(memory: Memory) -> None:
    add_release(memory)
    seen = memory.pair(1)
    memory.edit_beads(1, seen.revision, {seen.beads[0].id: BeadEdit("reviewed")}, "Айгүл", LATER)
    with pytest.raises(ConflictError, match="load it again"):
        memory.edit_beads(1, seen.revision, {seen.beads[0].id: BeadEdit("rejected")}, "Болат", LATER)
    assert memory.pair(1).beads[0].status == "reviewed"
    assert memory.pair_revision(1) == memory.pair(1).revision > seen.revision
    unit = memory.find(KK[1], RU[1])
    memory.change_unit(unit.id, unit.revision, "Айгүл", LATER, status="reviewed")
    with pytest.raises(ConflictError, match="look at it again"):
        memory.change_unit(unit.id, unit.revision, "Болат", LATER, status="rejected")
    assert memory.unit(unit.id).reviewer == "Айгүл"


def test_merging_splitting_and_linking(memory: Memory) -> None:
    add_release(memory)
    pair = memory.pair(1)
    merged = [NewBead((0, 1), (0, 1), 0.8)]
    revision = memory.replace_beads(
        1, pair.revision, [bead.id for bead in pair.beads[:2]], merged, "Айгүл", LATER, "merge"
    )
    assert [bead.kk for bead in memory.pair(1).beads] == [(0, 1), (2,), (3,)]
    assert texts(memory)[0][:2] == (f"{KK[0]} {KK[1]}", f"{RU[0]} {RU[1]}")
    old = memory.pair(1).beads[0].id
    unlinked = [NewBead((0,), (), 0.0), NewBead((1,), (0,), 0.5, status="reviewed"), NewBead((), (1,), 0.0)]
    memory.replace_beads(1, revision, [old], unlinked, "Айгүл", LATER, "split")
    pair = memory.pair(1)
    assert [(bead.kk, bead.ru) for bead in pair.beads[:4]] == [((0,), ()), ((1,), (0,)), ((), (1,)), ((2,), (2,))]
    assert pair.beads[1].reviewer == "Айгүл"
    with pytest.raises(ValueError, match="once each"):
        memory.replace_beads(1, pair.revision, [pair.beads[0].id], [NewBead((0, 1), (), 0.0)], "Айгүл", LATER)
    with pytest.raises(MissingRecordError):
        memory.replace_beads(1, pair.revision, [999], [], "Айгүл", LATER)
    assert not memory.check()


def test_many_beads_find_room_in_the_middle(memory: Memory) -> None:
    kk = [f"Сөйлем {number}." for number in range(3000)]
    ru = [f"Предложение {number}." for number in range(3000)]
    one = Bead(tuple(range(1, 2999)), tuple(range(1, 2999)), 0.5)
    add_release(memory, kk, ru, [Bead((0,), (0,), 0.9), one, Bead((2999,), (2999,), 0.9)])
    pair = memory.pair(1)
    single = [NewBead((place,), (place,), 0.9) for place in range(1, 2999)]
    memory.replace_beads(1, pair.revision, [pair.beads[1].id], single, "Айгүл", LATER)
    assert [bead.kk for bead in memory.pair(1).beads] == [(place,) for place in range(3000)]
    memory.undo("Айгүл", LATER)
    assert memory.pair(1).beads == pair.beads


def test_a_segment_is_split_at_the_caret(memory: Memory) -> None:
    add_release(memory, ["Бірінші сөйлем. Екінші сөйлем.", *KK[1:]], RU)
    pair = memory.pair(1)
    memory.split_segment(1, pair.revision, "kk", 0, 15, "Айгүл", LATER)
    after = memory.pair(1)
    assert [segment.text for segment in after.kk_segments[:2]] == ["Бірінші сөйлем.", "Екінші сөйлем."]
    assert [bead.kk for bead in after.beads] == [(0, 1), (2,), (3,), (4,)]
    assert after.beads[0].kk_text == pair.beads[0].kk_text
    for offset in (0, 15, -3):
        with pytest.raises(ValueError, match="can't be split"):
            memory.split_segment(1, after.revision, "kk", 0, offset, "Айгүл", LATER)
    memory.undo("Айгүл", LATER)
    assert memory.pair(1).beads == pair.beads
    assert memory.pair(1).kk_segments == pair.kk_segments
    assert not memory.check()


def test_an_edited_text_keeps_its_original(memory: Memory) -> None:
    add_release(memory)
    pair = memory.pair(1)
    revision = memory.edit_beads(
        1, pair.revision, {pair.beads[0].id: BeadEdit(ru_text="Прошло совещание.")}, "Айгүл", LATER
    )
    bead = memory.pair(1).beads[0]
    assert (bead.ru_text, bead.kk_text, bead.is_edited) == ("Прошло совещание.", KK[0], True)
    assert memory.pair(1).ru_segments[0].text == RU[0]
    assert memory.find(KK[0], RU[0]) is None
    assert memory.find(KK[0], "Прошло совещание.").id == bead.unit
    memory.edit_beads(1, revision, {bead.id: BeadEdit(ru_text=RU[0])}, "Айгүл", LATER)
    assert memory.pair(1).beads[0] == pair.beads[0]


def test_a_missing_translation_can_be_typed(memory: Memory) -> None:
    add_release(memory, beads=[Bead((0,), (), 0.0), Bead((1, 2, 3), (0, 1, 2, 3), 0.4)])
    pair = memory.pair(1)
    memory.edit_beads(
        1, pair.revision, {pair.beads[0].id: BeadEdit("reviewed", ru_text="Состоялось заседание.")}, "Айгүл", LATER
    )
    assert memory.find(KK[0], "Состоялось заседание.").status == "reviewed"


def test_a_corrected_release_keeps_what_people_said_of_the_rest(memory: Memory) -> None:
    add_release(memory)
    pair = memory.pair(1)
    edits = {
        pair.beads[0].id: BeadEdit("reviewed"),
        pair.beads[1].id: BeadEdit("reviewed"),
        pair.beads[2].id: BeadEdit("reviewed", ru_text="Проект одобрен.", note="дәлірек"),
    }
    memory.edit_beads(1, pair.revision, edits, "Айгүл", LATER)
    addition = add_release(memory, ru=[RU[0], "Министр выступил с речью.", *RU[2:]])
    assert (addition.units_added, addition.units_removed) == (1, 1)
    after = memory.pair(1)
    assert [bead.status for bead in after.beads] == ["reviewed", "automatic", "reviewed", "automatic"]
    assert (after.beads[2].ru_text, after.beads[2].note, after.beads[2].reviewer) == (
        "Проект одобрен.",
        "дәлірек",
        "Айгүл",
    )
    assert memory.find(KK[0], RU[0]).status == "reviewed"
    assert memory.find(KK[1], RU[1]) is None
    memory.undo("Айгүл", LATER)
    assert memory.find(KK[1], RU[1]).status == "reviewed"
    assert memory.find(KK[1], "Министр выступил с речью.") is None
    assert not memory.check()


def test_the_same_release_twice_is_no_change(memory: Memory) -> None:
    add_release(memory)
    pair = memory.pair(1)
    memory.edit_beads(1, pair.revision, {pair.beads[0].id: BeadEdit("reviewed")}, "Айгүл", LATER)
    before, changes, seq = memory.pair(1), memory.history(), memory.seq()
    add_release(memory)
    assert (memory.pair(1), memory.history(), memory.seq()) == (before, changes, seq)


def test_the_same_text_from_two_releases_is_one_unit_with_both_sources(memory: Memory) -> None:
    add_release(memory)
    addition = add_release(memory, names=("kk2.txt", "ru2.txt"))
    assert (addition.units_added, addition.units_known) == (0, 4)
    unit = memory.find(KK[0], RU[0])
    assert {source.kk_source for source in memory.sources_of(unit.id)} == {"kk.txt", "kk2.txt"}
    first = memory.pairs()[0]
    memory.remove_pair(first.id, first.revision, "Айгүл", LATER)
    assert memory.totals().units == 4, "the other release still has them"


def test_pairs_are_made_and_undone_by_hand(memory: Memory) -> None:
    for language, name, sentences in (("kk", "kk.txt", KK[:2]), ("ru", "ru.txt", RU[:2])):
        memory.add_document(*document(language, name, sentences), NOW)
    kk, ru = memory.documents(only_unpaired=True)
    assert [segment.text for segment in memory.segments(kk.id)] == KK[:2]
    beads = [NewBead((0,), (0,), 0.9), NewBead((1,), (1,), 0.8, ("length_ratio 2.1",))]
    with pytest.raises(ValueError, match="once each"):
        memory.add_pair(kk.id, ru.id, 1.0, "by hand", beads[:1], "Айгүл", NOW)
    with pytest.raises(ValueError, match="is in ru"):
        memory.add_pair(ru.id, kk.id, 1.0, "by hand", beads, "Айгүл", NOW)
    number = memory.add_pair(kk.id, ru.id, 1.0, "by hand", beads, "Айгүл", NOW)
    assert not memory.documents(only_unpaired=True)
    assert [unit.ru for unit in memory.units()] == RU[:2]
    memory.remove_pair(number, memory.pair(number).revision, "Айгүл", NOW)
    assert not list(memory.units())
    assert len(memory.documents(only_unpaired=True)) == 2
    memory.undo("Айгүл", NOW)
    assert [bead.reasons for bead in memory.pair(number).beads] == [(), ("length_ratio 2.1",)]
    assert not memory.check()


def test_undo_and_redo_without_limit(memory: Memory) -> None:
    """Whatever is done in whatever order, undoing all of it leads back through every state, and redoing forth again."""
    chance = random.Random(7)
    states = [snapshot(memory)]

    def act(number: int) -> None:
        if not memory.pairs() or number == 11:
            add_release(memory, recipe=f"recipe {number}", ru=[*RU[:3], f"Встреча завершилась в {number} часов."])
            return
        pair = memory.pair(memory.pairs()[0].id)
        bead = chance.choice(pair.beads)
        match chance.randrange(7):
            case 0:
                status = "reviewed" if bead.status == "automatic" else "automatic"
                memory.edit_beads(pair.id, pair.revision, {bead.id: BeadEdit(status)}, "А", NOW)
            case 1:
                memory.edit_beads(pair.id, pair.revision, {bead.id: BeadEdit(ru_text=f"Текст {number}.")}, "А", NOW)
            case 2 if len(pair.beads) > 1:
                left, right = pair.beads[:2]
                whole = NewBead(left.kk + right.kk, left.ru + right.ru, 0.6)
                memory.replace_beads(pair.id, pair.revision, [left.id, right.id], [whole], "А", NOW, "merge")
            case 3:
                split = [NewBead(bead.kk, (), 0.0), NewBead((), bead.ru, 0.0)]
                memory.replace_beads(pair.id, pair.revision, [bead.id], split, "А", NOW, "unlink")
            case 4 if bead.unit is not None:
                unit = memory.unit(bead.unit)
                memory.change_unit(unit.id, unit.revision, "А", NOW, note=f"ескерту {number}", status="reviewed")
            case 5 if bead.unit is not None:
                unit = memory.unit(bead.unit)
                memory.change_unit(unit.id, unit.revision, "А", NOW, kk=f"Жаңа мәтін {number}.")
            case _:
                place = len(pair.kk_segments) - 1
                text = pair.kk_segments[place].text
                if " " in text:
                    memory.split_segment(pair.id, pair.revision, "kk", place, text.index(" "), "А", NOW)

    for number in range(30):
        changes = len(memory.history(limit=1000))
        act(number)
        if len(memory.history(limit=1000)) > changes:
            states.append(snapshot(memory))
    assert len(states) > 15
    for state in reversed(states[:-1]):
        assert memory.undo("А", LATER) is not None
        assert snapshot(memory) == state
    assert memory.undo("А", LATER) is None
    for state in states[1:]:
        assert memory.redo("А", LATER) is not None
        assert snapshot(memory) == state
    assert memory.redo("А", LATER) is None
    assert not memory.check()


def test_what_was_changed_since_is_not_undone_behind_its_back(memory: Memory) -> None:
    add_release(memory)
    pair = memory.pair(1)
    revision = memory.edit_beads(1, pair.revision, {pair.beads[0].id: BeadEdit("reviewed")}, "Айгүл", LATER)
    (first, *_) = memory.history()
    memory.edit_beads(1, revision, {pair.beads[0].id: BeadEdit("rejected")}, "Болат", LATER)
    with pytest.raises(ConflictError, match="changed since"):
        memory.undo("Айгүл", LATER, change=first.id)
    assert memory.pair(1).beads[0].status == "rejected"
    memory.undo("Болат", LATER)
    assert memory.undo("Айгүл", LATER, change=first.id).id == first.id
    with pytest.raises(StoreError, match="undone already"):
        memory.undo("Айгүл", LATER, change=first.id)
    newest = memory.history()[0]
    assert (newest.what, newest.undoes) == ("undo", first.id)
    with pytest.raises(StoreError, match="is itself an undo"):
        memory.undo("Айгүл", LATER, change=newest.id)
    with pytest.raises(MissingRecordError):
        memory.undo("Айгүл", LATER, change=4711)


def test_undo_may_keep_to_one_pair(memory: Memory) -> None:
    add_release(memory)
    add_release(memory, KK[:1], ["Другое."], names=("kk2.txt", "ru2.txt"))
    pair = memory.pair(1)
    memory.edit_beads(1, pair.revision, {pair.beads[0].id: BeadEdit("reviewed")}, "Айгүл", LATER)
    other = memory.pair(2)
    memory.edit_beads(2, other.revision, {other.beads[0].id: BeadEdit("reviewed")}, "Болат", LATER)
    assert memory.undo("Айгүл", LATER, pair=1).who == "Айгүл"
    assert (memory.pair(1).beads[0].status, memory.pair(2).beads[0].status) == ("automatic", "reviewed")
    memory.redo("Айгүл", LATER, pair=1)
    assert memory.pair(1).beads[0].status == "reviewed"


def test_a_new_change_ends_what_can_be_redone(memory: Memory) -> None:
    add_release(memory)
    pair = memory.pair(1)
    revision = memory.edit_beads(1, pair.revision, {pair.beads[0].id: BeadEdit("reviewed")}, "Айгүл", LATER)
    memory.undo("Айгүл", LATER)
    revision = memory.pair(1).revision
    memory.edit_beads(1, revision, {pair.beads[1].id: BeadEdit("reviewed")}, "Айгүл", LATER)
    assert memory.redo("Айгүл", LATER) is None


def test_the_history_says_who_did_what(memory: Memory) -> None:
    add_release(memory)
    pair = memory.pair(1)
    memory.edit_beads(1, pair.revision, {pair.beads[0].id: BeadEdit("reviewed")}, "Айгүл", LATER, what="accept")
    newest, oldest = memory.history()
    assert (newest.who, newest.what, newest.at, newest.pair) == ("Айгүл", "accept", LATER, 1)
    bead = str(pair.beads[0].id)
    assert newest.before["beads"][bead] == {"status": "automatic", "reviewer": None}
    assert newest.after["beads"][bead] == {"status": "reviewed", "reviewer": "Айгүл"}
    assert (oldest.what, oldest.who) == ("add", "qostil")
    assert memory.history(before=newest.id) == [oldest]
    assert memory.history(pair=1, limit=1) == [newest]
    memory.undo("Болат", LATER)
    assert memory.history()[1].undone_by == memory.history()[0].id


def test_a_rewritten_unit_moves_everywhere(memory: Memory) -> None:
    add_release(memory)
    add_release(memory, names=("kk2.txt", "ru2.txt"))
    memory.add_units([Unit(KK[0], RU[0], 0.5)], "old.tmx", "Айгүл", NOW)
    unit = memory.find(KK[0], RU[0])
    new = memory.change_unit(unit.id, unit.revision, "Айгүл", LATER, ru="Прошло совещание.", status="reviewed")
    assert new.id != unit.id
    assert len(memory.sources_of(new.id)) == 3
    with pytest.raises(MissingRecordError):
        memory.unit(unit.id)
    assert memory.pair(1).beads[0].is_edited
    memory.undo("Айгүл", LATER)
    assert memory.unit(unit.id).status == "automatic"
    assert len(memory.sources_of(unit.id)) == 3


def test_an_index_can_follow(memory: Memory) -> None:
    seen: dict[int, tuple[str, str]] = {}
    at = 0

    def catch_up() -> None:
        nonlocal at
        upto = memory.seq()
        for number in memory.removed_units(at):
            seen.pop(number, None)
        seen.update((unit.id, (unit.ru, unit.status)) for unit in memory.changed_units(at))
        at = upto

    def assert_same() -> None:
        catch_up()
        whole = {unit.id: (unit.ru, unit.status) for unit in memory.changed_units(0)}
        assert seen == whole
        assert len(whole) == memory.totals().units

    assert_same()
    add_release(memory)
    assert_same()
    add_release(memory, ru=[*RU[:3], "Встреча окончена."])
    assert_same()
    pair = memory.pair(1)
    memory.edit_beads(1, pair.revision, {pair.beads[0].id: BeadEdit("reviewed", ru_text="Иначе.")}, "Айгүл", LATER)
    assert_same()
    memory.undo("Айгүл", LATER)
    memory.undo("Айгүл", LATER)
    assert_same()
    memory.add_units([Unit(KK[0], RU[0], 0.95), Unit("Жаңа.", "Новое.", 0.9)], "old.tmx", "Айгүл", NOW)
    assert_same()


def test_many_may_write_and_read_at_once(memory: Memory) -> None:
    add_release(memory)
    failures: list[BaseException] = []

    def write(name: int) -> None:
        try:
            for number in range(8):
                unit = Unit(f"Сөйлем {name} {number}.", f"Предложение {name} {number}.", 0.9)
                memory.add_units([unit, Unit("Ортақ.", "Общее.", 0.9)], f"source {name}", f"user {name}", NOW)
        except BaseException as error:
            failures.append(error)

    def read() -> None:
        try:
            for _ in range(8):
                assert len(list(memory.units())) >= 4
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=write, args=(name,)) for name in range(5)]
    threads += [threading.Thread(target=read) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures
    assert memory.totals().units == 4 + 5 * 8 + 1
    assert len(memory.sources_of(memory.find("Ортақ.", "Общее.").id)) == 5
    assert not memory.check()
