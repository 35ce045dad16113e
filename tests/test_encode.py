"""The embedded encoder, the sentence-transformers one, and how they are found."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from shared_data import shared_path

import aligner.encode
from aligner.encode import EmbeddedEncoder, Encoder, available_encoders, load_encoder
from aligner.encode.embedded import embedded_model_path
from aligner.encode.transformer import TransformerEncoder
from aligner.errors import EncoderError

ROOT = Path(__file__).resolve().parents[1]
SENTENCES = [
    "Мемлекет басшысы өңірдегі су тасқынының салдарын жою барысы туралы есепті тыңдады.",
    "Глава государства заслушал отчёт о ходе ликвидации последствий паводка в регионе.",
    "Кездесуде екі ел арасындағы сауда-экономикалық ынтымақтастық мәселелері қаралды.",
    "На встрече были рассмотрены вопросы торгово-экономического сотрудничества двух стран.",
    "Жоба аясында 1 250 жаңа жұмыс орны ашылады.",
    "В рамках проекта будет создано 1 250 новых рабочих мест.",
    "– Балаларға арналған кітапханалар көп болуы керек, – деді ол.",
    "Ж.К. Нұрланова «Samruk-Green» ЖШС директоры болып тағайындалды.",
    "Дороги отремонтируют к 15 октября 2024 года.",
    "Рақмет!",
]


@pytest.fixture(scope="module")
def embedded() -> EmbeddedEncoder:
    return EmbeddedEncoder()


@pytest.fixture(scope="module")
def transformer() -> TransformerEncoder:
    return TransformerEncoder(str(embedded_model_path()))


def _run(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_exported_members() -> None:
    for name in aligner.encode.__all__:
        assert hasattr(aligner.encode, name)


def test_importing_loads_no_runtime() -> None:
    heavy = "{'torch', 'onnxruntime', 'tokenizers', 'transformers', 'sentence_transformers'}"
    assert _run(f"import sys, aligner.encode; print({heavy} & set(sys.modules))") == "set()"


def test_the_embedded_encoder_never_imports_torch() -> None:
    code = """
import sys
class Refuse:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in ("torch", "transformers", "sentence_transformers"):
            raise AssertionError(name)
sys.meta_path.insert(0, Refuse())
from aligner.encode import load_encoder
print(load_encoder().encode(["Сәлем, әлем"]).shape)
"""
    assert _run(code) == "(1, 384)"


def test_rows_are_unit_float32(embedded: EmbeddedEncoder) -> None:
    vectors = embedded.encode(SENTENCES)
    assert (vectors.shape, vectors.dtype) == ((len(SENTENCES), embedded.dimension), np.float32)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_translations_are_nearest(embedded: EmbeddedEncoder) -> None:
    kk, ru = embedded.encode(SENTENCES[0:6:2]), embedded.encode(SENTENCES[1:6:2])
    similarity = kk @ ru.T
    assert similarity.argmax(axis=1).tolist() == similarity.argmax(axis=0).tolist() == [0, 1, 2]


def test_both_paths_agree(embedded: EmbeddedEncoder, transformer: TransformerEncoder) -> None:
    cosines = (embedded.encode(SENTENCES) * transformer.encode(SENTENCES)).sum(axis=1)
    assert cosines.min() > 0.995


def test_a_vector_owes_nothing_to_its_batch(embedded: EmbeddedEncoder) -> None:
    together = embedded.encode([*SENTENCES, "Сөз " * 300, "!" * 40])[: len(SENTENCES)]
    alone = np.concatenate([embedded.encode([sentence]) for sentence in SENTENCES])
    assert (together == alone).all()


def test_a_vector_owes_nothing_to_the_number_of_threads() -> None:
    one, three = (EmbeddedEncoder(threads=threads).encode(SENTENCES) for threads in (1, 3))
    assert (one == three).all()


def test_order_is_kept(embedded: EmbeddedEncoder) -> None:
    backwards = embedded.encode(SENTENCES[::-1])[::-1]
    assert (backwards == embedded.encode(SENTENCES)).all()


@pytest.mark.parametrize("text", ["", " ", "\n", "\x00", "\ud800", "中文", "🙂", "а" * 3_000, "№"])
def test_any_text_has_a_vector(embedded: EmbeddedEncoder, text: str) -> None:
    vector = embedded.encode([text])
    assert vector.shape == (1, 384)
    assert np.isfinite(vector).all()
    assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-5)


def test_no_texts_give_no_rows(embedded: EmbeddedEncoder, transformer: TransformerEncoder) -> None:
    assert embedded.encode([]).shape == transformer.encode([]).shape == (0, 384)


def test_the_end_of_a_long_text_counts(embedded: EmbeddedEncoder) -> None:
    start = " ".join(SENTENCES[:1] * 40)
    one, other = embedded.encode([f"{start} {SENTENCES[4] * 20}", f"{start} {SENTENCES[9] * 60}"])
    assert one @ other < 0.999


def test_the_name_says_what_makes_the_vectors(embedded: EmbeddedEncoder, tmp_path: Path) -> None:
    copy = tmp_path / "kkru-e5-small"
    shutil.copytree(embedded.path, copy)
    assert EmbeddedEncoder(copy).name == embedded.name
    weights = copy / "model.safetensors"
    data = bytearray(weights.read_bytes())
    data[-1] ^= 1
    weights.write_bytes(data)
    assert EmbeddedEncoder(copy).name != embedded.name


def test_another_prompt_is_another_name(transformer: TransformerEncoder) -> None:
    prompted = TransformerEncoder(str(embedded_model_path()), "query: ")
    assert prompted.name != transformer.name
    assert not np.allclose(prompted.encode(SENTENCES[:1]), transformer.encode(SENTENCES[:1]), atol=1e-3)


def test_the_embedded_encoder_is_the_default() -> None:
    names = {load_encoder(given).name for given in (None, "kkru-e5-small", str(embedded_model_path()))}
    assert len(names) == 1


def test_a_folder_is_loaded_by_sentence_transformers(tmp_path: Path) -> None:
    copy = tmp_path / "model"
    shutil.copytree(embedded_model_path(), copy)
    encoder: Encoder = load_encoder(str(copy))
    assert isinstance(encoder, TransformerEncoder)
    assert encoder.dimension == 384


def test_a_missing_folder_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match="there is no such folder"):
        load_encoder(str(tmp_path / "nowhere"))


def test_a_folder_without_a_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match="no sentence-transformers model can be loaded from it"):
        load_encoder(str(tmp_path))


def test_an_unknown_name_offline_is_refused_with_advice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    with pytest.raises(EncoderError, match="needs no network"):
        load_encoder("qostil-tests/there-is-no-such-model")


def test_a_broken_embedded_model_is_refused(tmp_path: Path) -> None:
    copy = tmp_path / "kkru-e5-small"
    shutil.copytree(embedded_model_path(), copy)
    (copy / "model.onnx").write_bytes(b"no model")
    with pytest.raises(EncoderError, match="reinstall"):
        EmbeddedEncoder(copy).encode(["мәтін"])
    (copy / "model.onnx").unlink()
    with pytest.raises(EncoderError, match=r"model\.onnx"):
        EmbeddedEncoder(copy)


def test_the_catalogue_begins_with_what_is_shipped() -> None:
    first, *others = available_encoders()
    assert first.is_embedded
    assert not any(encoder.is_embedded for encoder in others)
    assert first.dimension == load_encoder(first.name).dimension
    assert json.loads(json.dumps(first.as_dict()))["name"] == "kkru-e5-small"


def test_the_model_folder_is_complete_and_small() -> None:
    folder = embedded_model_path()
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    assert size <= 45_000_000
    assert size / 1e6 == pytest.approx(available_encoders()[0].size_mb, abs=1)
    for name in ("README.md", "LICENSE", "modules.json", "config.json", "tokenizer.json"):
        assert (folder / name).is_file(), name
    assert all(os.access(path, os.R_OK) for path in folder.rglob("*"))


def test_retrieval_floor_on_gold(encoder: Encoder) -> None:
    from benchmarks.encoder import retrieval_errors

    kk, ru = (
        shared_path(f"gold/xwmt.{language}.txt").read_text(encoding="utf-8").splitlines() for language in ("kk", "ru")
    )
    errors = retrieval_errors(encoder.encode(kk), encoder.encode(ru))
    # Measured .43/.86 %; one sentence is .14 %.
    assert errors["margin"]["kk→ru"] <= 1.2
    assert errors["margin"]["ru→kk"] <= 1.5


def test_a_line_of_a_megabyte_is_sampled() -> None:
    encoder = EmbeddedEncoder()
    assert max(encoder.count_tokens(["сөз " * 100_000])) <= 16 * 512
