"""What two texts in different languages can be seen to share without knowing either: figures, dates, names."""

from aligner.evidence.comparison import FigureComparison, compare_figures
from aligner.evidence.figures import figures
from aligner.evidence.names import names
from aligner.evidence.numerals import spelled_figures
from aligner.evidence.words import Reading, read_text, text_words

__all__ = [
    "FigureComparison",
    "Reading",
    "compare_figures",
    "figures",
    "names",
    "read_text",
    "spelled_figures",
    "text_words",
]
