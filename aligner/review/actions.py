"""What the script of the pair's page asks: JSON in, JSON out."""

from __future__ import annotations

import json
from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from aligner.review import requests as asked
from aligner.review.desk import Desk
from aligner.review.marks import differences
from aligner.review.story import Event

__all__ = ["action_routes"]


def action_routes(desk: Desk) -> APIRouter:
    router = APIRouter()

    @router.get("/pairs/{pair}/sheet")
    def sheet(pair: int) -> Response:
        """The whole pair."""
        return _json(desk.sheet(pair))

    @router.get("/pairs/{pair}/revision")
    def revision(pair: int) -> Response:
        """Which state of the pair the memory holds."""
        return _json({"revision": desk.revision(pair)})

    @router.post("/pairs/{pair}/changes")
    def change(pair: int, request: asked.Request) -> Response:
        """One change; the answer is what is other now."""
        return _json(desk.change(pair, request))

    @router.post("/pairs/{pair}/story")
    def story(pair: int, request: asked.StoryAsked) -> Response:
        """What happened to a row, the newest first."""
        return _json({"events": [_told(event) for event in desk.story(pair, request.bead)]})

    @router.post("/marks")
    def marks(request: asked.MarksAsked) -> Response:
        """Where texts differ: for each kk and ru, lists of `[start, end, kind]`."""
        return _json({"marks": [differences(kk, ru) for kk, ru in request.texts]})

    return router


def _told(event: Event) -> dict[str, Any]:
    """An event as JSON, without what it does not say."""
    told = {"kk": event.kk, "ru": event.ru, "note": event.note}
    record: dict[str, Any] = {name: value for name, value in told.items() if value is not None}
    if event.undone:
        record["undone"] = {"who": event.undone[0], "at": event.undone[1].isoformat()}
    known = {"id": event.id, "at": event.at.isoformat(), "who": event.who, "kind": event.kind}
    return known | {"open": event.may_be_undone} | record


def _json(content: dict[str, Any]) -> Response:
    data = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    return Response(data, media_type="application/json")
