"""What `qostil export` and `qostil explain` say. The English texts are what earlier versions said, to the letter."""

from __future__ import annotations

from aligner.messages.catalogue import Catalogue

__all__ = ["CORPORA"]

CORPORA: Catalogue = {
    "export.read": {"kk": "оқылды: {count} жұп", "ru": "прочитано пар: {count}", "en": "read: {count} pairs"},
    "export.left_out": {
        "kk": "алынбады: {count} ({reasons})",
        "ru": "отброшено: {count} ({reasons})",
        "en": "left out: {count} ({reasons})",
    },
    "export.parts": {"kk": "бөліктер: {parts}", "ru": "части: {parts}", "en": "parts: {parts}"},
    "export.written": {
        "kk": "жазылды: {documents} құжаттан {pairs} жұп, {name}",
        "ru": "записано в {name}: пар {pairs}, документов {documents}",
        "en": "written: {pairs} pairs from {documents} documents to {name}",
    },
    "explain.kept": {"kk": "алынады", "ru": "остаётся", "en": "kept"},
    "explain.left_out": {"kk": "алынбайды: {reason}", "ru": "отброшена: {reason}", "en": "left out: {reason}"},
    "explain.unit": {
        "kk": "{number}-бірлік, бағасы {score}: {verdict}",
        "ru": "единица {number}, оценка {score}: {verdict}",
        "en": "unit {number}, score {score}: {verdict}",
    },
    "explain.threshold": {"kk": "шегі {value}", "ru": "порог {value}", "en": "threshold {value}"},
    "explain.ok": {"kk": "жарайды", "ru": "годится", "en": "ok"},
    "explain.no": {"kk": "жарамайды", "ru": "не годится", "en": "no"},
    "explain.not_asked": {
        "kk": "жарамайды (ескерілмейді)",
        "ru": "не годится (не учтено)",
        "en": "no (not asked)",
    },
    "explain.normalised": {
        "kk": "--normalise қосылса:",
        "ru": "с --normalise:",
        "en": "with --normalise:",
    },
    "explain.personal": {
        "kk": "жеке деректер: {kinds}",
        "ru": "личные данные: {kinds}",
        "en": "personal data: {kinds}",
    },
}
