"""What stands around the articles: navigation, rankings, recommendations, scripts, style sheets.

Class names that nobody has seen are drawn from the seed, so that no cleaning rule can name them.
"""

import json
import random
import string
from collections.abc import Iterator, Mapping

import msgspec

from crawler.replica.texts import Phrase, phrase

HOST = "jl.ifeng.com"
UNKNOWN = ("promo", "mood", "moods", "back", "today", "side", "counts", "rank", "teaser", "app", "strip")
"""The elements whose class names are drawn."""

CHANNELS = {
    "首页": "www", "资讯": "news", "视频": "v", "直播": "zhibo", "财经": "finance", "娱乐": "ent", "体育": "sports",
    "时尚": "fashion", "汽车": "auto", "房产": "house", "科技": "tech", "读书": "book", "游戏": "games",
    "文化": "culture", "历史": "history", "军事": "mil", "旅游": "travel", "佛教": "fo", "国学": "guoxue",
    "数码": "digi", "健康": "health", "家居": "home", "公益": "gongyi", "酒业": "jiu",
}  # fmt: skip
REGIONS = ("长春", "吉林市", "四平", "辽源", "通化", "白山", "松原", "白城", "延边", "长白山", "梅河", "公主岭")
FOOTER = (
    "凤凰新媒体介绍",
    "投资者关系",
    "广告服务",
    "诚征英才",
    "保护隐私权",
    "免责条款",
    "意见反馈",
    "凤凰卫视介绍",
    "京ICP证030609号",
)


class Chrome(msgspec.Struct, frozen=True):
    """What all pages of a site have in common."""

    seed: int
    names: Mapping[str, str]
    """Class names drawn, by element."""

    style: str
    script: str


class Link(msgspec.Struct, frozen=True):
    """A headline somewhere on a page."""

    title: str
    url: str
    text: str = ""
    """A sentence under the headline, where there is one."""


def chrome_of(seed: int) -> Chrome:
    """The chrome of a site; O(1), made once."""
    rng = random.Random(f"{seed}/chrome")  # noqa: S311 -- class names, not secrets
    names = {element: _class_name(rng) for element in UNKNOWN}
    return Chrome(seed, names, "\n".join(_rules(rng, (*names.values(), "left", "main", "cmt"))), "\n".join(_scripts(rng)))


def headlines(seed: int, key: object, count: int) -> tuple[Link, ...]:
    """``count`` invented headlines, no two the same, for the page called ``key``."""
    words = phrase(seed, key, "headlines")
    titles = dict.fromkeys(words.grow("headline") for _ in range(count * 3))
    return tuple(Link(title, _other_url(words)) for title in list(titles)[:count])


def teasers(seed: int, key: object, count: int) -> tuple[Link, ...]:
    """Headlines with a sentence each."""
    words = phrase(seed, key, "teasers")
    return tuple(Link(link.title, link.url, words.grow("teaser")) for link in headlines(seed, (key, "teasers"), count))


def _other_url(words: Phrase) -> str:
    channel, number = words.rng.choice(list(CHANNELS.values())), words.rng.randint(6_100_000, 7_000_000)
    month, day = words.rng.randint(1, 11), words.rng.randint(1, 28)
    return f"http://{channel}.ifeng.com/a/2018{month:02}{day:02}/{number}_0.shtml"


def _class_name(rng: random.Random) -> str:
    return (
        "".join(rng.choices(string.ascii_lowercase, k=rng.randint(3, 7))) + rng.choice(["", "_", "-"]) + str(rng.randint(1, 99))
    )


def _rules(rng: random.Random, classes: tuple[str, ...]) -> Iterator[str]:
    """Some 30 KB of style sheet, as these pages carry inline."""
    for _ in range(280):
        name, size = rng.choice(classes), rng.randint(8, 640)
        yield (
            f".{name} .{_class_name(rng)}{{float:left;width:{size}px;height:{rng.randint(10, 90)}px;"
            f"padding:{rng.randint(0, 20)}px 0;background:#{rng.randrange(16**6):06x} no-repeat;"
            f"line-height:{rng.randint(14, 40)}px}}"
        )


def _scripts(rng: random.Random) -> Iterator[str]:
    """Some 35 KB of slots and small functions, with braces and tags inside strings."""
    for number in range(210):
        slot = {"id": f"ad_{rng.randrange(16**8):08x}", "w": rng.choice([300, 640, 1000]), "h": rng.randint(60, 300), "on": "};"}
        yield f"var _s{number}={json.dumps(slot)};function _f{number}(e){{return e&&e.id?e.id.indexOf('{_class_name(rng)}'):-1}}"
