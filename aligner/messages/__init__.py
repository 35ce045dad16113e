"""What Qostil says to people, in Kazakh, Russian and English. Each face keeps its texts in a catalogue of its own."""

from aligner.messages.catalogue import LANGUAGES, Catalogue, Language, Messages, Text, language_of, placeholders
from aligner.messages.command_line import COMMAND_LINE
from aligner.messages.common import COMMON
from aligner.messages.corpora import CORPORA
from aligner.messages.doctor import DOCTOR
from aligner.messages.fetching import FETCHING
from aligner.messages.help import HELP
from aligner.messages.memory_verbs import MEMORY_VERBS
from aligner.messages.reasons import translated
from aligner.messages.tmx_verbs import TMX_VERBS

__all__ = [
    "COMMAND_LINE",
    "COMMON",
    "CORPORA",
    "DOCTOR",
    "FETCHING",
    "HELP",
    "LANGUAGES",
    "MEMORY_VERBS",
    "TMX_VERBS",
    "Catalogue",
    "Language",
    "Messages",
    "Text",
    "language_of",
    "placeholders",
    "translated",
]
