"""What stands before the headline, or behind an article's end, counts less."""

import pytest

from cleaners.article import Block
from cleaners.chrome import mark_chrome
from cleaners.facts import block_facts
from cleaners.fields import mark_fields
from cleaners.headline import Headline
from cleaners.nearness import near_headline
from cleaners.tree import Tree, ancestor_tree
from tests.cleaners.pages import document_of

HEAD = "<h1>临澜的一座桥要不要拆</h1>"
TEXT = f"<p>{'临澜的桥修好了，一共花了三年。' * 5}</p>"
LINK = "<li><a href=/>临澜的一条新闻标题</a></li>"

PAGES = {
    "behind": (f"{HEAD}{TEXT}", [-6, 4.0]),
    "before": (f"{TEXT}{HEAD}{TEXT}", [-0.8, -6, 4.0]),
    "before-a-name-in-the-footer": (f"{TEXT * 4}{HEAD}<p>电话</p>", [2.0, 2.0, 2.0, 2.0, -6, -4]),
    "behind-links": (f"{HEAD}{LINK * 12}{TEXT}", [-6, *[-4.0] * 12, 2.0]),
    "behind-a-linked-heading": (f"{HEAD}{TEXT}<h3><a href=/>临澜的另一条新闻标题</a></h3>{TEXT}", [-6, 4.0, -4.0, 0.08]),
    "behind-a-second-headline": (f"{HEAD}{TEXT}{HEAD}{TEXT}", [-6, 4.0, -4.0, 0.08]),
    "behind-a-subhead": (f"{HEAD}{TEXT}<h3>第二年修的是桥的下面</h3>{TEXT}", [-6, 4.0, -4.0, 4.0]),
    "behind-links-in-elements-of-the-same-name": (
        f"{HEAD}<div class=post>{TEXT}</div>{LINK * 12}<div class=post>{TEXT}</div>",
        [-6, 4.0, *[-4.0] * 12, 4.0],
    ),
    "behind-a-heading-of-the-headline's-name": (
        f"{HEAD.replace('h1>', 'h2 class=t>', 1).replace('</h1', '</h2')}{TEXT}<h2 class=t>第二座桥要不要拆的问题</h2>{TEXT}",
        [-6, 4.0, -4.0, 0.08],
    ),
    "behind-a-crumb": (f"{HEAD}<h2><a href=/>临澜新闻网首页频道</a></h2>{TEXT}", [-6, -4.0, 4.0 / (1 + 1 / 12)]),
}


def page(html: str) -> tuple[Tree, tuple[Block, ...]]:
    document = document_of(f"<body>{html}</body>")
    return ancestor_tree([node.holder for node in document.nodes]), document.blocks


@pytest.mark.parametrize(("html", "weights"), PAGES.values(), ids=PAGES)
def test_near_headline(html: str, weights: list[float]) -> None:
    tree, blocks = page(html)
    headline = next(block.index for block in blocks if block.text == "临澜的一座桥要不要拆")
    own = [4.0 if block.text.endswith("。") else -4.0 for block in blocks]
    assert near_headline(tree, own, blocks, [block_facts(block) for block in blocks], headline) == pytest.approx(weights)


@pytest.mark.parametrize(
    ("between", "share"),
    [
        ("<p>【延伸阅读】岛国为企鹅修了地下通道</p>", -0.1),
        ("<p>相关新闻 岛国为企鹅修了地下通道</p>", -0.1),
        ("<p>相关新闻的读者来信说了三件事情。</p>", 1.0),
        ("<p>[责任编辑：赵佳俊]</p><h4>岛国为企鹅修了地下通道</h4>", 0.02),
        (f"<p>[责任编辑：赵佳俊]</p><p>{'桥' * 80}。</p><h4>岛国为企鹅修了地下通道</h4>", 1.0),
        ("<h4>岛国为企鹅修了地下通道</h4>", 1.0),
        ("<p>[责任编辑：赵佳俊]</p>", 1.0),
    ],
    ids=[
        "announced",
        "announced-without-brackets",
        "a-sentence",
        "behind-the-editor",
        "the-editor-above",
        "a-subhead",
        "the-editor-alone",
    ],
)
def test_another_article_begins(between: str, share: float) -> None:
    document = document_of(f"<body>{HEAD}<p>{'桥' * 80}。</p>{between}{TEXT}</body>")
    tree = ancestor_tree([node.holder for node in document.nodes])
    blocks = mark_fields(mark_chrome(document.blocks), Headline("临澜的一座桥要不要拆", 0, True))
    own = [-1.0 if block.verdict else 1.0 for block in blocks]
    found = near_headline(tree, own, blocks, [block_facts(block) for block in blocks], 0)[-1]
    assert found == pytest.approx(share) if share < 1 else found > 0.3


def test_without_a_headline_all_count_as_they_are() -> None:
    tree, blocks = page(TEXT + LINK)
    assert near_headline(tree, [4.0, -4.0], blocks, [], None) == [4.0, -4.0]
