"""The translation memory: aligned documents and their units in one SQLite file."""

from aligner.memory.store import Addition, Memory, Totals

__all__ = ["Addition", "Memory", "Totals"]
