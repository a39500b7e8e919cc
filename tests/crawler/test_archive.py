"""Writing the archive, and what is left of it after a death at any byte."""

import gzip
import os
import subprocess
import sys
from pathlib import Path

import pytest
from fastwarc.warc import ArchiveIterator, WarcRecordType

from crawler.archive import INDEX, DamagedError, iter_captures, load_page, read_archive, recover
from tests.crawler.warcs import exchange, write_archive


def bodies(folder: Path) -> list[str]:
    return [load_page(capture).body.decode() for capture in read_archive(folder)]


def test_what_is_written_is_read_in_order_of_fetch(tmp_path: Path) -> None:
    written = write_archive(tmp_path, [exchange(2), exchange(1), exchange(3, status=404)])
    assert tuple(read_archive(tmp_path)) == written
    (whole,) = tmp_path.glob("*.warc.gz")
    assert tuple(iter_captures(whole)) == written
    page = load_page(written[0])
    assert (page.url, page.body.decode()) == ("http://portal.test/a/2.shtml", "<p>第2期访谈")
    assert (page.content_type, page.fetched) == ("text/html; charset=utf-8", "2026-11-23T08:00:02Z")
    assert [capture.status for capture in written] == [200, 200, 404]


def test_records_are_warc_1_1_with_digests_that_another_reader_verifies(tmp_path: Path) -> None:
    write_archive(tmp_path, [exchange(1), exchange(2, "<p>第1期访谈")])
    (whole,) = tmp_path.glob("*.warc.gz")
    records = [
        (record.record_type, record.headers.get("WARC-Target-URI"), record.verify_block_digest())
        for record in ArchiveIterator(str(whole), verify_digests=True, parse_http=False)
    ]
    url = "http://portal.test/a/{}.shtml".format
    assert records == [
        (WarcRecordType.warcinfo, None, True),
        (WarcRecordType.response, url(1), True),
        (WarcRecordType.request, url(1), True),
        (WarcRecordType.revisit, url(2), True),
        (WarcRecordType.request, url(2), True),
    ]
    assert gzip.decompress(whole.read_bytes()).startswith(b"WARC/1.1\r\n")
    assert b"GET /a/1.shtml HTTP/1.1\r\nUser-Agent: fangtan/0\r\n" in gzip.decompress(whole.read_bytes())


def test_a_payload_of_an_earlier_run_becomes_a_revisit(tmp_path: Path) -> None:
    body = "<p>" + os.urandom(50_000).hex()
    (first,) = write_archive(tmp_path, [exchange(1, body)])
    size = sum(path.stat().st_size for path in tmp_path.glob("*.warc.gz"))
    (second,) = write_archive(tmp_path, [exchange(1, body)])
    assert second.payload == first.place
    assert sum(path.stat().st_size for path in tmp_path.glob("*.warc.gz")) < size + 2_000
    assert bodies(tmp_path) == [body, body]


def test_a_file_is_finished_at_its_size_and_files_sort_by_number(tmp_path: Path) -> None:
    write_archive(tmp_path, [exchange(number) for number in range(12)], max_bytes=1)
    names = sorted(path.name for path in tmp_path.glob("*.warc.gz"))
    assert [name[:7] for name in names] == [f"{number:06d}-" for number in range(1, 13)]
    assert bodies(tmp_path) == [f"<p>第{number}期访谈" for number in range(12)]


def test_a_run_that_fetches_nothing_leaves_no_file(tmp_path: Path) -> None:
    write_archive(tmp_path / "archive", [])
    assert list((tmp_path / "archive").iterdir()) == []


def test_recovery_after_a_cut_at_any_byte(tmp_path: Path) -> None:
    """Never an exception, never a torn record taken as whole, every whole record kept; every byte of the last exchange."""
    exchanges = [exchange(1), exchange(2), exchange(3, "<p>第1期访谈")]
    written = write_archive(tmp_path / "whole", exchanges)
    (whole,) = (tmp_path / "whole").glob("*.warc.gz")
    data = whole.read_bytes()
    lengths = [record_length(tmp_path / "whole", number) for number in range(3)]
    folder = tmp_path / "torn"
    folder.mkdir()
    last = written[-1].place.offset
    for cut in (*range(0, last, 41), *range(last, len(data))):
        torn = folder / f"{whole.name}.open"
        torn.write_bytes(data[:cut])
        recover(folder)
        kept = [capture.place.offset + length <= cut for capture, length in zip(written, lengths, strict=True)]
        assert len(bodies(folder)) == sum(kept), cut
        assert not torn.exists()
        (folder / whole.name).unlink(missing_ok=True)


def record_length(folder: Path, number: int) -> int:
    lines = (folder / INDEX).read_text().splitlines()
    return int(lines[number].split('"length":"')[1].split('"')[0])


def test_recovery_passes_over_damage_in_the_middle(tmp_path: Path) -> None:
    written = write_archive(tmp_path, [exchange(1), exchange(2), exchange(3)])
    (whole,) = tmp_path.glob("*.warc.gz")
    data = bytearray(whole.read_bytes())
    data[written[1].place.offset + 100] ^= 0xFF
    whole.unlink()
    whole.with_name(f"{whole.name}.open").write_bytes(data)
    (tmp_path / INDEX).unlink()
    recover(tmp_path)
    assert bodies(tmp_path) == ["<p>第1期访谈", "<p>第3期访谈"]


def test_recovery_killed_before_it_removed_the_torn_file_doubles_nothing(tmp_path: Path) -> None:
    write_archive(tmp_path, [exchange(1)])
    (whole,) = tmp_path.glob("*.warc.gz")
    whole.with_name(f"{whole.name}.open").write_bytes(whole.read_bytes())
    assert len(write_archive(tmp_path, [exchange(2)])) == 1
    assert bodies(tmp_path) == ["<p>第1期访谈", "<p>第2期访谈"]


WRITE_AND_DIE = """
import os, signal, sys
from pathlib import Path
from crawler.archive import ArchiveWriter
from tests.crawler.warcs import exchange
writer = ArchiveWriter(Path(sys.argv[1]))
for number in range(3):
    writer.write(exchange(number))
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_what_was_written_before_a_kill_is_there_in_the_next_run(tmp_path: Path) -> None:
    died = subprocess.run([sys.executable, "-c", WRITE_AND_DIE, str(tmp_path)], check=False)
    assert died.returncode == -9
    assert list(read_archive(tmp_path)) == []
    write_archive(tmp_path, [exchange(3)])
    assert bodies(tmp_path) == [f"<p>第{number}期访谈" for number in range(4)]


WRITE_TO_A_FULL_DISK = """
import os, sys
from pathlib import Path
from crawler.archive import ArchiveWriter, read_archive
from tests.crawler.warcs import exchange
writer = ArchiveWriter(Path(sys.argv[1]))
number = 0
try:
    while True:
        writer.write(exchange(number, os.urandom(9_000).hex()))
        number += 1
except OSError as error:
    print(error.strerror)
Path(sys.argv[1], "filler").unlink()
writer.write(exchange(number))  # there is room again: it must not follow a hole
number += 1
writer.close()
assert len(list(read_archive(Path(sys.argv[1])))) == number > 3, number
"""


@pytest.mark.real
def test_a_full_disk_is_an_error_and_what_was_written_before_stays(tmp_path: Path) -> None:
    script = tmp_path / "fill.py"
    script.write_text(WRITE_TO_A_FULL_DISK)
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = f"mount -t tmpfs -o size=200k none {disk} && head -c 60000 /dev/zero > {disk}/filler"
    ran = subprocess.run(
        ["unshare", "-rm", "sh", "-c", f"{mount} && {sys.executable} {script} {disk}"],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(Path.cwd())},
    )
    if "unshare" in ran.stderr or "mount" in ran.stderr:
        pytest.skip("no user namespaces here")
    assert (ran.returncode, ran.stdout) == (0, "No space left on device\n"), ran.stderr


def test_a_file_put_back_that_is_another_one_is_not_taken_for_it(tmp_path: Path) -> None:
    (written,) = write_archive(tmp_path, [exchange(1, "<p>访谈一")])
    (whole,) = tmp_path.glob("*.warc.gz")
    others = (write_archive(tmp_path / f"{number}", [exchange(1, "<p>访谈二")])[0] for number in range(40))
    begins = [capture.payload.offset if capture.payload else None for capture in (written, *others)]
    folder = begins.index(begins[0], 1) - 1
    (other,) = (tmp_path / f"{folder}").glob("*.warc.gz")  # its first record's id is random: some are a byte longer
    other.replace(whole)
    (indexed,) = read_archive(tmp_path)
    assert indexed.sha256 == written.sha256
    with pytest.raises(DamagedError, match="holds another payload at byte"):
        load_page(indexed)
