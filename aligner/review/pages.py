"""The pages: what is in the memory at a glance, one pair, and what went wrong. Forms work without scripts."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection
from starlette.responses import RedirectResponse, Response, StreamingResponse
from starlette.templating import Jinja2Templates

from aligner.errors import OptionError
from aligner.export import export_units
from aligner.memory.records import PairSummary, StoredDocument
from aligner.messages import COMMON, LANGUAGES, Language, Messages
from aligner.records import Unit
from aligner.review.accept_language import accepted_language
from aligner.review.desk import Desk
from aligner.review.folding import folded
from aligner.review.wording import WORDING

__all__ = ["Pages", "page_routes"]

_LANGUAGE_COOKIE = "qostil_language"
_PAIRS_A_PAGE = 100
_KINDS = {
    "tmx": ("tmx", "application/x-tmx+xml"),
    "xlsx": ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}
_CHUNK_BYTES = 2**16


@dataclass(frozen=True, slots=True)
class _Listed:
    """A pair as the overview shows it."""

    pair: PairSummary

    @property
    def kk(self) -> str:
        return self.pair.kk.title or _file_name(self.pair.kk)

    @property
    def ru(self) -> str:
        return self.pair.ru.title or _file_name(self.pair.ru)

    @property
    def done(self) -> int:
        return self.pair.reviewed + self.pair.rejected

    @property
    def is_done(self) -> bool:
        return not self.pair.doubtful and not self.pair.unaligned


class Pages:
    """Templates, filled in the language of whoever asks."""

    def __init__(self, desk: Desk, language: Language | None) -> None:
        self.desk = desk
        self._language = language
        self._templates = Jinja2Templates(Path(__file__).with_name("templates"))
        self._templates.env.trim_blocks = self._templates.env.lstrip_blocks = True

    def language(self, request: HTTPConnection) -> Language:
        """What was chosen on the page, else with the command, else what the browser asks for."""
        chosen = request.cookies.get(_LANGUAGE_COOKIE, "")
        known = next((language for language in LANGUAGES if language == chosen), self._language)
        return known or accepted_language(request.headers.get("accept-language", ""))

    def show(self, request: HTTPConnection, template: str, status: int = 200, **values: Any) -> Response:
        """A page."""
        language = self.language(request)
        words = Messages(language, COMMON, WORDING)
        context = {
            "t": words,
            "language": language,
            "languages": LANGUAGES,
            "here": request.url.path,
            "who": self.desk.who,
            **values,
        }
        return self._templates.TemplateResponse(Request(request.scope), template, context, status_code=status)

    def problem(self, request: HTTPConnection, status: int, code: str, detail: str = "") -> Response:
        """A page that says what went wrong and what to do."""
        return self.show(request, "problem.html", status, code=code, detail=detail)

    def overview(self, request: Request) -> Response:
        asked = request.query_params
        query, show = asked.get("q", ""), asked.get("show", "all")
        listed = [_Listed(pair) for pair in self.desk.pairs()]
        wanted = [each for each in listed if _is_wanted(each, folded(query), show)]
        page = max(1, int(asked["page"]) if asked.get("page", "").isdecimal() else 1)
        last = max(1, -(-len(wanted) // _PAIRS_A_PAGE))
        page = min(page, last)
        unpaired = self.desk.unpaired()
        return self.show(
            request,
            "overview.html",
            pairs=wanted[(page - 1) * _PAIRS_A_PAGE : page * _PAIRS_A_PAGE],
            total=len(listed),
            found=len(wanted),
            rows=sum(each.pair.beads for each in listed),
            done=sum(each.done for each in listed),
            doubtful=sum(each.pair.doubtful for each in listed),
            unaligned=sum(each.pair.unaligned for each in listed),
            unpaired={side: [each for each in unpaired if each.language == side] for side in ("kk", "ru")},
            query=query,
            show=show,
            page=page,
            last=last,
            link=lambda number: "/?" + urlencode({"q": query, "show": show, "page": number}),
            parted=asked.get("parted", "") if asked.get("parted", "").isdecimal() else "",
            notice=asked.get("notice", ""),
            file_name=_file_name,
        )

    def pair(self, request: Request, pair: int) -> Response:
        self.desk.revision(pair)
        words = _script_words(self.language(request))
        return self.show(request, "pair.html", pair=pair, words=words)


def page_routes(pages: Pages) -> APIRouter:
    router = APIRouter()
    desk = pages.desk

    @router.get("/")
    def overview(request: Request) -> Response:
        return pages.overview(request)

    @router.get("/pairs/{pair}")
    def pair(request: Request, pair: int) -> Response:
        return pages.pair(request, pair)

    @router.get("/language/{language}")
    def choose_language(language: str, back: str = "/") -> Response:
        is_ours = back.startswith("/") and not back.startswith(("//", "/\\"))
        answer = RedirectResponse(back if is_ours else "/", 303)
        if language in LANGUAGES:
            answer.set_cookie(_LANGUAGE_COOKIE, language, path="/", max_age=365 * 86_400, samesite="strict")
        return answer

    @router.post("/pairs")
    async def pair_documents(request: Request) -> Response:
        form = await _form(request)
        made = await run_in_threadpool(lambda: desk.pair_documents(_number(form, "kk"), _number(form, "ru")))
        return RedirectResponse(f"/pairs/{made}", 303)

    @router.post("/pairs/{pair}/part")
    async def part_documents(request: Request, pair: int) -> Response:
        form = await _form(request)
        change = await run_in_threadpool(lambda: desk.part_documents(pair, _number(form, "revision")))
        return RedirectResponse(f"/?parted={change}", 303)

    @router.post("/pairs/{pair}/align")
    async def align_again(request: Request, pair: int) -> Response:
        form = await _form(request)
        await run_in_threadpool(lambda: desk.align_again(pair, _number(form, "revision")))
        return RedirectResponse("/?notice=aligned", 303)

    @router.post("/take-back")
    async def take_back(request: Request) -> Response:
        form = await _form(request)
        await run_in_threadpool(lambda: desk.take_back(_number(form, "change")))
        return RedirectResponse("/", 303)

    @router.get("/export")
    def export(kind: str = "tmx", what: str = "accepted", score: float = 0.8) -> Response:
        if kind not in _KINDS or what not in ("accepted", "score") or not 0 <= score <= 1:
            raise OptionError("the page writes TMX or XLSX: what was accepted, or that and what scores high enough")
        return _download(desk, kind, score if what == "score" else None)

    return router


def _download(desk: Desk, kind: str, min_score: float | None) -> Response:
    """The file is complete before the first byte leaves: an error half-way is no file."""
    suffix, media_type = _KINDS[kind]

    def units() -> Iterator[Unit]:
        yield from desk.memory.units(0.0, ("reviewed",))
        if min_score is not None:
            yield from desk.memory.units(min_score, ("automatic",))

    folder = tempfile.TemporaryDirectory(prefix="qostil-")
    path = Path(folder.name) / f"memory.{suffix}"
    try:
        export_units(units(), path, kind, desk.memory.last_change())
        file = path.open("rb")
    except BaseException:
        folder.cleanup()
        raise

    def chunks() -> Iterator[bytes]:
        with folder, file:
            while chunk := file.read(_CHUNK_BYTES):
                yield chunk

    headers = {"Content-Disposition": f'attachment; filename="qostil.{suffix}"'}
    return StreamingResponse(chunks(), media_type=media_type, headers=headers)


async def _form(request: Request) -> dict[str, str]:
    """The fields of a form, each once."""
    return {name: values[0] for name, values in parse_qs((await request.body()).decode("utf-8", "replace")).items()}


def _number(form: dict[str, str], name: str) -> int:
    if not form.get(name, "").isdecimal():
        raise OptionError("choose one Kazakh and one Russian document")
    return int(form[name])


def _is_wanted(listed: _Listed, query: str, show: str) -> bool:
    if (show == "open" and listed.is_done) or (show == "done" and not listed.is_done):
        return False
    names = (listed.kk, listed.ru, listed.pair.kk.name, listed.pair.ru.name)
    return not query or any(query in folded(name) for name in names)


def _file_name(document: StoredDocument) -> str:
    return document.name.replace("\\", "/").rpartition("/")[2] or document.name


@cache
def _script_words(language: Language) -> dict[str, Any]:
    """The texts that the script of the pair's page says."""
    return {key: message[language] for catalogue in (COMMON, WORDING) for key, message in catalogue.items()}
