"""aligner.review: who may open the page, what a change does to the memory, and what the page never does."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator

import pytest
from reviewing import KK, NOW, RU, add_alone, add_pair, shapes
from starlette.testclient import TestClient

from aligner.errors import ConflictError
from aligner.memory import Memory
from aligner.messages import LANGUAGES, placeholders
from aligner.records import Bead
from aligner.review import Desk, Mender, Session, create_review_app
from aligner.review.accept_language import accepted_language
from aligner.review.desk import BuiltUponError, NothingToDoError
from aligner.review.folding import folded
from aligner.review.marks import differences
from aligner.review.requests import Request, Where
from aligner.review.wording import WORDING
from tmx import iter_units

OWN = {"Origin": "http://127.0.0.1", "Accept": "application/json"}


@pytest.fixture
def memory(tmp_path) -> Iterator[Memory]:
    with Memory.open(tmp_path / "memory.db") as opened:
        yield opened


@pytest.fixture
def desk(memory: Memory, encoder) -> Desk:
    return Desk(memory, Mender(encoder), "Айгүл", lambda: NOW)


@pytest.fixture
def client(desk: Desk) -> Iterator[TestClient]:
    session = Session()
    with TestClient(create_review_app(desk, session), base_url="http://127.0.0.1") as opened:
        opened.get(f"/open?token={session.token}")
        yield opened


def press(desk: Desk, pair: int, kind: str, bead: tuple[tuple[int, ...], tuple[int, ...]] | None = None, **more):
    change = {"kind": kind, **more} | ({"bead": {"kk": bead[0], "ru": bead[1]}} if bead else {})
    return desk.change(pair, Request.model_validate({"revision": desk.revision(pair), "change": change}))


# ---- the door ----


def test_nobody_enters_without_the_token(desk: Desk) -> None:
    session = Session()
    with TestClient(create_review_app(desk, session), base_url="http://127.0.0.1", follow_redirects=False) as stranger:
        assert stranger.get("/").status_code == 401
        assert stranger.get("/open?token=guess").status_code == 401
        assert stranger.get("/", headers={"Cookie": f"{session.cookie}=guess"}).status_code == 401
        opened = stranger.get(f"/open?token={session.token}")
        assert (opened.status_code, opened.headers["location"]) == (303, "/")
        assert re.search(r"httponly.*samesite=strict", opened.headers["set-cookie"].lower())


def test_another_page_can_neither_read_nor_write(client: TestClient, memory: Memory) -> None:
    pair = add_pair(memory)
    body = {"revision": memory.pair_revision(pair), "change": {"kind": "accept", "bead": {"kk": [0], "ru": [0]}}}
    for origin in ({}, {"Origin": "null"}, {"Origin": "http://evil.kz"}, {"Origin": "http://127.0.0.1:9"}):
        assert client.post(f"/pairs/{pair}/changes", json=body, headers=origin).status_code == 403
    rebound = client.get("/", headers={"Host": "evil.kz"})
    assert rebound.status_code == 421
    assert shapes(memory, pair)[0][2] == "automatic"
    assert client.post(f"/pairs/{pair}/changes", json=body, headers=OWN).status_code == 200
    assert shapes(memory, pair)[0][2] == "reviewed"


def test_every_page_says_what_may_run_on_it(client: TestClient, memory: Memory) -> None:
    pair = add_pair(memory)
    for path in ("/", f"/pairs/{pair}", "/nowhere", "/static/pair.js"):
        headers = client.get(path).headers
        assert "script-src 'self'" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"
    page = client.get(f"/pairs/{pair}").text
    assert not re.search(r"<script(?![^>]*(src=|application/json))|\son\w+=|style=", page)


def test_texts_and_titles_are_shown_not_run(client: TestClient, memory: Memory) -> None:
    attack = '"><script>alert(1)</script>&amp; </script>'
    pair = add_pair(memory, (attack, *KK[1:]), (attack, *RU[1:]), name="<b>&'")
    add_alone(memory, "kk", (attack, "Мәтін."), "kk/x<img src=x>.txt")
    for path in ("/", f"/pairs/{pair}", "/?q=" + attack):
        page = client.get(path).text
        assert "<script>alert" not in page
        assert "<img" not in page


def test_a_language_is_chosen_for_whoever_asks(client: TestClient) -> None:
    asked = {"kk": "kk-KZ,ru;q=0.8", "ru": "ru", "en": "de,en;q=0.5"}
    for language, header in asked.items():
        assert f'<html lang="{language}">' in client.get("/", headers={"Accept-Language": header}).text
    client.get("/language/kk?back=/")
    assert '<html lang="kk">' in client.get("/", headers={"Accept-Language": "ru"}).text
    assert client.get("/language/kk?back=//evil.kz", follow_redirects=False).headers["location"] == "/"
    assert accepted_language("kk;q=0, ru;q=x") == "en"


def test_the_three_languages_say_the_same() -> None:
    for key, message in WORDING.items():
        assert set(message) == set(LANGUAGES), key
        wanted = placeholders(message["en"])
        for language in LANGUAGES:
            assert placeholders(message[language]) == wanted, f"{key} in {language}"
            if not isinstance(message[language], str):
                forms = {"kk": {"other"}, "ru": {"one", "few", "many", "other"}, "en": {"one", "other"}}
                assert set(message[language]) == forms[language], f"{key} in {language}"


# ---- changes ----


def test_each_change_is_in_the_memory_when_it_is_answered(desk: Desk, memory: Memory) -> None:
    pair = add_pair(memory)
    press(desk, pair, "accept", ((0,), (0,)))
    press(desk, pair, "reject", ((1,), (1,)))
    press(desk, pair, "note", ((1,), (1,)), note="  қара ")
    press(desk, pair, "edit", ((2,), (2,)), ru="Проект был утверждён.")
    beads = memory.pair(pair).beads
    assert [(bead.status, bead.reviewer) for bead in beads[:3]] == [
        ("reviewed", "Айгүл"),
        ("rejected", "Айгүл"),
        ("reviewed", "Айгүл"),
    ]
    assert beads[1].note == "қара"
    assert (beads[2].ru_text, beads[2].is_edited) == ("Проект был утверждён.", True)
    assert memory.pair(pair).ru_segments[2].text == RU[2]
    press(desk, pair, "clear", ((0,), (0,)))
    assert memory.pair(pair).beads[0].status == "automatic"
    for _ in range(5):
        press(desk, pair, "undo")
    assert {bead.status for bead in memory.pair(pair).beads} == {"automatic"}
    with pytest.raises(NothingToDoError):
        press(desk, pair, "undo")
    for _ in range(5):
        press(desk, pair, "redo")
    assert memory.pair(pair).beads == beads[:0] + memory.pair(pair).beads
    assert [bead.status for bead in memory.pair(pair).beads[:3]] == ["automatic", "rejected", "reviewed"]
    with pytest.raises(NothingToDoError):
        press(desk, pair, "redo")


def test_a_segment_is_split_at_the_caret_and_undone_as_one(desk: Desk, memory: Memory) -> None:
    kk = ("Тақырып", "Кеңес өтті, министр сөз сөйледі.", "Жиын аяқталды.")
    ru = ("Заголовок", "Прошло совещание, выступил министр.", "Встреча окончена.")
    pair = add_pair(memory, kk, ru)
    before = memory.pair(pair)
    cut = {"kk": {"place": 1, "offset": 12}, "ru": {"place": 1, "offset": 18}}
    delta = press(desk, pair, "split", ((1,), (1,)), **cut)
    assert [text for text, *_ in delta["sheet"]["kk_segments"]] == [kk[0], "Кеңес өтті,", "министр сөз сөйледі.", kk[2]]
    assert [shape[:2] for shape in shapes(memory, pair)] == [((p,), (p,)) for p in range(4)]
    assert memory.pair(pair).beads[2].ru_text == "выступил министр."
    press(desk, pair, "undo")
    after = memory.pair(pair)
    assert (after.kk_segments, after.ru_segments, after.beads) == (before.kk_segments, before.ru_segments, before.beads)
    press(desk, pair, "redo")
    assert len(memory.pair(pair).beads) == 4
    for bad in ({"place": 9, "offset": 3}, {"place": 1, "offset": 99}):
        with pytest.raises(NothingToDoError):
            press(desk, pair, "split", ((1,), (1,)), kk=bad, ru={"place": 1})


def test_one_correction_mends_its_surroundings(desk: Desk, memory: Memory) -> None:
    """An alignment that is one off from the second row on is right again after one segment is moved."""
    wrong = [
        Bead((0,), (0,), 0.9),
        Bead((1, 2), (1,), 0.4),
        Bead((3,), (2,), 0.2),
        Bead((4,), (3,), 0.2),
        Bead((), (4,), 0.0),
    ]
    pair = add_pair(memory, ru=[text.replace("15", "12") for text in RU], beads=wrong)
    press(desk, pair, "shift", ((1, 2), (1,)), side="kk", step=1)
    assert [shape[:2] for shape in shapes(memory, pair)] == [((p,), (p,)) for p in range(5)]
    assert [status for *_, status in shapes(memory, pair)] == ["automatic", "reviewed", *["automatic"] * 3]
    assert not memory.check()


def test_what_a_person_fixed_is_not_touched(desk: Desk, memory: Memory) -> None:
    pair = add_pair(
        memory, beads=[Bead((0, 1), (0,), 0.5), Bead((2,), (2,), 0.3), Bead((), (1,), 0), Bead((3, 4), (3, 4), 0.9)]
    )
    press(desk, pair, "accept", ((3, 4), (3, 4)))
    press(desk, pair, "unlink", ((2,), (2,)))
    press(desk, pair, "align")
    found = shapes(memory, pair)
    assert ((3, 4), (3, 4), "reviewed") in found
    assert ((2,), (), "reviewed") in found
    assert ((), (2,), "reviewed") in found


def test_who_comes_late_is_told_and_overwrites_nothing(desk: Desk, client: TestClient, memory: Memory) -> None:
    pair = add_pair(memory)
    seen = memory.pair_revision(pair)
    press(desk, pair, "accept", ((0,), (0,)))
    late = {"revision": seen, "change": {"kind": "reject", "bead": {"kk": [0], "ru": [0]}}}
    answer = client.post(f"/pairs/{pair}/changes", json=late, headers=OWN)
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "conflict")
    assert shapes(memory, pair)[0][2] == "reviewed"
    with pytest.raises(ConflictError):
        press(desk, pair, "accept", ((0, 1), (0,)))


def test_requests_out_of_bounds_are_refused(client: TestClient, memory: Memory) -> None:
    pair = add_pair(memory)
    for change in (
        {"kind": "drop"},
        {"kind": "accept"},
        {"kind": "note", "bead": {"kk": [0], "ru": [0]}, "note": "\x00"},
    ):
        body = {"revision": 1, "change": change}
        assert client.post(f"/pairs/{pair}/changes", json=body, headers=OWN).status_code == 422
    assert client.get("/pairs/99/sheet", headers=OWN).json()["error"]["code"] == "missing"
    assert client.post("/pairs", data={"kk": "x"}, headers={"Origin": "http://127.0.0.1"}).status_code == 500


# ---- what happened to a row ----


def told(desk: Desk, pair: int, kk: tuple[int, ...], ru: tuple[int, ...]) -> list[tuple[str, bool]]:
    events = desk.story(pair, Where(kk=list(kk), ru=list(ru)))
    assert {event.who for event in events} <= {"Айгүл", "qostil"}
    return [(event.kind, event.undone is not None) for event in events]


def test_a_row_knows_who_did_what_to_it(desk: Desk, memory: Memory) -> None:
    pair = add_pair(memory)
    assert told(desk, pair, (0,), (0,)) == [("add", False)]
    press(desk, pair, "accept", ((0,), (0,)))
    press(desk, pair, "edit", ((1,), (1,)), ru="Министр выступил.")
    press(desk, pair, "note", ((1,), (1,)), note="қара")
    press(desk, pair, "merge", ((0,), (0,)))
    press(desk, pair, "reject", ((0, 1), (0, 1)))
    whole = [("reject", False), ("merge", False), ("note", False), ("edit", False), ("accept", False), ("add", False)]
    assert told(desk, pair, (0, 1), (0, 1)) == whole
    assert told(desk, pair, (4,), (4,)) == [("add", False)]
    press(desk, pair, "undo")
    press(desk, pair, "undo")
    assert told(desk, pair, (0,), (0,)) == [("merge", True), ("accept", False), ("add", False)]
    assert [event.ru for event in desk.story(pair, Where(kk=[1], ru=[1])) if event.kind == "edit"] == [
        "Министр выступил."
    ]
    press(desk, pair, "redo")
    assert told(desk, pair, (0, 1), (0, 1)) == [("reject", True), *whole[1:]]


def test_a_pair_that_was_parted_and_joined_again_keeps_its_history(desk: Desk, memory: Memory) -> None:
    pair = add_pair(memory)
    press(desk, pair, "accept", ((0,), (0,)))
    parted = desk.part_documents(pair, desk.revision(pair))
    assert parted is not None
    desk.take_back(parted)
    kinds = told(desk, pair, (0,), (0,))
    assert kinds == [("unpair", True), ("accept", False), ("add", False)]
    assert all(f"story.{kind}" in WORDING for kind, _ in kinds)


def test_an_older_change_is_taken_back_unless_others_were_built_upon_it(desk: Desk, memory: Memory) -> None:
    pair = add_pair(memory)
    press(desk, pair, "accept", ((0,), (0,)))
    press(desk, pair, "reject", ((3,), (3,)))
    press(desk, pair, "merge", ((0,), (0,)))
    accepted = next(event for event in desk.story(pair, Where(kk=[0, 1], ru=[0, 1])) if event.kind == "accept")
    rejected = desk.story(pair, Where(kk=[3], ru=[3]))[0]
    with pytest.raises(BuiltUponError):
        press(desk, pair, "undo", change=accepted.id)
    press(desk, pair, "undo", change=rejected.id)
    assert [status for *_, status in shapes(memory, pair)] == ["reviewed", *["automatic"] * 3]
    with pytest.raises(NothingToDoError):
        press(desk, pair, "undo", change=rejected.id)
    with pytest.raises(NothingToDoError):
        press(desk, pair, "undo", change=1)
    assert not memory.check()


def test_a_row_mended_by_the_machine_says_so(desk: Desk, memory: Memory) -> None:
    wrong = [Bead((0,), (0,), 0.9), Bead((1, 2), (1,), 0.4), Bead((3,), (2,), 0.2), Bead((4,), (3, 4), 0.2)]
    pair = add_pair(memory, ru=[text.replace("15", "12") for text in RU], beads=wrong)
    press(desk, pair, "shift", ((1, 2), (1,)), side="kk", step=1)
    assert told(desk, pair, (1,), (1,))[0] == ("shift", False)
    assert told(desk, pair, (3,), (3,))[0] == ("mended", False)


# ---- pairs ----


def test_documents_are_paired_by_hand_and_parted(client: TestClient, memory: Memory) -> None:
    russian = [text.replace("15", "12") for text in RU]
    kk, ru = add_alone(memory, "kk", KK, "kk/a.txt"), add_alone(memory, "ru", russian, "ru/a.txt")
    own = {"Origin": "http://127.0.0.1"}
    made = client.post("/pairs", data={"kk": kk, "ru": ru}, headers=own, follow_redirects=False)
    assert made.headers["location"] == "/pairs/1"
    assert [shape[:2] for shape in shapes(memory, 1)] == [((p,), (p,)) for p in range(5)]
    press_body = {"revision": memory.pair_revision(1)}
    client.post("/pairs/1/align", data=press_body, headers=own)
    parted = client.post("/pairs/1/part", data={"revision": memory.pair_revision(1)}, headers=own)
    assert not memory.pairs()
    change = re.search(r'name="change" value="(\d+)"', parted.text)[1]
    client.post("/take-back", data={"change": change}, headers=own)
    assert len(memory.pairs()) == 1
    assert not memory.check()


def test_what_was_accepted_is_what_goes_out(client: TestClient, desk: Desk, memory: Memory, tmp_path) -> None:
    pair = add_pair(memory, beads=[Bead((p,), (p,), score) for p, score in enumerate((0.9, 0.6, 0.95, 0.7, 0.2))])
    press(desk, pair, "accept", ((1,), (1,)))
    press(desk, pair, "reject", ((0,), (0,)))
    for query, wanted in (("what=accepted", [KK[1]]), ("what=score&score=0.7", [KK[1], KK[2], KK[3]])):
        path = tmp_path / "out.tmx"
        path.write_bytes(client.get(f"/export?kind=tmx&{query}").content)
        units = list(iter_units(path))
        assert sorted(unit.text("kk") for unit in units) == sorted(wanted)
        props = {prop.type: prop.text for prop in next(unit for unit in units if unit.text("kk") == KK[1]).props}
        assert (props["x-status"], props["x-reviewer"]) == ("reviewed", "Айгүл")
    sheet = client.get("/export?kind=xlsx&what=accepted")
    assert "xl/workbook.xml" in zipfile.ZipFile(io.BytesIO(sheet.content)).namelist()


# ---- what is seen in texts ----


def test_kazakh_letters_are_found_without_them() -> None:
    assert folded("Қазақстан Үкіметі, ӘҢГІМЕ һәм ғылым; жұмыс, өңір") == folded(
        "Казакстан Укимети, АНГИМЕ хам гылым; жумыс, онир"
    )


def test_numbers_and_names_that_differ_are_marked() -> None:
    kk, ru = differences(KK[3], RU[3])
    assert [KK[3][start:end] for start, end, _ in kk] == ["12"]
    assert [RU[3][start:end] for start, end, _ in ru] == ["15"]
    assert differences("Жалпы 2,5 млн теңге", "Всего 2,5 млн тенге") == ((), ())
    names = differences("Ертең Астанада Оразбаев сөйлейді.", "Завтра в Астане выступит Петров.")
    assert [kind for _, _, kind in names[0]] == ["name"]
    assert differences("x" * 30_000, "y") == ((), ())
