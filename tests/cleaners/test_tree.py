"""The ancestors of blocks, and sums over them."""

import time

from hypothesis import given
from hypothesis import strategies as st

from cleaners.blocks import parse_html
from cleaners.tree import Tree, ancestor_tree, below, sums
from tests.cleaners.pages import document_of


def tree_of(html: str) -> Tree:
    return ancestor_tree([node.holder for node in document_of(html).nodes])


HTML = "<body><div id=a><p>一</p><p>二</p></div><div id=b><p>三</p><div id=c><p>四</p></div></div><img></body>"


def named(tree: Tree) -> list[str]:
    return [str(element.get("id") or element.tag) for element in tree.elements]


def test_every_element_above_a_block_stands_once_behind_its_parent() -> None:
    tree = tree_of(HTML)
    assert named(tree) == ["html", "body", "a", "p", "p", "b", "p", "c", "p"]
    assert tree.parents == (-1, 0, 1, 2, 2, 1, 5, 5, 7)
    assert tree.of_block == (3, 4, 6, 8)


def test_sums_are_of_all_blocks_below() -> None:
    tree = tree_of(HTML)
    totals = dict(zip(named(tree), sums(tree, [1, 2, 4, 8]), strict=True))
    assert {name: totals[name] for name in ("html", "body", "a", "b", "c")} == {"html": 15, "body": 15, "a": 3, "b": 12, "c": 8}


def test_below_is_beside_each_block() -> None:
    tree = tree_of(HTML)
    at = named(tree).index
    assert below(tree, {at("b")}) == [False, False, True, True]
    assert below(tree, {at("a"), at("c")}) == [True, True, False, True]
    assert below(tree, {0}) == [True] * 4
    assert below(tree, set()) == [False] * 4


def test_two_texts_in_one_element_share_it() -> None:
    tree = tree_of("<body><div>一<br>二<p>三</p>四</div></body>")
    assert len({tree.of_block[number] for number in (0, 3)}) == 1
    assert sums(tree, [1, 1, 1, 1])[0] == 4


def test_no_blocks() -> None:
    tree = ancestor_tree([])
    assert (tree, sums(tree, []), below(tree, {0})) == (Tree((), (), (), ()), [], [])


def test_two_roots() -> None:
    first, second = parse_html("<p>一</p>"), parse_html("<p>二</p>")
    assert first is not None
    assert second is not None
    tree = ancestor_tree([first[0][0], second[0][0]])
    assert tree.parents.count(-1) == 2
    assert [sums(tree, [1, 2])[number] for number, parent in enumerate(tree.parents) if parent < 0] == [1, 2]


@given(st.lists(st.sampled_from(["<div>", "</div>", "<p>一", "<b>二</b>", "<ul><li>三"]), max_size=30), st.data())
def test_sums_law(pieces: list[str], data: st.DataObject) -> None:
    tree = tree_of("<body><p>零</p>" + "".join(pieces))
    values = data.draw(st.lists(st.integers(0, 9), min_size=len(tree.of_block), max_size=len(tree.of_block)))
    totals = sums(tree, values)
    assert all(parent < number for number, parent in enumerate(tree.parents))
    for node, total in enumerate(totals):
        assert total == sum(value for value, is_in in zip(values, below(tree, {node}), strict=True) if is_in)


def test_a_wide_and_deep_page_is_walked_once() -> None:
    html = "<div>" * 500 + "<p>一</p>" * 5_000
    nodes = [node.holder for node in document_of(html).nodes]
    start = time.process_time()
    tree = ancestor_tree(nodes)
    assert sums(tree, [1] * len(nodes))[0] == 5_000
    assert time.process_time() - start < 2
