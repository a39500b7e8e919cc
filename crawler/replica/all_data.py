"""The JSON literal ``allData`` that holds a modern page, traps included."""

import json
from collections.abc import Iterator, Mapping, Sequence

from markupsafe import Markup, escape

from crawler.replica.chrome import CHANNELS, FOOTER, HOST, Chrome, headlines, teasers
from crawler.replica.layouts import Layout
from crawler.replica.texts import Passage, Story
from crawler.replica.typeset import paragraph_html


def all_data(story: Story, layout: Layout, chrome: Chrome, passages: Sequence[Passage], url: str) -> Markup:
    """The literal for a modern page, its slashes escaped so that no string ends the script."""
    moment = story.moment.strftime("%Y-%m-%d %H:%M" if layout.date == "minute" else "%Y-%m-%d %H:%M:%S")
    name = url.rsplit("/", 1)[-1]
    image = f"https://x0.ifengimg.com/res/2019/{name}_w550_h366.jpg"
    doc = {
        "logo": {"logo": "http://p0.ifengimg.com/logo.png", "title": "吉林"},
        "domain": HOST,
        "breadCrumbdata": [{"url": f"//{HOST}/", "title": "吉林"}],
        "allowComment": True,
        "searchPath": "99-35300-,",
        "title": story.title,
        "newsTime": moment,
        "createTime": moment,
        "author": story.author if layout.author else "",
        "base62Id": name,
        "wemediaEAccountId": "",
        "source": "" if layout.source == "none" else story.source,
        "sourceUrl": "",
        "imagesInContent": [{"width": 550, "url": image, "height": 366}] if layout.pictures else [],
        "pcUrl": f"https://{HOST}/c/{name}",
        "url": f"//{HOST}/c/{name}",
        "commentUrl": f"ucms_{name}",
        "skey": story.moment.strftime("%M%S%H"),
        "voteId": f"ucms_{name}",
        "isOriginal": "0",
        **({"editorName": story.editor} if layout.editor != "none" else {}),
        "contentData": {"contentList": list(_contents(story, layout, passages, image)), "currentPage": 0, "pageSize": 1},
    }
    data = {**_data_chrome(chrome, url), "docData": doc, **_data_tail(story, chrome, url)}
    return Markup(json.dumps(data, ensure_ascii=False).replace("</", "<\\/"))  # noqa: S704 -- JSON in a script


def _contents(story: Story, layout: Layout, passages: Sequence[Passage], image: str) -> Iterator[Mapping[str, object]]:
    """Two text fragments with a video between them, as the portal's editor leaves them."""
    half = len(passages) // 2
    first, rest = ("".join(f"<p>{paragraph_html(p, layout)}</p>" for p in part) for part in (passages[:half], passages[half:]))
    if layout.pictures:
        lazy = f'<p class="detailPic"><img src="data:image/gif;base64,R0lGODlhAQABAIAAAP" data-lazyload="{image}" /></p>'
        first = f'{lazy}<p class="picIntro"><span style="font-family: 楷体_GB2312">{escape(story.captions[0])}</span></p>{first}'
    if layout.promotion:
        rest += "<p>更多精彩内容，请扫描二维码下载凤凰新闻客户端</p>"
    yield {"data": first, "type": "text"}
    yield {"data": {"title": "访谈视频", "guid": "00000000-0000-0000-0000-000000000000", "duration": 180}, "type": "video"}
    yield {"data": rest, "type": "text"}


def _data_chrome(chrome: Chrome, url: str) -> Mapping[str, object]:
    """What comes before the article in the literal; the video's title, time and source are not the article's."""
    return {
        "nav": [{"url": f"//{host}.ifeng.com/", "title": name} for name, host in CHANNELS.items()],
        "search": {"hint": [link.title for link in headlines(chrome.seed, (url, "hint"), 6)]},
        "footer": {"lines": FOOTER},
        "hostname": "jl",
        "adMap": {f"slot{number}": "function(){if(window.x){return 1};}" for number in range(12)},
        "video": {"title": "推荐视频", "newsTime": "2018-01-01 00:00:00", "source": "视频频道", "author": "视频编辑"},
        "hotNews": [{"title": link.title, "url": link.url} for link in headlines(chrome.seed, (url, "hot"), 30)],
    }


def _data_tail(story: Story, chrome: Chrome, url: str) -> Mapping[str, object]:
    stream = [
        {
            "id": f"{number:08x}",
            "title": link.title,
            "summary": link.text,
            "url": link.url,
            "newsTime": "2018-10-01 08:00:00",
            "source": "综合",
            "type": "article",
            "thumbnails": {"image": [{"url": f"https://x0.ifengimg.com/ucms/{number:08x}.jpg", "width": 170, "height": 96}]},
        }
        for number, link in enumerate(teasers(chrome.seed, (url, "stream"), 20))
    ]
    return {"keywords": ",".join(story.tags), "newsstream": stream, "isEnd": True}
