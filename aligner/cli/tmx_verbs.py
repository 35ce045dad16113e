"""`qostil tmx`: the commands of the library `tmx`, in the language of the user."""

from __future__ import annotations

from functools import cache

from aligner.cli.app import HelpfulGroup, app
from aligner.cli.terminal import messages
from aligner.messages import TMX_VERBS, Language, Messages, translated
from tmx.cli import app as tmx_app
from tmx.wording import Wording, speak_with

__all__ = ["TranslatedWording"]


class TranslatedWording(Wording):
    """The language is that of the other commands; what nobody has translated stays in English."""

    def text(self, template: str, **values: object) -> str:
        language = messages().language
        said = _said(language)
        return said(template, **values) if template in said else super().text(template, **values)

    def phrase(self, english: str) -> str:
        return translated(english, messages().language) or english


@cache
def _said(language: Language) -> Messages:
    return Messages(language, TMX_VERBS)


app.add_typer(tmx_app, name="tmx", cls=HelpfulGroup)
speak_with(TranslatedWording())
