"""Where the article stands on pages without a profile."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from cleaners.article import Block, Verdict
from cleaners.judges import JUDGES
from cleaners.layout import _two_states, mark_layout
from tests.cleaners.pages import SENTENCES, document_of

LATER = [text.replace("。", "！") for text in SENTENCES]
MORE = "".join(f"<p>{text}</p>" for text in LATER)
BODY = "".join(f"<p>{text}</p>" for text in SENTENCES)
LONG = f"<p>{''.join(SENTENCES)}</p><p>{''.join(LATER)}</p>"
LINKS = "".join(f"<li><a href=/{number}>临澜的第{number}条新闻标题</a></li>" for number in range(1, 9))
MENU = "<ul class=nav>" + "".join(f"<li><a href=/{name}>{name}</a></li>" for name in "首页 新闻 财经 体育 娱乐".split()) + "</ul>"


def judged(html: str, headline: int | None = None, without: frozenset[str] = frozenset()) -> tuple[Block, ...]:
    document = document_of(f"<body>{html}</body>")
    return mark_layout(document, document.blocks, headline, without)[0]


def kept(html: str, headline: int | None = None) -> list[str]:
    return [block.text for block in judged(html, headline) if block.verdict is None]


PROSE = list(SENTENCES)
PAGES: dict[str, tuple[str, list[str]]] = {
    "plain": (BODY, PROSE),
    "menu-before": (f"{MENU}<div>{BODY}</div>", PROSE),
    "links-behind": (f"<div>{BODY}</div><ul>{LINKS}</ul>", PROSE),
    "sidebar": (f"<div class=content>{BODY}</div><div class=sidebar><p>热门</p><ul>{LINKS}</ul></div>", PROSE),
    "table": (f"<table><tr><td>{MENU}</td><td>{BODY}</td></tr></table>", PROSE),
    "breaks": ("<div>" + "<br><br>".join(SENTENCES) + "</div>", PROSE),
    "subhead": (
        f"<div>{BODY}<h3>管网</h3>{MORE}</div>",
        [*PROSE, "管网", *LATER],
    ),
    "short-replies": (
        f"<div>{BODY}<p>记者：好吗？</p><p>何知秋：好。</p>{MORE}</div>",
        [*PROSE, "记者：好吗？", "何知秋：好。", *LATER],
    ),
    "list-inside": (f"<div>{BODY}<ul>{LINKS}</ul>{MORE}</div>", [*PROSE, *LATER]),
    "verses": (
        f"<div>{BODY}{''.join(f'<p>{verse}</p>' for verse in '雪 落在 桥 上面 没有 声音'.split())}{MORE}</div>",
        [*PROSE, *"雪 落在 桥 上面 没有 声音".split(), *LATER],
    ),
    "one-paragraph": (f"{MENU}<div><p>{SENTENCES[0] * 2}</p></div><ul>{LINKS}</ul>", [SENTENCES[0] * 2]),
    "caption": (f"<div><p>{SENTENCES[0]}</p><p class=caption>资料图，一条步道。</p>{BODY[len(SENTENCES[0]) + 7:]}</div>", PROSE),
    "hidden": (f"<div>{BODY}<p style='display:none'>暗</p></div>", PROSE),
}  # fmt: skip


@pytest.mark.parametrize(("html", "texts"), PAGES.values(), ids=PAGES)
def test_the_article_is_kept(html: str, texts: list[str]) -> None:
    assert kept(html) == texts


def row(name: str, words: str) -> str:
    return f"<div class=row><div class=who>{name}</div><div class=say>{words}</div><div class=time>10:05</div></div>"


def test_short_replies_in_rows_of_their_own_are_text() -> None:
    talk = [("主持人", "大家好。"), *zip(["主持人", "其木格"] * 4, [*SENTENCES, *LATER, "就我。", "不累？"][:8], strict=True)]
    talk += [("其木格", "不累。"), ("主持人", "好，再见。"), ("其木格", "再见。")]
    rows = "".join(row(*turn) for turn in talk)
    body = f"{MENU}<div class=talk>{rows}<div class=row><div class=who>回复单位：</div></div></div>"
    assert [text for text in kept(body) if text != "10:05"] == [text for turn in talk for text in turn]


def test_verdicts_say_where_a_block_stands() -> None:
    blocks = judged(f"{MENU}<div>{BODY}<p class=caption>资料图</p><p style='display:none'>暗</p></div>")
    rules = {block.text: block.verdict.rule for block in blocks if block.verdict}
    assert (rules["首页"], rules["资料图"], rules["暗"]) == ("layout/outside", "media/caption", "hidden")
    assert all(block.verdict is None or block.verdict.evidence for block in blocks)


def test_a_headline_leaves_out_what_stands_before_it() -> None:
    teaser = f"<p>{SENTENCES[3]}</p>"
    html = f"{teaser}<h1>临澜老旧小区改造</h1>{BODY[: -len(teaser)]}"
    assert SENTENCES[3] in kept(html)
    assert SENTENCES[3] not in kept(html, headline=1)
    assert kept(html, headline=1)[-3:] == PROSE[:3]


@pytest.mark.parametrize(
    ("weights", "states"),
    [
        ([2, 2, 2], "111"),
        ([-2, 4, -2], "010"),
        ([-2, 2, -2], "000"),
        ([2, 2, -2, 2, 2], "11111"),
        ([2, 2, -4, 2, 2], "11011"),
        ([-1, -1, -1], "000"),
        ([], ""),
    ],
    ids=["in", "one", "not-worth-two-changes", "over-a-gap", "gap", "out", "empty"],
)
def test_a_change_has_its_price(weights: list[float], states: str) -> None:
    assert "".join(str(int(state)) for state in _two_states(weights)) == states


def test_earlier_verdicts_stay() -> None:
    document = document_of(f"<body>{BODY}</body>")
    verdict = Verdict("chrome/share", "分享到")
    blocks = (replace(document.blocks[0], verdict=verdict), *document.blocks[1:])
    assert mark_layout(document, blocks, None)[0][0].verdict == verdict


def test_agreement_of_the_judges() -> None:
    document = document_of(f"<body>{MENU}<div>{LONG}</div></body>")
    for without in (frozenset[str](), frozenset(("headline",)), frozenset(("trafilatura",))):
        assert 0.5 < mark_layout(document, document.blocks, None, without)[1] <= 1
    assert mark_layout(document, document.blocks, None, frozenset(JUDGES))[1] == 1


@pytest.mark.parametrize("judge", JUDGES)
def test_a_plain_page_needs_no_single_judge(judge: str) -> None:
    texts = [block.text for block in judged(f"{MENU}<div>{BODY}</div>", None, frozenset((judge,))) if block.verdict is None]
    assert texts == PROSE


_PIECES = [
    f"<p>{SENTENCES[0]}</p>",
    "<p>好。</p>",
    MENU,
    LINKS,
    "<div>",
    "</div>",
    "<h1>一个标题在这里</h1>",
    "<br>一",
    "<td>",
    "<p hidden>暗</p>",
]


@given(st.lists(st.sampled_from(_PIECES), max_size=12), st.booleans())
def test_any_page_keeps_its_blocks_in_order(pieces: list[str], with_headline: bool) -> None:
    document = document_of("<body>" + "".join(pieces))
    headline = 0 if with_headline and document.blocks else None
    blocks, confidence = mark_layout(document, document.blocks, headline)
    assert [(block.index, block.text) for block in blocks] == [(block.index, block.text) for block in document.blocks]
    assert 0 <= confidence <= 1


def test_a_long_page_costs_as_much_per_block_as_a_short_one() -> None:
    assert ratio(2_000) < 2.6 or ratio(2_000) < 2.6


def ratio(paragraphs: int) -> float:
    """Process time of twice as many paragraphs in twice as many elements over that of so many."""
    times = []
    for count in (paragraphs, 2 * paragraphs):
        document = document_of("<body>" + f"<div><p>{SENTENCES[0]}</p></div>" * count)
        start = time.process_time()
        mark_layout(document, document.blocks, None, frozenset(("trafilatura",)))
        times.append(time.process_time() - start)
    assert times[1] < 10
    return times[1] / times[0]
