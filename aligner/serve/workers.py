"""The threads that ask the memory, and the one that alone writes to it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from aligner.errors import StoreError
from aligner.serve.limits import MAX_WAITING
from aligner.serve.problems import RefusedError

__all__ = ["Workers"]

_log = logging.getLogger(__name__)
_R = TypeVar("_R")


class Workers:
    """Bounded work: so many readings at a time, one writing, and no endless queue before them."""

    def __init__(self, readers: int) -> None:
        self._reading = ThreadPoolExecutor(readers, "qostil-read")
        self._writing = ThreadPoolExecutor(1, "qostil-write")
        self._waiting = 0

    @property
    def waiting(self) -> int:
        """The pieces of work that were given and are not done."""
        return self._waiting

    async def read(self, work: Callable[[], _R]) -> _R:
        """Do `work` in a reading thread. Raises `RefusedError` (503) where too much waits, or the store fails."""
        return await self._done(self._reading, work)

    async def write(self, work: Callable[[], _R]) -> _R:
        """Do `work` in the writing thread, after all that was given to it before."""
        return await self._done(self._writing, work)

    def close(self) -> None:
        """Finish what was given."""
        self._reading.shutdown(wait=True)
        self._writing.shutdown(wait=True)

    async def _done(self, threads: ThreadPoolExecutor, work: Callable[[], _R]) -> _R:
        if self._waiting >= MAX_WAITING:
            raise RefusedError(503, "the server has too much to do; try again in a moment", {"Retry-After": "1"})
        self._waiting += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(threads, work)
        except StoreError as error:
            # Its message names files and servers: that is for the keeper.
            _log.error("the memory can't be used", extra={"facts": {"event": "store", "problem": str(error)}})
            raise RefusedError(503, "the memory can't be used now; the server's log says why") from error
        finally:
            self._waiting -= 1
