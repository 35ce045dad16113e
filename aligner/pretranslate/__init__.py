"""Pre-translation: a text or an XLIFF file → XLIFF with the matches of a memory, ready for any CAT tool."""

from aligner.pretranslate.pretranslate import XLIFF_SUFFIXES, pretranslate, source_language
from aligner.pretranslate.records import Filled, Pretranslation, Summary

__all__ = ["XLIFF_SUFFIXES", "Filled", "Pretranslation", "Summary", "pretranslate", "source_language"]
