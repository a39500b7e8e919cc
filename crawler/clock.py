"""What time it is: the one place that asks, so that a test can live through a year."""

from datetime import UTC, datetime


def now() -> datetime:
    """This moment, UTC."""
    return datetime.now(UTC)


def stamp(moment: datetime) -> str:
    """``moment`` as records write it.

    >>> stamp(datetime(2026, 11, 23, 4, 5, 6, tzinfo=UTC))
    '2026-11-23T04:05:06Z'
    """
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
