"""Documents → segments: sentences, headlines and list items of Kazakh and Russian text."""

from __future__ import annotations

from aligner.segment.segments import segment_document, segment_text

__all__ = ["segment_document", "segment_text"]
