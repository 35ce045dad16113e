"""What `qostil batch` writes, in the hands of our acceptance client: OmegaT pre-translates from it."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from sample import SAMPLE
from shared_data import shared_path

import tmx
from aligner import cli


@pytest.mark.skipif(shutil.which("omegat") is None, reason="needs OmegaT: apt-get install omegat")
def test_omegat_translates_every_segment_from_the_memory_of_the_sample(
    tmp_path: Path, encoder, use_in_commands, monkeypatch: pytest.MonkeyPatch
) -> None:
    check = shared_path("tools/omegat_check.sh")
    use_in_commands(encoder)
    memory = tmp_path / "memory.tmx"
    monkeypatch.setattr(
        sys, "argv", ["qostil", "batch", str(SAMPLE / "kk"), str(SAMPLE / "ru"), "-o", str(memory), "-q"]
    )
    with pytest.raises(SystemExit) as stopped:
        cli.main()
    assert stopped.value.code == 0
    texts = list(dict.fromkeys(unit.text("kk") or "" for unit in tmx.iter_units(memory)))
    (tmp_path / "source.txt").write_text("\n\n".join(texts) + "\n", encoding="utf-8")
    # A unit of two sentences is one segment of the memory, so OmegaT must not cut its source in two.
    result = subprocess.run(
        ["bash", str(check), str(memory), str(tmp_path / "source.txt")],
        env=os.environ | {"SEG": "false", "FUZZY": "0"},
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    found = re.search(r"pretranslated=(\d+) segments=(\d+).* warnings=(\d+)", result.stdout)
    assert found, result.stdout + result.stderr
    assert [int(number) for number in found.groups()] == [len(texts), len(texts), 0]
