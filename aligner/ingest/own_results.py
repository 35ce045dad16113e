"""Which files Qostil itself has written, so that a second run may replace them and nobody's input is lost."""

from __future__ import annotations

from pathlib import Path

from aligner.errors import InputError, MissingExtraError
from aligner.ingest.catalogues import is_own_tmx
from aligner.ingest.read import read_contents
from aligner.ingest.tables import OWN_RESULT

__all__ = ["is_replaceable"]


def is_replaceable(path: Path) -> bool:
    """Whether there is no file, an empty one, or one that Qostil has written (TMX, TSV, CSV, XLSX, JSON Lines).

    Of a TMX only the header is read, however large it is.
    """
    if not path.exists() or not path.stat().st_size:
        return True
    if path.name.lower().endswith((".tmx", ".tmx.gz")):
        return is_own_tmx(path)
    try:
        next(read_contents(path), None)
    except InputError as error:
        return error.problem == OWN_RESULT
    except MissingExtraError:
        return False
    return False
