"""Every command says what it does, with examples."""

from collections.abc import Iterator

import click
import pytest

from output.cli import fangtan as commands
from tests.output.cli.conftest import Fangtan


def all_commands(group: click.Group, *path: str) -> Iterator[tuple[str, ...]]:
    yield path
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from all_commands(command, *path, name)
        else:
            yield (*path, name)


@pytest.mark.parametrize("path", tuple(all_commands(commands)), ids=" ".join)
def test_help_has_examples(fangtan: Fangtan, path: tuple[str, ...]) -> None:
    ran = fangtan(*path, "--help")
    assert (ran.code, ran.err) == (0, "")
    assert f"  Examples:\n    fangtan {' '.join(path)}" in ran.out or "| fangtan" in ran.out
    assert max(map(len, ran.out.splitlines())) <= 100


def test_the_first_screen_has_every_command_with_its_whole_sentence(fangtan: Fangtan) -> None:
    printed = " ".join(fangtan("--help").out.split())
    for name, command in commands.commands.items():
        assert f" {name} {command.get_short_help_str(limit=200)}" in printed


def test_an_unknown_command_is_one_line(fangtan: Fangtan) -> None:
    assert fangtan("crawll") == (2, "", "fangtan: No such command 'crawll'. Did you mean 'crawl'? See fangtan --help\n")
