"""How we behave towards a portal: who we say we are, and how long we wait."""

import ipaddress
from http.client import HTTPConnection, HTTPException
from importlib.metadata import version
from typing import NamedTuple
from urllib.parse import urlsplit

from crawler.portal import Portal

MIN_DELAY = 1.0
_REPLICA_SECONDS = 5.0


class MannersError(ValueError):
    """A crawl would be impolite; the message says what to set."""


class Manners(NamedTuple):
    """What a crawl tells and keeps."""

    user_agent: str
    """``fangtan/<version> (+<contact>)``; without the contact on loopback."""

    delay: float
    """Seconds between two requests to a host."""


def manners_for(portal: Portal, *, contact: str = "", delay: float | None = None, proxy: str | None = None) -> Manners:
    """The manners of a crawl of ``portal``; ``contact`` and ``delay`` go before what the profile says.

    :raises MannersError: no contact, or a delay below a second, for anything but loopback.
    """
    contact, delay = contact or portal.contact, portal.delay if delay is None else delay
    if not all(character.isprintable() for character in contact):
        raise MannersError("contact: must be one line of printable characters")
    if not _stays_here(portal, proxy):
        _refuse_impoliteness(portal, contact, delay)
    agent = f"fangtan/{version('fangtan')}"
    return Manners(f"{agent} (+{contact})" if contact else agent, max(delay, 0.0))


def is_loopback(host: str) -> bool:
    """Whether ``host`` is this machine.

    >>> [is_loopback(host) for host in ("127.0.0.1", "::1", "localhost", "10.0.0.1", "jl.ifeng.com")]
    [True, True, True, False, False]
    """
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def _stays_here(portal: Portal, proxy: str | None) -> bool:
    """Whether no request leaves this machine: a proxy on loopback may forward, so it must say that it is the replica."""
    if not proxy:
        return all(map(is_loopback, portal.hosts))
    parts = urlsplit(proxy if "://" in proxy else f"//{proxy}")
    return is_loopback(parts.hostname or "") and _is_replica(parts.hostname or "", parts.port or 80)


def _is_replica(host: str, port: int) -> bool:
    """Whether the proxy answers as ``crawler.replica`` does for a host that cannot exist (RFC 2606)."""
    connection = HTTPConnection(host, port, timeout=_REPLICA_SECONDS)
    try:
        connection.request("GET", "http://replica.invalid/")
        return connection.getresponse().getheader("X-Replica") == "fangtan"
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


def _refuse_impoliteness(portal: Portal, contact: str, delay: float) -> None:
    if not contact:
        raise MannersError(
            f"no contact for {portal.hosts[0]}: set FANGTAN_CONTACT to a mail address or page where its operator can reach you"
        )
    if not delay >= MIN_DELAY:
        raise MannersError(f"delay: {delay:g} s is too short for {portal.hosts[0]}; at least {MIN_DELAY:g} s")
