"""The application: the two interfaces, the documentation, health and metrics, behind the guard."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from importlib.metadata import version

from fastapi import Depends, FastAPI
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from aligner.memory.lookup import Lookup
from aligner.serve.access import Access
from aligner.serve.api import api_routes
from aligner.serve.guard import Guard, HostNames
from aligner.serve.limits import RateLimit
from aligner.serve.metrics import METRICS_TYPE, Metrics
from aligner.serve.models import Health
from aligner.serve.page import documentation_page
from aligner.serve.problems import Problem, answer_problems
from aligner.serve.service import Service
from aligner.serve.tmserver import PREFIXES, SlashFolding, tmserver_routes
from aligner.serve.tokens import TokenFile
from aligner.serve.workers import Workers

__all__ = ["Settings", "create_app"]

_DESCRIPTION = (
    "A Kazakh–Russian translation memory. Under /v1 stands its own interface; under /tmserver, and under /api/v1 "
    "again, the protocol of tmserver and amaGama for Virtaal, Weblate and Okapi.\n\n"
    "Adding needs a token, as Authorization: Bearer TOKEN. Texts are NFC, offsets are in Unicode code points, and an "
    'error is {"error": {"code": …, "message": …}}.'
)


@dataclass(frozen=True, slots=True)
class Settings:
    """How a server is to behave. `requests_per_second` is a client's share (0: no limit), `readers` the threads."""

    host: str = "127.0.0.1"
    other_names: tuple[str, ...] = ()
    is_private: bool = False
    requests_per_second: float = 0.0
    readers: int = 4
    has_encoder: bool = False


def create_app(lookup: Lookup, tokens: TokenFile, settings: Settings) -> Guard:
    """The whole ASGI application. The lookup and its memory stay the caller's to close, after it has ended."""
    metrics, workers = Metrics(), Workers(settings.readers)
    metrics.watch("qostil_work_waiting", "Pieces of work that are given and not done.", lambda: workers.waiting)
    service = Service(lookup, workers, metrics, has_encoder=settings.has_encoder)
    access = Access(tokens, settings.is_private)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        workers.close()

    app = FastAPI(
        title="Qostil",
        version=version("qostil"),
        description=_DESCRIPTION,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        lifespan=lifespan,
    )
    app.add_middleware(SlashFolding)
    answer_problems(app)
    app.include_router(api_routes(service, access))
    for prefix in PREFIXES:
        app.include_router(tmserver_routes(prefix, service, access), include_in_schema=prefix == PREFIXES[0])

    @app.get("/health", tags=["server"], responses={503: {"model": Problem, "description": "the memory can't be read"}})
    async def health() -> Health:
        """Whether the server can do its work."""
        await service.units()
        return Health(status="ok", version=version("qostil"))

    @app.get("/metrics", tags=["server"], dependencies=[Depends(access.to_read)], response_class=Response)
    async def read_metrics() -> Response:
        """What was asked and answered, for Prometheus."""
        return Response(metrics.text(), media_type=METRICS_TYPE)

    @app.get("/docs", include_in_schema=False)
    async def documentation() -> HTMLResponse:
        return HTMLResponse(documentation_page(app.openapi()))

    @app.get("/", include_in_schema=False)
    async def root() -> RedirectResponse:
        return RedirectResponse("/docs")

    hosts = HostNames.for_binding(settings.host, settings.other_names)
    return Guard(app, hosts, RateLimit(settings.requests_per_second), metrics)
