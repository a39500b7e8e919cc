"""Posts, comments and teasers are told apart by what stands before them."""

import pytest

from cleaners import clean
from cleaners.facts import block_facts
from cleaners.layout import mark_layout
from cleaners.records import Records, find_records
from cleaners.tree import ancestor_tree
from tests.cleaners.pages import SENTENCES, document_of, html_page

SAID = [f"我在桥边住了{number}年，从没见过这样的事情，大家说是不是？" for number in range(3, 8)]
HEAD = "<h1>临澜的一座桥要不要拆</h1>"
ARTICLE = "".join(f"<p>{text}</p>" for text in SENTENCES)
STAMPS = [f"2021-03-0{number} 10:1{number}" for number in range(1, 6)]
RECORDS = "".join(
    f"<li><a href=/u>桥边人</a><span>{stamp}</span><p>{text}</p></li>" for stamp, text in zip(STAMPS, SAID, strict=True)
)
ALTERNATE = "".join(f"<p>桥边人 {stamp}</p><div>{text}</div>" for stamp, text in zip(STAMPS, SAID, strict=True))
TEASERS = "".join(
    f"<div class=item><h3><a href=/{number}>临澜的第{number}条新闻的标题</a></h3><p>{text}</p></div>"
    for number, text in enumerate(SAID)
)
SAME = TEASERS.replace("第1条", "第0条").replace("第2条", "第0条").replace("第3条", "第0条").replace("第4条", "第0条")
REPEATED = "".join(
    f"<li><a href=/{n}>RE: 临澜的一座桥要不要拆，第{n}楼</a><span>{stamp}</span><p>{text}</p></li>"
    for n, (stamp, text) in enumerate(zip(STAMPS, SAID, strict=True))
)
TURNS = "".join(f"<li>{stamp}</li><p>记者：{text}</p>" for stamp, text in zip(STAMPS, SAID, strict=True))
NAMED = list(zip(["主持人 何知秋", "应怀瑾"] * 3, STAMPS, SAID, strict=False))

PAGES = {
    "thread": (f"{HEAD}<ul>{RECORDS}</ul>", 5, 0),
    "comments": (f"{HEAD}<div>{ARTICLE}</div><ul>{RECORDS}</ul>", 0, 5),
    "answers-in-a-forum": (f"{HEAD}<div>{ARTICLE}</div><a href=/>只看楼主</a><ul>{RECORDS}</ul>", 5, 0),
    "stamps-beside-words": (f"{HEAD}<div>{ALTERNATE}</div>", 5, 0),
    "teasers-behind": (f"{HEAD}<div>{ARTICLE}</div><div>{TEASERS}</div>", 0, 5),
    "teasers-before": (f"<div>{TEASERS}</div>{HEAD}<div>{ARTICLE}</div>", 0, 5),
    "one-link-in-each-is-no-headline": (f"{HEAD}<div>{ARTICLE}</div><div>{SAME}</div>", 0, 0),
    "answers-that-repeat-the-headline": (f"{HEAD}<ul>{REPEATED}</ul>", 5, 0),
    "two-are-no-list": (f"{HEAD}<div>{ARTICLE}</div><ul>{'</li>'.join(RECORDS.split('</li>')[:2])}</ul>", 0, 0),
    "an-interview-set-like-a-thread": (
        HEAD + "".join(f"<li><b>{name}</b><span>{stamp}</span><p>{text}</p></li>" for name, stamp, text in NAMED),
        0,
        0,
    ),
    "an-interview": (f"{HEAD}<ul>{TURNS}</ul>", 0, 0),
    "an-article": (f"{HEAD}<div>{ARTICLE}</div>", 0, 0),
}


def found(html: str) -> Records:
    document = document_of(f"<body>{html}</body>")
    headline = next(block.index for block in document.blocks if block.tag == "h1")
    facts = [block_facts(block) for block in document.blocks]
    return find_records(ancestor_tree([node.holder for node in document.nodes]), document.blocks, facts, headline)


@pytest.mark.parametrize(("html", "posts", "others"), PAGES.values(), ids=PAGES)
def test_find_records(html: str, posts: int, others: int) -> None:
    records = found(html)
    assert (sum(map(len, records.threads)), len(records.others)) == (posts, others)


@pytest.mark.parametrize(("name", "texts"), [("thread", SAID), ("answers-in-a-forum", [*SENTENCES, *SAID])])
def test_the_words_of_posts_are_kept(name: str, texts: list[str]) -> None:
    assert kept(PAGES[name][0]) == texts


@pytest.mark.parametrize("name", ["comments", "teasers-behind", "teasers-before"])
def test_comments_and_teasers_are_not_kept(name: str) -> None:
    assert kept(PAGES[name][0]) == list(SENTENCES)


def test_what_stands_around_posts_is_not_kept() -> None:
    posts = RECORDS.replace("</p>", "</p><div class=signature>雪落在桥上，没有声音，也没有人经过。</div>")
    assert kept(f"{HEAD}<ul>{posts}</ul>") == SAID


def kept(html: str) -> list[str]:
    document = document_of(f"<body>{html}</body>")
    headline = next(block.index for block in document.blocks if block.tag == "h1")
    judged, _ = mark_layout(document, document.blocks, headline)
    return [block.text for block in judged if block.verdict is None and block.index != headline]


def test_the_column_that_holds_the_headline_is_no_teaser() -> None:
    """The columns of an old page, each with a linked headline, look like the teasers of a list."""
    side = "<tr><td class=c><a href=/1>临澜的又一条新闻的标题</a><p>加入本站</p></td></tr>"
    own = f"<tr><td class=c><a href=/0>临澜的一座桥要不要拆</a><h1>临澜的一座桥要不要拆</h1>{ARTICLE}</td></tr>"
    more = "<tr><td class=c><a href=/2>临澜的第三条新闻的标题</a><p>回到列表</p></td></tr>"
    document = document_of(f"<body><table>{side}{own}{more}</table></body>")
    headline = next(block.index for block in document.blocks if block.tag == "h1")
    facts = [block_facts(block) for block in document.blocks]
    tree = ancestor_tree([node.holder for node in document.nodes])
    others = {index for record in find_records(tree, document.blocks, facts, headline).others for index in record}
    assert {block.text for block in document.blocks if block.index not in others} == set(SENTENCES)


@pytest.mark.parametrize("name", ["comments", "comment-list", "commentlist alt", "cmt comment_box"])
def test_one_long_comment_is_no_article(name: str) -> None:
    comment = "".join(f"<p>{text}</p>" for text in SAID * 4)
    page = html_page(
        f"{HEAD}<div>{ARTICLE}</div><ol class='{name}'><li>桥边人的评论{comment}</li></ol>", title="临澜的一座桥要不要拆"
    )
    assert clean([page]).record.text.split("\n") == list(SENTENCES)


def test_an_article_in_an_element_called_comment_is_one() -> None:
    page = html_page(f"{HEAD}<div class=comment>{ARTICLE}</div>", title="临澜的一座桥要不要拆")
    assert clean([page]).record.text.split("\n") == list(SENTENCES)


@pytest.mark.parametrize(
    ("stamps", "texts"), [(STAMPS[::-1], SAID[:1]), (STAMPS, SAID)], ids=["newest-first-is-a-blog", "oldest-first-is-a-thread"]
)
def test_of_a_front_page_the_newest_post_is_the_article(stamps: list[str], texts: list[str]) -> None:
    posts = "".join(
        f"<div class=post><h3>临澜的第{n}座桥</h3><span>{stamp}</span><p>{text}</p></div>"
        for n, (stamp, text) in enumerate(zip(stamps, SAID, strict=True))
    )
    assert clean([html_page(posts, title="桥边人的博客")]).record.text.split("\n") == texts
