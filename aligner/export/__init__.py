"""Results → files that other programs read."""

from aligner.export.arrays import check_writable, write_beads, write_bytes, write_vectors
from aligner.export.formats import FORMATS, export_units, format_of, writing, writing_bytes
from aligner.export.sinks import paths_of

__all__ = [
    "FORMATS",
    "check_writable",
    "export_units",
    "format_of",
    "paths_of",
    "write_beads",
    "write_bytes",
    "write_vectors",
    "writing",
    "writing_bytes",
]
