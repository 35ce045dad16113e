"""aligner.corpus: what is read, dropped, split and written, and that it can be done again."""

import hashlib
import json
import random
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import pytest

from aligner.corpus import (
    Request,
    compile_corpus,
    explain_pair,
    explain_source,
    explained_record,
    explained_text,
    layout_of,
    open_source,
    sift,
)
from aligner.duplicates import skeleton
from aligner.errors import InputError, MissingInputError, OptionError, OutputError
from aligner.export import export_units
from aligner.ingest import read_units
from aligner.records import Unit

KK = [
    "жаңа",
    "заң",
    "мектеп",
    "аурухана",
    "су",
    "қоймасы",
    "жол",
    "құрылысы",
    "бюджет",
    "министр",
    "жиын",
    "бағдарлама",
    "ауыл",
    "шаруашылығы",
    "несие",
]
RU = [
    "новый",
    "закон",
    "школа",
    "больница",
    "водохранилище",
    "строительство",
    "дорог",
    "бюджет",
    "министр",
    "собрание",
    "программа",
    "село",
    "кредит",
]
ALL = Request(filters=(), min_score=0.0)


def made_up(count: int, seed: int = 0) -> list[Unit]:
    """Units of three to a document; every fifth repeats an older one with a word changed, every ninth is a formula."""
    chance = random.Random(seed)
    units: list[Unit] = []
    for number in range(count):
        if number % 9 == 8:
            kk, ru = "Суретті түсірген тілші", "Фотография нашего корреспондента"
        elif number % 5 == 4:
            old = units[chance.randrange(number)]
            kk, ru = f"{old.kk} екен", f"{old.ru} стало"
        else:
            kk, ru = (" ".join(chance.choices(words, k=9)) + f" {number}" for words in (KK, RU))
        units.append(Unit(kk, ru, round(chance.uniform(0.3, 1), 3), f"kk{number // 3}.txt", f"ru{number // 3}.txt"))
    return units


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "made.jsonl"
    export_units(made_up(300), path, "jsonl")
    return path


def compiled(source: Path, target: Path, request: Request, kind: str | None = None, **more: object):
    return compile_corpus(open_source(str(source)), layout_of(target, kind, request.parts), request, **more)


def pieces(text: str) -> tuple[set[str], set[str]]:
    plain = skeleton(text)
    return set(plain.split()), {f" {plain} "[place : place + 5] for place in range(len(plain) - 2)}


def are_alike(left: str, right: str) -> bool:
    pairs = zip(pieces(left), pieces(right), strict=True)
    return skeleton(left) == skeleton(right) or any(len(a & b) >= 0.8 * len(a | b) - 1e-9 for a, b in pairs if a & b)


@pytest.mark.parametrize("split_by", ["document", "sentence"])
def test_no_sentence_stands_in_two_parts(source: Path, tmp_path: Path, split_by: str) -> None:
    request = Request(filters=(), min_score=0.0, dev=20, test=0.1, split_by=split_by, drop_duplicates=False)
    made = compiled(source, tmp_path / "parts.tsv", request)
    parts = {name: list(read_units(files[0])) for name, files in made.files.items()}
    assert sorted(parts) == ["dev", "test", "train"]
    assert all(parts.values())
    assert split_by == "sentence" or made.dropped["split"] > 0
    for name, other in (("train", "dev"), ("train", "test"), ("dev", "test")):
        for one in parts[name]:
            for two in parts[other]:
                assert not are_alike(one.kk, two.kk)
                assert not are_alike(one.ru, two.ru)
                assert split_by == "sentence" or one.kk_source != two.kk_source


def test_a_folder_has_a_card_and_a_manifest_and_repeats_byte_for_byte(source: Path, tmp_path: Path) -> None:
    pytest.importorskip("pyarrow", reason="Parquet needs qostil[parquet]")
    request = Request(dev=10, test=10, mask_personal_data=True, licences=("mit",), title="Үлгі")
    digests = []
    for _ in range(2):
        made = compiled(source, tmp_path / "corpus", request)
        files = sorted(path for path in (tmp_path / "corpus").rglob("*") if path.is_file())
        digests.append({path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files})
    assert digests[0] == digests[1]
    assert sorted(digests[0]) == ["README.md", "dev.parquet", "manifest.json", "test.parquet", "train.parquet"]
    manifest = json.loads((tmp_path / "corpus" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["source"]["units"] == made.read == 300
    assert manifest["request"]["mask_personal_data"] is True
    assert {Path(each["name"]).name: each["sha256"] for each in manifest["outputs"]}.items() <= digests[0].items()
    assert sum(manifest["dropped"].values()) + made.written == 300
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_parquet_is_read_by_those_who_will(source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    datasets = pytest.importorskip("datasets", reason="Hugging Face datasets is not installed")
    polars = pytest.importorskip("polars", reason="polars is not installed")
    made = compiled(source, tmp_path / "corpus", Request(test=20))
    loaded = datasets.load_dataset(
        "parquet",
        data_files={name: str(tmp_path / "corpus" / "data" / f"{name}.parquet") for name in made.pairs},
        cache_dir=str(tmp_path / "cache"),
    )
    assert {name: len(part) for name, part in loaded.items()} == made.pairs
    frame = polars.read_parquet(tmp_path / "corpus" / "data" / "train.parquet")
    assert frame.columns == ["kk", "ru", "score", "reasons", "kk_source", "ru_source", "date"]
    assert frame["kk"].to_list() == loaded["train"]["kk"][:]


def test_what_is_excluded_goes_with_its_near_duplicates(tmp_path: Path) -> None:
    units = made_up(40)
    source, held_out = tmp_path / "made.tsv", tmp_path / "test.ru.txt"
    export_units(units, source, "tsv")
    lines = f"{units[0].ru.upper()}!", "", f"{units[1].ru} сегодня", f"«{units[2].kk}»", f"{units[5].kk} бүгін"
    held_out.write_text("\n".join(lines), encoding="utf-8")
    request = Request(filters=(), min_score=0, excluded=(held_out,), drop_duplicates=False)
    made = compiled(source, tmp_path / "clean.tsv", request)
    left = list(read_units(tmp_path / "clean.tsv"))
    assert made.dropped["excluded"] == len(units) - len(left) >= 4
    assert not any(are_alike(unit.kk, held) for unit in left for held in (units[2].kk, f"{units[5].kk} бүгін"))
    assert not any(are_alike(unit.ru, held) for unit in left for held in (units[0].ru, f"{units[1].ru} сегодня"))


def test_duplicates_scores_and_samples(source: Path, tmp_path: Path) -> None:
    units = made_up(300)
    made = compiled(source, tmp_path / "a.tsv", Request(filters=(), min_score=0.5, drop_near_duplicates=True))
    assert made.dropped["score"] == sum(unit.score < 0.5 for unit in units)
    assert made.dropped["duplicate"] >= 20
    assert made.dropped["near_duplicate"] > 0
    formulas = [unit for unit in read_units(tmp_path / "a.tsv") if unit.kk.startswith("Суретті")]
    assert [unit.score for unit in formulas] == [max(unit.score for unit in units if unit.kk.startswith("Суретті"))]
    compiled(source, tmp_path / "b.tsv", Request(filters=(), min_score=0, max_pairs=10, take="best"))
    best = [unit.score for unit in read_units(tmp_path / "b.tsv")]
    assert len(best) == 10
    assert min(best) > 0.9
    made = compiled(source, tmp_path / "c.tsv", Request(filters=(), min_score=0, most_documents=5))
    assert made.dropped["boilerplate"] >= 1
    assert not any(unit.kk == "Суретті түсірген тілші" for unit in read_units(tmp_path / "c.tsv"))


def test_what_was_dropped_is_listed_with_its_reason(source: Path, tmp_path: Path) -> None:
    made = compiled(source, tmp_path / "a.tsv", Request(min_score=0.5), dropped_to=tmp_path / "dropped.jsonl")
    records = [json.loads(line) for line in (tmp_path / "dropped.jsonl").read_text(encoding="utf-8").splitlines()]
    assert len(records) == made.read - made.written
    units = made_up(300)
    for record in records:
        assert record["kk"] == units[record["unit"] - 1].kk
        assert record["reason"].split()[0].rstrip(":") in made.dropped
    explained = list(explain_source(open_source(str(source)), Request(min_score=0.5)))
    assert [(each.number, each.reason) for each in explained] == [(each["unit"], each["reason"]) for each in records]


def test_moses_files_are_line_equal(source: Path, tmp_path: Path) -> None:
    made = compiled(source, tmp_path / "corpus.moses", ALL)
    kk, ru = (path.read_text(encoding="utf-8").splitlines() for path in made.files["train"])
    assert len(kk) == len(ru) == made.written
    assert [unit.kk for unit in read_units(tmp_path / "corpus.moses")] == kk


@pytest.mark.parametrize("kind", ["tmx", "jsonl", "xliff"])
def test_what_a_person_has_accepted_answers_to_nothing_but_what_is_asked_of_it(tmp_path: Path, kind: str) -> None:
    kk, ru = "Министр Алматыда кездесті", "25 ноября министр провёл встречу с 12 послами в столице"
    accepted = Unit(kk, ru, 0.1, status="reviewed", reviewer="Айгүл")
    units = [accepted, Unit(f"{kk}.", f"{ru}.", 0.99), Unit("Сәлем, дос!", "Привет, друг!", 0.9, status="rejected")]
    source = tmp_path / f"s.{kind}"
    export_units([*units, Unit("a@b.kz мекенжайы", "адрес a@b.kz", 0.2, status="reviewed")], source, kind)
    made = compiled(source, tmp_path / "o.jsonl", Request(min_score=0.9, filters=("length_ratio", "personal_data")))
    records = [json.loads(line) for line in (tmp_path / "o.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [(each["kk"], each["status"], each["reviewer"]) for each in records] == [(kk, "reviewed", "Айгүл")]
    assert (made.read, made.dropped["personal_data"]) == (3, 1)


def test_look_alikes_and_personal_data(tmp_path: Path) -> None:
    source = tmp_path / "s.tsv"
    source.write_text(
        "Мемлекеттiк қызмет: 8 701 123 45 67\tГосударственная служба: 8 701 123 45 67\n", encoding="utf-8"
    )
    compiled(source, tmp_path / "o.tsv", Request(normalise=True, mask_personal_data=True))
    (unit,) = read_units(tmp_path / "o.tsv")
    assert (unit.kk, unit.ru) == ("Мемлекеттік қызмет: [PHONE]", "Государственная служба: [PHONE]")


def test_explaining_a_pair() -> None:
    explained = explain_pair(
        Unit("Жиынға 25 адам қатысты, үшiн", "В собрании участвовали 52 человека.", 1.0), Request()
    )
    assert explained.reason == "numerals 1.00: 25 ≠ 52"
    assert explained.repaired == ("Жиынға 25 адам қатысты, үшін", "В собрании участвовали 52 человека.")
    text = explained_text(explained)
    assert text.startswith("unit 1, score 1.00: left out: numerals 1.00: 25 ≠ 52")
    record = explained_record(explained)
    assert record["kept"] is False
    (numerals,) = (each for each in record["filters"] if each["name"] == "numerals")
    assert (numerals["accepted"], numerals["asked"], numerals["threshold"]) == (False, True, 0.5)
    assert explain_pair(Unit("Жиын өтті", "Прошло собрание", 1.0), Request()).reason is None


def test_explaining_what_is_asked_for(source: Path) -> None:
    opened = open_source(str(source))
    assert [each.number for each in explain_source(opened, ALL, {3, 7})] == [3, 7]
    assert [each.number for each in explain_source(opened, ALL, containing="суретті")][:2] == [9, 18]


def test_what_can_not_be_done_is_said(source: Path, tmp_path: Path) -> None:
    with pytest.raises(MissingInputError):
        open_source(str(tmp_path / "none.tmx"))
    with pytest.raises(OptionError, match="status"):
        Request(statuses=("good",))
    with pytest.raises(OptionError, match="filter"):
        compiled(source, tmp_path / "o.tsv", Request(filters=("good",)))
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("years of work", encoding="utf-8")
    with pytest.raises(OutputError, match="no dataset of ours"):
        layout_of(tmp_path / "mine", None, (0,))
    with pytest.raises(OptionError):
        compiled(source, tmp_path / "o", Request(test=1000))
    assert not (tmp_path / "o").exists()


def test_a_source_that_changes_under_way_is_an_error(source: Path, tmp_path: Path) -> None:
    class Growing:
        name, stamp, times = "growing", None, 0

        def units(self, statuses):
            self.times += 1
            return iter(made_up(10 + self.times))

    with pytest.raises(InputError, match="changed while it was read"):
        compile_corpus(Growing(), layout_of(tmp_path / "o.tsv", None, (0,)), ALL)
    assert not (tmp_path / "o.tsv").exists()


class _NoPool:
    """Where no process can be started."""

    def __init__(self, *_: object, **__: object) -> None:
        raise OSError("no semaphores here")


class _DyingPool:
    """Its processes end before they answer."""

    def __init__(self, *_: object, **__: object) -> None:
        self.asked = 0

    def submit(self, *_: object) -> Future[object]:
        self.asked += 1
        if self.asked > 2:
            raise BrokenProcessPool("gone")
        answer: Future[object] = Future()
        answer.set_exception(BrokenProcessPool("gone"))
        return answer

    def shutdown(self, *, cancel_futures: bool) -> None:
        assert cancel_futures


@pytest.mark.parametrize("pool", [None, _NoPool, _DyingPool])
def test_any_number_of_processes_writes_the_same_bytes(
    pool: type | None, source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sift, "_UNITS_A_STEP", 40)
    monkeypatch.setattr(sift, "_STEPS_ALONE", 1)
    request = Request(min_score=0.4, dev=10, test=10, drop_near_duplicates=True)
    written = []
    for workers in (1, 2):
        if pool and workers > 1:
            monkeypatch.setattr(sift, "ProcessPoolExecutor", pool)
        target = tmp_path / f"{workers}.jsonl"
        made = compiled(source, target, request, dropped_to=tmp_path / f"{workers}.dropped", workers=workers)
        paths = [*(path for files in made.files.values() for path in files), tmp_path / f"{workers}.dropped"]
        written.append([path.read_bytes() for path in paths])
    assert written[0] == written[1]
    assert all(written[0])
