"""Every reason that the code gives is explained, and no other."""

import re
from pathlib import Path

from output.reasons import REASONS

ROOT = Path(__file__).parents[2]
_GIVEN = re.compile(r"""(?:CleaningError\(\s*|_quarantined\(first, |_without\(heard, |\breason=)"([a-z-]+)\"""")


def test_every_reason_is_explained() -> None:
    sources = (path.read_text(encoding="utf-8") for room in ("cleaners", "output") for path in (ROOT / room).rglob("*.py"))
    assert {reason for source in sources for reason in _GIVEN.findall(source)} == REASONS.keys()
