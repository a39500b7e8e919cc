"""Write ``page.html`` and ``page.json`` beside this file: the seed text put back into its page.

Run ``python crawler/replica/seed/write_page.py`` after a change of the template.
"""

import json
from pathlib import Path

from crawler.replica import seed_page

if __name__ == "__main__":
    page = seed_page()
    folder = Path(__file__).parent
    (folder / "page.html").write_bytes(page.body)
    (folder / "page.json").write_text(json.dumps({"url": page.url}) + "\n", encoding="utf-8")
