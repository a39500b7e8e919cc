"""Who may be crawled, as whom, and how fast."""

from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib.metadata import version
from threading import Thread

import msgspec
import pytest

from crawler.manners import MannersError, manners_for
from crawler.portal import Portal, load_portal
from crawler.replica import build_site, serve

AGENT = f"fangtan/{version('fangtan')}"


@pytest.fixture(scope="module")
def portal() -> Portal:
    return load_portal("jl_ifeng")


@pytest.mark.parametrize(
    ("contact", "delay", "proxy", "expected"),
    [
        ("me@x.org", None, None, (f"{AGENT} (+me@x.org)", 1.0)),
        ("me@x.org", 2.5, None, (f"{AGENT} (+me@x.org)", 2.5)),
    ],
    ids=["contact", "slower"],
)
def test_manners(portal: Portal, contact: str, delay: float | None, proxy: str | None, expected: tuple[str, float]) -> None:
    assert manners_for(portal, contact=contact, delay=delay, proxy=proxy) == expected


@pytest.mark.parametrize(
    ("contact", "delay", "proxy", "said"),
    [
        ("", None, None, "no contact for jl.ifeng.com: set FANGTAN_CONTACT"),
        ("", None, "http://10.0.0.1:8080", "no contact for jl.ifeng.com"),
        ("", None, "http://127.0.0.1:9", "no contact for jl.ifeng.com"),
        ("me@x.org", 0.5, None, "delay: 0.5 s is too short for jl.ifeng.com; at least 1 s"),
        ("me@x.org", float("nan"), None, "delay: nan s"),
        ("me@x.org\r\nX-Evil: 1", None, None, "contact: must be one line"),
    ],
    ids=["no-contact", "proxy-elsewhere", "proxy-here-that-is-no-replica", "too-fast", "nan", "header-injection"],
)
def test_impolite(portal: Portal, contact: str, delay: float | None, proxy: str | None, said: str) -> None:
    with pytest.raises(MannersError, match=said):
        manners_for(portal, contact=contact, delay=delay, proxy=proxy)


def test_the_profile_may_give_contact_and_delay_and_the_caller_goes_before_it(portal: Portal) -> None:
    polite = msgspec.structs.replace(portal, contact="https://x.org/crawl", delay=3.0)
    assert manners_for(polite) == (f"{AGENT} (+https://x.org/crawl)", 3.0)
    assert manners_for(polite, contact="me@x.org").user_agent == f"{AGENT} (+me@x.org)"


def test_hosts_on_loopback_alone_need_no_contact(portal: Portal) -> None:
    assert manners_for(msgspec.structs.replace(portal, hosts=("127.0.0.1", "localhost")), delay=0) == (AGENT, 0.0)
    with pytest.raises(MannersError):
        manners_for(msgspec.structs.replace(portal, hosts=("127.0.0.1", "jl.ifeng.com")))


def test_what_goes_to_the_replica_stays_here(portal: Portal) -> None:
    with serve(build_site(articles=1)) as replica:
        assert manners_for(portal, delay=0, proxy=replica.proxy_url) == (AGENT, 0.0)
        assert manners_for(portal, proxy=replica.proxy_url.removeprefix("http://")) == (AGENT, 1.0)
        assert not replica.requests


def test_another_proxy_on_this_machine_may_forward(portal: Portal) -> None:
    with ThreadingHTTPServer(("127.0.0.1", 0), SimpleHTTPRequestHandler) as other:
        thread = Thread(target=other.serve_forever)
        thread.start()
        with pytest.raises(MannersError, match=r"no contact for jl\.ifeng\.com"):
            manners_for(portal, delay=0, proxy=f"http://127.0.0.1:{other.server_port}")
        other.shutdown()
        thread.join()
