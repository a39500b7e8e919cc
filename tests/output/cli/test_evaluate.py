"""``fangtan evaluate``: what it prints, and what it keeps to itself."""

import json
from pathlib import Path

import pytest

from tests.output.cli.conftest import Fangtan
from tests.output.evaluate_samples import TEXT, TITLE, write_sample

SEEN, UNSEEN = "daniel-001", "daniel-002"
LEAK = "临澜市民政局正在征集下一期节目的话题，欢迎读者来信参加。"
LOSS = "最后一段话没有印在这个页面上，所以谁也找不到它在哪里。"

# 122 tokens are common, 26 leaked, 25 lost: 119 common 4-grams of 145 kept and of 144 in the gold of the seen page.
TABLE = """\
reader   pages   n  F      P      R      F≥.95  F<.5  empty  leaked  lost   repeated
fangtan  all     2  .912   .910   .913   .500   .000  0      .500    .500   .000
fangtan  seen    1  .824   .821   .826   .000   .000  0      1.000   1.000  .000
fangtan  unseen  1  1.000  1.000  1.000  1.000  .000  0      .000    .000   .000

reader   pages   n  title  day   fields  confused  failed  doubtful  caught
fangtan  all     2  1.000  .000  -       -         0       .000      -
fangtan  seen    1  1.000  -     -       -         0       .000      -
fangtan  unseen  1  1.000  .000  -       -         0       .000      -

"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_sample(tmp_path / "gold" / SEEN, f"<p>{LEAK}</p>", text="\n".join((*TEXT, LOSS)), title=TITLE)
    write_sample(tmp_path / "gold" / UNSEEN, text="\n".join(TEXT), title=TITLE, publish_time="2018-11-13", gold_type="human")
    return tmp_path / "gold"


def rows(out: str) -> dict[str, list[str]]:
    """The rows of the first table by their first two cells."""
    return {" ".join(line.split()[:2]): line.split()[2:] for line in out.split("\n\n")[0].splitlines()[1:]}


def test_all_seen_and_unseen_pages_by_both_readers(fangtan: Fangtan, folder: Path) -> None:
    ran = fangtan("evaluate", folder)
    assert (ran.code, ran.err) == (0, "")
    found = rows(ran.out)
    assert list(found) == [f"{reader} {part}" for part in ("all", "seen", "unseen") for reader in ("fangtan", "trafilatura")]
    assert [found[f"fangtan {part}"][0] for part in ("all", "seen", "unseen")] == ["2", "1", "1"]
    assert found["fangtan unseen"][1:4] == ["1.000", "1.000", "1.000"]
    assert found["fangtan seen"][7:9] == ["1.000", "1.000"]


def test_the_whole_table(fangtan: Fangtan, folder: Path) -> None:
    assert fangtan("evaluate", folder, "--peer", "none", "--confidence", 0) == (0, TABLE, "")


FIELDS = """\
field      pages  right  wrong  missed  invented  silent
source     all    0      0      1       0         0
source     seen   0      0      1       0         0
author     all    0      0      0       0         1
author     seen   0      0      0       0         1
published  all    0      0      1       0         0
published  seen   0      0      1       0         0
"""


def test_each_field(fangtan: Fangtan, tmp_path: Path) -> None:
    bylines = {"source": "临澜日报", "author": None, "published": "2018-11-13"}
    write_sample(tmp_path / "gold" / SEEN, text="\n".join(TEXT), bylines=bylines)
    out = fangtan("evaluate", tmp_path / "gold", "--fields", "--peer", "none").out
    assert out.endswith(f"\n\n{FIELDS}")


def test_pages_of_the_unseen_part_are_not_named(fangtan: Fangtan, folder: Path, tmp_path: Path) -> None:
    write_sample(folder / "unseen" / UNSEEN, f"<p>{LEAK}</p>", text="\n".join(TEXT))
    args = ("evaluate", folder, "--worst", 5, "--peer", "none", "--html", tmp_path / "page.html", "--by", "group")
    hidden = fangtan(*args).out + fangtan(*args, "--format", "json").out + (tmp_path / "page.html").read_text(encoding="utf-8")
    assert SEEN in hidden
    assert UNSEEN not in hidden
    shown = fangtan(*args, "--unseen").out
    assert UNSEEN in shown


def test_worst_pages_with_their_lines(fangtan: Fangtan, folder: Path) -> None:
    out = fangtan("evaluate", folder, "--worst", 1, "--peer", "none").out
    page = out[out.index(f"{SEEN}: ") :].splitlines()
    assert page[0].startswith(f"{SEEN}: F 0.")
    assert page[1:] == [f"  + {LEAK}", f"  - {LOSS}"]


def test_a_page_in_colours(fangtan: Fangtan, folder: Path) -> None:
    assert fangtan("evaluate", folder / SEEN, "--html", "page.html").code == 0
    html = Path("page.html").read_text(encoding="utf-8")
    assert f'<p class="kept">{TEXT[0]}' in html
    assert f'<p class="leaked">{LEAK}' in html
    assert f'<p class="lost">{LOSS}' in html
    assert f'<p class="removed">{TITLE} <small>field/title' in html


def test_what_a_page_says_is_text_in_colours(fangtan: Fangtan, folder: Path) -> None:
    write_sample(
        folder / "daniel-005",
        "<p>今天说一说&lt;script&gt;alert(1)&lt;/script&gt;这句话，它应当只是文字。</p>",
        text="\n".join(TEXT),
    )
    fangtan("evaluate", folder, "--html", "page.html", "--unseen")
    html = Path("page.html").read_text(encoding="utf-8")
    assert "&lt;script&gt;alert(1)" in html
    assert "<script" not in html


def test_without_a_judge_is_a_row_beside(fangtan: Fangtan, folder: Path) -> None:
    data = json.loads(fangtan("evaluate", folder, "--without", "fill", "--peer", "none", "--format", "json").out)
    assert [row["reader"] for row in data["parts"][:2]] == ["fangtan", "without fill"]


def test_lines_of_a_rule_can_be_put_aside(fangtan: Fangtan, tmp_path: Path) -> None:
    notice = "未经授权，不得转载。"
    write_sample(tmp_path / "gold" / SEEN, f"<p>{notice}</p>", text="\n".join((*TEXT, notice)))
    command = ("evaluate", tmp_path / "gold", "--peer", "none")
    assert rows(fangtan(*command).out)["fangtan all"][3] != "1.000"
    assert rows(fangtan(*command, "--aside", "chrome/copyright").out)["fangtan all"][3] == "1.000"


def test_any_number_of_processes_prints_the_same(fangtan: Fangtan, folder: Path) -> None:
    args = ("evaluate", folder, "--format", "json", "--worst", 9)
    assert fangtan(*args).out == fangtan(*args, "--jobs", 2).out


@pytest.mark.parametrize(
    ("floor", "code", "said"),
    [
        (0.5, 0, "a: 2 pages, 0 figures below the floor\n"),
        (0.99, 1, "a: 2 pages, 1 figure below the floor\n  f is .9"),
    ],
    ids=["held", "fallen"],
)
def test_check(fangtan: Fangtan, folder: Path, floor: float, code: int, said: str) -> None:
    floors = folder.parent / "floors.toml"
    floors.write_text(f'[a]\nfolder = "gold"\naccepted = {{ f = {floor} }}\n[b]\nfolder = "nosuch"\n')
    ran = fangtan("evaluate", "--check", floors)
    assert (ran.code, ran.err) == (code, "")
    assert ran.out.startswith(said)
    assert ran.out.endswith(f"b: not evaluated, there is no {folder.parent / 'nosuch'}\n")


@pytest.mark.parametrize(
    ("args", "said"),
    [
        ((), "say which DIR to evaluate, or --check FLOORS; see fangtan evaluate --help"),
        ((".", "--only", "human"), "--only human: write FACT=VALUE, e.g. gold_type=human; see fangtan evaluate --help"),
        (("gold", "--only", "kind=forum"), "gold holds no folder with kind=forum with page.html and gold.json or expected.json"),
    ],
    ids=["nothing", "fact", "no-page"],
)
def test_wrong_use(fangtan: Fangtan, folder: Path, args: tuple[str, ...], said: str) -> None:
    assert fangtan("evaluate", *args) == (2, "", f"fangtan: {said}\n")
