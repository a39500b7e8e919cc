"""Saved pages of an invented portal, small and readable."""

import json
from pathlib import Path

URL = "http://news.example.com/2018/1113/7.html"
CHROME = '<ul><li><a href="/">首页</a></li><li><a href="/login">登录</a></li></ul>'
FOOT = '<p>责任编辑：赵佳俊</p><div class="share"><a href="#">分享到：微信</a></div>'


def interview(guest: str = "李勇霖", *, head: str = "") -> bytes:
    """A page with a short interview of ``guest``."""
    talk = (
        f"今天我们邀请到了梅河口市公安局局长{guest}，请他谈一谈创建全国最安全省份的做法和成效。",
        "记者：你好！今年以来，请问你们是如何围绕这个目标开展工作的，取得了哪些成效？",
        f"{guest}：今年以来，我们围绕这个目标，深入开展专项行动，全市刑事案件同比下降，群众的安全感明显提升。",
        "记者：下一步有什么打算？请给读者朋友们介绍一下，大家都很关心。",
        f"{guest}：下一步，我们将继续努力，积小安为大安，为创建全国最安全省份贡献梅河力量。",
        "记者：好的，感谢您接受我们的采访。",
    )
    body = "\n".join(f"<p>{paragraph}</p>" for paragraph in talk)
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>网络访谈之{guest}</title>{head}</head><body>{CHROME}'
        f'<h1>网络访谈之{guest}</h1><p class="date">2018年11月13日 10:12 来源：中国吉林网</p>'
        f'<div class="content">{body}</div>{FOOT}</body></html>'
    ).encode()


def save(folder: Path, name: str, body: bytes, url: str | None = None) -> Path:
    """The page as a file, its URL in the JSON beside it."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(body)
    if url:
        path.with_suffix(".json").write_text(json.dumps({"url": url}), encoding="utf-8")
    return path
