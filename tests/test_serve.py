"""Our own API and what stands before it: bounds, tokens, names, errors, the log, the metrics."""

from __future__ import annotations

import asyncio
import json
import logging
import re
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from html.parser import HTMLParser
from pathlib import Path

import pytest
from serving import SENTENCES, Served, served

from aligner.errors import ServerError, StoreError, StoreLockedError
from aligner.serve import Settings, Upkeep, listen, refuse_open_door
from aligner.serve.guard import HostNames, is_loopback
from aligner.serve.problems import RefusedError
from aligner.serve.runner import address_of
from aligner.serve.texts import is_storable, language_of, normal_text
from aligner.serve.workers import Workers

KK, RU = SENTENCES[0]


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served(tmp_path_factory.mktemp("reader")) as it:
        yield it


@pytest.fixture
def writer(tmp_path: Path) -> Iterator[Served]:
    with served(tmp_path) as it:
        yield it


def refusal(answer) -> tuple[int, str, str]:
    """The status, the code and the message, where the answer is a refusal of our one shape."""
    assert answer.headers["content-type"] == "application/json"
    assert list(answer.json()) == ["error"]
    assert list(answer.json()["error"]) == ["code", "message"]
    assert "Traceback" not in answer.text
    return answer.status_code, answer.json()["error"]["code"], answer.json()["error"]["message"]


# ---- the interface ----


def test_a_text_is_looked_up(reader: Served) -> None:
    answer = reader.client.get("/v1/lookup", params={"source": "kk", "text": f"  {KK}\n"})
    (match,) = [each for each in answer.json()["matches"] if each["kind"] == "exact"]
    assert (match["percent"], match["source"], match["target"]) == (100, KK, RU)
    assert (match["score"], match["status"], match["sources"]) == (0.97, "automatic", ["sample.tsv"])
    assert reader.client.get("/v1/lookup", params={"source": "ru", "text": RU}).json()["matches"][0]["target"] == KK


def test_decomposed_letters_are_the_same_letters(reader: Served) -> None:
    composed = "Су ресурстарын қорғау туралы заң қабылдандый"
    decomposed = composed.replace("й", "и\u0306")
    first, second = (
        reader.client.get("/v1/lookup", params={"source": "kk", "text": text}).json() for text in (composed, decomposed)
    )
    assert first == second
    assert first["matches"]


def test_many_are_looked_up_in_their_order_and_with_their_neighbours(reader: Served) -> None:
    queries = [{"text": SENTENCES[6][0]}, {"text": "Мұндай сөйлем жоқ шығар"}, {"text": KK, "previous": "Бірдеңе."}]
    answer = reader.client.post("/v1/lookup", json={"source": "kk", "queries": queries})
    first, second, third = answer.json()["answers"]
    assert first["matches"][0]["target"] == SENTENCES[6][1]
    assert second["matches"] == []
    assert third["matches"][0]["kind"] == "exact", "another neighbour makes no context match"


def test_words_are_found_where_they_stand(reader: Served) -> None:
    answer = reader.client.get("/v1/concordance", params={"language": "kk", "text": "ресурс", "mode": "substring"})
    hits = answer.json()["hits"]
    assert {hit["source"] for hit in hits} == {SENTENCES[3][0], SENTENCES[5][0]}
    for hit in hits:
        for start, end in hit["spans"]:
            assert hit["source"][start:end].lower() == "ресурс"
    forms = reader.client.get("/v1/concordance", params={"language": "ru", "text": "новый школа", "mode": "forms"})
    assert [hit["target"] for hit in forms.json()["hits"]] == [SENTENCES[6][0]]


def test_units_are_added_once(writer: Served) -> None:
    units = [{"kk": "Жаңа сөз", "ru": "Новое слово"}, {"kk": KK, "ru": RU}]
    body = {"units": units, "source": "қаулы.docx"}
    answer = writer.client.post("/v1/units", json=body, headers=writer.writing)
    assert answer.json() == {"added": 1, "known": 1}
    assert writer.client.post("/v1/units", json=body, headers=writer.writing).json() == {"added": 0, "known": 2}
    (match,) = writer.client.get("/v1/lookup", params={"source": "kk", "text": "жаңа сөз", "limit": 1}).json()[
        "matches"
    ]
    assert (match["creator"], match["sources"]) == ("аудармашы", ["қаулы.docx"])
    assert writer.memory.history(limit=1)[0].who == "аудармашы"


def test_the_statistics_are_the_memorys(reader: Served) -> None:
    found = reader.client.get("/v1/stats").json()
    assert found["units"] == len(SENTENCES) == sum(found["scores"])
    assert found["kk_characters"] == sum(len(kk) for kk, _ in SENTENCES)
    assert found["sources"] == {"sample.tsv": len(SENTENCES)}


def test_health_says_whether_the_memory_can_be_read(writer: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    assert writer.client.get("/health").json()["status"] == "ok"

    def broken() -> None:
        raise StoreError("/srv/secret/memory.db: the memory is damaged")

    monkeypatch.setattr(writer.memory, "totals", broken)
    status, code, message = refusal(writer.client.get("/health"))
    assert (status, code) == (503, "unavailable")
    assert "/srv" not in message


# ---- bounds ----


@pytest.mark.parametrize(
    ("parameters", "named"),
    [
        ({"source": "kk"}, "text: field required"),
        ({"source": "en", "text": "a"}, "source: input should be 'kk' or 'ru'"),
        ({"source": "kk", "text": "ә" * 2_001}, "text: string should have at most 2000"),
        ({"source": "kk", "text": "ә", "next": "ә" * 2_001}, "next: string should have at most 2000"),
        ({"source": "kk", "text": "а", "limit": 51}, "limit: input should be less than or equal to 50"),
        ({"source": "kk", "text": "а", "min_percent": 29}, "min_percent"),
        ({"source": "kk", "text": "а", "semantic": "true"}, "--semantic"),
    ],
)
def test_a_lookup_out_of_bounds_is_refused_by_name(reader: Served, parameters: dict[str, object], named: str) -> None:
    status, code, message = refusal(reader.client.get("/v1/lookup", params=parameters))
    assert (status, code) == (422, "invalid")
    assert named in message
    assert "ә" * 20 not in message, "a refusal doesn't send back what it was sent"


@pytest.mark.parametrize(
    ("body", "named"),
    [
        (b"{", "the body is not JSON"),
        (b'{"units": []}', "units: list should have at least 1 item"),
        (b'{"units": [{"kk": "a"}]}', "units.0.ru: field required"),
        (b'{"units": [{"kk": "a", "ru": "b", "id": 1}]}', "units.0.id"),
        (b'{"units": [{"kk": "a", "ru": "\\u0007"}]}', "control characters"),
        (b'{"units": [{"kk": "\\ud83d", "ru": "b"}]}', "units.0.kk"),
        (json.dumps({"units": [{"kk": "a", "ru": "b"}] * 1001}).encode(), "units: list should have at most 1000"),
        (b"\xff\xfe", "body"),
        (b"[" * 100_000, "body"),
    ],
)
def test_an_addition_out_of_bounds_stores_nothing(reader: Served, body: bytes, named: str) -> None:
    answer = reader.client.post(
        "/v1/units", content=body, headers=reader.writing | {"Content-Type": "application/json"}
    )
    status, _, message = refusal(answer)
    assert status == 422
    assert named in message
    assert reader.memory.totals().units == len(SENTENCES)


def test_a_body_is_bounded_whatever_it_says_of_its_length(reader: Served) -> None:
    too_much = b" " * (4 * 2**20 + 1)

    def in_parts() -> Iterator[bytes]:
        for start in range(0, len(too_much), 2**16):
            yield too_much[start : start + 2**16]

    for content in (too_much, in_parts()):
        status, code, _ = refusal(reader.client.post("/v1/units", content=content, headers=reader.writing))
        assert (status, code) == (413, "too_large")
    status, _, _ = refusal(reader.client.post("/v1/units", headers=reader.writing | {"Content-Length": "many"}))
    assert status == 400


def test_a_client_that_asks_too_much_is_told_to_wait(tmp_path: Path) -> None:
    with served(tmp_path, Settings(requests_per_second=5.0)) as it:
        queries = [{"text": KK}] * 100
        assert it.client.post("/v1/lookup", json={"source": "kk", "queries": queries}).status_code == 200
        answer = it.client.get("/health")
        assert refusal(answer)[:2] == (429, "too_many_requests")
        assert 10 <= int(answer.headers["retry-after"]) <= 20


# ---- who may do what ----


def test_adding_needs_a_token_that_may_add(writer: Served) -> None:
    body = {"units": [{"kk": "Тас", "ru": "Камень"}]}
    for headers, expected in (
        ({}, (401, "unauthorized")),
        ({"Authorization": "Bearer qostil_wrong"}, (401, "unauthorized")),
        ({"Authorization": "Bearer"}, (401, "unauthorized")),
        ({"Authorization": "Basic %%%"}, (401, "unauthorized")),
        ({"Authorization": "Digest x"}, (401, "unauthorized")),
        (writer.reading, (403, "forbidden")),
    ):
        answer = writer.client.post("/v1/units", json=body, headers=headers)
        assert refusal(answer)[:2] == expected
        assert ("www-authenticate" in answer.headers) == (expected[0] == 401)
        assert "basic" not in answer.headers.get("www-authenticate", "").lower()
    assert writer.memory.find("Тас", "Камень") is None
    writer.tokens.revoke("аудармашы")
    assert writer.client.post("/v1/units", json=body, headers=writer.writing).status_code == 401


def test_a_wrong_token_is_told_even_where_none_is_needed(reader: Served) -> None:
    answer = reader.client.get("/v1/stats", headers={"Authorization": "Bearer qostil_old"})
    assert refusal(answer)[0] == 401


def test_a_private_server_lets_in_readers_with_a_token(tmp_path: Path) -> None:
    with served(tmp_path, Settings(is_private=True)) as it:
        for path in ("/v1/stats", "/v1/lookup?source=kk&text=a", "/v1/concordance?language=kk&text=a", "/metrics"):
            assert refusal(it.client.get(path))[:2] == (401, "unauthorized")
            assert it.client.get(path, headers=it.reading).status_code == 200
        assert it.client.get("/health").status_code == 200


@pytest.mark.parametrize(
    ("host", "is_known"),
    [
        ("127.0.0.1:8888", True),
        ("localhost", True),
        ("LOCALHOST.:8888", True),
        ("[::1]:8888", True),
        ("evil.example", False),
        ("127.0.0.1.evil.example", False),
        ("192.168.1.5", False),
        ("localhost.evil.example:8888", False),
        ("", False),
        ("[", False),
    ],
)
def test_only_this_machines_names_are_known_on_loopback(reader: Served, host: str, is_known: bool) -> None:
    answer = reader.client.get("/health", headers={"Host": host})
    if is_known:
        assert answer.status_code == 200
    else:
        assert refusal(answer)[:2] == (421, "wrong_host")


def test_a_server_that_listens_wider_knows_addresses_and_the_names_it_was_given() -> None:
    hosts = HostNames.for_binding("0.0.0.0", ["TM.example.kz"])
    assert all(hosts.knows(name) for name in ("tm.example.kz:8888", "10.0.0.5", "[2001:db8::1]:80", "localhost"))
    assert not hosts.knows("evil.example")
    assert HostNames.for_binding("tm.lan").knows("tm.lan:1")
    assert HostNames.for_binding("127.0.0.1", ["proxy.kz"]).knows("proxy.kz")


def test_a_wide_door_needs_a_token() -> None:
    for host in ("0.0.0.0", "::", "192.168.1.5", "tm.example.kz", ""):
        with pytest.raises(ServerError, match="--new-token"):
            refuse_open_door(host, has_tokens=False)
        refuse_open_door(host, has_tokens=True)
    for host in ("127.0.0.1", "127.8.8.8", "::1", "localhost"):
        assert is_loopback(host)
        refuse_open_door(host, has_tokens=False)


def test_a_taken_port_is_named() -> None:
    with listen("127.0.0.1", 0) as listener:
        port = listener.getsockname()[1]
        assert address_of(listener) == f"http://127.0.0.1:{port}"
        with pytest.raises(ServerError, match=f"port {port}"):
            listen("127.0.0.1", port)
    with pytest.raises(ServerError, match="no-such-host"):
        listen("no-such-host.invalid", 0)


def test_no_other_site_may_read_an_answer(reader: Served) -> None:
    answer = reader.client.get("/v1/stats", headers={"Origin": "https://evil.example"})
    assert not [name for name in answer.headers if name.lower().startswith("access-control")]
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cross-origin-resource-policy"] == "same-origin"
    assert answer.headers["cache-control"] == "no-store"
    assert reader.client.options("/v1/units", headers={"Origin": "https://evil.example"}).status_code == 405


# ---- failures, the log, the metrics ----


@pytest.mark.parametrize(
    ("verb", "path", "status"),
    [("GET", "/nothing", 404), ("DELETE", "/v1/stats", 405), ("GET", "/v1/units", 405), ("BREW", "/health", 405)],
)
def test_a_wrong_address_is_answered_in_the_one_shape(reader: Served, verb: str, path: str, status: int) -> None:
    assert refusal(reader.client.request(verb, path))[0] == status


def test_a_failure_tells_its_number_and_nothing_else(
    writer: Served, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken() -> None:
        raise ZeroDivisionError("a secret of the inside")

    monkeypatch.setattr(writer.memory, "statistics", broken)
    answer = writer.client.get("/v1/stats")
    status, code, message = refusal(answer)
    assert (status, code) == (500, "internal")
    assert "secret" not in answer.text
    assert answer.headers["x-request-id"] in message
    (record,) = [record for record in caplog.records if record.exc_info]
    assert record.facts["request"] == answer.headers["x-request-id"]
    assert writer.client.get("/health").status_code == 200


def test_the_log_holds_no_text(reader: Served, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, logger="aligner.serve")
    secret = "қпЖасырынМәтін"
    reader.client.get(f"/tmserver/kk/ru/unit/{secret}", headers=reader.writing)
    reader.client.get("/v1/lookup", params={"source": "kk", "text": secret})
    reader.client.get(f"/{secret}", params={"a": secret})
    reader.client.post("/v1/lookup", json={"source": "kk", "queries": [{"text": secret}]})
    facts = [record.facts for record in caplog.records]
    assert [each["status"] for each in facts] == [200, 200, 404, 200]
    assert facts[0]["route"] == "/tmserver/{source_language}/{target_language}/unit/{text}"
    assert (facts[0]["token"], facts[0]["source"], facts[0]["characters"]) == ("аудармашы", "kk", len(secret))
    said = json.dumps(facts, ensure_ascii=False) + "".join(record.getMessage() for record in caplog.records)
    assert secret not in said
    assert reader.writing["Authorization"].removeprefix("Bearer ") not in said


def test_the_metrics_count_routes_and_matches_but_hold_no_path(writer: Served) -> None:
    for _ in range(3):
        writer.client.get("/v1/lookup", params={"source": "kk", "text": KK, "limit": 1})
    writer.client.get("/nothing/қпия")
    writer.client.post("/v1/units", json={"units": [{"kk": "Тас", "ru": "Камень"}]}, headers=writer.writing)
    answer = writer.client.get("/metrics")
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    lines = answer.text.splitlines()
    for expected in (
        'qostil_requests_total{method="GET",route="/v1/lookup",status="200"} 3.0',
        'qostil_requests_total{method="GET",route="other",status="404"} 1.0',
        'qostil_request_seconds_count{route="/v1/lookup"} 3.0',
        "qostil_texts_looked_up_total 3.0",
        'qostil_matches_total{kind="exact"} 3.0',
        "qostil_units_added_total 1.0",
        "qostil_work_waiting 0.0",
        "qostil_requests_under_way 1.0",
    ):
        assert expected in lines
    assert "қпия" not in answer.text


def test_the_documentation_page_is_complete_and_needs_no_network(reader: Served) -> None:
    page = reader.client.get("/", follow_redirects=True).text
    description = reader.client.get("/openapi.json").json()
    assert {"/v1/lookup", "/v1/units", "/tmserver/{source_language}/{target_language}/unit/{text}"} <= set(
        description["paths"]
    )
    assert all(path in page for path in description["paths"])
    addresses: list[str] = []

    class Links(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            assert tag not in {"script", "iframe", "img", "link"}
            addresses.extend(value or "" for name, value in attrs if name in {"href", "src"})

    Links().feed(page)
    assert addresses == ["openapi.json"]
    assert not re.search(r"url\(|@import", page)


def test_every_example_of_the_documentation_is_accepted(writer: Served) -> None:
    paths = writer.client.get("/openapi.json").json()["paths"]
    for path, verbs in paths.items():
        for verb, operation in verbs.items():
            for response in operation["responses"].values():
                assert response["description"]
            assert operation["description"], f"{verb} {path} says not what it does"
            is_writing = verb in {"put", "post"} and path != "/v1/lookup"
            assert bool(operation.get("security")) == is_writing
    asked = writer.client.get("/openapi.json").json()["components"]["schemas"]["BulkRequest"]["examples"][0]
    assert writer.client.post("/v1/lookup", json=asked).json()["answers"][0]["matches"]


# ---- threads ----


def test_writers_and_readers_at_once_lose_nothing(writer: Served) -> None:
    def write(number: int) -> None:
        for place in range(10):
            unit = {"kk": f"Жазушы {number} сөйлемі {place}", "ru": f"Писатель {number}, предложение {place}"}
            answer = writer.client.post("/v1/units", json={"units": [unit]}, headers=writer.writing)
            assert answer.json() == {"added": 1, "known": 0}
            found = writer.client.get("/v1/lookup", params={"source": "kk", "text": unit["kk"], "limit": 1}).json()
            assert found["matches"][0]["target"] == unit["ru"], "what was answered as added is found at once"

    def read(_: int) -> None:
        for _ in range(10):
            assert writer.client.get("/v1/lookup", params={"source": "kk", "text": KK}).json()["matches"]

    with ThreadPoolExecutor(12) as threads:
        list(threads.map(lambda job: job[0](job[1]), [*((write, n) for n in range(4)), *((read, n) for n in range(8))]))
    assert writer.memory.totals().units == len(SENTENCES) + 40
    assert writer.memory.check() == []


def test_too_much_waiting_work_is_refused_and_the_rest_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("aligner.serve.workers.MAX_WAITING", 3)
    is_free = threading.Event()

    async def ask() -> list[object]:
        workers = Workers(readers=1)
        waiting = [asyncio.create_task(workers.read(is_free.wait)) for _ in range(3)]
        await asyncio.sleep(0)
        with pytest.raises(RefusedError) as refused:
            await workers.read(lambda: True)
        assert refused.value.status == 503
        is_free.set()
        done = await asyncio.gather(*waiting)
        assert workers.waiting == 0
        assert await workers.write(lambda: 7) == 7
        workers.close()
        return done

    # In a thread of its own: Playwright leaves a running loop in that of the tests.
    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(lambda: asyncio.run(ask())).result() == [True, True, True]


def test_a_locked_memory_is_a_refusal_and_no_failure(writer: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    def locked(*_: object) -> None:
        raise StoreLockedError("/srv/memory.db: held by another program")

    monkeypatch.setattr(writer.memory, "add_units", locked)
    answer = writer.client.post("/v1/units", json={"units": [{"kk": "Тас", "ru": "Камень"}]}, headers=writer.writing)
    assert refusal(answer)[0] == 503
    assert "/srv" not in answer.text


def test_a_long_request_lets_short_ones_pass_and_keeps_its_order(reader: Served) -> None:
    texts = [text for text, _ in SENTENCES] * 20
    answer = reader.client.post("/v1/lookup", json={"source": "kk", "queries": [{"text": text} for text in texts]})
    assert [each["matches"][0]["source"] for each in answer.json()["answers"]] == texts


def test_upkeep_goes_on_after_a_failure_and_ends_with_its_server(caplog: pytest.LogCaptureFixture) -> None:
    calls: list[int] = []
    is_enough = threading.Event()

    def work() -> None:
        calls.append(1)
        if len(calls) == 1:
            raise StoreLockedError("held by another program")
        is_enough.set()

    with Upkeep(work, 0.001):
        assert is_enough.wait(300)
    done = len(calls)
    assert [record.facts["problem"] for record in caplog.records] == ["held by another program"]
    assert not [thread for thread in threading.enumerate() if thread.name == "qostil-upkeep"]
    assert len(calls) == done


# ---- texts and codes ----


def test_language_codes_of_every_client() -> None:
    for code in ("kk", "kk_KZ", "kk-KZ", "KK", "kaz", "kk@latin", "kk-Cyrl-KZ", " kk "):
        assert language_of(code) == "kk"
    for code in ("ru", "ru_ru", "ru-RU", "rus"):
        assert language_of(code) == "ru"
    for code in ("", "en", "kkk", "-", "ky"):
        assert language_of(code) is None


def test_texts_are_made_storable_or_refused() -> None:
    assert normal_text("  и\u0306\x00а\n") == "й а"
    assert is_storable("бірінші\nекінші\tүшінші")
    for text in ("", " \n", "a\x00", "\ud800", "\uffff"):
        assert not is_storable(text)
