"""The summary of `qostil fetch`."""

from __future__ import annotations

from aligner.messages.catalogue import Catalogue

__all__ = ["FETCHING"]

FETCHING: Catalogue = {
    "fetch.got": {
        "kk": "жаңа: {new}; өзгерген: {changed}",
        "ru": "новых: {new}; изменившихся: {changed}",
        "en": "new: {new}; changed: {changed}",
    },
    "fetch.known": {
        "kk": "бұрыннан бар: {known}, оның қайта сұралғаны: {unchanged}",
        "ru": "уже было: {known}, из них запрошено снова: {unchanged}",
        "en": "known: {known}, of which asked for again: {unchanged}",
    },
    "fetch.waiting": {
        "kk": "келесі жолға қалды: {waiting}",
        "ru": "осталось на следующий раз: {waiting}",
        "en": "left for the next run: {waiting}",
    },
    "fetch.skipped": {"kk": "сақталмады: {count}", "ru": "не сохранено: {count}", "en": "not kept: {count}"},
    "fetch.failed": {"kk": "алынбады: {count}", "ru": "не удалось получить: {count}", "en": "failed: {count}"},
    "fetch.troubles": {
        "kk": "оқылмаған тізімдер: {count}",
        "ru": "списки, которые не прочитаны: {count}",
        "en": "lists that could not be read: {count}",
    },
    "fetch.left_alone": {
        "kk": "мазаланбайтын серверлер: {count}",
        "ru": "серверы, оставленные в покое: {count}",
        "en": "left alone: {count}",
    },
    "fetch.more": {
        "kk": "… тағы {count}; бәрі --json мен --manifest тізімінде",
        "ru": "… и ещё {count}; все они в --json и --manifest",
        "en": "… and {count} more; --json and --manifest list all",
    },
    "fetch.asked": {
        "kk": "серверлерге сұрау: {requests}, байт: {bytes}",
        "ru": "запросов к серверам: {requests}, байт: {bytes}",
        "en": "asked of servers: {requests} requests, {bytes} bytes",
    },
    "fetch.folder": {"kk": "қалта: {folder}", "ru": "папка: {folder}", "en": "folder: {folder}"},
}
