"""JSON Schema and field tables, generated from the types and the docstrings under their fields."""

import ast
import inspect
import itertools
import textwrap
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from cleaners.article import Original, Raw, Record, Removed, Speaker, Turn
from output.lines import Counts, Fresh, Quarantined, Run

DIALECT = "https://json-schema.org/draft/2020-12/schema"

KINDS: Mapping[str, type[msgspec.Struct]] = {"record": Record, "removed": Removed, "quarantine": Quarantined, "run": Run}
"""Each kind of line by the name that ``fangtan schema`` and ``fangtan validate`` call it."""

_TYPES: tuple[type[msgspec.Struct], ...] = (*KINDS.values(), Turn, Speaker, Original, Raw, Counts, Fresh)
_STRUCTS = {kind.__name__: kind for kind in _TYPES}
_PARTS = {f"#/$defs/{name}": kind for name, kind in _STRUCTS.items()}


def json_schema(kind: type[msgspec.Struct]) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a line; a field that it does not name is refused."""
    schema = msgspec.json.schema(kind)
    definitions = {name: _documented(definition, _STRUCTS[name]) for name, definition in schema["$defs"].items()}
    return {"$schema": DIALECT, "$ref": schema["$ref"], "$defs": definitions}


def field_docs(kind: type[msgspec.Struct]) -> dict[str, str]:
    """The docstring under each field as one line of Markdown; msgspec reads only the class's own.

    >>> field_docs(Original)["title"]
    'The title as printed.'
    """
    body = ast.parse(textwrap.dedent(inspect.getsource(kind))).body[0].body  # type: ignore[attr-defined]  # a class has one
    return dict(_field_docs(body))


def field_table(kind: type[msgspec.Struct]) -> str:
    """The fields of a line as a Markdown table; fields of its parts stand as ``turns[].label`` below theirs."""
    rows = "\n".join(f"| `{name}` | {shape} | {meaning} |" for name, shape, meaning in _rows(kind, ""))
    return f"| field | type | meaning |\n|---|---|---|\n{rows}\n"


def unknown_fields(raw: object, typed: object, at: str = "") -> Iterator[str]:
    """The paths in ``raw`` that ``typed``, the same line read by its type and made plain again, does not have.

    >>> list(unknown_fields({"id": 1, "turns": [{"txt": 2}]}, {"id": 1, "turns": [{"text": None}]}))
    ['turns[0].txt']
    """
    if isinstance(raw, dict) and isinstance(typed, dict):
        for key, value in raw.items():
            path = f"{at}.{key}" if at else key
            yield from unknown_fields(value, typed[key], path) if key in typed else (path,)
    elif isinstance(raw, list) and isinstance(typed, list | tuple):
        for index, (value, known) in enumerate(zip(raw, typed, strict=False)):
            yield from unknown_fields(value, known, f"{at}[{index}]")


def _documented(definition: Mapping[str, Any], kind: type[msgspec.Struct]) -> dict[str, Any]:
    docs = field_docs(kind)
    fields = {name: {"description": docs[name], **spec} for name, spec in definition["properties"].items()}
    return {**definition, "properties": fields, "additionalProperties": False}


def _field_docs(body: list[ast.stmt]) -> Iterator[tuple[str, str]]:
    for field, below in itertools.pairwise(body):
        match field, below:
            case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(text))):
                yield name, " ".join(text.split()).replace("``", "`")


def _rows(kind: type[msgspec.Struct], prefix: str) -> Iterator[tuple[str, str, str]]:
    docs = field_docs(kind)
    for name, spec in msgspec.json.schema(kind)["$defs"][kind.__name__]["properties"].items():
        yield prefix + name, _shape(spec), docs[name]
        if part := _part(spec):
            yield from _rows(part, f"{prefix}{name}{'[]' if spec.get('type') == 'array' else ''}.")


def _part(spec: Mapping[str, Any]) -> type[msgspec.Struct] | None:
    """The struct that a property holds one or many of."""
    choices = (spec, spec.get("items") or {}, *spec.get("anyOf", ()))
    return next((_PARTS[choice["$ref"]] for choice in choices if "$ref" in choice), None)


def _shape(spec: Mapping[str, Any]) -> str:
    """A property's type in words.

    >>> _shape({"anyOf": [{"type": "array", "items": {"type": "string"}}, {"type": "null"}]})
    'list of string or null'
    """
    if "anyOf" in spec:
        return " or ".join(map(_shape, spec["anyOf"]))
    if "prefixItems" in spec:
        return f"[{', '.join(map(_shape, spec['prefixItems']))}]"
    if spec.get("type") == "array":
        return f"list of {_shape(spec['items'])}"
    if "additionalProperties" in spec:
        return f"object of {_shape(spec['additionalProperties'])}"
    if "enum" in spec:
        return ", ".join(f"`{value}`" for value in spec["enum"])
    return "object" if "$ref" in spec else str(spec["type"])
