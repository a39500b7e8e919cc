"""The weights of single blocks and of elements' names."""

from typing import Any

import pytest

from cleaners.article import Verdict
from cleaners.facts import block_facts, element_hints
from cleaners.tree import ancestor_tree
from tests.cleaners.pages import SENTENCES, block, document_of


def weight(text: str, **facts: Any) -> float:
    return block_facts(block(text, **facts)).weight


@pytest.mark.parametrize(
    ("more", "less"),
    [
        (block(SENTENCES[0]), block(SENTENCES[0], link_chars=len(SENTENCES[0]))),
        (block(SENTENCES[0]), block(SENTENCES[0], link_chars=len(SENTENCES[0]) // 2)),
        (block(SENTENCES[0]), block(SENTENCES[0], tag="li")),
        (block(SENTENCES[0], tag="div"), block(SENTENCES[0], tag="option")),
        (block(SENTENCES[0]), block(SENTENCES[0], marks=("caption",))),
        (block(SENTENCES[0]), block(SENTENCES[0], marks=("hidden:display:none",))),
        (block(SENTENCES[0]), block(SENTENCES[0], verdict=Verdict("chrome/share", "分享"))),
        (block(SENTENCES[0] * 3), block(SENTENCES[0])),
        (block("记者：好。"), block("今天好。")),
        (block("主持人："), block("热门推")),
        (block("今天的雪下得很大。"), block("今天的雪下得很大呢")),
        (block("老城换了新管网，居民", tag="div"), block("老城换了新管网，居民", tag="h2")),
        (block("第三条 渡口由村里管"), block("第三次渡口由村里管")),
        (block(SENTENCES[0]), block("未经书面授权，任何单位和个人不得转载本网站的文章。")),
    ],
    ids="links few-links li option caption hidden verdict length speech label end h2 clause own".split(),
)  # fmt: skip
def test_what_speaks_against_a_block(more: Any, less: Any) -> None:
    assert block_facts(more).weight > block_facts(less).weight


@pytest.mark.parametrize(
    ("text", "facts", "is_sentence"),
    [
        (SENTENCES[0], {}, True),
        ("长" * 19 + "。", {}, True),
        ("长" * 18 + "。", {}, False),
        ("长" * 20, {}, False),
        (SENTENCES[0], {"link_chars": len(SENTENCES[0]) // 3 + 1}, False),
    ],
    ids=["sentence", "shortest", "too-short", "no-mark", "linked"],
)
def test_is_sentence(text: str, facts: dict[str, Any], *, is_sentence: bool) -> None:
    assert block_facts(block(text, **facts)).is_sentence is is_sentence


def test_reasons_name_the_weights() -> None:
    assert block_facts(block("长" * 20, tag="div")).reasons == "length +0.25"
    fact = block_facts(block(SENTENCES[0], marks=("caption",), link_chars=len(SENTENCES[0])))
    assert "caption -2" in fact.reasons
    assert "links -3" in fact.reasons
    assert sum(float(reason.rsplit(" ", 1)[1]) for reason in fact.reasons.split(", ")) == pytest.approx(fact.weight)


def hint(html: str, chars: dict[str, float] | None = None) -> float:
    """Of the element with the id x; ``chars`` are the sentences' by id."""
    tree = ancestor_tree([node.holder for node in document_of(html).nodes])
    ids = [element.get("data-x") or "" for element in tree.elements]
    own = {"html": 100.0, "body": 100.0}
    values = [(chars or {}).get(name, own.get(str(element.tag), 0.0)) for name, element in zip(ids, tree.elements, strict=True)]
    found = element_hints(tree, values)
    return found[ids.index("x")]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<div data-x=x>一</div>", 0),
        ("<div data-x=x class=article-content>一</div>", 0.4),
        ("<div data-x=x id=artibody>一</div>", 0.4),
        ("<div data-x=x class=sidebar>一</div>", -1.25),
        ("<div data-x=x class=tuijian>一</div>", -1.25),
        ("<div data-x=x class='ad'>一</div>", -1.25),
        ("<div data-x=x class=shadow>一</div>", 0),
        ("<nav data-x=x>一</nav>", -1.25),
        ("<nav data-x=x class=nav>一</nav>", -2.5),
        ("<nav class=nav><div data-x=x class=menu>一</div></nav>", -2.5),
        ("<div class=sidebar><p data-x=x>一</p></div>", -1.25),
        ("<div class=content><div class=text><div class=body><p data-x=x class=detail>一</p></div></div></div>", 1),
    ],
    ids=["none", "good", "id", "bad", "pinyin", "ad", "no-ad", "tag", "both", "least", "inherited", "most"],
)
def test_element_hints(html: str, expected: float) -> None:
    assert hint(f"<body>{html}</body>") == pytest.approx(expected)


@pytest.mark.parametrize("html", ["<div data-x=x class=sidebar>一</div>", "<aside data-x=x>一</aside>"])
def test_what_holds_much_of_the_text_is_no_chrome(html: str) -> None:
    assert hint(f"<body>{html}</body>", {"x": 25}) == 0
    assert hint(f"<body>{html}</body>", {"x": 24}) == -1.25


def test_an_empty_page_has_no_hints() -> None:
    assert element_hints(ancestor_tree([]), []) == []
