"""Schema and tables say of each field what its docstring says."""

import msgspec
import pytest

from output.schema import KINDS, field_docs, field_table, json_schema


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_every_field_is_described(kind: type[msgspec.Struct]) -> None:
    schema = json_schema(kind)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    for definition in schema["$defs"].values():
        assert definition["additionalProperties"] is False
        assert all(field["description"] for field in definition["properties"].values())


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_a_line_of_the_table_for_each_field(kind: type[msgspec.Struct]) -> None:
    rows = field_table(kind).splitlines()[2:]
    assert [row.split("`")[1] for row in rows if "." not in row.split("`")[1]] == list(field_docs(kind))


def test_the_table_shows_parts_below_their_field() -> None:
    table = field_table(KINDS["record"])
    assert "| `turns[].label` | string | The label as printed, without colon and brackets, e.g. `记者`. |\n" in table
    assert "| `script` | `Hans`, `Hant` or null | " in table
