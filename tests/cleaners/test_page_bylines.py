"""The bylines of a page."""

import pytest

from cleaners.article import Block, Verdict
from cleaners.page_bylines import bylines_in_text, find_bylines, lines_near_headline

TITLE = Verdict("field/title", "the headline")
DATE, AUTHOR, EDITOR = (Verdict(f"field/{name}", "") for name in ("date", "author", "editor"))
LABEL, COMMENTS, OUTSIDE = Verdict("field/label", ""), Verdict("chrome/comments", ""), Verdict("layout/outside", "")


def page(*lines: tuple[str, Verdict | None]) -> list[Block]:
    return [Block(0, index, "p", text, len(text), verdict=verdict) for index, (text, verdict) in enumerate(lines)]


HEAD = (("临澜老旧小区改造", TITLE), ("2019-03-05 10:22", DATE))
BODY = (("最后一栋楼完工了。", None),)


def test_those_around_the_article_in_order() -> None:
    found = find_bylines(page(*HEAD, *BODY, ("责任编辑：方圆", EDITOR)))
    assert [(line.published, line.editor) for line in found] == [("2019-03-05T10:22+08:00", ""), ("", "方圆")]


def test_no_article_no_bylines() -> None:
    assert find_bylines(page(("责任编辑：方圆", EDITOR))) == []


def test_readers_and_other_articles_are_left_out_but_for_the_editor() -> None:
    behind = (("网友评论", COMMENTS), ("作者：江上风", AUTHOR), ("责任编辑：方圆", EDITOR))
    assert [(line.author, line.editor) for line in find_bylines(page(*BODY, *behind))] == [("", "方圆")]


def test_a_label_is_read_with_the_block_behind_it() -> None:
    found = find_bylines(page(HEAD[0], ("作者：", LABEL), ("欧阳修平", AUTHOR), *BODY))
    assert [line.author for line in found if line.author] == ["欧阳修平"]


def test_who_posts_counts_before_the_article_only() -> None:
    post = ("岑夫子 发布于 2023-08-25 19:12", DATE)
    assert [line.poster for line in find_bylines(page(post, *BODY, post))] == ["岑夫子", ""]


@pytest.mark.parametrize(
    ("paragraphs", "reporters", "editor"),
    [
        (["本报讯（记者 岑远）昨天，最后一栋楼完工了。"], ("岑远",), ""),
        (["昨天，最后一栋楼完工了。（记者 岑远）"], ("岑远",), ""),
        (["昨天。", "今天。", "明天。", "改造还将继续。（责任编辑：方圆）"], (), "方圆"),
        (["昨天。", "今天。", "（记者 岑远）说。", "明天。", "后天。", "大后天。"], ("岑远",), ""),
        (["江水退了。（新华社记者 何家俊 摄）"], (), ""),
        (["昨天，最后一栋楼完工了。"], (), ""),
        ([], (), ""),
    ],
    ids=["dateline", "credit", "editor", "third", "photographer", "silent", "empty"],
)
def test_bylines_in_text(paragraphs: list[str], reporters: tuple[str, ...], editor: str) -> None:
    found = bylines_in_text(paragraphs)
    assert tuple(name for line in found for name in line.reporters) == reporters
    assert "".join(line.editor for line in found) == editor


def test_lines_near_headline() -> None:
    blocks = page(("首页", OUTSIDE), ("【江岸会客厅】第8期", OUTSIDE), *HEAD, *BODY)
    assert lines_near_headline(blocks, 40) == ["2019-03-05 10:22", "最后一栋楼完工了。", "【江岸会客厅】第8期", "首页"]
    assert lines_near_headline(blocks, 3) == ["首页"]
    assert lines_near_headline(page(*BODY), 40) == []


BOARD = Verdict("chrome/mail-header", "")


def test_the_header_of_a_post_is_a_byline_but_its_origin_is_no_source() -> None:
    head = ("发信人: dave_lin (大威), 信区: Food", BOARD)
    found = find_bylines(page(head, ("※ 来源:·临澜社区 [FROM: 10.0.0.1]", BOARD), *BODY))
    assert [(line.author, line.source) for line in found] == [("dave_lin", "")]


TAKEN_OVER = {
    "编者按：本文来自微信公众号“第三车间”（ID：abc-de），作者：于镇通，经授权发布。": "于镇通",
    "本文来自公众号：第三车间，作者：于镇通": "于镇通",
    "他在公众号里写道，作者：于镇通是他的笔名。": "",
}


@pytest.mark.parametrize(("text", "author"), TAKEN_OVER.items())
def test_who_wrote_what_is_taken_over(text: str, author: str) -> None:
    assert next((line.author for line in bylines_in_text([text])), "") == author


def test_a_line_near_the_headline_has_its_label() -> None:
    found = lines_near_headline(page(HEAD[0], ("注册", OUTSIDE), ("2018-02-10", DATE), *BODY), 20)
    assert "注册 2018-02-10" in found
