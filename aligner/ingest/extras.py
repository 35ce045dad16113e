"""Libraries that only some formats need: loaded when such a file is read, or named where they are missing."""

from __future__ import annotations

import importlib
from typing import Any

from aligner.errors import MissingExtraError

__all__ = ["load_extra"]


def load_extra(module: str, what: str) -> Any:
    """The module. Raises MissingExtraError, which says that `what` needs it and how it is installed."""
    try:
        return importlib.import_module(module)
    except ImportError as error:
        package = module.split(".")[0]
        raise MissingExtraError(f"{what} are read by {package}: pip install 'qostil[formats]'") from error
