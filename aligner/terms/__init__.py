"""Units → bilingual term candidates, and the glossaries that CAT tools read."""

from aligner.terms.candidates import Term, find_terms
from aligner.terms.glossary import GLOSSARIES, glossary_lines

__all__ = ["GLOSSARIES", "Term", "find_terms", "glossary_lines"]
