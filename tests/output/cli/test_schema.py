"""``fangtan schema``: the schema as a file, the fields as a table."""

import json

import pytest

from cleaners.article import Record
from output.schema import KINDS, field_table
from tests.output.cli.conftest import Fangtan


@pytest.mark.parametrize("kind", KINDS)
def test_the_schema_is_json(fangtan: Fangtan, kind: str) -> None:
    ran = fangtan("schema", kind)
    assert (ran.code, json.loads(ran.out)["$ref"], ran.err) == (0, f"#/$defs/{KINDS[kind].__name__}", "")


def test_the_table_is_that_of_readme(fangtan: Fangtan) -> None:
    assert fangtan("schema", "--format", "md").out == field_table(Record)
