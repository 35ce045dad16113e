"""The protocol of tmserver and amaGama, as Virtaal, Weblate and Okapi speak it.

https://docs.translatehouse.org/projects/amagama/en/latest/api.html tells the addresses; what it leaves out was read
from the clients: Weblate tries a pair of languages that we don't have and must get an empty list, Okapi takes
`quality` only where it is written with a decimal point and stops at the first match below its threshold, Virtaal
doubles the slash after `/api/v1` and sends JSON without saying so. There is no JSONP: by it, any web page could read
the memory of whoever looks at the page.
"""

from typing import Annotated, Any, TypeVar

from fastapi import APIRouter, Depends, Path, Query, Request
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, TypeAdapter, ValidationError
from starlette.convertors import Convertor, register_url_convertor
from starlette.types import ASGIApp, Receive, Scope, Send

from aligner.memory.lookup.matches import Language
from aligner.memory.lookup.matches import Query as TextQuery
from aligner.records import Unit
from aligner.serve.access import Access
from aligner.serve.limits import MAX_MATCHES, MAX_TEXT_LENGTH, MAX_UNITS, cost_of
from aligner.serve.models import Added, StoredText
from aligner.serve.problems import Problem, RefusedError, validation_message
from aligner.serve.service import Service
from aligner.serve.texts import language_of, normal_text
from aligner.serve.tokens import Token

__all__ = ["PREFIXES", "SlashFolding", "tmserver_routes"]

PREFIXES = ("/tmserver", "/api/v1")
_MIN_SIMILARITY, _MAX_CANDIDATES = 70, 5


class _TextConvertor(Convertor[str]):
    """The rest of a path, whatever it holds: Starlette's own stops at a line end."""

    regex = r"[\s\S]*"

    def convert(self, value: str) -> str:
        return value

    def to_string(self, value: str) -> str:
        return value


register_url_convertor("text", _TextConvertor())


class SlashFolding:
    """Takes the doubled slash after a prefix for one."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            for prefix in PREFIXES:
                if scope["path"].startswith(f"{prefix}//"):
                    scope["path"] = f"{prefix}/{scope['path'].removeprefix(prefix).lstrip('/')}"
        await self._app(scope, receive, send)


def _number_or_none(value: object) -> object:
    """What is no number is passed over, as amaGama does."""
    text = str(value)
    return int(text) if text.isascii() and text.lstrip("-").isdecimal() and len(text) < 9 else None


_Lenient = BeforeValidator(_number_or_none, json_schema_input_type=int | None)
_From = Annotated[str, Path(alias="source_language", max_length=64, description="kk, ru, kk_KZ …", examples=["kk"])]
_To = Annotated[str, Path(alias="target_language", max_length=64, examples=["ru"])]
_PathText = Annotated[str, Path(description="percent-encoded; slashes may stand as they are", examples=["су/жер"])]
_QueryText = Annotated[str, Query(alias="source", description="for clients that don't put the text into the path")]
_Similarity = Annotated[int | None, _Lenient, Query(description=f"30 to 100, {_MIN_SIMILARITY} if not given")]
_Candidates = Annotated[int | None, _Lenient, Query(description=f"1 to {MAX_MATCHES}, {_MAX_CANDIDATES} if not given")]


class _Candidate(BaseModel):
    """A match. `quality` is a percentage; `rank` is the same, but above 100 for a match in context."""

    source: str
    target: str
    quality: float
    rank: float


class _Languages(BaseModel):
    sourceLanguages: list[str]  # noqa: N815 (the protocol's names)
    targetLanguages: list[str]  # noqa: N815


class _SentUnit(BaseModel):
    """A unit as clients send it; whatever else they say of it is passed over."""

    source: StoredText
    target: StoredText

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"source": "Жиналыс сағат онда басталады.", "target": "Собрание начнётся в десять часов."}]
        }
    )


_SENT_UNIT = TypeAdapter(_SentUnit)
_SENT_UNITS = TypeAdapter(Annotated[list[_SentUnit], Field(max_length=MAX_UNITS)])
_REFUSALS: dict[int | str, dict[str, Any]] = {
    status: {"model": Problem, "description": what}
    for status, what in {
        401: "a token is needed, or it is wrong",
        403: "the token may only read",
        413: "the body is too large",
        422: "no unit that can be stored",
    }.items()
}


def _writing(adapter: TypeAdapter[Any]) -> dict[str, Any]:
    """The description of a body that is JSON whatever its Content-Type says."""
    schema = adapter.json_schema()
    if "$defs" in schema:
        (schema["items"],) = schema.pop("$defs").values()
    content = {"application/json": {"schema": schema}}
    return {"responses": _REFUSALS, "openapi_extra": {"requestBody": {"required": True, "content": content}}}


def tmserver_routes(prefix: str, service: Service, access: Access) -> APIRouter:
    """The routes below a prefix, closed over what they serve."""
    router = APIRouter(prefix=prefix, tags=["tmserver"], responses={401: _REFUSALS[401]})
    reading = [Depends(access.to_read)]
    writing = Depends(access.to_write)

    @router.get("/languages", dependencies=reading, include_in_schema=False)
    @router.get("/languages/", dependencies=reading)
    async def languages() -> _Languages:
        """The languages a text can be in, and those there are translations in."""
        return _Languages(sourceLanguages=["kk", "ru"], targetLanguages=["kk", "ru"])

    @router.get("/{source_language}/{target_language}/unit/{text:text}", dependencies=reading)
    async def suggest(
        request: Request,
        source: _From,
        target: _To,
        text: _PathText,
        sent: _QueryText = "",
        min_similarity: _Similarity = None,
        max_candidates: _Candidates = None,
    ) -> list[_Candidate]:
        """The matches for a text, the best first; an empty list where there are none.

        A pair of languages that is not ours, and a text that is too long, have none.
        """
        wanted = normal_text(text or sent)
        request.scope["qostil.facts"].update(source=language_of(source), characters=len(wanted))
        language = _language_of_pair(source, target)
        if language is None or not 0 < len(wanted) <= MAX_TEXT_LENGTH:
            return []
        request.scope["qostil.charge"](cost_of([wanted]) - 1)
        floor = min(max(_MIN_SIMILARITY if min_similarity is None else min_similarity, 30), 100)
        limit = min(max(_MAX_CANDIDATES if max_candidates is None else max_candidates, 1), MAX_MATCHES)
        (matches,) = await service.matches([TextQuery(wanted)], language, floor, limit)
        return [
            _Candidate(source=match.source, target=match.target, quality=min(match.percent, 100), rank=match.percent)
            for match in matches
        ]

    @router.put("/{source_language}/{target_language}/unit/{text:text}", **_writing(_SENT_UNIT))
    async def add(
        request: Request, source: _From, target: _To, text: _PathText, holder: Annotated[Token, writing]
    ) -> Added:
        """Add a unit beside whatever translations of its source there are."""
        sent = await _sent(request, _SENT_UNIT)
        language = _pair_to_write(source, target)
        addition = await service.add([_unit(sent, language)], holder.name, holder.name)
        return Added(added=addition.units_added, known=addition.units_known)

    @router.post("/{source_language}/{target_language}/unit/{text:text}", **_writing(_SENT_UNIT))
    async def update(
        request: Request, source: _From, target: _To, text: _PathText, holder: Annotated[Token, writing]
    ) -> Added:
        """Add a unit in the place of the translation that the same token gave before. Others' stay."""
        sent = await _sent(request, _SENT_UNIT)
        language = _pair_to_write(source, target)
        addition = await service.correct(_unit(sent, language), language, holder.name)
        return Added(added=addition.units_added, known=addition.units_known)

    @router.post("/{source_language}/{target_language}/store/{name:text}", **_writing(_SENT_UNITS))
    async def add_store(
        request: Request, source: _From, target: _To, name: Annotated[str, Path()], holder: Annotated[Token, writing]
    ) -> Added:
        """Add the units of a file. `name` is the file's, and is kept as their source."""
        sent = await _sent(request, _SENT_UNITS)
        language = _pair_to_write(source, target)
        label = normal_text(name.replace("\\", "/").rpartition("/")[2])[:200] or holder.name
        addition = await service.add([_unit(each, language) for each in sent], label, holder.name)
        return Added(added=addition.units_added, known=addition.units_known)

    return router


_T = TypeVar("_T")


async def _sent(request: Request, adapter: TypeAdapter[_T]) -> _T:
    try:
        return adapter.validate_json(await request.body())
    except ValidationError as error:
        raise RefusedError(422, validation_message(error.errors(include_url=False, include_input=False))) from error


def _language_of_pair(source: str, target: str) -> Language | None:
    """The source language of a pair that is ours, or None."""
    language, other = language_of(source), language_of(target)
    return None if other is None or language == other else language


def _pair_to_write(source: str, target: str) -> Language:
    language = _language_of_pair(source, target)
    if language is None:
        raise RefusedError(422, "this memory holds Kazakh and Russian: the address must say kk/ru or ru/kk")
    return language


def _unit(sent: _SentUnit, language: Language) -> Unit:
    kk, ru = (sent.source, sent.target) if language == "kk" else (sent.target, sent.source)
    return Unit(kk, ru, 1.0)
