"""The tmserver and amaGama protocol, as its clients write requests and read answers."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, quote_plus

import pytest
from serving import SENTENCES, Served, served

from aligner.serve import Settings


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served(tmp_path_factory.mktemp("reader")) as it:
        yield it


@pytest.fixture
def writer(tmp_path: Path) -> Iterator[Served]:
    with served(tmp_path) as it:
        yield it


def by_weblate(base: str, source: str, target: str, text: str) -> str:
    """`weblate.machinery.base`: each part quoted whole, carriage returns made spaces, 500 characters at most."""
    text = text[:500].replace("\r", " ")
    return "/".join([base.rstrip("/"), quote(source, ""), quote(target, ""), "unit", quote(text.encode(), "")])


def by_virtaal(base: str, source: str, target: str, text: str) -> str:
    """`virtaal.support.tmclient`: its usual address ends in a slash, and another one follows."""
    return f"{base}/{source}/{target}/unit/{quote(text.encode(), safe='')}"


def by_okapi(base: str, source: str, target: str, text: str) -> str:
    """`TranslateToolkitTMConnector`: POSIX names of languages, a form's quoting with its pluses made blanks."""
    return f"{base.rstrip('/')}/{source}_KZ/{target}_RU/unit/{quote_plus(text).replace('+', '%20')}"


def by_path_as_it_is(base: str, source: str, target: str, text: str) -> str:
    """A client that takes a slash for a part of the path."""
    return f"{base.rstrip('/')}/{source}/{target}/unit/{quote(text, safe='/')}"


def by_query(base: str, source: str, target: str, text: str) -> str:
    return f"{base.rstrip('/')}/{source}/{target}/unit/?source={quote_plus(text)}"


@pytest.mark.parametrize("base", ["/tmserver", "/api/v1", "/api/v1/", "/tmserver/"])
@pytest.mark.parametrize("address", [by_weblate, by_virtaal, by_okapi, by_path_as_it_is, by_query])
def test_every_client_finds_every_text_in_both_directions(reader: Served, base: str, address) -> None:
    for kk, ru in SENTENCES:
        for source, target, text, translation in (("kk", "ru", kk, ru), ("ru", "kk", ru, kk)):
            answer = reader.client.get(address(base, source, target, text))
            assert answer.status_code == 200, answer.text
            best = answer.json()[0]
            assert (best["source"], best["target"], best["quality"]) == (text, translation, 100)


def test_the_answer_is_what_the_strictest_client_reads(reader: Served) -> None:
    text = "Жиналыс сағат тоғызда басталады."
    answer = reader.client.get(by_okapi("/tmserver", "kk", "ru", text), params={"min_similarity": 50})
    assert answer.headers["content-type"] == "application/json"
    assert answer.content.decode("utf-8").startswith('[{"source":"Жиналыс')
    for match in answer.json():
        assert list(match) == ["source", "target", "quality", "rank"]
    qualities = re.findall(r'"quality":([^,}]+)', answer.text)
    assert qualities
    assert all(re.fullmatch(r"\d+\.\d+", each) for each in qualities), "Okapi reads a whole number as a wrong type"
    assert [float(each) for each in qualities] == sorted(map(float, qualities), reverse=True)
    assert 50 <= float(qualities[0]) < 100


def test_numbers_are_those_of_the_text(reader: Served) -> None:
    answer = reader.client.get(by_weblate("/tmserver", "kk", "ru", "Жиналыс 2025 жылғы 7 мамырда өтті.")).json()
    assert answer[0]["target"] == "Собрание прошло 7 мая 2025 года."
    assert answer[0]["source"] == "Жиналыс 2024 жылғы 5 мамырда өтті."


def test_limits_are_followed_and_nonsense_is_passed_over(reader: Served) -> None:
    address = by_weblate("/tmserver", "kk", "ru", "Жиналыс сағат онда")

    def found(**options: object) -> list[float]:
        answer = reader.client.get(address, params=options)
        assert answer.status_code == 200
        return [match["quality"] for match in answer.json()]

    many = found(min_similarity=30, max_candidates=50)
    assert len(many) > 1
    assert found(min_similarity=30, max_candidates=1) == many[:1]
    assert found(min_similarity=100) == []
    assert found(min_similarity="x", max_candidates="") == found()
    assert found(min_similarity=-5, max_candidates=10**9) == many
    assert found(max_candidates=0, min_similarity=30) == many[:1]
    assert all(quality >= 70 for quality in found())


@pytest.mark.parametrize(
    "path",
    ["en/de/unit/test", "kk/kk/unit/test", "kk/en/unit/Су", "xx/ru/unit/Су", "kk/ru/unit/", "kk/ru/unit/%20%0A%00"],
)
def test_what_we_do_not_have_is_an_empty_list(reader: Served, path: str) -> None:
    answer = reader.client.get(f"/tmserver/{path}")
    assert (answer.status_code, answer.json()) == (200, []), "Weblate tries en → de before it accepts a server"


def test_hostile_texts_are_only_texts(reader: Served) -> None:
    for text in (
        "%00",
        "%FF%FE",
        "a" * 20_000,
        "'; DROP TABLE units; --",
        "%F0%9F%92%A9",
        "%ED%A0%80",
        '"*" NEAR(',
        "%",
    ):
        answer = reader.client.get(f"/tmserver/kk/ru/unit/{text}")
        assert answer.status_code == 200, text[:20]
        assert isinstance(answer.json(), list)


def test_the_languages(reader: Served) -> None:
    for path in ("/tmserver/languages/", "/tmserver/languages", "/api/v1/languages/", "/api/v1//languages/"):
        assert reader.client.get(path).json() == {"sourceLanguages": ["kk", "ru"], "targetLanguages": ["kk", "ru"]}


def test_there_is_no_jsonp(reader: Served) -> None:
    address = by_weblate("/tmserver", "kk", "ru", SENTENCES[0][0])
    for parameter in ("jsoncallback", "callback"):
        assert json.loads(reader.client.get(address, params={parameter: "f"}).text)


def test_a_unit_is_added_as_virtaal_sends_it(writer: Served) -> None:
    address = by_virtaal("/tmserver", "ru", "kk", "Новая дорога.")
    unit = {"source": "Новая дорога.", "target": "Жаңа жол.", "context": ""}
    for _ in range(2):
        answer = writer.client.put(
            address,
            content=json.dumps(unit),
            headers=writer.writing | {"Content-Type": "application/x-www-form-urlencoded"},
        )
        assert answer.status_code == 200
    assert answer.json() == {"added": 0, "known": 1}
    assert writer.client.get(address).json()[0]["target"] == "Жаңа жол."
    stored = writer.memory.find("Жаңа жол.", "Новая дорога.")
    assert (stored.creator, stored.score) == ("аудармашы", 1.0)


def test_the_token_may_be_a_password_in_the_address(writer: Served) -> None:
    secret = writer.writing["Authorization"].removeprefix("Bearer ")
    basic = base64.b64encode(f"virtaal:{secret}".encode()).decode()
    answer = writer.client.put(
        "/api/v1//kk/ru/unit/x",
        content='{"source": "Тас", "target": "Камень"}',
        headers={"Authorization": f"Basic {basic}"},
    )
    assert answer.json() == {"added": 1, "known": 0}


def test_an_update_replaces_what_the_same_token_said_and_nothing_else(writer: Served) -> None:
    source, first = SENTENCES[6]
    address = by_virtaal("/tmserver", "kk", "ru", source)

    def targets() -> set[str]:
        return {match["target"] for match in writer.client.get(address, params={"min_similarity": 100}).json()}

    for target in ("В селе открыли школу.", "В ауле открыли новую школу."):
        answer = writer.client.post(address, json={"source": source, "target": target}, headers=writer.writing)
        assert answer.json()["added"] == 1
        assert targets() == {first, target}


def test_a_store_is_added_under_the_name_of_its_file(writer: Served) -> None:
    units = [{"source": f"Көше {number}-үй", "target": f"Улица, дом {number}", "context": ""} for number in range(120)]
    address = f"/tmserver/kk/ru/store/{quote('/home/ä/қала.po', safe='')}"
    assert writer.client.post(address, json=units, headers=writer.writing).json() == {"added": 120, "known": 0}
    number = writer.memory.find("Көше 7-үй", "Улица, дом 7").id
    assert [place.source for place in writer.memory.sources_of(number)] == ["қала.po"]


@pytest.mark.parametrize("verb", ["put", "post"])
@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("", "not JSON"),
        ("[]", "the body"),
        ('{"source": "Су"}', "target: field required"),
        ('{"source": "Су", "target": ""}', "target: string should have at least 1 character"),
        ('{"source": "Су", "target": "\\u0000"}', "target: value error"),
        ('{"source": "\\ud800", "target": "Вода"}', "not JSON"),
        ('{"source": "Су", "target": 5}', "target: input should be a valid string"),
        (json.dumps({"source": "Су", "target": "в" * 10_001}), "target: string should have at most 10000 characters"),
    ],
)
def test_what_can_not_be_stored_is_refused_by_name(writer: Served, verb: str, body: str, message: str) -> None:
    answer = getattr(writer.client, verb)("/tmserver/kk/ru/unit/x", content=body, headers=writer.writing)
    assert answer.status_code == 422
    assert message in answer.json()["error"]["message"]


def test_other_languages_are_not_stored(writer: Served) -> None:
    answer = writer.client.put(
        "/tmserver/en/kk/unit/x", json={"source": "Water", "target": "Су"}, headers=writer.writing
    )
    assert answer.status_code == 422
    assert "Kazakh and Russian" in answer.json()["error"]["message"]


def test_a_private_server_asks_readers_too(tmp_path: Path) -> None:
    with served(tmp_path, Settings(is_private=True)) as it:
        address = by_weblate("/tmserver", "kk", "ru", SENTENCES[0][0])
        assert it.client.get(address).status_code == 401
        assert it.client.get("/tmserver/languages/").status_code == 401
        assert it.client.get(address, headers=it.reading).json()[0]["quality"] == 100
