"""Serve a replica from the command line: ``python -m crawler.replica --articles 400``.

Prints the proxy's URL on the first line and serves until Ctrl-C or SIGTERM, or until a pipe that is standard input ends.
"""

import argparse
import os
import signal
import stat
import sys
import threading
from collections.abc import Sequence

from crawler.replica.server import serve
from crawler.replica.site import build_site


def main(arguments: Sequence[str] | None = None) -> None:
    """Serve until told to stop."""
    options = _parser().parse_args(arguments)
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    signal.signal(signal.SIGINT, lambda *_: stop.set())
    if stat.S_ISFIFO(os.fstat(sys.stdin.fileno()).st_mode):  # a terminal would stop what reads it in the background
        threading.Thread(target=_wait_for_end_of_input, args=(stop,), daemon=True).start()
    with serve(build_site(seed=options.seed, articles=options.articles), port=options.port) as replica:
        print(replica.proxy_url, flush=True)
        stop.wait()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m crawler.replica", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="port on 127.0.0.1; 0 takes a free one (default)")
    parser.add_argument("--articles", type=int, default=44, help="interviews to serve (default 44)")
    parser.add_argument("--seed", type=int, default=20181113, help="what all chance comes from (default 20181113)")
    return parser


def _wait_for_end_of_input(stop: threading.Event) -> None:
    while os.read(sys.stdin.fileno(), 1024):  # sys.stdin's lock would be held at the end
        pass
    stop.set()


if __name__ == "__main__":
    main()
