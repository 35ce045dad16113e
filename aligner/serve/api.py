"""Our own JSON API, under `/v1`: lookup, bulk lookup, concordance, adding, statistics."""

from dataclasses import asdict
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query, Request

from aligner.memory.lookup.matches import Hit, Match
from aligner.memory.lookup.matches import Query as TextQuery
from aligner.records import Unit
from aligner.serve.access import Access
from aligner.serve.limits import MAX_ADDRESS_TEXT_LENGTH, MAX_MATCHES, cost_of
from aligner.serve.models import (
    Added,
    AddRequest,
    BulkAnswer,
    BulkRequest,
    ConcordanceAnswer,
    HitModel,
    LanguageCode,
    LookupAnswer,
    MatchModel,
    Stats,
)
from aligner.serve.problems import Problem
from aligner.serve.service import Service
from aligner.serve.texts import normal_text
from aligner.serve.tokens import Token

__all__ = ["api_routes"]

_REFUSALS: dict[int | str, dict[str, object]] = {
    status: {"model": Problem, "description": what}
    for status, what in {
        401: "a token is needed, or it is wrong",
        413: "the body is too large",
        422: "something in the request is out of its bounds",
        429: "too many requests; `Retry-After` says how long to wait",
        503: "the server is too busy, or its memory can't be used",
    }.items()
}


def api_routes(service: Service, access: Access) -> APIRouter:
    """The routes, closed over what they serve."""
    router = APIRouter(prefix="/v1", tags=["Qostil"], responses=_REFUSALS)
    reading = [Depends(access.to_read)]

    @router.get("/lookup", dependencies=reading)
    async def lookup(
        request: Request,
        source: Annotated[LanguageCode, Query(description="the language of the text")],
        text: Annotated[
            str,
            Query(
                min_length=1,
                max_length=MAX_ADDRESS_TEXT_LENGTH,
                openapi_examples={"kk": {"value": "Жиналыс сағат онда басталады."}},
            ),
        ],
        previous: Annotated[
            str | None, Query(max_length=MAX_ADDRESS_TEXT_LENGTH, description="the text before it")
        ] = None,
        next: Annotated[str | None, Query(max_length=MAX_ADDRESS_TEXT_LENGTH, description="the text after it")] = None,
        min_percent: Annotated[int, Query(ge=30, le=100)] = 70,
        limit: Annotated[int, Query(ge=1, le=MAX_MATCHES)] = 5,
        semantic: Annotated[bool, Query(description="also by meaning")] = False,
    ) -> LookupAnswer:
        """What the memory holds for a text: the same, similar, and if asked, of the same meaning."""
        request.scope["qostil.facts"].update(source=source, characters=len(text))
        query = TextQuery(normal_text(text), _normal(previous), _normal(next))
        (matches,) = await service.matches([query], source, min_percent, limit, semantic)
        return LookupAnswer(matches=[_match(match) for match in matches])

    @router.post("/lookup", dependencies=reading)
    async def lookup_many(request: Request, asked: BulkRequest) -> BulkAnswer:
        """The same for many texts at once, and for long ones; the neighbours of a text may be given with it."""
        request.scope["qostil.facts"].update(source=asked.source, texts=len(asked.queries))
        request.scope["qostil.charge"](cost_of(query.text for query in asked.queries) - 1)
        queries = [
            TextQuery(normal_text(query.text), _normal(query.previous), _normal(query.next)) for query in asked.queries
        ]
        found = await service.matches(queries, asked.source, asked.min_percent, asked.limit, asked.semantic)
        return BulkAnswer(answers=[LookupAnswer(matches=[_match(match) for match in matches]) for matches in found])

    @router.get("/concordance", dependencies=reading)
    async def concordance(
        request: Request,
        language: Annotated[LanguageCode, Query(description="the language to search in")],
        text: Annotated[
            str,
            Query(
                min_length=1, max_length=MAX_ADDRESS_TEXT_LENGTH, openapi_examples={"kk": {"value": "су ресурстары"}}
            ),
        ],
        mode: Annotated[
            Literal["forms", "substring"], Query(description="`forms`: also other forms of the words")
        ] = "forms",
        limit: Annotated[int, Query(ge=1, le=MAX_MATCHES)] = 20,
    ) -> ConcordanceAnswer:
        """The units in which words occur, with the places."""
        request.scope["qostil.facts"].update(source=language, characters=len(text))
        hits = await service.concordance(normal_text(text), language, mode, limit)
        return ConcordanceAnswer(hits=[_hit(hit) for hit in hits])

    @router.post(
        "/units",
        responses={403: {"model": Problem, "description": "the token may only read"}},
    )
    async def add(request: Request, asked: AddRequest, holder: Annotated[Token, Depends(access.to_write)]) -> Added:
        """Add units. What is known already is left as it is, so that a request may be sent again."""
        units = [Unit(unit.kk, unit.ru, 1.0) for unit in asked.units]
        addition = await service.add(units, asked.source or holder.name, holder.name)
        request.scope["qostil.facts"].update(added=addition.units_added)
        return Added(added=addition.units_added, known=addition.units_known)

    @router.get("/stats", dependencies=reading)
    async def stats() -> Stats:
        """How much the memory holds, and of what."""
        found = await service.statistics()
        return Stats(
            documents=found.totals.documents,
            pairs=found.totals.pairs,
            units=found.totals.units,
            statuses={str(status): count for status, count in found.statuses.items()},
            sources=found.sources,
            scores=list(found.scores),
            kk_characters=found.kk_characters,
            ru_characters=found.ru_characters,
            size_bytes=found.size_bytes,
        )

    return router


def _normal(text: str | None) -> str | None:
    return None if text is None else normal_text(text)


def _match(match: Match) -> MatchModel:
    return MatchModel.model_validate(asdict(match))


def _hit(hit: Hit) -> HitModel:
    return HitModel.model_validate(asdict(hit))
