"""The review page in a browser: every key, and what a person sees of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import browser
import pytest
from browser import violations
from playwright.sync_api import Browser, Page, Route, expect
from reviewing import KK, RU, Reviewed, add_alone, add_pair, gold_rows, review_page, shapes
from typer.testing import CliRunner

from aligner.cli import app
from aligner.memory import Memory
from aligner.memory.records import StoredBead
from aligner.records import Bead
from tmx import iter_units

expect.set_options(timeout=browser.TIMEOUT_MS)


@pytest.fixture
def memory(tmp_path: Path) -> Iterator[Memory]:
    with Memory.open(tmp_path / "memory.db") as opened:
        yield opened


@pytest.fixture
def reviewed(memory: Memory, encoder) -> Iterator[Reviewed]:
    with review_page(memory, encoder) as running:
        yield running


@contextmanager
def visitor(chromium: Browser, reviewed: Reviewed, **options) -> Iterator[Page]:
    """A browser of its own, let in. No error may appear in its console."""
    context = chromium.new_context(**{"locale": "en-GB", "reduced_motion": "reduce", **options})
    context.set_default_timeout(browser.TIMEOUT_MS)
    page = context.new_page()
    wrong: list[str] = []
    # That a change is refused is no fault of the page, but browsers note it.
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on(
        "console",
        lambda said: wrong.append(said.text) if said.type == "error" and "status of 4" not in said.text else None,
    )
    page.on("dialog", lambda dialog: wrong.append(dialog.message))
    # Chromium lets the first requests pass a route that is set up later than its page.
    page.route("**/nowhere", lambda route: route.abort())
    page.goto(reviewed.opening)
    yield page
    context.close()
    assert not wrong


def open_pair(page: Page, reviewed: Reviewed, pair: int = 1) -> None:
    page.goto(f"{reviewed.address}/pairs/{pair}")
    page.wait_for_selector("[data-ready]")


def press(page: Page, *keys: str) -> None:
    """Press keys one right after another, and wait until what they did is saved."""
    for key in keys:
        page.keyboard.press(key)
    saved(page)


def saved(page: Page) -> None:
    """Wait until nothing waits to be saved; then all of it must be."""
    page.wait_for_selector("#saved:not([data-state=saving])", state="attached")
    assert page.locator("#saved").get_attribute("data-state") != "failed", page.locator("#conflict").inner_text()


def hold_first(page: Page, url: str) -> list[Route]:
    """Let the first request to an address wait for `held`; those that follow it go on."""
    caught: list[Route] = []

    def catch(route: Route) -> None:
        if caught:
            route.continue_()
        else:
            caught.append(route)

    page.route(url, catch)
    return caught


def held(page: Page, caught: list[Route]) -> Route:
    while not caught:
        page.wait_for_timeout(20)
    return caught[0]


def rows(page: Page) -> list[str]:
    return page.locator(".row").all_inner_texts()


def test_every_key_does_what_it_says(chromium: Browser, reviewed: Reviewed, memory: Memory) -> None:
    beads = [
        Bead((0,), (0,), 0.9),
        Bead((1,), (1,), 0.6),
        Bead((2,), (2,), 0.9),
        Bead((3,), (3,), 0.5),
        Bead((4,), (4,), 0.9),
    ]
    add_pair(memory, beads=beads, reasons={3: ("number_mismatch: 12 ≠ 15",)})
    with visitor(chromium, reviewed) as page:
        open_pair(page, reviewed)
        expect(page.locator(".row.chosen")).to_contain_text(KK[1])
        press(page, "a")
        assert shapes(memory, 1)[1][2] == "reviewed"
        expect(page.locator(".row.chosen")).to_contain_text(KK[2])
        press(page, "x")
        assert shapes(memory, 1)[2][2] == "rejected"
        press(page, "Home", "n", "r")
        expect(page.locator(".row.chosen .reasons li")).to_have_text("Numbers differ: 12 ≠ 15")
        expect(page.locator(".row.chosen mark.number")).to_have_text(["12", "15"])
        press(page, "z", "z")
        assert {status for *_, status in shapes(memory, 1)} == {"automatic"}
        press(page, "y", "y", "y")
        assert [status for *_, status in shapes(memory, 1)] == ["automatic", "reviewed", "rejected", *["automatic"] * 2]
        press(page, "End", "ArrowUp", "m")
        assert shapes(memory, 1)[3] == ((3, 4), (3, 4), "reviewed")
        press(page, "s")
        assert shapes(memory, 1)[3:] == [((3,), (3,), "reviewed"), ((4,), (4,), "reviewed")]
        press(page, "k")
        assert shapes(memory, 1)[3:5] == [((3,), (), "reviewed"), ((), (3,), "reviewed")]
        press(page, "l", "l")
        assert shapes(memory, 1)[3] == ((3,), (3,), "reviewed")
        press(page, "ArrowLeft", "d")
        assert shapes(memory, 1)[3:] == [((), (3,), "automatic"), ((3, 4), (4,), "reviewed")]
        press(page, "ArrowDown", "u")
        assert shapes(memory, 1)[3:] == [((3,), (3,), "automatic"), ((4,), (4,), "reviewed")]
        press(page, "c")
        page.keyboard.type("сұрау керек")
        press(page, "Control+Enter")
        assert memory.pair(1).beads[4].note == "сұрау керек"
        page.keyboard.press("e")
        page.locator("textarea[name=kk]").fill("Жиын  аяқталды, рақмет.")
        press(page, "Control+Enter")
        assert memory.pair(1).beads[4].kk_text == "Жиын аяқталды, рақмет."
        press(page, "w", "?")
        expect(page.locator("#help")).to_be_visible()
        assert not memory.check()


def test_a_row_tells_its_history_and_takes_a_change_back(chromium: Browser, reviewed: Reviewed, memory: Memory) -> None:
    add_pair(memory)
    for locale, title, accepted in (
        ("kk-KZ", "Жолдың тарихы", "Қабылданды"),
        ("ru-RU", "История строки", "Принято"),
        ("en-GB", "History of the row", "Accepted"),
    ):
        with visitor(chromium, reviewed, locale=locale) as page:
            open_pair(page, reviewed)
            press(page, "Home", "a", "x", "Home", "h")
            panel = page.locator("#story[open]")
            expect(panel.locator("h2")).to_have_text(title)
            expect(panel.locator("li").first).to_contain_text(accepted)
            expect(panel.locator("li").first).to_contain_text("Айгүл · ")
            assert not violations(page)
            page.keyboard.press("Tab")
            press(page, "Enter")
            expect(panel).to_have_count(0)
            assert [status for *_, status in shapes(memory, 1)[:2]] == ["automatic", "rejected"]
            press(page, "h")
            expect(panel.locator("li.undone")).not_to_have_count(0)
            press(page, "h")
            expect(panel).to_have_count(0)
            press(page, "ArrowDown", "x")
            assert shapes(memory, 1)[1][2] == "automatic"


def test_undo_and_redo_are_shown_before_they_are_answered(
    chromium: Browser, reviewed: Reviewed, memory: Memory
) -> None:
    """Whatever was foretold, the page ends as the memory does."""
    add_pair(memory)
    with visitor(chromium, reviewed) as page:
        open_pair(page, reviewed)
        press(page, "Home", "a")
        press(page, "m")
        press(page, "End", "k")
        made = shapes(memory, 1)
        page.route("**/changes", lambda route: None)
        page.keyboard.press("z")
        expect(page.locator(".row")).to_have_count(4)
        page.keyboard.press("z")
        expect(page.locator(".row")).to_have_count(5)
        page.keyboard.press("z")
        expect(page.locator(".row.reviewed")).to_have_count(0)
        assert shapes(memory, 1) == made
        for key, count in (("y", 5), ("y", 4), ("y", 5), ("m", 4), ("z", 5)):
            page.keyboard.press(key)
            expect(page.locator(".row")).to_have_count(count)
        assert shapes(memory, 1) == made
    with visitor(chromium, reviewed) as page:
        open_pair(page, reviewed)
        press(page, "z", "z", "z", "z")
        assert shapes(memory, 1) == [((place,), (place,), "automatic") for place in range(5)]
        expect(page.locator(".row.reviewed")).to_have_count(0)
        press(page, "y", "y", "z", "y", "y")
        assert shapes(memory, 1) == made
        expect(page.locator(".row")).to_have_count(len(made))
        expect(page.locator(".row.reviewed")).to_have_count(sum(status == "reviewed" for *_, status in made))


def test_a_reload_loses_nothing_and_two_windows_do_not_overwrite(
    chromium: Browser, reviewed: Reviewed, memory: Memory
) -> None:
    add_pair(memory)
    with visitor(chromium, reviewed) as first, visitor(chromium, reviewed) as second:
        open_pair(first, reviewed)
        open_pair(second, reviewed)
        press(first, "Home", "a", "m")
        first.reload()
        first.wait_for_selector("[data-ready]")
        expect(first.locator(".row.reviewed")).to_have_count(2)
        second.keyboard.press("Home")
        second.keyboard.press("x")
        expect(second.locator("#conflict")).to_contain_text("changed in another window")
        expect(second.locator(".row.reviewed")).to_have_count(2)
        assert shapes(memory, 1)[0][2] == "reviewed"
        second.locator("#conflict button").click()
        press(second, "End", "x")
        assert shapes(memory, 1)[-1][2] == "rejected"


def test_it_speaks_three_languages(chromium: Browser, reviewed: Reviewed, memory: Memory) -> None:
    add_pair(memory)
    add_pair(memory, name="ekinshi")
    wanted = {"kk-KZ": ("2 жұп", "Қабылдау"), "ru-RU": ("2 пары", "Принять"), "en-GB": ("2 pairs", "Accept")}
    for locale, (overview, key) in wanted.items():
        with visitor(chromium, reviewed, locale=locale) as page:
            expect(page.locator(".facts")).to_contain_text(overview)
            open_pair(page, reviewed)
            expect(page.locator("[data-do=accept]")).to_contain_text(key)
    with visitor(chromium, reviewed, locale="ru-RU") as page:
        page.get_by_role("link", name="Қазақша").click()
        expect(page.locator("h1")).to_have_text("Құжат жұптары")


def test_keys_work_in_a_cyrillic_layout(chromium: Browser, reviewed: Reviewed, memory: Memory) -> None:
    add_pair(memory)
    with visitor(chromium, reviewed, locale="kk-KZ") as page:
        open_pair(page, reviewed)
        page.locator("#list").dispatch_event(
            "keydown", {"key": "ф", "code": "KeyA", "bubbles": True, "cancelable": True}
        )
        press(page)
        assert shapes(memory, 1)[0][2] == "reviewed"


def test_it_is_accessible_in_light_and_dark_and_on_a_phone(
    chromium: Browser, reviewed: Reviewed, memory: Memory
) -> None:
    beads = [
        Bead((0,), (0,), 0.9),
        Bead((1,), (), 0),
        Bead((2,), (1,), 0.6, True),
        Bead((), (2,), 0),
        Bead((3, 4), (3, 4), 0.4),
    ]
    add_pair(memory, beads=beads, reasons={2: ("number_mismatch: 12 ≠ 15",)})
    add_alone(memory, "kk", KK, "kk/alone.txt")
    add_alone(memory, "ru", RU, "ru/alone.txt")
    phone = {"viewport": {"width": 390, "height": 780}, "has_touch": True, "is_mobile": True}
    for options in ({"color_scheme": "light"}, {"color_scheme": "dark", **phone}):
        with visitor(chromium, reviewed, **options) as page:
            assert not violations(page)
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
            open_pair(page, reviewed)
            page.wait_for_selector("mark.number")
            press(page, "a", "End", "r")
            assert not violations(page)
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
            for key in ("?", "e"):
                page.keyboard.press(key)
                assert not violations(page)
                page.keyboard.press("Escape")
            press(page, "z")


def test_texts_are_shown_not_run(chromium: Browser, reviewed: Reviewed, memory: Memory) -> None:
    attack = """<script>alert(1)</script><img src=x onerror="alert(2)">&lt;b&gt; "'</textarea>"""
    add_pair(memory, (attack, "Бір & екі < үш", *KK[2:]), (attack, "Один & два < три", *RU[2:]))
    with visitor(chromium, reviewed) as page:
        expect(page.locator("tbody th a span").first).to_have_text(attack)
        open_pair(page, reviewed)
        expect(page.locator("#kk-title")).to_have_text(attack)
        assert attack in rows(page)[0]
        press(page, "c")
        page.locator("#noter textarea").fill(attack)
        press(page, "Control+Enter", "e")
        assert page.locator("textarea[name=kk]").input_value() == attack
        page.keyboard.press("Escape")
        page.reload()
        expect(page.locator(".note")).to_have_text(attack)
        assert page.locator("img").count() == 0


def test_rows_are_found_and_filtered(chromium: Browser, reviewed: Reviewed, memory: Memory) -> None:
    beads = [
        Bead((0,), (0,), 0.9),
        Bead((1,), (1,), 0.5),
        Bead((2,), (), 0),
        Bead((3,), (3,), 0.9),
        Bead((), (2, 4), 0),
        Bead((4,), (), 0),
    ]
    add_pair(memory, beads=beads, reasons={1: ("number_mismatch: 12 ≠ 15",)})
    with visitor(chromium, reviewed) as page:
        open_pair(page, reviewed)
        for name, count in (("doubtful", 1), ("unaligned", 3), ("reason", 1), ("all", 6)):
            page.locator(f"[data-filter={name}]").click()
            expect(page.locator(".row")).to_have_count(count)
        page.keyboard.press("/")
        page.keyboard.type("ОҒАН катысты".replace("Ғ", "Г"))
        expect(page.locator(".row")).to_have_count(0)
        # Nothing is found: the keys still are.
        page.keyboard.press("Escape")
        page.keyboard.press("Escape")
        expect(page.locator(".row")).to_have_count(6)
        expect(page.locator("#search")).to_have_value("")
        page.locator("#search").fill("адам катысты")
        expect(page.locator(".row")).to_have_count(1)
        expect(page.locator("mark.hit")).to_have_text("адам қатысты")
        page.keyboard.press("Escape")
        page.keyboard.press("Escape")
        expect(page.locator(".row")).to_have_count(6)


def test_moved_blocks_are_linked_and_columns_swapped(chromium: Browser, reviewed: Reviewed, memory: Memory) -> None:
    beads = [Bead((0,), (0,), 0.9), Bead((1,), (2,), 0.9), Bead((2,), (3,), 0.9), Bead((3,), (1,), 0.9, True)]
    add_pair(memory, beads=[*beads, Bead((4,), (4,), 0.9)])
    with visitor(chromium, reviewed) as page:
        open_pair(page, reviewed)
        for row, button, other in ((KK[3], "stands by row 1", KK[0]), (KK[0], "is in row 4", KK[3])):
            page.locator(".row", has_text=row).get_by_role("button", name=button).click()
            expect(page.locator(".row.chosen")).to_contain_text(other)
        for sides in (["kk", "ru"], ["ru", "kk"]):
            page.wait_for_function(
                """(sides) => {
              const [left, right] = sides.map((side) => document.querySelector(`.row.chosen .${side}`));
              return left.getBoundingClientRect().right <= right.getBoundingClientRect().left;
            }""",
                arg=sides,
            )
            press(page, "w")


def test_marks_that_come_while_a_button_is_held_lose_no_click(
    chromium: Browser, reviewed: Reviewed, memory: Memory
) -> None:
    add_pair(memory, reasons={3: ("number_mismatch: 12 ≠ 15",)})
    with visitor(chromium, reviewed) as page:
        caught = hold_first(page, "**/marks")
        open_pair(page, reviewed)
        marks = held(page, caught)
        page.locator("[data-reasons]").hover()
        page.mouse.down()
        marks.continue_()
        expect(page.locator("mark.number")).to_have_text(["12", "15"])
        page.mouse.up()
        expect(page.locator(".row.chosen .reasons li")).to_have_text("Numbers differ: 12 ≠ 15")


def test_thousands_of_rows_are_not_all_in_the_page(chromium: Browser, reviewed: Reviewed, memory: Memory) -> None:
    count = 5_000
    kk = [f"Бұл {number}-сөйлем, оның ұзындығы әртүрлі{' болады' * (number % 9)}." for number in range(count)]
    ru = [f"Это предложение {number}, длина у них разная{' бывает' * (number % 7)}." for number in range(count)]
    add_pair(memory, kk, ru, [Bead((place,), (place,), 0.5 if place == 99 else 0.9) for place in range(count)])
    with visitor(chromium, reviewed, viewport={"width": 390, "height": 780}) as page:
        open_pair(page, reviewed)
        expect(page.locator(".row.chosen")).to_contain_text(kk[99])
        expect(page.locator(".row.chosen")).to_be_in_viewport(ratio=0.5)
        assert page.locator(".row").count() < 60
        page.keyboard.press("End")
        expect(page.locator(".row.chosen")).to_contain_text(kk[-1])
        assert page.locator(".row").count() < 60
        page.wait_for_function(
            """() => {
          const boxOf = (name) => document.querySelector(name).getBoundingClientRect();
          const [grid, row] = [boxOf("#list"), boxOf(".row.chosen")];
          return grid.top <= row.top && row.bottom <= grid.bottom + 1;
        }"""
        )
        press(page, "x")
        assert shapes(memory, 1)[-1][2] == "rejected"


def test_a_batch_at_a_glance(chromium: Browser, reviewed: Reviewed, memory: Memory) -> None:
    add_pair(memory, beads=[Bead((0,), (0,), 0.5), *(Bead((p,), (p,), 0.9) for p in range(1, 5))])
    add_alone(memory, "kk", KK, "kk/alone.txt")
    add_alone(memory, "ru", RU, "ru/alone.txt")
    with visitor(chromium, reviewed) as page:
        expect(page.locator(".pairs tbody tr")).to_have_count(1)
        expect(page.locator(".pairs .badge.doubtful")).to_have_text("◐ 1")
        for side in ("kk", "ru"):
            page.locator(f".unpaired input[name={side}]").check()
        page.get_by_role("button", name="Pair these two").click()
        page.wait_for_selector("[data-ready]")
        assert len(memory.pairs()) == 2
        page.goto(reviewed.address)
        page.locator("summary").first.click()
        page.locator("button.risky").first.click()
        expect(page.locator(".notice")).to_contain_text("The pair is undone")
        assert len(memory.pairs()) == 1
        page.locator(".notice button").click()
        expect(page.locator(".pairs tbody tr")).to_have_count(2)
        page.locator("input[type=search]").fill("yok")
        page.keyboard.press("Enter")
        expect(page.locator(".pairs tbody tr")).to_have_count(0)


@pytest.mark.parametrize("way", ["key", "button"])
def test_keys_that_follow_a_dialog_at_once_find_the_next_row(
    chromium: Browser, reviewed: Reviewed, memory: Memory, way: str
) -> None:
    """Browsers tell of a closed dialog later than of the next key, which must not clear what was just mended."""
    add_pair(memory, beads=[Bead((place,), (place,), 0.9) for place in range(5)])
    with visitor(chromium, reviewed) as page:
        open_pair(page, reviewed)
        press(page, "Home")
        page.keyboard.press("e")
        page.locator("textarea[name=ru]").fill("Состоялось большое совещание")
        page.evaluate(
            """(way) => {
          const pressed = (key, ctrlKey) => new KeyboardEvent("keydown", { key, ctrlKey, bubbles: true });
          if (way === "key") document.activeElement.dispatchEvent(pressed("Enter", true));
          else document.querySelector("#editor button[value=save]").click();
          document.getElementById("list").dispatchEvent(pressed("ArrowDown", false));
        }""",
            way,
        )
        saved(page)
        press(page, "a")
    kept = shapes(memory, 1)
    assert [status for *_, status in kept[:3]] == ["reviewed", "reviewed", "automatic"]
    assert memory.pair(1).beads[0].ru_text == "Состоялось большое совещание"


@pytest.mark.parametrize("code", ["nothing", "built_upon"])
def test_keys_behind_a_change_that_cannot_be_made_are_not_lost(
    chromium: Browser, reviewed: Reviewed, memory: Memory, code: str
) -> None:
    add_pair(memory)
    with visitor(chromium, reviewed) as page:
        open_pair(page, reviewed)
        caught = hold_first(page, "**/changes")
        for key in ("z", "Home", "a", "a", "x"):
            page.keyboard.press(key)
        expect(page.locator("#saved")).to_have_attribute("data-state", "saving")
        first = held(page, caught)
        assert first.request.post_data_json["change"] == {"kind": "undo"}
        first.fulfill(status=422, json={"error": {"code": code, "message": ""}})
        saved(page)
        expect(page.locator("#toast")).to_be_visible()
    assert [status for *_, status in shapes(memory, 1)] == ["reviewed", "reviewed", "rejected", *["automatic"] * 2]


def test_a_look_for_changes_elsewhere_takes_no_key_back(chromium: Browser, reviewed: Reviewed, memory: Memory) -> None:
    """What was asked before a key was pressed, and is answered after it, is old."""
    add_pair(memory)
    with visitor(chromium, reviewed) as page, visitor(chromium, reviewed) as other:
        open_pair(page, reviewed)
        open_pair(other, reviewed)
        press(other, "End", "x")
        caught = hold_first(page, "**/sheet")
        page.evaluate("window.dispatchEvent(new Event('focus'))")
        old = held(page, caught).fetch()
        page.keyboard.press("Home")
        page.keyboard.press("a")
        expect(page.locator("#conflict")).to_contain_text("changed in another window")
        press(page, "Home", "a")
        held(page, caught).fulfill(response=old)
        press(page, "Home", "ArrowDown", "x")
        expect(page.locator(".row.reviewed")).to_have_count(1)
        expect(page.locator(".row.rejected")).to_have_count(2)
    assert [status for *_, status in shapes(memory, 1)] == [
        "reviewed", "rejected", "automatic", "automatic", "rejected"
    ]  # fmt: skip


def test_a_page_asks_before_it_is_left_with_changes_unsaved(
    chromium: Browser, reviewed: Reviewed, memory: Memory
) -> None:
    add_pair(memory)
    is_left = "() => window.dispatchEvent(new Event('beforeunload', { cancelable: true }))"
    with visitor(chromium, reviewed) as page:
        open_pair(page, reviewed)
        assert page.evaluate(is_left)
        caught = hold_first(page, "**/changes")
        page.keyboard.press("a")
        page.keyboard.press("a")
        assert not page.evaluate(is_left)
        held(page, caught).continue_()
        saved(page)
        assert page.evaluate(is_left)
    assert [status for *_, status in shapes(memory, 1)[:2]] == ["reviewed", "reviewed"]


def test_what_was_accepted_is_what_the_command_exports(
    chromium: Browser, reviewed: Reviewed, memory: Memory, tmp_path: Path
) -> None:
    """Neither a low score nor a filter takes away what a person has accepted; what they rejected never goes out."""
    scores = (0.3, 0.97, 0.6, 0.9, 0.95)
    add_pair(memory, beads=[Bead((place,), (place,), score) for place, score in enumerate(scores)])
    with visitor(chromium, reviewed) as page:
        open_pair(page, reviewed)
        press(page, "Home", "a", "x")
        page.keyboard.press("e")
        page.locator("textarea[name=ru]").fill("Проект был утверждён.")
        press(page, "Control+Enter", "ArrowDown", "a")
    accepted = [(KK[0], RU[0]), (KK[2], "Проект был утверждён."), (KK[3], RU[3])]
    place = str(tmp_path / "memory.db")
    for command, wanted in (
        (["export", place, "--status", "reviewed"], accepted),
        (["export", place, "--min-score", "0.9"], [*accepted, (KK[4], RU[4])]),
        (["export", place, "--min-score", "0.99"], accepted),
        (["memory", "export", "--memory", place, "--status", "reviewed"], accepted),
    ):
        target = tmp_path / "out.tmx"
        done = CliRunner().invoke(app, [*command, "-o", str(target), "-q"])
        assert done.exit_code == 0, done.output
        units = list(iter_units(target))
        assert [(unit.text("kk"), unit.text("ru")) for unit in units] == wanted
        judged = {(unit.prop("x-status"), unit.prop("x-reviewer")) for unit in units[:3]}
        assert judged == {("reviewed", "Айгүл")}
        assert units[-1].prop("x-status") == ("reviewed" if len(wanted) == 3 else None)
    assert memory.pair(1).ru_segments[2].text == RU[2]


# ---- twelve errors, thirty keys ----


def planted() -> tuple[list[str], list[str], list[Bead], list[tuple[tuple[int, ...], tuple[int, ...]]]]:
    """Two releases of the sample with twelve errors of all kinds in their alignment: both texts, the beads as they
    are stored, and those that are true."""
    truth = [each for each in gold_rows("cifrlandyru", "respublikalyq-budzhet") if len(each[0]) == len(each[1]) == 1]
    kk, ru = ([row[side][0] for row in truth] for side in (0, 1))
    beads = [Bead((place,), (place,), 0.97) for place in range(len(truth))]

    def plant(at: int, count: int, *wrong: tuple[Sequence[int], Sequence[int]]) -> None:
        """Instead of `count` true beads from `at` on, these; places are counted from `at`."""
        start = next(number for number, bead in enumerate(beads) if at in bead.kk)
        beads[start : start + count] = [
            Bead(tuple(at + p for p in own), tuple(at + p for p in other), 0.3 if own and other else 0.0)
            for own, other in wrong
        ]

    plant(1, 2, ([0, 1], [0, 1]))  # two that should be one each
    plant(5, 1, ([0], []), ([], [0]))  # a pair that was not seen
    plant(9, 2, ([0, 1], [0]), ([], [1]))  # a sentence that belongs to the next row
    plant(13, 2, ([0], []), ([1], [0, 1]))  # a sentence that belongs to the row above
    plant(17, 4, ([0, 1], [0]), ([2], [1]), ([3], [2]), ([], [3]))  # one off, for four rows
    plant(24, 2, ([0], [1]), ([1], [0]))  # crossed
    plant(29, 3, ([0, 1, 2], [0, 1, 2]))  # three in one
    plant(34, 1, ([0], [0]))  # right, but doubtful
    plant(38, 3, ([0], [0, 1]), ([1], [2]), ([2], []))  # one off, the other way
    plant(43, 2, ([0, 1], [0, 1]))  # two in one again
    plant(48, 2, ([0], [0, 1]), ([1], []))  # a Russian sentence too many
    plant(52, 1, ([0], []), ([], [0]))  # another one not seen
    return kk, ru, beads, [((place,), (place,)) for place in range(len(truth))]


def cure(row: StoredBead, following: StoredBead | None) -> tuple[str | None, list[str]]:
    """What a person who reads both texts does about a row: the column that they choose, and the keys."""
    kk, ru = set(row.kk), set(row.ru)
    if kk == ru:
        return None, ["a" if len(kk) == 1 else "s"]
    if kk and ru and kk > ru:
        return "kk", ["d" if max(kk) not in ru else "u"]
    if kk and ru and ru > kk:
        return "ru", ["d" if max(ru) not in kk else "u"]
    assert following is not None
    return None, ["m", "s"] if len(kk | set(following.kk)) > 1 else ["m"]


def test_twelve_errors_are_mended_with_thirty_keys(chromium: Browser, reviewed: Reviewed, memory: Memory) -> None:
    kk, ru, beads, truth = planted()
    add_pair(memory, kk, ru, beads)
    assert sum(bead.kk != bead.ru or len(bead.kk) > 1 or bead.score < 0.8 for bead in beads) >= 12
    pressed, column = 0, "kk"
    with visitor(chromium, reviewed) as page:
        open_pair(page, reviewed)
        while summary := next((each for each in memory.pairs() if each.doubtful or each.unaligned), None):
            stored = memory.pair(summary.id).beads
            if pressed:
                press(page, "n")
                pressed += 1
            number = int(page.locator(".row.chosen").get_attribute("data-row"))
            wanted, keys = cure(stored[number], stored[number + 1] if number + 1 < len(stored) else None)
            if wanted not in (None, column):
                keys.insert(0, "ArrowRight" if wanted == "ru" else "ArrowLeft")
                column = wanted
            press(page, *keys)
            pressed += len(keys)
            assert pressed <= 30
    assert [shape[:2] for shape in shapes(memory, 1)] == truth
    assert not memory.check()
