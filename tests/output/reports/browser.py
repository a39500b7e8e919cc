"""Headless Chromium, driven over WebDriver (https://www.w3.org/TR/webdriver2/) by the standard library."""

import base64
import json
import os
import re
import shutil
import subprocess
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import pytest

_FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
)
_ELEMENT = "element-6066-11e4-a52e-4f735466cecf"  # the name that the standard gives to a reference to an element


class Browser(NamedTuple):
    """A window; every method waits until the browser has answered."""

    session: str
    """URL of the WebDriver session."""

    def open(self, page: Path) -> None:
        """Open a file."""
        _call("POST", f"{self.session}/url", {"url": page.as_uri()})

    def run(self, script: str) -> Any:
        """What a script in the page returns."""
        return _call("POST", f"{self.session}/execute/sync", {"script": script, "args": []})

    def click(self, selector: str) -> None:
        """Click on the first element, as a person would: it must be in sight and not covered."""
        _call("POST", f"{self.session}/element/{self._find(selector)}/click", {})

    def type(self, selector: str, text: str) -> None:
        """Type over what stands in the field."""
        element = self._find(selector)
        _call("POST", f"{self.session}/element/{element}/clear", {})
        _call("POST", f"{self.session}/element/{element}/value", {"text": text})

    def resize(self, width: int, height: int) -> None:
        """Give the window this size, in pixels."""
        _call("POST", f"{self.session}/window/rect", {"width": width, "height": height})

    def screenshot(self) -> bytes:
        """What the window shows, as PNG."""
        return base64.b64decode(_call("GET", f"{self.session}/screenshot"))

    def errors(self) -> list[str]:
        """What the browser's console says: scripts or requests that were refused, among others."""
        return [entry["message"] for entry in _call("POST", f"{self.session}/se/log", {"type": "browser"})]

    def _find(self, selector: str) -> str:
        found = _call("POST", f"{self.session}/element", {"using": "css selector", "value": selector})
        return str(found[_ELEMENT])


@contextmanager
def chromium(profile: Path) -> Iterator[Browser]:
    """A browser with a fresh profile in that folder."""
    if not (shutil.which("chromium") and shutil.which("chromedriver")):
        assert "CI" not in os.environ, "needs chromium and chromedriver"
        pytest.skip("needs chromium and chromedriver")
    with subprocess.Popen(["chromedriver", "--port=0"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as driver:
        try:
            session = _session(_port(driver), profile)
            yield Browser(session)
            _call("DELETE", session)
        finally:
            driver.terminate()


def _port(driver: "subprocess.Popen[str]") -> int:
    assert driver.stdout
    started = (re.search(r"started successfully on port (\d+)", line) for line in driver.stdout)
    return int(next(found for found in started if found)[1])


def _session(port: int, profile: Path) -> str:
    options = {"args": [*_FLAGS, f"--user-data-dir={profile}"], "binary": shutil.which("chromium")}
    wanted = {"browserName": "chrome", "goog:chromeOptions": options, "goog:loggingPrefs": {"browser": "ALL"}}
    made = _call("POST", f"http://127.0.0.1:{port}/session", {"capabilities": {"alwaysMatch": wanted}})
    return f"http://127.0.0.1:{port}/session/{made['sessionId']}"


def _call(method: str, url: str, body: object = None) -> Any:
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data, {"Content-Type": "application/json"}, method=method)
    with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=60) as answer:
        return json.load(answer)["value"]
