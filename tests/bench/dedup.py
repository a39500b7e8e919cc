"""What dedup finds and how fast: ``python -m tests.bench.dedup {recall,peers,growth} [ARTICLES…]``.

``recall`` compares it with all pairs of 5,000 articles, ``peers`` with datasketch and rensa on 20,000 articles of 3,000
characters, on one core and in one run; ``growth`` runs the command on 10,000 and 100,000 articles, or as many as are said.
"""

import json
import os
import random
import resource
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from itertools import islice
from pathlib import Path
from time import perf_counter, process_time, sleep
from typing import NamedTuple, TypeAlias

import numpy as np

from cleaners.script import fold
from output.dedup.candidates import band_pairs
from output.dedup.check import shingle_sets
from output.dedup.corpora import list_corpora
from output.dedup.find import Asked, find_duplicates
from output.dedup.folding import Folded, fold_batches
from output.dedup.hashes import prefix_sums
from output.dedup.keep import parse_policy
from output.dedup.sketches import anchors, shingles, signatures
from tests.output.dedup.planted import Writer, compare_all, plant, variants

THRESHOLD = 0.7
BANDS, ROWS = 32, 4
CHARACTERS = 3_000
COPIES = 0.05
"""Share of the articles that are duplicates of others."""

_CHUNK = 1_000  # articles that one process writes at a time

Pairs: TypeAlias = set[tuple[int, int]]


def recall(count: int) -> None:
    """Planted pairs found, of those that comparing every two articles finds."""
    planted = plant(count)
    exact = compare_all(planted.texts)
    with tempfile.TemporaryDirectory() as folder:
        corpus = Path(folder) / "articles.jsonl"
        corpus.write_text("".join(_line(number, text) for number, text in enumerate(planted.texts)), encoding="utf-8")
        asked = Asked(THRESHOLD, parse_policy("earliest"), 2)
        report = find_duplicates(list_corpora([corpus]), asked, Path(folder), lambda *_: None).report
    listed = (pair for cluster in report.clusters for pair in cluster.pairs)
    found = {_ordered(int(pair.first.id, 16), int(pair.second.id, 16)) for pair in listed}
    wanted = {
        "Jaccard >= .7": {pair for pair, likeness in exact.items() if likeness.jaccard >= THRESHOLD},
        "containment >= .9 of 300 characters": {pair for pair, likeness in exact.items() if likeness.containment >= 0.9},
    }
    print(f"{count} articles: {dict(Counter(planted.ways))}")
    for name, pairs in wanted.items():
        print(f"{name}: {len(pairs & found)} of {len(pairs)} found, recall {len(pairs & found) / len(pairs):.4f}")
    print(f"reported with neither: {len(found.difference(*wanted.values()))} of {len(found)}")


class Peer(NamedTuple):
    """One way from folded texts to duplicate pairs."""

    name: str
    pairs: Callable[[Sequence[str]], Pairs]


def peers(count: int) -> None:
    """Processor seconds from folded texts in memory to checked pairs, and how many times ours, on one core."""
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    texts = [text for chunk in range(-(-count // _CHUNK)) for text in _chunk_texts(chunk)][:count]
    folded = [fold(text) for text in texts]
    print(f"{count} articles of {CHARACTERS} characters; signatures + candidates + check of folded texts, one core")
    seconds = dict[str, float]()
    for peer in (Peer("ours", ours), Peer("rensa", rensa), Peer("rensa rho", rensa_rho), Peer("datasketch", datasketch)):
        began = process_time()
        pairs = peer.pairs(folded)
        seconds[peer.name] = process_time() - began
        print(
            f"{peer.name:12} {seconds[peer.name]:8.2f} s {seconds[peer.name] / seconds['ours']:7.1f} x   {len(pairs)} pairs",
            flush=True,
        )
    began = process_time()
    for batch in fold_batches(texts):
        anchors(batch, prefix_sums(batch.points))
    print(
        f"{'besides':12} {process_time() - began:8.2f} s: folding them, and the anchors by which ours finds what is cut or merged"
    )


def ours(folded: Sequence[str]) -> Pairs:
    """The product's own functions, without its files."""
    batches = [_folded(batch) for batch in _batches(folded)]
    sketch = np.concatenate([signatures(shingles(one, prefix_sums(one.points)), len(one.starts) - 1) for one in batches])
    candidates = band_pairs(sketch, np.arange(len(folded)), THRESHOLD, lambda *_: None)
    wanted = np.unique(candidates)
    sets = (grams for batch in _batches([folded[number] for number in wanted]) for grams, _ in shingle_sets(_folded(batch)))
    set_of = dict(zip(wanted.tolist(), sets, strict=True))
    shared = ((a, b, len(np.intersect1d(set_of[a], set_of[b], assume_unique=True))) for a, b in candidates.tolist())
    return {(a, b) for a, b, both in shared if both / (len(set_of[a]) + len(set_of[b]) - both) >= THRESHOLD}


def datasketch(folded: Sequence[str]) -> Pairs:
    """datasketch as its documentation has it, in bulk."""
    from datasketch import MinHash, MinHashLSH

    index = MinHashLSH(params=(BANDS, ROWS), num_perm=BANDS * ROWS)
    tokens = ([gram.encode() for gram in _grams(text)] for text in folded)
    for number, sketch in enumerate(MinHash.generator(tokens, num_perm=BANDS * ROWS)):
        index.insert(number, sketch)
    keys = ((table, key) for table in index.hashtables for key in table.keys())  # noqa: SIM118 -- it is no dict
    buckets = (bucket for table, key in keys if len(bucket := table.get(key)) > 1)
    return _checked(_of_buckets(buckets), folded)


def rensa(folded: Sequence[str]) -> Pairs:
    """rensa's own index."""
    from rensa import RMinHash, RMinHashLSH

    index = RMinHashLSH(threshold=THRESHOLD, num_perm=BANDS * ROWS, num_bands=BANDS)
    sketches = []
    for batch in _batches(folded):
        sketches.extend(RMinHash.from_token_sets([_grams(text) for text in batch], num_perm=BANDS * ROWS, seed=1))
    index.insert_many(sketches)
    likes = enumerate(index.query_all(sketches))
    return _checked({_ordered(number, other) for number, others in likes for other in others if other != number}, folded)


def rensa_rho(folded: Sequence[str]) -> Pairs:
    """rensa's fastest sketch, whose rows go into our bands: its index gives no pairs for it."""
    from rensa import RMinHash

    rows = list[list[int]]()
    for batch in _batches(folded):
        made = RMinHash.digest_matrix_from_token_sets_rho([_grams(text) for text in batch], num_perm=BANDS * ROWS, seed=1)
        rows.extend(made.to_rows())
    candidates = band_pairs(np.array(rows, np.uint32), np.arange(len(folded)), THRESHOLD, lambda *_: None)
    return _checked({_ordered(a, b) for a, b in candidates.tolist()}, folded)


def growth(counts: Sequence[int]) -> None:
    """Seconds and memory of ``fangtan dedup`` on generated corpora, two processes."""
    for count in counts:
        with tempfile.TemporaryDirectory() as folder:
            corpus = Path(folder) / "articles.jsonl"
            _write_corpus(corpus, count)
            _measure(corpus, count)


def _measure(corpus: Path, count: int) -> None:
    report = corpus.with_name("report.jsonl")
    command = [str(Path(sys.executable).with_name("fangtan")), "dedup", str(corpus), "--jobs", "2", "--format", "jsonl"]
    began, before = perf_counter(), _processor_seconds()
    with report.open("wb") as file, subprocess.Popen(command, stdout=file) as process:
        peak = _peak_memory(process)
    seconds, busy = perf_counter() - began, _processor_seconds() - before
    rows = Counter(json.loads(line)["row"] for line in report.open())
    print(
        f"{count:9,} articles, {corpus.stat().st_size / 1e9:5.2f} GB: {seconds:7.1f} s, {seconds / count * 1e3:.2f} ms each; ",
        end="",
    )
    print(f"{busy:.0f} s of processor, {peak:.2f} GB of memory; exit {process.returncode}, {dict(rows)}", flush=True)


def _processor_seconds() -> float:
    """Of all processes that were waited for."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _peak_memory(process: "subprocess.Popen[bytes]") -> float:
    """The most memory that the process and its children have at one time, in GB, shared pages counted once; waits for its end."""
    peak = 0
    while process.poll() is None:
        peak = max(peak, sum(map(_memory, (process.pid, *_children(process.pid)))))
        sleep(0.5)
    return peak / 1e6


def _children(pid: int) -> Sequence[int]:
    with suppress(OSError):
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return ()


def _memory(pid: int) -> int:
    """Proportional set size in KB."""
    with suppress(OSError):
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return 0


def _write_corpus(path: Path, count: int) -> None:
    with path.open("wb") as file, ProcessPoolExecutor(2) as pool:
        chunks = range(-(-count // _CHUNK))
        for start in range(0, len(chunks), 8):  # the writer waits: 80 MB at a time
            for lines in pool.map(_chunk_lines, chunks[start : start + 8]):
                file.write(lines)


def _chunk_lines(chunk: int) -> bytes:
    return "".join(_line(chunk * _CHUNK + number, text) for number, text in enumerate(_chunk_texts(chunk))).encode()


def _chunk_texts(chunk: int) -> list[str]:
    """A thousand articles, some of them made of others."""
    writer, rng = Writer(chunk), random.Random(chunk)
    texts = [writer.article(CHARACTERS) for _ in range(round(_CHUNK * (1 - COPIES)))]
    originals = rng.sample(texts, _CHUNK - len(texts))
    return [*texts, *(rng.choice(list(variants(text, rng.choice(texts), rng)))[1] for text in originals)]


def _line(number: int, text: str) -> str:
    return json.dumps({"id": f"{number:016x}", "title": "访谈", "text": text}, ensure_ascii=False) + "\n"


def _folded(batch: Sequence[str]) -> Folded:
    """Folded texts as arrays, folded no second time."""
    points = np.frombuffer("".join(batch).encode("utf-32-le"), np.uint32)
    starts = np.cumsum([0, *map(len, batch)])
    return Folded(points, starts, starts, starts)


def _batches(texts: Iterable[str]) -> Iterator[list[str]]:
    rest = iter(texts)
    while batch := list(islice(rest, 20)):
        yield batch


def _grams(text: str) -> list[str]:
    return [text[at : at + 5] for at in range(len(text) - 4)]


def _of_buckets(buckets: Iterable[Iterable[int]]) -> Pairs:
    return {_ordered(a, b) for bucket in buckets for a in bucket for b in bucket if a < b}


def _checked(candidates: Pairs, folded: Sequence[str]) -> Pairs:
    """The candidates at the threshold, by sets of strings."""
    set_of = {number: set(_grams(folded[number])) for pair in candidates for number in pair}
    return {(a, b) for a, b in candidates if len(set_of[a] & set_of[b]) / len(set_of[a] | set_of[b]) >= THRESHOLD}


def _ordered(one: int, other: int) -> tuple[int, int]:
    return min(one, other), max(one, other)


def main(arguments: Sequence[str]) -> None:
    counts = [int(count.replace("_", "")) for count in arguments[1:]]
    match arguments[0]:
        case "recall":
            recall(*(counts or [5_000]))
        case "peers":
            peers(*(counts or [20_000]))
        case "growth":
            growth(counts or [10_000, 100_000])
        case _:
            sys.exit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1:] or ["help"])
