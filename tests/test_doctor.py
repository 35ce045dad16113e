"""`qostil doctor`: what it finds, in a sound installation and in broken ones."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest

import aligner.doctor
import aligner.encode.embedded
from aligner.doctor import EXTRAS, Finding, examine
from aligner.memory import Memory
from aligner.messages import DOCTOR, LANGUAGES, Messages

ROOT = Path(__file__).resolve().parents[1]
# The name of what is installed, where it is not that of what is imported.
DISTRIBUTIONS = {
    "docx": "python-docx",
    "faiss": "faiss-cpu",
    "markdown_it": "markdown-it-py",
    "psycopg": "psycopg[binary]",
}


def found(subject: str, memory: str | None = None) -> Finding:
    return next(finding for finding in examine(memory) if finding.subject == subject)


def distributions(names: tuple[str, ...]) -> set[str]:
    return {DISTRIBUTIONS.get(name, name.replace("_", "-")) for name in names}


def test_it_looks_for_what_the_project_declares() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for extra, modules in EXTRAS.items():
        declared = {line.partition(">")[0] for line in project["optional-dependencies"][extra]}
        assert declared == distributions(modules), extra
    core = {line.partition(">")[0] for line in project["dependencies"]}
    assert core == distributions(aligner.doctor._CORE) | {"sentence-transformers"}


def test_here_everything_is_in_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QOSTIL_CACHE_DIR", str(tmp_path))
    findings = list(examine())
    assert [finding for finding in findings if finding.level == "problem"] == []
    assert found("encoder").values["dimension"] == 384


def test_every_finding_has_words_and_every_problem_a_remedy() -> None:
    says = [Messages(language, DOCTOR) for language in LANGUAGES]
    for key in DOCTOR:
        parts = key.split(".")
        assert len(parts) <= 4
    for finding in examine("nowhere.db"):
        for say in says:
            assert say(f"doctor.{finding.subject}.{finding.state}", **finding.values)
    bad = (
        "missing",
        "broken",
        "no_runtime",
        "not_writable",
        "closed",
        "damaged",
        "not_installed",
        "full",
        "no_letters",
    )
    for key in DOCTOR:
        subject, state = [*key.split("."), "", ""][1:3]
        if state in bad and subject != "extra" and not key.endswith(".remedy"):
            assert f"{key}.remedy" in DOCTOR, key


def test_missing_libraries_are_named_with_the_command_that_brings_them(monkeypatch: pytest.MonkeyPatch) -> None:
    gone = {"pyarrow", "faiss", "torch"}
    is_there = aligner.doctor._is_there
    monkeypatch.setattr(aligner.doctor, "_is_there", lambda name: name not in gone and is_there(name))
    assert found("packages").values == {"names": "faiss"}
    parquet = next(each for each in examine() if each.state == "missing_parquet")
    assert (parquet.level, parquet.values["command"]) == ("advice", "pip install 'qostil[parquet]'")
    assert found("other_encoders").state == "missing"


def test_a_broken_encoder_is_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(aligner.encode.embedded, "embedded_model_path", lambda: tmp_path)
    finding = found("encoder")
    assert (finding.state, finding.level) == ("broken", "problem")
    assert "lacks model.onnx" in str(finding.values["error"])


def test_what_the_processor_can_do(monkeypatch: pytest.MonkeyPatch) -> None:
    for flags, state in (({"avx2", "avx_vnni"}, "fast"), ({"avx2"}, "plain"), (set(), "slow"), (None, "unknown")):
        monkeypatch.setattr(aligner.doctor, "_processor_flags", lambda flags=flags: flags)
        assert found("processor").state == state


def test_a_cache_that_can_not_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("QOSTIL_CACHE_DIR", str(tmp_path / "file" / "cache"))
    assert found("cache").state == "not_writable"
    monkeypatch.setenv("QOSTIL_CACHE_DIR", str(tmp_path / "cache"))
    (tmp_path / "cache").mkdir()
    (tmp_path / "cache" / "vectors").write_bytes(bytes(3_000_000))
    assert found("cache").values["megabytes"] == 3


def test_a_memory_is_looked_at(tmp_path: Path) -> None:
    place = tmp_path / "memory.db"
    assert found("memory", str(place)).state == "closed"
    Memory.open(place).close()
    finding = found("memory", str(place))
    assert (finding.state, finding.values["units"]) == ("found", 0)
    place.write_bytes(place.read_bytes()[:100] + bytes(2000))
    assert found("memory", str(place)).level == "problem"
    assert "secret" not in str(found("memory", "postgresql://me:secret@localhost:1/none").values)


def test_the_command(qostil, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("QOSTIL_CACHE_DIR", str(tmp_path))
    code, out, _ = qostil("doctor")
    assert (code, out.splitlines()[-1]) == (0, "everything is in place")
    code, out, _ = qostil("doctor", "--json", "--memory", tmp_path / "no.db")
    record = json.loads(out)
    assert (code, record["problems"]) == (1, 1)
    (problem,) = (each for each in record["findings"] if each["level"] == "problem")
    assert (problem["subject"], problem["state"]) == ("memory", "closed")
    assert problem["remedy"].startswith("check its name")
