"""What was fetched: one response, as data."""

import hashlib

import msgspec


class Page(msgspec.Struct, frozen=True):
    """One response, or one saved file, before anybody has read it."""

    body: bytes
    """The document, content coding (gzip, br) undone, character encoding not."""

    url: str | None = None
    """Absolute URL as fetched; None for a bare file."""

    content_type: str = ""
    """The ``Content-Type`` header as sent, e.g. ``text/html; charset=gbk``; empty where there was none."""

    fetched: str | None = None
    """When the response came, UTC, ``YYYY-MM-DDThh:mm:ssZ``; None for a bare file."""

    sha256: str = ""
    """Hex digest of the payload as sent, that is before any content coding was undone; empty: of ``body``."""

    @property
    def digest(self) -> str:
        """Hex SHA-256 of the payload as sent."""
        return self.sha256 or hashlib.sha256(self.body).hexdigest()
