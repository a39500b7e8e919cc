"""The article inside ``allData``: traps of real pages."""

import json
import time

import pytest

from cleaners.embedded import Embedded, find_embedded
from tests.cleaners.pages import document_of

_DOC = '"title":"题","newsTime":"2021-03-08 09:30:00","source":"示例网"'


def script(data: str, *, before: str = "", after: str = ";") -> str:
    return f"<html><head><script>{before}var allData = {data}{after}</script></head><body><div id=root></div></body></html>"


def texts(*html: str) -> str:
    """The data of an article with these pieces."""
    pieces = ",".join(f'{{"type":"text","data":{json.dumps(part)}}}' for part in html)
    return f'{{"docData":{{{_DOC},"contentData":{{"contentList":[{pieces}]}}}}}}'


FOUND = {
    "plain": (script(texts("<p>一</p>")), ["<p>一</p>"]),
    "brace-and-semicolon-in-a-string": (script(texts("<p>for(;;){};一</p>")), ["<p>for(;;){};一</p>"]),
    "closing-script-escaped": (script(texts("<p>一<\\/p>".replace("\\/", "/"))), ["<p>一</p>"]),
    "several-pieces": (script(texts("<p>一</p>", "<p>二</p>")), ["<p>一</p>", "<p>二</p>"]),
    "no-space": (script(texts("一")).replace("allData = ", "allData="), ["一"]),
    "window": (script(texts("一")).replace("var allData", "window.allData"), ["一"]),
    "line-breaks": (script("\n  " + texts("一")), ["一"]),
    "no-semicolon": (script(texts("一"), after="\nvar adData = {}"), ["一"]),
    "mentioned-before": (script(texts("一"), before="if (allData == null) allData = []; // allData = {x}\n"), ["一"]),
    "first-is-empty": (script(texts("一"), before='allData = {"docData":{}};'), ["一"]),
    "video-between": (
        script(f'{{"docData":{{{_DOC},"contentData":{{"contentList":[{{"type":"video","data":{{"title":"暗"}}}},'
               '{"type":"text","data":"一"},{"type":"img","data":{"url":"x"}},{"type":"text","data":"二"}]}}}'),
        ["一", "二"],
    ),
    "no-type": (script('{"docData":{"contentData":{"contentList":[{"data":"一"}]}}}'), ["一"]),
    "slide": (script('{"docData":{"contentData":{"image":[{"url":"1","description":"一"},{"url":"2"}]}}}'), ["一"]),
    "control-character-in-a-string": (script('{"docData":{"contentData":{"contentList":[{"data":"一\n二"}]}}}'), ["一\n二"]),
    "unicode-escape": (script('{"docData":{"contentData":{"contentList":[{"data":"\\u4e00"}]}}}'), ["一"]),
    "odd-items": (
        script('{"docData":{"contentData":{"contentList":[null,"x",7,{"type":"text","data":null},{"type":"text"},{"data":"一"}]}}}'),
        ["一"],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "fragments"), FOUND.values(), ids=FOUND)
def test_found(text: str, fragments: list[str]) -> None:
    found = find_embedded(text)
    assert found is not None
    assert [fragment.html for fragment in found.fragments] == fragments


ABSENT = {
    "no-data": "<p>一</p>",
    "another-name": script(texts("一")).replace("allData", "myallData2"),
    "comparison": "<script>if (allData == {}) {}</script>",
    "no-article": script('{"docData":{"title":"题"}}'),
    "empty-list": script('{"docData":{"contentData":{"contentList":[]}}}'),
    "only-videos": script('{"docData":{"contentData":{"contentList":[{"type":"video","data":"x"}]}}}'),
    "torn": script(texts("一")[:-4], after=""),
    "javascript-not-json": script("{docData: {contentData: {}}}"),
    "list": script("[1]"),
    "null-tables": script('{"docData":null}'),
    "wrong-types": script('{"docData":{"contentData":{"contentList":{"0":"一"}}}}'),
    "too-nested": script('{"a":' * 100_000),
}


@pytest.mark.parametrize("text", ABSENT.values(), ids=ABSENT)
def test_absent(text: str) -> None:
    assert find_embedded(text) is None


def fields(extra: str) -> Embedded:
    found = find_embedded(script(f'{{"video":{{"newsTime":"2020-01-01","source":"暗"}},"docData":{{{extra}"contentData":'
                                 '{"contentList":[{"data":"一"}]}}}'))  # fmt: skip
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("extra", "name", "value"),
    [
        ('"title":" 题 ",', "title", "题"),
        ('"newsTime":"2021-03-08 09:30:00","createTime":"2021-03-07 00:00:00",', "published", "2021-03-08 09:30:00"),
        ('"newsTime":"","createTime":"2021-03-07 00:00:00",', "published", "2021-03-07 00:00:00"),
        ("", "published", ""),
        ('"source":"",', "source", ""),
        ('"source":null,', "source", ""),
        ('"author":["x"],', "author", ""),
        ('"editorName":"苏禾",', "editor", "苏禾"),
        ('"editor":"苏禾",', "editor", ""),
        ('"fhhAccountDetail":{"catename":"吉林访谈"},', "column", "吉林访谈"),
        ('"fhhAccountDetail":[],', "column", ""),
    ],
    ids=["title", "news-time", "create-time", "no-time", "empty-source", "null-source", "author-list", "editor", "another-key",
         "column", "no-column"],
)  # fmt: skip
def test_fields(extra: str, name: str, value: str) -> None:
    """An embedded video's ``newsTime`` and ``source`` are not the article's."""
    assert getattr(fields(extra), name) == value


def test_many_assignments_take_their_time_each() -> None:
    start = time.process_time()
    assert find_embedded("allData = {" * 20_000) is None
    assert time.process_time() - start < 1


def test_the_data_stands_in_for_the_document() -> None:
    page = script(texts("<p>一</p><p>二</p>", "<p>三</p>")).replace("<div id=root></div>", "<div id=root>暗</div>")
    document = document_of(page)
    assert [block.text for block in document.blocks] == ["一", "二", "三"]
    assert [block.index for block in document.blocks] == [0, 1, 2]
    assert document.xpath(2).startswith("docData.contentData.contentList[1].data")
