"""Weblate's own tmserver client, asked from the command line.

usage: python weblate_client.py PACKAGES URL, then one JSON list of texts on stdin

PACKAGES is a folder with Weblate's package and Django. Weblate is a Django site, and importing it whole needs a
hundred packages; so what surrounds the client (its settings form, its models, its error reports) is left empty here.
The client itself — the addresses it builds, its requests, what it makes of the answers — is Weblate's, unchanged.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

CLIENT = {
    "weblate.logger",
    "weblate.machinery.base",
    "weblate.machinery.tmserver",
    "weblate.machinery.types",
    "weblate.utils.outbound",
    "weblate.utils.requests",
}
PACKAGES = {"weblate", "weblate.checks", "weblate.lang", "weblate.machinery", "weblate.utils"}


class Surroundings(MetaPathFinder, Loader):
    """Gives empty modules for all of Weblate but its client: a class or a function under any name."""

    def __init__(self, packages: Path) -> None:
        self.packages = packages

    def find_spec(self, name: str, path: Sequence[str] | None, target: ModuleType | None = None) -> ModuleSpec | None:
        if not name.startswith("weblate"):
            return None
        if name in CLIENT:
            return PathFinder.find_spec(name, path)
        return ModuleSpec(name, self, is_package=name in PACKAGES)

    def create_module(self, spec: ModuleSpec) -> None:
        return None

    def exec_module(self, module: ModuleType) -> None:
        if module.__name__ in PACKAGES:
            module.__path__ = [str(self.packages / module.__name__.replace(".", "/"))]

        def member(name: str) -> Any:
            if name.startswith("__"):
                raise AttributeError(name)
            if name.isupper():
                return "Weblate"
            return type(name, (), {}) if name[0].isupper() else lambda *_, **__: "" if name == "get_site_url" else []

        module.__getattr__ = member


def load(packages: Path) -> type:
    sys.path.insert(0, str(packages))
    sys.meta_path.insert(0, Surroundings(packages))
    from django.conf import settings

    caches = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    settings.configure(CACHES=caches, USE_I18N=False, ALLOWED_MACHINERY_DOMAINS=["127.0.0.1"])
    from weblate.machinery.tmserver import TMServerTranslation

    class WithoutCache(TMServerTranslation):
        cache_translations = False

    return WithoutCache


def main() -> None:
    client = load(Path(sys.argv[1]))({"url": sys.argv[2]})
    # What Weblate does when an administrator saves the address of a server.
    client.validate_settings()
    codes = client.get_languages(SimpleNamespace(code="kk"), SimpleNamespace(code="ru_RU"))
    unit = SimpleNamespace(all_flags=())
    texts = json.load(sys.stdin)
    found = client._translate(*codes, [(text, unit) for text in texts], threshold=75)
    json.dump({"languages": codes, "found": [found[text] for text in texts]}, sys.stdout)


main()
