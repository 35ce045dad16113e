"""Texts for people in Kazakh, Russian and English, with plurals, numbers and dates as each language writes them.

The texts stand message by message, three languages side by side: what is missing in one is seen at once. Plural
categories, numbers and dates are those of the CLDR (https://cldr.unicode.org), by way of Babel.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Literal, cast, get_args

if TYPE_CHECKING:
    from babel import Locale

__all__ = ["LANGUAGES", "Catalogue", "Language", "Messages", "Text", "language_of", "placeholders"]

Language = Literal["kk", "ru", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)

Text = str | Mapping[str, str]
"""One text for every number, or one for each CLDR plural category (`one`, `few`, `many`, `other`) of `n`."""

Catalogue = Mapping[str, Mapping[Language, Text]]
"""By key, then by language. `{name}` stands for a value; `n` is the one that plurals go by."""

_LOCALES = {"kk": "kk", "ru": "ru", "en": "en_GB"}
_PLACEHOLDER = re.compile(r"\{(\w+)\}")


class Messages:
    """The texts of one language, from one or more catalogues.

    `is_grouped`: whole numbers get the separators of the language, as on a page; without, programs can read them.
    """

    def __init__(self, language: Language, *catalogues: Catalogue, is_grouped: bool = True) -> None:
        self.language, self.is_grouped = language, is_grouped
        self._texts = {key: message[language] for catalogue in catalogues for key, message in catalogue.items()}

    def __call__(self, key: str, **values: object) -> str:
        """The text with its values put in; whole numbers are grouped. Raises KeyError for an unknown key or value."""
        text = self._texts[key]
        if not isinstance(text, str):
            text = text[self.plural_category(cast(int, values["n"]))]

        def value(match: re.Match[str]) -> str:
            found = values[match[1]]
            is_number = isinstance(found, int) and not isinstance(found, bool)
            return self.number(cast(int, found)) if is_number and self.is_grouped else str(found)

        return _PLACEHOLDER.sub(value, text)

    def __contains__(self, key: str) -> bool:
        return key in self._texts

    def plural_category(self, n: int) -> str:
        """Kazakh says the same of any number: its nouns stay singular behind one."""
        if self.language == "ru":
            return self._locale.plural_form(n)
        return "one" if n == 1 and self.language == "en" else "other"

    def number(self, value: float, digits: int = 0) -> str:
        """`1 234 567,5` with `digits` decimals."""
        from babel.numbers import format_decimal

        return format_decimal(value, f"#,##0.{'0' * digits}" if digits else "#,##0", locale=self._locale)

    def percent(self, share: float, digits: int = 0) -> str:
        """A share of 1, as `12 %` or `12%`; what is neither nothing nor all is never rounded to that."""
        from babel.numbers import format_percent

        least = 10.0 ** -(digits + 2)
        shown = min(max(share, least), 1 - least) if 0 < share < 1 else share
        pattern = str(self._locale.percent_formats[None].pattern)
        return format_percent(shown, pattern.replace("##0", f"##0.{'0' * digits}") if digits else pattern, self._locale)

    def date(self, day: dt.date) -> str:
        """`2021 ж. 5 мамыр`, `5 мая 2021 г.`, `5 May 2021`."""
        from babel.dates import format_date

        return format_date(day, "long", locale=self._locale)

    def short_date(self, day: dt.date) -> str:
        """In digits, as the language orders them."""
        from babel.dates import format_date

        return format_date(day, "dd.MM.yyyy" if self.language != "en" else "dd/MM/yyyy", locale=self._locale)

    def moment(self, moment: dt.datetime) -> str:
        """Date, time of day and time zone."""
        from babel.dates import format_time

        zone = "UTC" if moment.utcoffset() == dt.timedelta() else moment.strftime("%z")
        return f"{self.date(moment.date())}, {format_time(moment, 'HH:mm', locale=self._locale)} {zone}".strip()

    def month(self, number: int) -> str:
        """The short name of a month, 1 to 12, as it stands alone."""
        return str(self._locale.months["stand-alone"]["abbreviated"][number]).rstrip(".")

    @cached_property
    def _locale(self) -> Locale:
        from babel import Locale

        return Locale.parse(_LOCALES[self.language])


def language_of(environment: Mapping[str, str]) -> Language:
    """What the first of `QOSTIL_LANG`, `LC_ALL`, `LC_MESSAGES` and `LANG` that is set asks for, or English.

    The last three in the order of POSIX.1-2017, 8.2.
    """
    names = ("QOSTIL_LANG", "LC_ALL", "LC_MESSAGES", "LANG")
    asked = next((environment[name] for name in names if environment.get(name)), "")
    return next((language for language in LANGUAGES if re.match(rf"{language}(?![a-zA-Z])", asked)), "en")


def placeholders(text: Text) -> set[str]:
    """The values that a text takes."""
    forms = (text,) if isinstance(text, str) else text.values()
    return {name for form in forms for name in _PLACEHOLDER.findall(form)}
