"""The walk: which texts are one block, and what is known of each."""

import time

import pytest

from cleaners.article import Block, CleaningError
from cleaners.blocks import collapse, parse_html, walk
from tests.cleaners.pages import blocks_of

WALKS: dict[str, tuple[str, list[str]]] = {
    "paragraphs": ("<p>一</p><p>二</p>", ["一", "二"]),
    "unclosed-paragraphs": ("<p>一<p>二", ["一", "二"]),
    "inline-is-no-end": ("<p>一<b>二</b><a>三</a><font>四</font><o:p>五</o:p></p>", ["一二三四五"]),
    "br": ("<p>一<br>二<br/><br />三</p>", ["一", "二", "三"]),
    "br-between-spaces": ("<p>一 <br>\n　　二</p>", ["一", "二"]),
    "tail-behind-block": ("<div>一<p>二</p>三</div>四", ["一", "二", "三", "四"]),
    "table": ("<table><tr><td>一</td><td>二</td></tr><tr><th>三</th></tr></table>", ["一", "二", "三"]),
    "text-between-rows": ("<table>一<tr>二<td>三</td>四</tr>五</table>", ["一", "二", "三", "四", "五"]),
    "caption": ("<table><caption>一</caption><tr><td>二</table>", ["一", "二"]),
    "list": ("<ul><li>一<li>二</ul>", ["一", "二"]),
    "definition-list": ("<dl><dt>一<dd>二</dl>", ["一", "二"]),
    "options": ("<select><option>一<option>二</select>", ["一", "二"]),
    "headings": ("<h1>一</h1><h2>二</h2>三", ["一", "二", "三"]),
    "hr": ("一<hr>二", ["一", "二"]),
    "div-in-span": ("<span>一<div>二</div>三</span>", ["一", "二", "三"]),
    "pre": ("<pre>一\n二<b>三\n四</b>五</pre>六\n七", ["一", "二三", "四五", "六七"]),
    "pre-filled": (f"<pre>{'一' * 39}\n二\n　{'三' * 39}\n\n四</pre>", ["一" * 39 + "二", "三" * 39, "四"]),
    "link-without-address": ("<p><a onclick=x>一</a></p>", ["一"]),
    "empty-blocks": ("<p></p><p> \n</p><p>\u200b</p><p>&nbsp;</p><p>一</p>", ["一"]),
    "script": ("<p>一<script>x</script>二</p>", ["一二"]),
    "style-between": ("<p>一</p><style>x</style><p>二</p>", ["一", "二"]),
    "tail-of-invisible": ("<iframe>x</iframe>一<textarea>x</textarea>二", ["一二"]),
    "comment": ("<p>一<!-- x -->二</p>", ["一二"]),
    "two-roots": ("<html><body>一</body></html><html><body>二</body></html>", ["一", "二"]),
    "entities": ("<p>&ldquo;一&rdquo;&amp;&nbsp;二&rdq</p>", ["“一”& 二&rdq"]),
    "numbered-entity": ("<p>&#20016;&#x5e74;</p>", ["丰年"]),
    "unknown-element": ("<p>一<foo>二</foo></p>", ["一二"]),
    "hidden-is-a-block": ("<p>一<span style='display:none'>二</span>三</p>", ["一", "二", "三"]),
    "caption-class-is-a-block": ("<div>一<span class=picIntro>二</span>三</div>", ["一", "二", "三"]),
    "nothing": ("", []),
    "no-text": ("<html><body><img src=x></body></html>", []),
}


@pytest.mark.parametrize(("html", "texts"), WALKS.values(), ids=WALKS)
def test_walk(html: str, texts: list[str]) -> None:
    found = blocks_of(html)
    assert [block.text for block in found] == texts
    assert [block.index for block in found] == list(range(len(texts)))


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", ""),
        (" \n\t", ""),
        ("一  二", "一 二"),
        ("一\u3000\u3000二", "一 二"),
        ("一\u00a0二", "一 二"),
        ("一\n二", "一二"),
        ("一，\n  “二”", "一，“二”"),
        ("一 \n 二", "一二"),
        ("word\nword", "word word"),
        ("一\nword", "一 word"),
        ("2018\n年", "2018 年"),
        ("一\u200b二\u2060三\ufeff", "一二三"),
        ("一\x0b二\x0c三", "一 二 三"),
        ("一\x01二\x7f三\x9f四", "一二三四"),
        ("一\x85二\u2028三\u2029四", "一 二 三 四"),
        ("\u200d一", "\u200d一"),
        ("Ａ，１", "Ａ，１"),
    ],
    ids=[
        "empty", "blank", "spaces", "ideographic-space", "no-break-space", "break-in-chinese", "break-behind-comma",
        "break-with-spaces",
        "break-in-latin", "break-into-latin", "break-behind-digits", "zero-width", "vertical-tab", "controls", "unicode-breaks",
        "joiner-stays", "width-stays",
    ],
)  # fmt: skip
def test_collapse(text: str, line: str) -> None:
    assert collapse(text) == line
    assert collapse(line) == line


def only(html: str) -> Block:
    (found,) = blocks_of(html)
    return found


@pytest.mark.parametrize(
    ("html", "chars", "link_chars", "strong_chars", "strong_prefix"),
    [
        ("<p>一二三</p>", 3, 0, 0, 0),
        ("<p>一 二\u3000三</p>", 3, 0, 0, 0),
        ("<p><a href=x>一二</a>三</p>", 3, 2, 0, 0),
        ("<p><a name=x>一二</a>三</p>", 3, 0, 0, 0),
        ("<p><a href=x>一<b>二</b></a>三</p>", 3, 2, 1, 0),
        ("<p><strong>记者：</strong>好</p>", 4, 0, 3, 3),
        ("<p>记者<strong>：好</strong></p>", 4, 0, 2, 0),
        ("<p><b>记</b><b>者</b>：<b>好</b></p>", 4, 0, 3, 2),
        ("<h2>一二</h2>", 2, 0, 2, 2),
        ("<table><tr><th>一二</th></tr></table>", 2, 0, 2, 2),
        ("<p> <b>一</b></p>", 1, 0, 1, 1),
        ("<p><span style='font-weight: Bold'>一</span>二</p>", 2, 0, 1, 1),
        ("<p style='font-weight:700'>一<b>二</b></p>", 2, 0, 2, 2),
        ("<p><b style='font-weight:400'>一</b></p>", 1, 0, 1, 1),
    ],
    ids=[
        "plain",
        "spaces",
        "link",
        "anchor",
        "bold-link",
        "bold-label",
        "bold-behind",
        "bold-parts",
        "heading",
        "th",
        "space-before",
        "style",
        "style-around",
        "style-that-takes-it-back",
    ],
)
def test_counts(html: str, chars: int, link_chars: int, strong_chars: int, strong_prefix: int) -> None:
    found = only(html)
    assert (found.chars, found.link_chars, found.strong_chars, found.strong_prefix) == (
        chars,
        link_chars,
        strong_chars,
        strong_prefix,
    )


@pytest.mark.parametrize(
    ("html", "edges"),
    [
        ("<p>一二三</p>", (3,)),
        ("<p><span>00:12</span> <span>叶 晚</span><span>您好。</span></p>", (5, 7, 10)),
        ("<p>一<b>二</b>三<i>四</i></p>", (1, 2, 3)),
        ("<p> <b>一</b></p>", (1,)),
        ("<p><span>焦　阳</span><span>您\xa0好。</span></p>", (2, 5)),
    ],
    ids=["one", "time-and-name", "three-at-most", "space", "wide-space"],
)
def test_edges(html: str, edges: tuple[int, ...]) -> None:
    assert only(html).edges == edges


def test_a_block_has_its_own_edges() -> None:
    assert [found.edges for found in blocks_of("<p><b>一</b>二</p><p>三</p>")] == [(1, 2), (1,)]


@pytest.mark.parametrize(
    ("html", "marks"),
    [
        ("<p>一</p>", ()),
        ("<p style='display:none'>一</p>", ("hidden:display:none",)),
        ("<p style='color:red;DISPLAY : none'>一</p>", ("hidden:display:none",)),
        ("<p style='visibility: hidden'>一</p>", ("hidden:visibility:hidden",)),
        ("<p hidden>一</p>", ("hidden:hidden",)),
        ("<p style='display:block'>一</p>", ()),
        ("<div style='display:none'><p>一</p></div>", ("hidden:display:none",)),
        ("<div style='visibility:hidden'><p hidden>一</p></div>", ("hidden:visibility:hidden", "hidden:hidden")),
        ("<p class=picIntro>一</p>", ("caption",)),
        ("<p class='pic-desc x'>一</p>", ("caption",)),
        ("<p class=img_title>一</p>", ("caption",)),
        ("<figure><figcaption>一</figcaption></figure>", ("caption",)),
        ("<p class=detailPic>一</p>", ()),
        ("<p class=picture>一</p>", ()),
        ("<p class=epicinfo>一</p>", ()),
    ],
    ids=[
        "none", "display", "display-among-others", "visibility", "attribute", "display-block", "inherited", "both", "pic-intro",
        "pic-desc", "img-title", "figcaption", "picture-itself", "picture", "part-of-a-word",
    ],
)  # fmt: skip
def test_marks(html: str, marks: tuple[str, ...]) -> None:
    assert only(html).marks == marks


def test_what_holds_paragraphs_is_no_caption() -> None:
    assert [block.marks for block in blocks_of("<div class=page-caption-p><p>一<p>二<p>三<p>四</div>")] == [()] * 4


@pytest.mark.parametrize(
    ("html", "tag"),
    [
        ("<p>一</p>", "p"),
        ("<p><span><b>一</b></span></p>", "p"),
        ("<div><span>一</span></div>", "div"),
        ("<table><tr><td><font>一</font></td></tr></table>", "td"),
        ("<h1><a href=x>一</a></h1>", "h1"),
        ("<ul><li>一</li></ul>", "li"),
        ("<body><br>一</body>", "body"),
    ],
    ids=["p", "inline", "div", "td", "h1", "li", "behind-br"],
)
def test_tag(html: str, tag: str) -> None:
    assert only(html).tag == tag


def test_marks_of_a_rule_split_a_block() -> None:
    root = parse_html("<p>一<span>二</span>三</p>")
    assert root is not None
    (span,) = root.iter("span")
    found = walk(root, page=2, first=7, marks={span: ("field/date",)}).blocks
    assert [(block.page, block.index, block.text, block.marks) for block in found] == [
        (2, 7, "一", ()),
        (2, 8, "二", ("field/date",)),
        (2, 9, "三", ()),
    ]


@pytest.mark.parametrize("depth", [300, 1990], ids=["300", "1990"])
def test_deep_text_is_read(depth: int) -> None:
    assert [block.text for block in blocks_of("<div>" * depth + "一" + "</div>" * depth + "<p>二")] == ["一", "二"]


@pytest.mark.parametrize("tag", ["div", "font", "b", "blockquote"])
def test_too_deep_is_refused_at_once(tag: str) -> None:
    start = time.process_time()
    with pytest.raises(CleaningError) as caught:
        blocks_of(f"<{tag}>" * 100_000 + "一")
    assert caught.value.reason == "too-deep"
    assert time.process_time() - start < 1


def test_a_hundred_thousand_paragraphs_take_their_time_each() -> None:
    """Twice the page takes about twice the time, not four times."""
    assert len(blocks_of("<p>一" * 50_000)) == 50_000


def test_long_and_odd_attributes_do_no_harm() -> None:
    odd = "<p style='" + "display " * 5000 + "' class='" + "pic" * 5000 + "'>一</p>"
    start = time.process_time()
    assert only(odd).marks == ()
    assert time.process_time() - start < 1


def test_links_of_a_block_are_counted() -> None:
    html = "<p><a href=/1>一</a><a href=/2>二<b>三</b></a>四</p><p><a href=/3>五<p>六</p></a></p><p>七</p>"
    assert [(block.text, block.links) for block in blocks_of(html)] == [("一二三四", 2), ("五", 1), ("六", 1), ("七", 0)]


def test_a_row_of_buttons_is_no_headline() -> None:
    row, headline = blocks_of(
        "<p>" + "<a href=/>回复引用</a> " * 4 + "</p><p><a href=/>一座老桥要不要拆掉</a><a href=/>图</a></p>"
    )
    assert (row.is_headline_link, headline.is_headline_link) == (False, True)


@pytest.mark.parametrize(
    ("html", "tint"),
    [
        ("<p style='color: #C00'>您好吗？</p>", "color:#c00"),
        ("<p><font color=Red>您好</font><font color=red>吗？</font></p>", "color:red"),
        ("<p><em>您好吗？</em></p>", "italic"),
        ("<p><span style='color:red'>您好</span>吗？</p>", ""),
        ("<p style='background-color:red'>您好吗？</p>", "background-color:red"),
        ("<p style='font-family:楷体; line-height:2; font-size:14PX'>您好吗？</p>", "font-family:楷体;font-size:14px"),
        ("<p><u>您好吗？</u></p>", "underline"),
        ("<p style='color:red'><span style='font-size:14px'>您好吗？</span></p>", "color:red;font-size:14px"),
        ("<font color=red><font size=3>您好吗？</font></font>", "color:red;size:3"),
        ("<p><em style='color:red'>您好吗？</em></p>", "color:red;italic"),
        ("<div style='color:red'><p>您好</p></div>", "color:red"),
        ("<p>您好吗？</p>", ""),
    ],
    ids=[
        "style",
        "font",
        "italic",
        "in-part",
        "background",
        "type-and-size",
        "underline",
        "nested",
        "nested-fonts",
        "both",
        "around",
        "none",
    ],
)
def test_what_a_block_is_set_in(html: str, tint: str) -> None:
    assert [block.tint for block in blocks_of(html)] == [tint]
