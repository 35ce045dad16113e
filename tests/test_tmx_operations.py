"""tmx.merge, diff, clean, stats, sample, reverse, split: each from file to file."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from pathlib import Path

import pytest
from tmx_documents import memory

from tmx import Document, Header, Inline, Prop, TranslationUnit, Variant, read, write
from tmx.clean import REASON_PROP, CleanRules, clean, py3langid_detector
from tmx.context import Context, with_context
from tmx.dates import format_date, parse_date
from tmx.diff import as_json, as_text, diff
from tmx.errors import LanguageError, MalformedError, UnitError
from tmx.languages import best_match, canonical, is_same
from tmx.merge import merge
from tmx.reverse import reverse
from tmx.sample import sample
from tmx.scripts import main_script
from tmx.split import split
from tmx.stats import stats


def saved(path: Path, units: Iterable[TranslationUnit] | Document, srclang: str = "kk") -> Path:
    write(path, units, Header(srclang=srclang))
    return path


def unit(kk: str, ru: str, date: str = "", score: str = "", **attributes: str) -> TranslationUnit:
    if date:
        attributes["changedate"] = date
    props = [Prop("x-score", score)] if score else []
    return TranslationUnit.from_texts({"kk": kk, "ru": ru}, attributes, props)


def pairs(path: Path) -> list[tuple[str | None, str | None]]:
    return [(each.text("kk"), each.text("ru")) for each in read(path)]


@pytest.fixture
def two(tmp_path: Path) -> list[Path]:
    return [
        saved(
            tmp_path / "a.tmx",
            [
                unit("су", "вода", "20200101T000000Z", "0.5"),
                unit("от", "огонь", "20200101T000000Z"),
                unit("жер", "земля", "20230101T000000Z", "0.4"),
            ],
        ),
        saved(
            tmp_path / "b.tmx",
            [
                unit("су", "водичка", "20210101T000000Z", "0.2"),
                unit("от", "огонь", "20210101T000000Z"),
                unit("жер", "грунт", "20220101T000000Z", "0.9"),
                unit("ауа", "воздух"),
            ],
        ),
    ]


@pytest.mark.parametrize(
    ("prefer", "expected", "conflicts"),
    [
        ("newest", [("жер", "земля"), ("су", "водичка"), ("от", "огонь"), ("ауа", "воздух")], 2),
        ("reliable", [("су", "вода"), ("от", "огонь"), ("жер", "грунт"), ("ауа", "воздух")], 2),
        ("first", [("су", "вода"), ("от", "огонь"), ("жер", "земля"), ("ауа", "воздух")], 2),
        (
            "all",
            [("су", "вода"), ("жер", "земля"), ("су", "водичка"), ("от", "огонь"), ("жер", "грунт"), ("ауа", "воздух")],
            0,
        ),
    ],
)
def test_merge(two: list[Path], prefer: str, expected: list[tuple[str, str]], conflicts: int) -> None:
    target = two[0].with_name("merged.tmx")
    report = merge(two, target, prefer=prefer)  # type: ignore[arg-type]
    assert sorted(pairs(target)) == sorted(expected)
    assert (report.read, report.written, report.duplicates, report.conflicts) == (7, len(expected), 1, conflicts)


def test_merging_over_an_input_is_safe(two: list[Path]) -> None:
    merge(two, two[0], prefer="first")
    assert pairs(two[0]) == [("су", "вода"), ("от", "огонь"), ("жер", "земля"), ("ауа", "воздух")]


def test_merge_sees_that_codes_name_one_language(tmp_path: Path) -> None:
    left = saved(tmp_path / "a.tmx", memory(("су", "вода")))
    right = saved(tmp_path / "b.tmx", memory(("су", "вода"), srclang="kk-KZ", target="ru-RU"), "kk-KZ")
    assert merge([left, right], tmp_path / "c.tmx").written == 2
    assert merge([left, right], tmp_path / "c.tmx", languages="bare").written == 1


def test_merge_names_the_source_of_units_from_elsewhere(tmp_path: Path) -> None:
    left = saved(tmp_path / "a.tmx", memory(("су", "вода")))
    right = saved(tmp_path / "b.tmx", memory(("вода", "су"), srclang="ru", target="kk"), "ru")
    merge([left, right], tmp_path / "c.tmx")
    assert [each.attributes.get("srclang") for each in read(tmp_path / "c.tmx")] == [None, "ru"]


def test_merge_by_context(tmp_path: Path) -> None:
    units = [with_context(unit("иә", ru), "kk", Context(before)) for ru, before in (("да", "a"), ("ага", "b"))]
    path = saved(tmp_path / "a.tmx", units)
    assert merge([path], tmp_path / "b.tmx").written == 1
    assert merge([path], tmp_path / "b.tmx", by_context=True).written == 2


def test_diff_tells_added_removed_and_changed(two: list[Path]) -> None:
    changes = list(diff(*two))
    assert [(change.kind, change.source[1]) for change in changes] == [
        ("changed", "су"),
        ("changed", "жер"),
        ("added", "ауа"),
    ]
    assert changes[0].old == {"ru": "вода"}
    assert changes[0].new == {"ru": "водичка"}
    assert (changes[1].old_unit, changes[1].new_unit) == (3, 3)
    assert as_text(changes[0]) == "  kk: су\n- ru: вода\n+ ru: водичка"
    assert as_text(changes[2]) == "+ kk: ауа\n+ ru: воздух"
    assert json.loads(as_json(changes[2]))["new"] == {"ru": "воздух"}
    assert [change.kind for change in diff(two[1], two[0])] == ["changed", "changed", "removed"]


def test_diff_does_not_see_order_and_counts_repetition(tmp_path: Path) -> None:
    units = [unit("су", "вода"), unit("от", "огонь"), unit("су", "вода")]
    left, right = saved(tmp_path / "a.tmx", units), saved(tmp_path / "b.tmx", units[::-1])
    assert list(diff(left, right)) == []
    assert [change.kind for change in diff(left, saved(right, units[:2]))] == ["removed"]


def test_diff_sees_inline_elements(tmp_path: Path) -> None:
    plain = unit("су", "вода")
    marked = TranslationUnit((plain.variants[0], Variant("ru", ("вода", Inline("ph", {"x": "1"})))))
    assert [c.kind for c in diff(saved(tmp_path / "a", [plain]), saved(tmp_path / "b", [marked]))] == ["changed"]


KK = "Астанада жаңа мектеп ашылды, оған мың бала барады."
RU = "В Астане открылась новая школа, в неё пойдёт тысяча детей."


@pytest.mark.parametrize(
    ("kk", "ru", "reason"),
    [
        ("", RU, "empty"),
        (KK, " ", "empty"),
        ("***", RU, "markup-only"),
        (KK, "— … —", "markup-only"),
        (KK, KK, "language"),
        (KK, "В Астане." + " Да." * 100, "length"),
        (KK, "Нет", "length"),
        (KK, "A new school was opened in Astana for a thousand children.", "language"),
        (RU, RU[::-1], "language"),
        (f"{KK} 2", f"{RU} 2", None),
        ("№ 25", "№ 25", None),
        ("Samsung", "Samsung", "identical"),
        ("Иә", "Да", None),
        (KK, RU, "duplicate"),
        (KK.upper(), RU.replace(",", ", "), "near-duplicate"),
    ],
)
def test_clean_gives_a_reason(tmp_path: Path, kk: str, ru: str, reason: str | None) -> None:
    usual = [unit(KK, RU)] + [unit(f"{KK} {n} рет", f"{RU} {n} раз") for n in range(10, 40)]
    path = saved(tmp_path / "a.tmx", [*usual, unit(kk, ru)])
    target, dropped = tmp_path / "b.tmx", tmp_path / "c.tmx"
    report = clean(path, target, dropped=dropped, detector=py3langid_detector())
    assert report.dropped == ({} if reason is None else {reason: 1})
    assert report.written == len(usual) + (reason is None)
    assert [each.prop(REASON_PROP) for each in read(dropped)] == ([] if reason is None else [reason])


def test_clean_leaves_what_it_is_told_to(tmp_path: Path) -> None:
    path = saved(tmp_path / "a.tmx", [unit("", ""), unit("a", "a"), unit("a", "a"), unit("*", "*")])
    rules = CleanRules(False, False, False, False, False, False, False)
    assert clean(path, tmp_path / "b.tmx", rules).written == 4


def test_clean_takes_single_variants_out_of_a_large_unit(tmp_path: Path) -> None:
    wide = TranslationUnit.from_texts({"kk": KK, "ru": RU, "en": ""})
    report = clean(saved(tmp_path / "a.tmx", [wide]), tmp_path / "b.tmx")
    assert report.variants_dropped == {"empty": 1}
    assert [each.language for each in read(tmp_path / "b.tmx").units[0].variants] == ["kk", "ru"]


def test_a_text_of_code_alone_is_markup(tmp_path: Path) -> None:
    code = TranslationUnit((Variant("kk", (Inline("ph", {}, ("<br>",)),)), Variant("ru", ("да",))))
    assert clean(saved(tmp_path / "a.tmx", [code]), tmp_path / "b.tmx").dropped == {"markup-only": 1}


def test_stats(two: list[Path], tmp_path: Path) -> None:
    units = [*read(two[0]), *read(two[1]), TranslationUnit((Variant("kk", ("а", Inline("hi"))), Variant("ru", ())))]
    result = stats(saved(tmp_path / "c.tmx", units))
    assert (result.units, result.duplicates, result.ambiguous, result.with_inline) == (8, 1, 2, 1)
    assert result.first_date == dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
    assert result.last_date == dt.datetime(2023, 1, 1, tzinfo=dt.UTC)
    assert result.props == {"x-score": 4}
    assert result.inline == {"hi": 1}
    ru = result.languages["ru"]
    assert (ru.variants, ru.empty, ru.shortest, ru.median, ru.longest, ru.words) == (8, 1, 0, 5, 7, 7)
    assert json.loads(json.dumps(result.as_dict()))["first_date"] == "2020-01-01T00:00:00+00:00"


def test_sample_is_fair_in_order_and_repeatable(tmp_path: Path) -> None:
    path = saved(tmp_path / "a.tmx", [unit(f"бір {n}", f"один {n}") for n in range(50)])
    targets = [tmp_path / f"{seed}-{turn}.tmx" for seed in (1, 2) for turn in (1, 2)]
    for target in targets:
        assert sample(path, target, 10, seed=int(target.name[0])).written == 10
    chosen = [[int(str(kk).split()[1]) for kk, _ in pairs(target)] for target in targets]
    assert chosen[0] == chosen[1] != chosen[2]
    assert chosen[0] == sorted(chosen[0])
    counts = [0] * 50
    for seed in range(60):
        sample(path, targets[0], 10, seed=seed)
        for kk, _ in pairs(targets[0]):
            counts[int(str(kk).split()[1])] += 1
    assert min(counts) >= 2
    assert max(counts) <= 26
    assert sample(path, targets[0], 100).written == 50
    with pytest.raises(ValueError):
        sample(path, targets[0], -1)


def test_reverse(tmp_path: Path) -> None:
    units = [with_context(unit("су", "вода", srclang="kk"), "kk", Context("от"), "xtm")]
    path, target = saved(tmp_path / "a.tmx", units), tmp_path / "b.tmx"
    report = reverse(path, target)
    turned = read(target)
    assert (report.source_language, turned.header.srclang) == ("ru", "ru")
    assert [each.language for each in turned.units[0].variants] == ["ru", "kk"]
    assert turned.units[0].attributes == {}
    assert turned.units[0].annotations == ()
    with pytest.raises(LanguageError, match="no unit"):
        reverse(path, target, "en")


def test_reverse_of_many_languages_needs_to_be_told(tmp_path: Path) -> None:
    wide = TranslationUnit.from_texts({"kk": "су", "ru": "вода", "en-GB": "water"})
    path = saved(tmp_path / "a.tmx", [wide, unit("от", "огонь")])
    with pytest.raises(LanguageError, match="name the language"):
        reverse(path, tmp_path / "b.tmx")
    report = reverse(path, tmp_path / "b.tmx", "en")
    assert (report.source_language, report.written, report.without_source) == ("en-GB", 1, 1)


def test_split_keeps_the_header(two: list[Path], tmp_path: Path) -> None:
    report = split(two[1], tmp_path / "part.tmx", max_units=3)
    assert [read(path).header.srclang for path in report.paths] == ["kk", "kk"]
    assert [each for path in report.paths for each in read(path)] == list(read(two[1]))


def test_every_operation_lists_what_it_skips(tmp_path: Path, two: list[Path]) -> None:
    path = tmp_path / "broken.tmx"
    path.write_text(two[0].read_text().replace("<seg>огонь</seg>", ""), encoding="utf-8")
    with pytest.raises(UnitError):
        stats(path)
    target = tmp_path / "out.tmx"
    reports = [
        stats(path, lenient=True),
        merge([path], target, lenient=True),
        clean(path, target, lenient=True),
        split(path, target, max_units=9, lenient=True),
        sample(path, target, 9, lenient=True),
        reverse(path, target, "ru", lenient=True),
    ]
    assert [(each.skipped[0].unit, len(each.skipped)) for each in reports] == [(2, 1)] * len(reports)
    skipped: list[object] = []
    assert len(list(diff(path, two[0], lenient=True, skipped=skipped))) == 1  # type: ignore[arg-type]
    assert len(skipped) == 1


def test_a_failing_operation_leaves_no_file(tmp_path: Path, two: list[Path]) -> None:
    cut = tmp_path / "cut.tmx"
    cut.write_bytes(two[0].read_bytes()[:-40])
    target = tmp_path / "out.tmx"
    with pytest.raises(MalformedError):
        clean(cut, target)
    with pytest.raises(MalformedError):
        merge([two[1], cut], target)
    with pytest.raises(MalformedError):
        split(cut, target, max_units=1)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.tmx", "b.tmx", "cut.tmx"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("20240102T030405Z", "20240102T030405Z"),
        ("20240102", "20240102T000000Z"),
        ("2024-01-02T03:04:05+05:00", "20240101T220405Z"),
        ("2018-06-11 05:09:06", "20180611T050906Z"),
        ("2.1.2024 3:04", "20240102T030400Z"),
        ("20241302T000000Z", None),
        ("вчера", None),
    ],
)
def test_dates(text: str, expected: str | None) -> None:
    moment = parse_date(text)
    assert (moment and format_date(moment)) == expected


def test_language_codes() -> None:
    assert [canonical(code) for code in ("KK_kz", "kaz", "zh-hant-tw", "chr")] == ["kk-KZ", "kk", "zh-Hant-TW", "chr"]
    assert is_same("RUS", "ru")
    assert best_match("kk", ["ru", "kk-KZ"]) == "kk-KZ"
    assert best_match("kk", ["kk-KZ", "KK"]) == "KK"
    assert best_match("kk-KZ", ["kk"]) == "kk"
    assert best_match("en-US", ["en-GB"]) is None


def test_scripts() -> None:
    assert main_script("Қазақстан", 5) == "CYRILLIC"
    assert main_script("Kazakhstan", 20) == ""
    assert main_script("Қазақ Kazakh", 5) == ""
