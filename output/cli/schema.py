"""``fangtan schema``: the JSON Schema of the corpus files."""

import json

import click

from output.schema import KINDS, field_table, json_schema


@click.command()
@click.argument("kind", type=click.Choice(tuple(KINDS)), default="record")
@click.option("--format", "form", type=click.Choice(["json", "md"]), default="json", help="JSON Schema, or a Markdown table.")
def schema(kind: str, form: str) -> None:
    """Print the JSON Schema (draft 2020-12) of a line: record, removed, quarantine or run.

    \b
    Examples:
      fangtan schema                      # a line of articles.jsonl
      fangtan schema removed > removed.schema.json
      fangtan schema record --format md   # the table of README
    """
    if form == "md":
        click.echo(field_table(KINDS[kind]), nl=False)
    else:
        click.echo(json.dumps(json_schema(KINDS[kind]), ensure_ascii=False, indent=2))
