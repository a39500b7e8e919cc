"""What stands before the headline, or behind an article's end, counts less."""

import pytest

from cleaners.nearness import near_headline
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
    "behind-a-crumb": (f"{HEAD}<h2><a href=/>临澜新闻网首页频道</a></h2>{TEXT}", [-6, -4.0, 4.0 / (1 + 1 / 12)]),
}


@pytest.mark.parametrize(("html", "weights"), PAGES.values(), ids=PAGES)
def test_near_headline(html: str, weights: list[float]) -> None:
    blocks = document_of(f"<body>{html}</body>").blocks
    headline = next(block.index for block in blocks if block.tag == "h1")
    own = [4.0 if block.text.endswith("。") else -4.0 for block in blocks]
    assert near_headline(own, blocks, headline) == pytest.approx(weights)


def test_without_a_headline_all_count_as_they_are() -> None:
    blocks = document_of(f"<body>{TEXT}{LINK}</body>").blocks
    assert near_headline([4.0, -4.0], blocks, None) == [4.0, -4.0]
