"""The generator: what the replica's pages hold, and that its truths are true of them."""

import ast
import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin

import pytest

import crawler.replica
from crawler.replica import Site, Truth, build_site
from crawler.replica.chrome import UNKNOWN, chrome_of
from crawler.replica.layouts import LAYOUTS
from crawler.replica.texts import SERIES, story_of

LIST = "http://jl.ifeng.com/listpage/80001/1/list.shtml"

CASES = """legacy modern lead-exact lead-cut lead-joined lead-none entity-ldquo entity-rdquo entity-hellip logo pictures
date-minute date-second date-day date-dashed date-meta date-none source-link source-plain source-wemedia source-none
editor-name editor-code editor-none author width-full width-half body-p body-indent body-br labels-bold labels-bold-name
charset-gbk-meta charset-gbk-header charset-gbk-undeclared charset-utf-8-undeclared charset-utf-8-as-gb2312 script-Hant
rare-names gbk braces colons continued subheads host no-episode pages-2 pages-3 twin promotion seed""".split()


@pytest.fixture(scope="module")
def site() -> Site:
    return build_site()


@pytest.fixture(scope="module")
def truths(site: Site) -> tuple[Truth, ...]:
    return tuple(site.truths)


class _Text(HTMLParser):
    """Visible text and links of a page, by the standard library."""

    def __init__(self) -> None:
        super().__init__()
        self.text: list[str] = []
        self.hrefs: list[str] = []
        self._skip = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._skip += tag in ("script", "style", "title", "textarea")
        self.hrefs += [value for name, value in attrs if name == "href" and value]

    def handle_endtag(self, tag: str) -> None:
        self._skip -= tag in ("script", "style", "title", "textarea")

    def handle_data(self, data: str) -> None:
        if not self._skip:
            self.text.append(data)


def parsed(text: str) -> _Text:
    parser = _Text()
    parser.feed(text)
    return parser


def page(site: Site, url: str, truth: Truth | None = None) -> str:
    codec = "gbk" if truth and any(case.startswith("charset-gbk") for case in truth.cases) else "utf-8"
    return site.responses[url].body.decode(codec)


def fragments(text: str) -> str:
    """The article's HTML of a modern page."""
    data = json.JSONDecoder().raw_decode(text, text.index("{", text.index("var allData")))[0]
    return "".join(part["data"] for part in data["docData"]["contentData"]["contentList"] if part["type"] == "text")


def said(site: Site, truth: Truth) -> str:
    """The visible text of all pages of an article, without white space."""
    pages = [page(site, url, truth) for url in truth.urls]
    html = [fragments(text) if "modern" in truth.cases else text for text in pages]
    return "".join("".join("".join(parsed(text).text).split()) for text in html)


def walk_lists(site: Site) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """URL and items (link, title) of each list page."""
    url = LIST
    while not url.startswith("javascript:"):
        text = page(site, url)
        yield url, re.findall(r'<div class="box_list[^>]*>.*?<h2><a href="([^"]+)" title="([^"]+)"', text)
        url = urljoin(url, re.findall(r'id="pagenext" href="([^"]+)"', text)[0])


def test_the_same_arguments_give_the_same_site() -> None:
    assert bodies(build_site(articles=12)) == bodies(build_site(articles=12))


def bodies(site: Site) -> dict[str, tuple[bytes, tuple[tuple[str, str], ...]]]:
    return {url: (response.body, response.headers) for url, response in site.responses.items()}


def test_another_seed_gives_other_texts(truths: tuple[Truth, ...]) -> None:
    other = build_site(seed=7, articles=12).truths[5]
    assert other.title != truths[5].title
    assert {turn.text for turn in other.turns if turn.role == "guest"}.isdisjoint(turn.text for turn in truths[5].turns)


def test_a_grown_site_keeps_its_articles() -> None:
    small, grown = build_site(articles=6), build_site(articles=9)
    for truth in small.truths:
        assert [small.responses[url] for url in truth.urls] == [grown.responses[url] for url in truth.urls]
    assert tuple(small.truths) == tuple(grown.truths[:6])
    newest = [link for _, items in walk_lists(grown) for link, _ in items if link in grown.truths[8].urls]
    assert newest


def test_ten_thousand_articles_are_made_one_by_one() -> None:
    site = build_site(articles=10_000)
    assert len(site.truths) == 10_000
    assert len(site.truths[9_999].turns) > 10
    assert site.responses[site.truths[9_999].url].status == 200


def test_the_generator_knows_neither_cleaners_nor_profile() -> None:
    allowed = {"crawler.replica"}
    for path in Path(crawler.replica.__path__[0]).rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        for node in ast.walk(ast.parse(text)):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            for name in names:
                own = name.split(".")[0] in ("crawler", "cleaners", "output")
                assert not own or any(name.startswith(prefix) for prefix in allowed), f"{path}: {name}"
        assert "jl_ifeng" not in text


def test_every_case_is_in_the_demo(truths: tuple[Truth, ...]) -> None:
    assert len(truths) >= 40
    assert set(CASES) <= {case for truth in truths for case in truth.cases}
    assert len(truths) >= len(LAYOUTS)


def test_pages_weigh_what_real_ones_do(site: Site, truths: tuple[Truth, ...]) -> None:
    weights = {url: len(site.responses[url].body) for truth in truths for url in truth.urls}
    assert {url: weight for url, weight in weights.items() if not 60_000 <= weight <= 120_000} == {}


def test_truths_are_true_of_their_pages(site: Site, truths: tuple[Truth, ...]) -> None:
    for truth in truths:
        text, at = said(site, truth), 0
        for paragraph in truth.original_paragraphs or truth.paragraphs:
            found = text.find("".join(paragraph.split()), at)
            assert found >= 0, (truth.url, paragraph)
            at = found + 1
        assert truth.lead is None or truth.lead in "".join(truth.paragraphs)


def test_fields_are_on_their_pages(site: Site, truths: tuple[Truth, ...]) -> None:
    for truth in truths:
        text = page(site, truth.url, truth)
        for value in (truth.original_title or truth.title, truth.source, truth.editor, truth.author):
            assert value is None or value in text, truth.url
        if truth.editor is None:
            assert "责任编辑" not in text
            assert "editorName" not in text
        if truth.published is None:
            assert "datePublished" not in text
            assert "og:time" not in text


def test_turns_are_the_dialogue(truths: tuple[Truth, ...]) -> None:
    for truth in truths:
        assert {turn.role for turn in truth.turns} == {"interviewer", "guest"}
        assert len(truth.turns) >= 12
        assert len(truth.turns[-1].text) < 40, "a short closing turn"
        colon = ":" if "width-half" in truth.cases else "："
        text = "\n".join(truth.paragraphs)
        assert all(f"{turn.speaker}{colon}{turn.text}" in text for turn in truth.turns)


@pytest.mark.parametrize(("entity", "broken"), [("ldquo", "&ldq"), ("rdquo", "&rdq"), ("hellip", "&hell")])
def test_boxes_are_cut_inside_an_entity(site: Site, truths: tuple[Truth, ...], entity: str, broken: str) -> None:
    found = [truth for truth in truths if f"entity-{entity}" in truth.cases]
    assert found
    for truth in found:
        box = re.findall(r'<div class="dy_box ss_none">.*?<p>(.*?)</p>', page(site, truth.url, truth), re.DOTALL)[0]
        assert box.endswith(broken)


def test_joined_boxes_run_labels_inline(truths: tuple[Truth, ...]) -> None:
    leads = [truth.lead for truth in truths if "lead-joined" in truth.cases]
    assert leads
    assert all(lead and lead.count("：") >= 2 for lead in leads)


def test_page_breaks_cross_a_turn(site: Site, truths: tuple[Truth, ...]) -> None:
    for truth in (truth for truth in truths if len(truth.urls) > 1):
        assert f"pages-{len(truth.urls)}" in truth.cases
        for url, following in zip(truth.urls, truth.urls[1:], strict=False):
            text = page(site, url, truth)
            assert f'id="pagenext" href="{following.rsplit("/", 1)[1]}"' in text
        last = page(site, truth.urls[-1], truth)
        assert 'id="pagenext" href="javascript:void(0);"' in last
        body = "".join(parsed(last.partition("<!--mainContent begin-->")[2]).text).strip()
        assert any("\n" in turn.text and turn.text.split("\n")[-1][:12] in body[:20] for turn in truth.turns)


def test_modern_pages_hold_the_traps(site: Site, truths: tuple[Truth, ...]) -> None:
    modern = [truth for truth in truths if "modern" in truth.cases]
    for truth in modern:
        text = page(site, truth.url)
        assert '<div id="root"></div>' in text
        assert 'name="og:time "' in text
        assert "};" in text[text.index("allData") : text.index("docData")]
        assert text.index('"newsTime": "2018-01-01') < text.index("docData")
    assert any("};" in "".join(truth.paragraphs) for truth in modern)
    assert any("data-lazyload" in page(site, truth.url) for truth in modern)
    assert any(truth.source is None for truth in modern)
    assert any(truth.editor is None for truth in modern)


def test_the_traditional_page_is_converted_from_its_original(site: Site, truths: tuple[Truth, ...]) -> None:
    truth = next(truth for truth in truths if "script-Hant" in truth.cases)
    assert truth.original_paragraphs is not None
    assert "創建全國最安全" in (truth.original_title or "")
    assert truth.original_paragraphs[2] != truth.paragraphs[2]
    assert SERIES in truth.title
    simplified = story_of(20181113, truths.index(truth), ("both-scripts",))
    assert truth.paragraphs == tuple(passage.printed for passage in simplified.passages)


def test_rare_names_stand_on_simplified_pages(truths: tuple[Truth, ...]) -> None:
    found = [truth for truth in truths if "rare-names" in truth.cases]
    assert {"legacy", "modern"} <= {case for truth in found for case in truth.cases}
    for truth in found:
        assert all(name in "".join(truth.paragraphs) for name in ("乾安县", "于镇通", "李徵", "陈昇"))
        assert "宋乾昇" in {turn.speaker for turn in truth.turns}


def test_no_two_articles_are_near_copies(truths: tuple[Truth, ...]) -> None:
    grams = [{text[i : i + 5] for i in range(len(text) - 4)} for text in ("".join(truth.paragraphs) for truth in truths)]
    shares = [len(a & b) / len(a | b) for i, a in enumerate(grams) for b in grams[:i]]
    assert max(shares) < 0.6


def test_unknown_class_names_come_from_the_seed(site: Site) -> None:
    names = [set(chrome_of(seed).names.values()) for seed in (1, 2, 20181113)]
    assert all(len(found) == len(UNKNOWN) for found in names)
    assert not names[0] & names[1]
    text = page(site, site.truths[0].url)
    assert all(f'class="{name}' in text for element, name in chrome_of(20181113).names.items() if element != "strip")
    assert not re.search(r'class="[^"]*(?:mood|promo|sideblock|backlink)', text)


@pytest.mark.parametrize(
    "piece",
    ["注册", "第五季净月微发现", "吉林新闻", "[责任编辑：", "好文", "钦佩", "喜欢", "泪奔", "可爱", "思考", "凤凰网吉林今日推荐",
     "长春新闻", "凤凰新闻 天天有料", "分享到：", "人参与", "评论", "标签：", "扫描二维码", "版权所有", "ICP"],
)  # fmt: skip
def test_legacy_pages_have_all_the_chrome(site: Site, piece: str) -> None:
    assert piece in "".join(parsed(page(site, site.truths[1].url)).text)


def test_lists_lead_to_every_article_and_some_strays(site: Site, truths: tuple[Truth, ...]) -> None:
    pages = [items for _, items in walk_lists(site)]
    links = [link for items in pages for link, _ in items]
    assert len(pages) > 2
    assert {truth.url for truth in truths} | set(site.outcomes) == set(links) - {
        other(t.url) for t in truths if "twin" in t.cases
    }
    assert set(site.outcomes.values()) == {"gone", "soft-gone", "forbidden", "no-article", "foreign", "other"}
    titles = {link: title for items in pages for link, title in items}
    assert all((SERIES in titles[link]) == (site.outcomes.get(link) != "other") for link in links)


def test_lists_shift_pin_and_name_twins(site: Site, truths: tuple[Truth, ...]) -> None:
    pages = [[link for link, _ in items] for _, items in walk_lists(site)]
    assert len({links[0] for links in pages}) == 1, "pinned on every page"
    assert pages[0][-1] == pages[1][1], "an item shifted to the next page"
    twins = [truth.url for truth in truths if "twin" in truth.cases]
    assert twins
    links = {link for page_links in pages for link in page_links}
    assert all({url, other(url)} <= links for url in twins)
    assert all(site.responses[url] == site.responses[other(url)] for url in twins)


def other(url: str) -> str:
    return url.replace("http:", "https:") if url.startswith("http:") else url.replace("https:", "http:")


def test_strays_answer_as_they_should(site: Site) -> None:
    by_outcome = {outcome: url for url, outcome in site.outcomes.items()}
    answer = {outcome: site.responses[url] for outcome, url in by_outcome.items()}
    assert (answer["gone"].status, answer["soft-gone"].status, answer["foreign"].status) == (404, 200, 302)
    assert b'class="tips404"' in answer["soft-gone"].body
    assert not dict(answer["foreign"].headers)["Location"].startswith("http://jl.ifeng.com")
    assert "。" not in "".join(parsed(answer["no-article"].body.decode()).text)
    robots = site.responses["http://jl.ifeng.com/robots.txt"].body.decode()
    assert any(rule in by_outcome["forbidden"] for rule in re.findall(r"Disallow: (\S+)", robots))


def test_a_site_can_be_changed(site: Site) -> None:
    url = site.truths[3].url
    changed = site.replacing({url: site.missing})
    assert changed.responses[url].status == 404
    assert site.responses[url].status == 200
    assert len(changed.responses) == len(site.responses)
