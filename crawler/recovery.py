"""What a dead run left behind: the whole records of torn or damaged WARC files."""

import io
import mmap
import zlib
from collections.abc import Iterator
from pathlib import Path

from fastwarc.warc import ArchiveIterator

from crawler.files import sync_folder, write_whole

OPEN = ".open"
DAMAGED = ".damaged"
_GZIP_MEMBER = b"\x1f\x8b\x08"
_CHUNK = 1 << 16


def recover(folder: Path) -> None:
    """Turn what dead runs left open into finished files; only to be called by who holds the lock of the series."""
    for torn in sorted(folder.glob(f"*.warc.gz{OPEN}")):
        whole = torn.with_suffix("")
        if not whole.exists() and next(whole_members(torn), None):
            write_whole(whole, whole_members(torn))
        torn.unlink()
        sync_folder(folder)


def salvage(path: Path) -> Path:
    """Put the whole records of a damaged file in its place; returns where the damaged one stands now."""
    aside = path.with_name(path.name + DAMAGED)
    path.rename(aside)
    if next(whole_members(aside), None):
        write_whole(path, whole_members(aside))
    sync_folder(path.parent)
    return aside


def whole_members(path: Path) -> Iterator[bytes]:
    """The gzip members of a torn file that are whole by their own check sum and by the digests of their record."""
    if path.stat().st_size == 0:
        return
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        at = 0
        while 0 <= at < len(data):
            end = _member_end(data, at)
            if end and _is_whole(member := data[at:end]):
                yield member
                at = end
            else:
                at = data.find(_GZIP_MEMBER, at + 1)


def _member_end(data: mmap.mmap, start: int) -> int | None:
    inflate, at = zlib.decompressobj(31), start
    try:
        while not inflate.eof and (chunk := data[at : at + _CHUNK]):
            inflate.decompress(chunk)
            at += len(chunk)
    except zlib.error:
        return None
    return at - len(inflate.unused_data) if inflate.eof else None


def _is_whole(member: bytes) -> bool:
    try:
        return sum(1 for _ in ArchiveIterator(io.BytesIO(member), verify_digests=True)) == 1
    except (OSError, ValueError):
        return False
