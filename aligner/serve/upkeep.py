"""Work that goes on beside a server, such as keeping an index up with its memory."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import Self

from aligner.errors import QostilError

__all__ = ["Upkeep"]

_log = logging.getLogger(__name__)
_PATIENCE_S = 10.0


class Upkeep:
    """Calls `work` every `every_s` seconds in a thread of its own, as long as it is entered.

    What fails is logged, and tried again the next time.
    """

    def __init__(self, work: Callable[[], object], every_s: float) -> None:
        self._work, self._every_s = work, every_s
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._run, name="qostil-upkeep", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._is_over.set()
        self._thread.join(_PATIENCE_S)

    def _run(self) -> None:
        while not self._is_over.wait(self._every_s):
            try:
                self._work()
            except QostilError as error:
                _log.error("upkeep failed", extra={"facts": {"event": "upkeep", "problem": str(error)}})
