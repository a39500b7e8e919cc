"""The command line: one file per command, and the one place where the rooms meet."""

import logging
from collections.abc import Sequence
from typing import Any

import click

from output import exits
from output.cli import errors
from output.cli.changes import changes
from output.cli.clean import clean
from output.cli.crawl import crawl
from output.cli.dedup import dedup
from output.cli.demo import demo
from output.cli.evaluate import evaluate
from output.cli.portal import portal
from output.cli.reclean import reclean
from output.cli.repair import repair
from output.cli.schedule import schedule
from output.cli.schema import schema
from output.cli.status import status
from output.cli.validate import validate
from output.cli.why import why

_SECTIONS = {
    "A series, from its portal to a corpus": (demo, crawl, schedule, status, changes, reclean, repair),
    "Saved pages and profiles": (clean, why, portal),
    "Corpora": (validate, dedup, evaluate, schema),
}


class _Commands(click.Group):
    """The commands in sections, each with its whole first sentence: click would sort them and cut it.

    Lets a closed stdout through as an error of ours: click would end with 1, which means findings here.
    """

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        for title, commands in _SECTIONS.items():
            with formatter.section(title):
                formatter.write_dl([(command.name or "", command.get_short_help_str(limit=200)) for command in commands])

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            raise errors.ReaderGoneError from None


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="fangtan", message="%(prog)s %(version)s")
def fangtan() -> None:
    """Turn the interview series of Chinese news portals into a corpus that can be cited.

    \b
    Examples:
      fangtan demo
      fangtan crawl jl_ifeng/anquan
      fangtan status
      fangtan changes jl_ifeng/anquan --since 2026-11-01
      fangtan clean page.html --url https://jl.ifeng.com/a/20181113/7024738_0.shtml
      fangtan clean saved/ --removed removed.jsonl > articles.jsonl
      fangtan why page.html
      fangtan validate data/jl_ifeng/anquan

    fangtan COMMAND --help shows each with its examples and exit codes.
    """


for section in _SECTIONS.values():
    for command in section:
        fangtan.add_command(command)


def main(args: Sequence[str] | None = None) -> int:
    """Run a command; return its exit code."""
    # trafilatura warns of each page in which it finds nothing; to us that is a vote, and stderr has one line a cause.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    try:
        code = fangtan.main(args, prog_name="fangtan", standalone_mode=False)
    except BaseException as error:
        return errors.report(error)
    return code if isinstance(code, int) else exits.FINE
