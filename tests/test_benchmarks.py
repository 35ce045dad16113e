"""The measures behind the figures: a benchmark that scores wrongly is worse than none."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest

pytest.importorskip("benchmarks", reason="the source distribution carries no benchmarks")

from benchmarks.alignment_case import AlignmentCase, Text, as_given, centred, encoded_windows
from benchmarks.bead_scores import score_beads
from benchmarks.encoder import retrieval_errors
from benchmarks.gold_faults import OF_TRUE, true_lines
from benchmarks.peers import bertalign_two_pass, exact_dp, gale_church_nltk, hunalign, ours
from benchmarks.results_file import corpus_hashes, machine
from benchmarks.svg_plots import bar_plot, line_plot, matrix_plot
from benchmarks.variants import all_variants

DOCUMENT = {
    "id": "d",
    "kk": ["a", "b", "c", "d", "junk"],
    "ru": ["a", "bc", "d", "e", "junk"],
    "gold": [[[0], [0]], [[1, 2], [1]], [[3], [2]], [[], [3]], [[4], [4]]],
    "ignore": [[4], [4]],
}


def test_faults_of_the_gold_are_nobodys_errors():
    """The third of three pairs is not found where it should be; the fourth text only distracts."""
    kk = np.eye(4, dtype=np.float32)
    ru = kk[[0, 1, 3, 2]]
    ways = dict.fromkeys(("kk→ru", "ru→kk"), pytest.approx(100 / 3))
    found = retrieval_errors(kk, ru, np.array([True, True, True]))
    assert found == dict.fromkeys(("cosine", "margin", OF_TRUE), ways)
    assert retrieval_errors(kk, ru, np.array([True, True, False]))[OF_TRUE] == {"kk→ru": 0, "ru→kk": 0}


def test_each_set_has_its_own_faults():
    faults = {name: int((~true_lines(name, 1_012)).sum()) for name in ("xwmt", "flores-devtest", "government", "none")}
    assert faults == {"xwmt": 2, "flores-devtest": 2, "government": 8, "none": 0}


def test_gold_scores_one_everywhere():
    gold = [(tuple(kk), tuple(ru)) for kk, ru in DOCUMENT["gold"] if kk and ru]
    scores = score_beads([DOCUMENT], {"d": gold})
    assert (scores.strict_f1, scores.lax_f1, scores.unaligned_f1) == (1.0, 1.0, 1.0)
    assert scores.gold_counts == {"1-1": 2, "2-1": 1, "alone": 1}


def test_a_half_right_bead_counts_for_lax_alone():
    scores = score_beads([DOCUMENT], {"d": [((0,), (0,)), ((1,), (1,)), ((3,), (2,))]})
    assert scores.strict_f1 == pytest.approx(2 / 3)
    assert scores.lax_f1 == 1.0
    assert scores.unaligned_f1 == pytest.approx(2 / 3), "segment 2 of the Kazakh was left alone and should not be"
    assert scores.by_type["2-1"] == 0.0


def case_of(kk_meanings: list[list[int]], ru_meanings: list[list[int]]) -> AlignmentCase:
    """Texts whose segments say the given meanings, each meaning an axis of its own and 30 letters long."""
    size = 1 + max(meaning for segment in [*kk_meanings, *ru_meanings] for meaning in segment)

    def text(segments: list[list[int]]) -> Text:
        vectors = np.array([[float(axis in segment) for axis in range(size)] for segment in segments], np.float32)
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        words = [" ".join(f"{meaning:030d}" for meaning in segment) for segment in segments]
        return as_given(words, vectors, np.full(size, size**-0.5, np.float32))

    return AlignmentCase(text(kk_meanings), text(ru_meanings), (np.zeros(size, np.float32),) * 2)


@pytest.mark.parametrize("peer", [ours, exact_dp, bertalign_two_pass, gale_church_nltk])
def test_every_aligner_finds_what_is_plain(peer):
    case = case_of([[0], [1], [2], [3, 4], [5], [6]], [[0], [1], [2], [3], [4], [5], [6]])
    expected = [((0,), (0,)), ((1,), (1,)), ((2,), (2,)), ((3,), (3, 4)), ((4,), (5,)), ((5,), (6,))]
    assert peer.align(case) == expected


def test_bertalign_reaches_the_corner_when_a_text_ends_without_a_counterpart():
    shared = [[place] for place in range(12)]
    case = case_of(shared, [*shared, *([place] for place in range(12, 40))])
    assert bertalign_two_pass.align(case)[:3] == [((place,), (place,)) for place in range(3)]


def test_windows_are_length_weighted_and_begin_inside_the_text():
    text = as_given(["aa", "b"], np.eye(2, dtype=np.float32), np.array([0.6, 0.8], np.float32))
    np.testing.assert_allclose(text.windows[1, 1], np.array([2, 1]) / 5**0.5, rtol=1e-6)
    np.testing.assert_allclose(text.windows[1, 0], [0.6, 0.8])
    spoken = encoded_windows(text, lambda texts: np.array([[0, -1]] * len(texts), np.float32))
    np.testing.assert_allclose(spoken.windows[1, 1], [0, -1])
    np.testing.assert_allclose(np.linalg.norm(centred(text, np.ones(2, np.float32)).windows, axis=2), 1, rtol=1e-5)


def test_hunalign_ladder_becomes_beads(tmp_path, monkeypatch):
    program = tmp_path / "hunalign"
    program.write_text("#!/bin/sh\nprintf '0\\t0\\t0.3\\n1\\t2\\t0.5\\n1\\t3\\t0\\n2\\t4\\t0.2\\n'\n", encoding="utf-8")
    program.chmod(program.stat().st_mode | stat.S_IEXEC)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    assert hunalign.align(case_of([[0], [1]], [[0], [1], [2], [3]])) == [((0,), (0, 1)), ((1,), (3,))]


def test_variants_have_titles_of_their_own():
    titles = [variant.title for variant in all_variants(has_true_windows=True)]
    assert len(set(titles)) == len(titles)


def test_plots_are_well_formed():
    drawings = [
        matrix_plot("a < b", np.eye(3, dtype=np.float32), [([0], [0])], [((0,), (0,)), ((1, 2), (2,))]),
        bar_plot("t", "1 − F1", ["1-1", "alone"], {"x & y": [0.1, None], "z": [0.0, 0.4]}),
        line_plot("t", "segments", "seconds", {"x": [(100, 0.1), (1000, 1.2)]}),
    ]
    for drawing in drawings:
        assert ElementTree.fromstring(drawing).tag.endswith("svg")


def test_results_name_machine_and_corpus(tmp_path: Path):
    (tmp_path / "corpus.txt").write_bytes(b"abc")
    assert corpus_hashes([tmp_path / "corpus.txt"], tmp_path)["corpus.txt"].startswith("ba7816bf")
    json.dumps(machine())
