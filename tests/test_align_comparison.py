"""aligner.align.comparison: what is seen in the segments themselves."""

from aligner.align import Weights, align_segments
from aligner.align.comparison import going_on
from aligner.encode import Encoder
from aligner.encode.means import usual_means


def test_a_sentence_goes_on_after_a_comma_or_dash_and_a_small_letter() -> None:
    texts = ["Кеңес өтті,", "онда бюджет қаралды –", "«ең үлкен» бюджет.", "Тізім:", "бір;", "екі,", "Үш"]
    assert going_on(texts).tolist() == [1, 1, 0, 0, 0, 0, 0]
    assert going_on([]).tolist() == []


def test_a_sentence_broken_at_a_comma_is_kept_whole(encoder: Encoder) -> None:
    kk = ["Мұражайда көрме ашылды.", "Үкімет отырысында бюджеттің атқарылуы қаралып, министрлерге тапсырма берілді."]
    ru = [
        "В музее открылась выставка.",
        "На заседании Правительства рассмотрено исполнение бюджета страны,",
        "даны поручения.",
    ]
    vectors = encoder.encode(kk + ru)
    means = usual_means(encoder)

    def beads(weights: Weights) -> set[tuple[tuple[int, ...], tuple[int, ...]]]:
        found = align_segments(kk, ru, vectors[:2], vectors[2:], means, weights)
        return {(bead.kk, bead.ru) for bead in found if bead.kk and bead.ru}

    assert beads(Weights()) == {((0,), (0,)), ((1,), (1, 2))}
