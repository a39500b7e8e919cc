"""``scrapy crawl`` that says in one line why it cannot run, with the exit codes of ``fangtan crawl``."""

import argparse
import sys
from pathlib import Path
from typing import cast

from scrapy.commands import crawl
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.exceptions import UsageError
from scrapy.settings import BaseSettings

from crawler.capture import ArchiveError
from crawler.lock import LockedError, lock_series, series_folder
from crawler.middlewares import FATAL
from crawler.spiders.series import SeriesSpider, manners_of

_USAGE, _SOME_FAILED, _LOCKED, _DAMAGED, _NO_SPACE = 2, 3, 5, 6, 7  # output.exits says what each means


class Command(crawl.Command):
    """Scrapy's own would end with 0 where another run holds the lock, and with a traceback where a contact is missing."""

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Refuse what cannot run before Scrapy begins to log."""
        super().process_options(args, opts)
        if args != [SeriesSpider.name]:
            raise UsageError(f"there is one spider, {SeriesSpider.name!r}", print_help=False)
        try:
            _try(opts.spargs, cast("BaseSettings", self.settings))
        except (OSError, ValueError, LockedError) as error:
            sys.stderr.write(f"scrapy: {error}\n")
            sys.exit(_code(error))

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Crawl; the exit code tells what ended it."""
        process = cast("AsyncCrawlerProcess", self.crawler_process)
        crawler = self._create_crawler(args[0])
        process.crawl(crawler, **opts.spargs)
        process.start()
        fatal = crawler.stats.get_value(FATAL) if crawler.stats else None
        if fatal:
            self.exitcode = _code(fatal)
        elif process.bootstrap_failed:
            self.exitcode = 1
        elif getattr(crawler.spider, "failures", 0):
            self.exitcode = _SOME_FAILED


def _try(arguments: dict[str, str], settings: BaseSettings) -> None:
    """Raise what a crawl with these arguments would end with at once."""
    spider = SeriesSpider(**arguments)
    manners_of(spider.portal, settings)
    with lock_series(series_folder(Path(settings["FANGTAN_DATA"]), spider.portal, spider.series_name)):
        pass


def _code(error: Exception) -> int:
    if isinstance(error, LockedError):
        return _LOCKED
    if isinstance(error, OSError):
        return _NO_SPACE
    return _DAMAGED if isinstance(error, ArchiveError) else _USAGE
