"""The documentation as one page that needs no network: the OpenAPI description, written out."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

__all__ = ["documentation_page"]

_STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; max-width: 56rem; margin: 2rem auto; padding: 0 1rem; color: #1a1a1a; }
h2 { border-top: 1px solid #ccc; padding-top: 1rem; font-size: 1.1rem; overflow-wrap: anywhere; }
.verb { font: bold .9rem monospace; background: #1f5a8a; color: #fff; border-radius: 3px; padding: .1rem .4rem; }
table { border-collapse: collapse; width: 100%; } td, th { text-align: left; vertical-align: top; padding: .2rem .5rem;
border-bottom: 1px solid #e5e5e5; } pre { background: #f5f5f2; padding: .7rem; overflow: auto; }
@media (prefers-color-scheme: dark) { body { background: #16181b; color: #e8e8e6; } pre { background: #23262b; }
td, th, h2 { border-color: #3a3e45; } a { color: #8ec4f0; } }
"""


def documentation_page(description: Mapping[str, Any]) -> str:
    """An HTML page for an OpenAPI 3.1 description (https://spec.openapis.org/oas/v3.1.0)."""
    info = description["info"]
    parts = [
        "<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport content='width=device-width'>",
        f"<title>{escape(info['title'])}</title><style>{_STYLE}</style>",
        f"<h1>{escape(info['title'])} {escape(info['version'])}</h1>",
        *(f"<p>{escape(paragraph)}</p>" for paragraph in info.get("description", "").split("\n\n")),
        "<p>For programs: <a href=openapi.json>openapi.json</a></p>",
    ]
    for path, verbs in description["paths"].items():
        for verb, operation in verbs.items():
            parts.extend(_operation(verb, path, operation, description))
    return "\n".join(parts)


def _operation(verb: str, path: str, operation: Mapping[str, Any], whole: Mapping[str, Any]) -> Iterator[str]:
    yield f"<h2><span class=verb>{verb.upper()}</span> {escape(path)}</h2>"
    yield f"<p>{escape(operation.get('description') or operation.get('summary', ''))}</p>"
    if operation.get("security"):
        yield "<p>Needs a token that may write.</p>"
    if parameters := operation.get("parameters"):
        yield "<table><tr><th>name<th>in<th>what</tr>"
        for parameter in parameters:
            yield (
                f"<tr><td><code>{escape(parameter['name'])}</code><td>{parameter['in']}"
                f"<td>{escape(_kind(parameter['schema']))} {escape(parameter.get('description', ''))}</tr>"
            )
        yield "</table>"
    if body := operation.get("requestBody"):
        yield f"<p>Body:</p><pre>{_example(body['content'], whole)}</pre>"
    for status, answer in operation["responses"].items():
        yield f"<p><b>{status}</b> {escape(answer['description'])}</p>"
        if status == "200" and "content" in answer:
            yield f"<pre>{_example(answer['content'], whole)}</pre>"


def _kind(schema: Mapping[str, Any]) -> str:
    if "enum" in schema:
        return " or ".join(str(value) for value in schema["enum"])
    kinds = [each["type"] for each in schema.get("anyOf", [schema]) if each.get("type", "null") != "null"]
    bounds = [
        f"{word} {schema[key]}"
        for key, word in {"minimum": "from", "maximum": "to", "maxLength": "up to"}.items()
        if key in schema
    ]
    default = [f"(default {schema['default']})"] if schema.get("default") not in (None, "") else []
    return " ".join([*kinds, *bounds, *default])


def _example(content: Mapping[str, Any], whole: Mapping[str, Any]) -> str:
    media = next(iter(content.values()))
    example = _sample(media.get("schema", {}), whole)
    return escape(json.dumps(example, ensure_ascii=False, indent=2))


def _sample(schema: Mapping[str, Any], whole: Mapping[str, Any]) -> Any:
    """A value of the kind that a schema describes, from its examples where it has them."""
    if "$ref" in schema:
        found: Any = whole
        for part in schema["$ref"].removeprefix("#/").split("/"):
            found = found[part]
        return _sample(found, whole)
    for key in ("examples", "enum"):
        if schema.get(key):
            return schema[key][0]
    if "const" in schema:
        return schema["const"]
    if "default" in schema:
        return schema["default"]
    if "anyOf" in schema:
        return _sample(schema["anyOf"][0], whole)
    if schema.get("type") == "object":
        return {name: _sample(each, whole) for name, each in schema.get("properties", {}).items()}
    if schema.get("type") == "array":
        return [_sample(each, whole) for each in schema.get("prefixItems", [schema.get("items", {})])]
    return {"integer": 1, "number": 0.97, "boolean": False}.get(schema.get("type", ""), "…")
