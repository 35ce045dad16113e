"""Memory that was freed, back to the system."""

from __future__ import annotations

import ctypes
import sys

__all__ = ["return_freed_memory"]


def return_freed_memory() -> None:
    """Give back what glibc keeps for itself of what was freed.

    Blocks of a few megabytes that come and go leave its heap full of holes, and the next stage would begin on top of
    them. Does nothing elsewhere. See malloc_trim(3).
    """
    if sys.platform != "linux":
        return
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
