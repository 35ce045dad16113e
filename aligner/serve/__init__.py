"""The memory over HTTP, for the tools that translators use. Needs the extra `qostil[serve]`."""

from aligner.errors import MissingExtraError

try:
    import fastapi
    import prometheus_client
    import uvicorn
except ImportError as error:
    raise MissingExtraError(
        f"serving a memory needs {error.name}, which is not installed; say: pip install 'qostil[serve]'"
    ) from error

from aligner.serve.app import Settings, create_app
from aligner.serve.guard import is_loopback
from aligner.serve.runner import address_of, listen, log_as_json, refuse_open_door, run_server
from aligner.serve.tokens import Token, TokenFile
from aligner.serve.upkeep import Upkeep

__all__ = [
    "Settings",
    "Token",
    "TokenFile",
    "Upkeep",
    "address_of",
    "create_app",
    "is_loopback",
    "listen",
    "log_as_json",
    "refuse_open_door",
    "run_server",
]
del fastapi, prometheus_client, uvicorn
