"""Lines under pictures."""

import pytest

from cleaners.captions import is_caption, mark_captions
from tests.cleaners.pages import SENTENCES, document_of

IMG = "<p><img src=x></p>"
UNDER = "孩子们在渔港的灯塔下"

PAGES = {
    "credit": (f"{IMG}<p>{UNDER} 石头摄</p>", True),
    "slash": (f"{IMG}<p>{UNDER}。图/渔港</p>", True),
    "screenshot": (f"{IMG}<p>{UNDER}/视频截图</p>", True),
    "in-one-paragraph": (f"<p><img src=x><br>{UNDER}</p>", True),
    "centred": (f"{IMG}<p style='text-align: center'>{UNDER}</p>", True),
    "centred-of-old": (f"{IMG}<p align=center>{UNDER}</p>", True),
    "may-be-a-subhead": (f"{IMG}<p>{UNDER}</p>", False),
    "no-picture": (f"<p>{UNDER} 石头摄</p>", False),
    "not-next-to-it": (f"{IMG}<p>风来了。</p><p align=center>{UNDER}</p>", False),
    "sentence": (f"<p><img src=x><br>{UNDER}站了很久。</p>", False),
    "strong": (f"<p><img src=x><br><b>{UNDER}</b></p>", False),
    "numbered": ("<p><img src=x><br>二、修灯塔的人</p>", False),
    "label": ("<p><img src=x><br>记者：</p>", False),
    "long": (f"<p><img src=x><br>{UNDER * 7}</p>", False),
}


@pytest.mark.parametrize(("html", "expected"), PAGES.values(), ids=PAGES)
def test_is_caption(html: str, expected: bool) -> None:
    assert is_caption(document_of(f"<body>{html}</body>").blocks[-1]) is expected


def test_a_name_below_picture_after_picture_is_a_speaker_s() -> None:
    html = "".join(f"<div><img src=x><em>其木格</em><p>{text}</p></div>" for text in SENTENCES * 3)
    assert all(block.verdict is None for block in mark_captions(document_of(f"<body>{html}</body>").blocks))


@pytest.mark.parametrize(("paragraphs", "captions"), [(SENTENCES, 2), (("灯塔修好了。",), 0)], ids=["article", "gallery"])
def test_where_pictures_are_the_article_captions_are_text(paragraphs: tuple[str, ...], captions: int) -> None:
    text = "".join(f"<p>{text}</p>" for text in paragraphs)
    blocks = document_of(f"<body>{text}{IMG}<p>{UNDER}，站着 石头摄</p>{IMG}<p>{UNDER}，坐着 石头摄</p></body>").blocks
    assert sum(block.verdict is not None for block in mark_captions(blocks)) == captions
