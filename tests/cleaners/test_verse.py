"""Poems, songs and lists of names are read where a page has no sentence, menus and lists of articles are not."""

import pytest

from cleaners import CleaningError, clean
from crawler.portal import load_portal
from tests.cleaners.pages import SENTENCES, html_page

LINES = ["船老大把缆绳扔过来的时候", "对岸的灯一盏一盏熄了", "像有人在数着名字", "我带着一袋新米去看你", "一路小声说话"]
TITLE = "临澜老旧小区改造"
HEAD = f"<h1>{TITLE}</h1>"
SONG = "<br>".join(LINES)
MENU = "<ul><li><a href=/1>体育</a></li><li><a href=/2>文化</a></li><li>教育</li></ul>"


@pytest.mark.parametrize(
    "body",
    [f"<div>{SONG}</div>", "".join(f"<p>{line}</p>" for line in LINES), f"<pre>{chr(10).join(LINES)}</pre>"],
    ids=["br", "p", "pre"],
)
def test_verse(body: str) -> None:
    article = clean([html_page(f"{MENU}{HEAD}<div class=a>{body}</div>{MENU}<p>版权所有</p>", title=TITLE)])
    assert article.record.text.split("\n") == LINES


@pytest.mark.parametrize(
    "body",
    [
        f"<div>{SONG}</div>",
        HEAD + "".join(f"<li><a href=/{n}>{line}</a></li>" for n, line in enumerate(LINES)),
        f"{HEAD}<div>{LINES[0]}<br>{LINES[1]}</div>",
        f"{HEAD}<div>{'<br>'.join(['13800000000', '10:30', 'ABC', '42'] * 3)}</div>",
        f"{HEAD}<div style='display:none'>{SONG}</div>",
    ],
    ids=["no-headline", "links", "two-lines", "figures", "hidden"],
)
def test_what_is_no_verse_stays_refused(body: str) -> None:
    with pytest.raises(CleaningError, match="no-article"):
        clean([html_page(MENU + body, title=TITLE)])


def test_sentences_go_before_verse() -> None:
    article = clean([html_page(f"{HEAD}<div><p>{SENTENCES[0]}</p><p>{SENTENCES[1]}</p></div><div>{SONG}</div>", title=TITLE)])
    assert SENTENCES[0] in article.record.text


def test_with_a_profile_a_page_without_sentence_is_none() -> None:
    with pytest.raises(CleaningError, match="no-article"):
        clean([html_page(f"{HEAD}<div>{SONG}</div>", title=TITLE)], load_portal("jl_ifeng"))
