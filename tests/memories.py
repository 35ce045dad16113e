"""Small memories for the tests of looking things up, and units to fill them with."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path

from aligner.memory import Memory
from aligner.records import Unit

__all__ = ["NOW", "TEXTS", "add", "memory_of"]

NOW = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)

TEXTS = (
    ("Үкіметте су ресурстары туралы кеңес өтті.", "В Правительстве прошло совещание о водных ресурсах."),
    ("Кеңеске министрлер мен облыс әкімдері қатысты.", "В совещании участвовали министры и акимы областей."),
    ("2024 жылы ауылда 15 мектеп салынды.", "В 2024 году в сёлах построено 15 школ."),
    ("Министрліктің жаңа жобасы мақұлданды.", "Новый проект министерства одобрен."),
    ("Жиналыс аяқталды.", "Собрание закончилось."),
    ("Жиналыс аяқталды.", "Заседание завершено."),
    ("Қазақстанның астанасында көпір ашылды.", "В столице Казахстана открыт мост."),
)


def memory_of(folder: Path, texts: Iterable[tuple[str, str]] = TEXTS) -> Memory:
    """A new memory with these units, their ids counted from 1."""
    memory = Memory.open(folder / "memory.db")
    add(memory, texts)
    return memory


def add(memory: Memory, texts: Iterable[tuple[str, str]], score: float = 0.9) -> None:
    """Add units as an import would."""
    memory.add_units([Unit(kk, ru, score) for kk, ru in texts], "old.tmx", "tester", NOW)
