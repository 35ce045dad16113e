"""aligner.report.drawings and shades: pictures are well formed, whole, and small."""

import datetime as dt
import re
from collections import Counter
from xml.etree import ElementTree

import numpy as np
import pytest
from reports import gather

from aligner.report.drawings import alignment_picture, bar, dates_picture, lengths_picture, stacked_bar, thumbnail
from aligner.report.records import Lengths
from aligner.report.shades import MOST_CELLS, shades_of

MONTHS = ("қаң", "ақп", "нау", "сәу", "мам", "мау", "шіл", "там", "қыр", "қаз", "қар", "жел")


def month(number: int) -> str:
    return MONTHS[number - 1]


def drawn(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)


@pytest.mark.parametrize(("kk", "ru"), [(1, 1), (5, 3), (200, 97), (3, 2500), (0, 4)])
def test_shades_are_small_and_as_dark_as_their_darkest_sentence(kk: int, ru: int) -> None:
    vectors = np.eye(4, dtype=np.float32)[np.arange(kk + ru) % 4]
    means = np.zeros(4, np.float32), np.zeros(4, np.float32)
    shades = shades_of(vectors[:kk], vectors[kk:], means)
    assert shades.shape == (min(kk, MOST_CELLS), min(ru, MOST_CELLS))
    if kk >= 4 and ru >= 4:
        assert shades.max() > 200


def test_the_darkest_cell_of_a_long_text_is_where_its_sentence_is() -> None:
    generator = np.random.default_rng(7)
    kk, ru = generator.normal(size=(2, 960, 64)).astype(np.float32)
    ru[480] = kk[240]
    kk, ru = (side / np.linalg.norm(side, axis=1, keepdims=True) for side in (kk, ru))
    shades = shades_of(kk, ru, (np.zeros(64, np.float32), np.zeros(64, np.float32)))
    assert np.unravel_index(shades.argmax(), shades.shape) == (24, 48)


def test_the_way_leads_from_the_first_sentence_to_the_last() -> None:
    (detail,) = gather([[0.9, None, 0.6, 0.2, 0.9]]).report().details
    picture = drawn(alignment_picture(detail, "Сурет «1» & <2>"))
    assert picture.get("aria-label") == "Сурет «1» & <2>"
    ways = [path for path in picture.iter("path") if "way" in (path.get("class") or "")]
    assert {path.get("class") for path in ways} == {"way sure", "way alone", "way doubtful", "way poor"}
    points = [
        tuple(map(float, point)) for path in ways for point in re.findall(r"([\d.]+) ([\d.]+)", path.get("d") or "")
    ]
    assert min(points) == (26, 18)
    assert max(points) == (226, 268)


def test_a_picture_without_vectors_or_sentences() -> None:
    gathering = gather([[0.9]])
    (detail,) = gathering.report().details
    assert "shade" not in alignment_picture(type(detail)(detail.line, detail.rows, None), "")
    (empty,) = gather([[None]]).report().details
    assert alignment_picture(empty, "") == ""


def test_thumbnails_are_small_however_long_the_text() -> None:
    (pair,) = gather([[0.9, 0.3] * 1500], most_details=0).report().pairs
    small = thumbnail(pair.sketch, "сурет")
    drawn(small)
    assert len(small) < 4_000


def test_bars() -> None:
    widths = [
        rect.get("width") for rect in drawn(stacked_bar([(0.5, "sure"), (0.0, "poor"), (0.25, "alone")])).iter("rect")
    ]
    assert widths == ["50.00%", "25.00%"]
    assert len(list(drawn(bar(0.001, "sure")).iter("rect"))) == 2
    assert not list(drawn(bar(0, "sure")).iter("rect"))


def test_lengths() -> None:
    lengths = Lengths(Counter({(12, 13): 40, (25, 24): 1}), Counter({(25, 24): 1}))
    picture = drawn(lengths_picture(lengths, "ұзындық", "орысша", "қазақша"))
    texts = [text.text for text in picture.iter("text")]
    assert texts.count("1000") == 2
    assert {"орысша", "қазақша"} <= set(texts)
    assert lengths_picture(Lengths(Counter(), Counter()), "", "", "") == ""


@pytest.mark.parametrize(
    ("last", "labels"),
    [
        (dt.date(2024, 3, 1), {"1 нау"}),
        (dt.date(2024, 3, 20), {"1 нау"}),
        (dt.date(2024, 11, 5), {"нау 24"}),
        (dt.date(2026, 2, 1), {"2025", "2026"}),
        (dt.date(2029, 2, 1), {"2025", "2028"}),
        (dt.date(2044, 2, 1), {"2024", "2036"}),
    ],
)
def test_dates_are_binned_by_days_months_or_years(last: dt.date, labels: set[str]) -> None:
    dates = Counter({("kk", "paired", dt.date(2024, 3, 1)): 2, ("ru", "unmatched", last): 1})
    picture = drawn(dates_picture(dates, "күндер", ("қазақша", "орысша"), month))
    assert labels <= {text.text for text in picture.iter("text")}
    heights = [float(rect.get("height") or 0) for rect in picture.iter("rect")]
    assert len(heights) == 2
    assert heights[0] == pytest.approx(2 * heights[1])
    assert dates_picture(Counter(), "", ("", ""), month) == ""
