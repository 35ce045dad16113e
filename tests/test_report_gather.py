"""aligner.report.gather: nothing is lost in counting, and the worst are kept."""

import datetime as dt

import hypothesis.strategies as st
from hypothesis import given
from reports import ORIGIN, gather, line, rows_of, small_report

from aligner.report.gather import Gathering, reason_kind
from aligner.report.records import Row, confidence_of

scores = st.lists(st.one_of(st.none(), st.floats(0, 1)), max_size=8)


@given(st.lists(scores, max_size=8), st.integers(0, 4), st.integers(0, 6))
def test_every_bead_is_counted_and_the_worst_are_kept(pairs, most_details, most_worst) -> None:
    report = gather(pairs, most_details, most_worst).report()
    judged = [score for own in pairs for score in own if score is not None]
    beads = [score for own in pairs for score in own]
    assert report.units == sum(report.scores) == report.by_confidence.total() == len(judged)
    assert report.shapes.total() == len(beads)
    assert sum(count for (language, _), count in report.sentences.items() if language == "kk") == len(beads)
    assert len(report.pairs) == len(pairs)
    assert [each.number for each in report.pairs] == list(range(1, len(pairs) + 1))
    assert [each.trusted for each in report.pairs] == sorted(each.trusted for each in report.pairs)
    assert tuple(each.line for each in report.details) == report.pairs[:most_details]
    doubtful = sorted(score for score in judged if score < 0.8)
    assert [each.row.score for each in report.worst] == doubtful[:most_worst]
    named = {each.number: each for each in report.pairs}
    assert all(each.pair is not None and named[each.pair].kk.name == each.kk_source for each in report.worst)


def test_only_pairs_among_the_worst_are_drawn() -> None:
    asked: list[int] = []
    report = gather([[0.9, 0.1], [0.9], [0.9, 0.9, 0.1], [0.2]], most_details=2, asked=asked).report()
    assert [detail.line.kk.name for detail in report.details] == ["kk/3.txt", "kk/0.txt"]
    assert asked == [0, 1, 2, 3]
    assert not gather([[0.9], [0.2]], most_details=0).report().details


def test_confidence() -> None:
    assert [confidence_of(score) for score in (1.0, 0.8, 0.79999, 0.5, 0.4999, 0.0)] == [
        "sure",
        "sure",
        "doubtful",
        "doubtful",
        "poor",
        "poor",
    ]
    assert Row((0,), (), "жалғыз", "", 0.0).confidence == "alone"
    assert Row((0,), (0,), "иә", "да", 0.2, status="reviewed").confidence == "sure"


def test_what_a_person_has_judged_is_not_listed_again() -> None:
    gathering = Gathering(ORIGIN, 5, 5)
    for status in ("reviewed", "automatic"):
        gathering.add_unit(Row((0,), (0,), "иә", "да", 0.2, ("unlike: 0.10",), status=status), "а", "б")
    assert [each.row.status for each in gathering.report().worst] == ["automatic"]


def test_a_sure_pair_with_a_reason_is_listed_last() -> None:
    gathering = Gathering(ORIGIN, 5, 5)
    gathering.add_unit(Row((0,), (0,), "25", "52", 0.95, ("number_mismatch: 25 ≠ 52",)), None, None)
    gathering.add_unit(Row((0,), (0,), "иә", "да", 0.6), None, None)
    gathering.add_unit(Row((0,), (0,), "жоқ", "нет", 0.99), None, None)
    assert [each.row.score for each in gathering.report().worst] == [0.6, 0.95]
    assert gathering.report().reasons == {"number_mismatch": 1}


def test_documents_are_counted_by_what_became_of_them() -> None:
    report = small_report()
    documents = report.documents
    assert [documents["kk", key] for key in ("read", "paired", "unmatched", "skipped")] == [4, 3, 1, 0]
    assert [documents["ru", key] for key in ("read", "paired", "unmatched", "skipped")] == [4, 3, 1, 0]
    assert [documents["en", key] for key in ("read", "skipped")] == [1, 1]
    assert [each.name for each in report.skipped] == ["tables.ods", "en/note.txt"]
    assert [(each.reason, each.count, each.characters, each.examples) for each in report.set_aside] == [
        ("photo credit", 2, 26, (("kk/1.txt", "Сурет: Ақорда"),))
    ]
    assert report.unmatched[0].score == 0.21


def test_days_apart_and_dates() -> None:
    gathering = Gathering(ORIGIN, 0, 0)
    for days in (0, 3, None):
        russian = None if days is None else dt.date(2025, 5, 5) + dt.timedelta(days=days)
        gathering.add_pair(
            line("kk", 1, 1, dt.date(2025, 5, 5)), line("ru", 1, 1, russian), 1, rows_of([1.0]), lambda: None
        )
    report = gathering.report()
    assert report.days_apart == {0: 1, 3: 1, None: 1}
    assert report.dates["kk", "paired", dt.date(2025, 5, 5)] == 3
    assert report.dates["ru", "paired", dt.date(2025, 5, 8)] == 1


def test_the_sketch_joins_what_goes_on_in_one_direction() -> None:
    pair = gather([[0.9, 0.9, 0.9, 0.1, None, None, 0.9]]).report().pairs[0]
    assert pair.sketch == ((3, 3, "sure"), (1, 1, "poor"), (2, 0, "alone"), (1, 1, "sure"))


def test_kinds_of_reasons() -> None:
    assert reason_kind("number_mismatch: 25 ≠ 52") == "number_mismatch"
    assert reason_kind("length_ratio 2.8") == "length_ratio"
    assert reason_kind("?") == "?"
