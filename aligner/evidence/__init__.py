"""What two texts in different languages can be seen to share without knowing either: figures, dates, names."""

from aligner.evidence.comparison import FigureComparison, compare_figures
from aligner.evidence.figures import figures
from aligner.evidence.names import names, text_words
from aligner.evidence.numerals import spelled_figures

__all__ = ["FigureComparison", "compare_figures", "figures", "names", "spelled_figures", "text_words"]
