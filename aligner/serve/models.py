"""What the JSON API takes and gives, with its bounds: the source of the OpenAPI description."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from aligner.serve.limits import MAX_MATCHES, MAX_SEGMENTS, MAX_TEXT_LENGTH, MAX_UNITS
from aligner.serve.texts import is_storable, normal_text

__all__ = [
    "AddRequest",
    "Added",
    "BulkAnswer",
    "BulkRequest",
    "ConcordanceAnswer",
    "Health",
    "HitModel",
    "LookupAnswer",
    "MatchModel",
    "NewUnit",
    "QueryModel",
    "Stats",
    "StoredText",
]

LanguageCode = Literal["kk", "ru"]


def _storable(text: str) -> str:
    if not is_storable(text):
        raise ValueError("an empty text, or one with control characters, can't be stored")
    return normal_text(text)


Text = Annotated[str, StringConstraints(min_length=1, max_length=MAX_TEXT_LENGTH)]
StoredText = Annotated[Text, AfterValidator(_storable)]


class _Request(BaseModel):
    model_config = ConfigDict(extra="forbid")


class QueryModel(_Request):
    """A text to look up, and the texts before and after it where they are known."""

    text: Text = Field(examples=["Жиналыс сағат онда басталады."])
    previous: Annotated[str, StringConstraints(max_length=MAX_TEXT_LENGTH)] | None = None
    next: Annotated[str, StringConstraints(max_length=MAX_TEXT_LENGTH)] | None = None


class MatchModel(BaseModel):
    """A unit that answers a text."""

    kind: Literal["context", "exact", "fuzzy", "semantic"] = Field(
        description="`context`: the same text between the same neighbours; `exact`: the same text; `fuzzy`: similar "
        "words; `semantic`: similar meaning"
    )
    percent: int = Field(description="100 for an exact match, more for one in context, at most 99 for the others")
    source: str = Field(examples=["Жиналыс сағат тоғызда басталады."])
    target: str = Field(
        description="ready for use: where numbers differ, with those of the text that was looked up",
        examples=["Собрание начнётся в девять часов."],
    )
    stored_target: str = Field(description="the translation as the memory holds it")
    replaced: list[tuple[str, str]] = Field(description="numbers changed in `target`: the memory's, the text's")
    unit: int
    status: str = Field(description="`automatic` or `reviewed`")
    score: float = Field(description="the probability that the unit is a translation")
    reasons: list[str] = Field(description="what speaks against it")
    sources: list[str] = Field(description="the documents it comes from")
    date: dt.date | None
    changed: dt.datetime | None
    creator: str | None


class LookupAnswer(BaseModel):
    """The matches of a text, the best first."""

    matches: list[MatchModel]


class BulkRequest(_Request):
    """Texts of one language to look up together."""

    source: LanguageCode = Field(description="the language of the texts; the matches are in the other one")
    queries: Annotated[list[QueryModel], Field(min_length=1, max_length=MAX_SEGMENTS)]
    min_percent: Annotated[int, Field(ge=30, le=100)] = 70
    limit: Annotated[int, Field(ge=1, le=MAX_MATCHES)] = 5
    semantic: bool = Field(False, description="also by meaning; the server must have been started with --semantic")

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"source": "kk", "queries": [{"text": "Жиналыс сағат онда басталады."}], "min_percent": 60}]
        },
    )


class BulkAnswer(BaseModel):
    """One answer for each query, in their order."""

    answers: list[LookupAnswer]


class HitModel(BaseModel):
    """A unit in which the words were found, and where: `[start, end)` in code points of `source`."""

    source: str
    target: str
    spans: list[tuple[int, int]]
    is_literal: bool = Field(description="the very letters, case aside; else other forms of the words")
    unit: int
    status: str
    score: float
    sources: list[str]
    date: dt.date | None


class ConcordanceAnswer(BaseModel):
    """Where words occur."""

    hits: list[HitModel]


class NewUnit(_Request):
    """A text and its translation."""

    kk: StoredText = Field(examples=["Жиналыс сағат онда басталады."])
    ru: StoredText = Field(examples=["Собрание начнётся в десять часов."])


class AddRequest(_Request):
    """Units to add, under the name of where they come from."""

    units: Annotated[list[NewUnit], Field(min_length=1, max_length=MAX_UNITS)]
    source: Annotated[StoredText, StringConstraints(max_length=200)] | None = Field(
        None, description="a file or a project; without it, the name of the token", examples=["қаулы-2024.docx"]
    )


class Added(BaseModel):
    """What adding changed."""

    added: int = Field(description="units that are new")
    known: int = Field(description="units that were there already")


class Stats(BaseModel):
    """What the memory holds."""

    documents: int
    pairs: int
    units: int
    statuses: dict[str, int]
    sources: dict[str, int] = Field(description="units by where they come from")
    scores: list[int] = Field(description="units that score below 0.1, 0.2 … 1.0, each in one of the ten")
    kk_characters: int
    ru_characters: int
    size_bytes: int


class Health(BaseModel):
    """That the server answers, and that its memory can be read."""

    status: Literal["ok"]
    version: str
