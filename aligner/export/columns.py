"""Units as Parquet, which pandas, polars, DuckDB and Hugging Face datasets read."""

from __future__ import annotations

import datetime as dt
import importlib
import io
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from aligner.errors import MissingExtraError
from aligner.export.lines import COLUMNS
from aligner.records import Unit
from tmx.atomic import AtomicFile

__all__ = ["ParquetSink"]

_ROWS_A_GROUP = 50_000
Row = tuple[str, str, float, list[str], str | None, str | None, dt.date | None]


class ParquetSink:
    """One file with the columns of the TSV: `score` is float32, `reasons` a list, `date` a date, missing sources null.

    At most one row group of 50,000 units is in memory. The same units give the same bytes with the same pyarrow.
    """

    def __init__(self, path: Path) -> None:
        self._pa: Any = _pyarrow("pyarrow")
        pq: Any = _pyarrow("pyarrow.parquet")
        text = self._pa.string()
        types = (text, text, self._pa.float32(), self._pa.list_(text), text, text, self._pa.date32())
        self._schema = self._pa.schema(list(zip(COLUMNS, types, strict=True)))
        self._file = AtomicFile(path, compress=False)
        self._writer = pq.ParquetWriter(_Stream(self._file), self._schema, compression="zstd")
        self._rows: list[Row] = []

    def write(self, unit: Unit) -> None:
        row = (
            unit.kk,
            unit.ru,
            round(unit.score, 4),
            list(unit.reasons),
            unit.kk_source,
            unit.ru_source,
            unit.date,
        )
        self._rows.append(row)
        if len(self._rows) == _ROWS_A_GROUP:
            self._flush()

    def _flush(self) -> None:
        columns = zip(*self._rows, strict=True) if self._rows else ([] for _ in COLUMNS)
        arrays = [self._pa.array(column, each.type) for column, each in zip(columns, self._schema, strict=True)]
        self._writer.write_table(self._pa.Table.from_arrays(arrays, schema=self._schema))
        self._rows.clear()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self._flush()
        self._writer.close()
        self._file.__exit__(kind, error, trace)


class _Stream(io.RawIOBase):
    """An `AtomicFile` as pyarrow wants to see a file."""

    def __init__(self, file: AtomicFile) -> None:
        self._file, self._size = file, 0

    def writable(self) -> bool:
        return True

    def write(self, data: Any, /) -> int:
        self._file.write(bytes(data))
        self._size += len(data)
        return len(data)

    def tell(self) -> int:
        return self._size


def _pyarrow(module: str) -> Any:
    try:
        return importlib.import_module(module)
    except ImportError as error:
        raise MissingExtraError("Parquet needs pyarrow: pip install 'qostil[parquet]'") from error
