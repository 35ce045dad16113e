"""Why a pair would be kept or left out."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from aligner.corpus.plan import WHY, plan_corpus
from aligner.corpus.request import Request
from aligner.corpus.sift import objection
from aligner.corpus.source import UnitSource
from aligner.corpus.survey import Survey, prepared
from aligner.filter import FILTERS, Finding, PersonalDatum, examine, filters_named, personal_data
from aligner.look_alikes import repair_look_alikes
from aligner.records import Unit

__all__ = ["Explained", "explain_pair", "explain_source"]


@dataclass(frozen=True, slots=True)
class Explained:
    """A unit, what each filter says of it, and why it is left out (None: it is kept).

    `number` counts from 1 in the source. `findings` holds every filter there is; `asked` names those that decide.
    `repaired` are the texts with look-alike letters repaired where that changes them, `personal` what would be masked.
    """

    number: int
    unit: Unit
    reason: str | None
    findings: tuple[Finding, ...]
    asked: tuple[str, ...]
    repaired: tuple[str, str] | None
    personal: tuple[tuple[PersonalDatum, ...], tuple[PersonalDatum, ...]]


def explain_pair(unit: Unit, request: Request, number: int = 1, reason: str | None = None) -> Explained:
    """What the filters say of this unit by itself. `reason` is why it is left out, where that depends on others."""
    asked = filters_named(request.filters)
    names = tuple(each.name for each in asked)
    others = filters_named([name for name in FILTERS if name not in names])
    seen = prepared(unit, request)
    repaired = repair_look_alikes(unit.kk, "kk"), repair_look_alikes(unit.ru, "ru")
    return Explained(
        number,
        unit,
        objection(seen, request, asked) or reason,
        tuple(examine(seen, (*asked, *others))),
        names,
        repaired if repaired != (unit.kk, unit.ru) else None,
        (tuple(personal_data(unit.kk)), tuple(personal_data(unit.ru))),
    )


def explain_source(
    source: UnitSource, request: Request, numbers: Collection[int] = (), containing: str = ""
) -> Iterator[Explained]:
    """The units that are left out; or those with these numbers, or with this text on a side, kept or not."""
    plan = plan_corpus(Survey(source, request), request)
    wanted = containing.casefold()
    for place, unit in enumerate(source.units(request.statuses)):
        reason = plan.reasons[plan.codes[place]]
        if numbers or wanted:
            is_asked = place + 1 in numbers or (wanted and wanted in f"{unit.kk}\n{unit.ru}".casefold())
        else:
            is_asked = bool(plan.codes[place])
        if is_asked:
            yield explain_pair(unit, request, place + 1, f"{reason}: {WHY[reason]}" if reason in WHY else None)
