"""Why pages cannot be cleaned: the reason ids, and in one sentence each what they mean and what to do."""

from collections.abc import Mapping

REASONS: Mapping[str, tuple[str, str]] = {
    "no-article": ("No sentence of an article: a list, a notice, a video.", "If there is one, name its element in a profile."),
    "not-html": ("Text, but no HTML: plain text, JSON, XML, MHTML.", "Hand in HTML; save MHTML again as HTML only."),
    "empty": ("Nothing, or blanks.", "Fetch it again."),
    "binary": ("No text: a picture, a PDF, an archive.", "Hand in HTML, WARC or WACZ files."),
    "mojibake": ("More than 1 character in 1,000 is broken.", "Fetch it again; nothing should convert it on the way."),
    "gone": ("The portal's own page for what is not there.", "Nothing; the article is no more."),
    "too-large": ("Over `max_page_bytes`, 8 MiB if the profile says nothing.", "Raise it if this is an article."),
    "too-many-elements": ("Over 100,000 elements.", "Look at the page; no article has so many."),
    "too-deep": ("Nested so deep that the parser may have dropped text.", "Look at the page."),
    "damaged": ("Cut off, or not what its digest says.", "Fetch it again; `fangtan repair` for an archive of a crawl."),
    "unreadable": ("The file cannot be opened.", "Check path and permissions."),
    "elsewhere": ("The payload stands in another file of the archive.", "Clean the folder with all files of the archive."),
    "bad-url": ("The URL beside the page is none.", "Correct it."),
    "drift": ("A selector stopped matching, the page is in doubt.", "Mend the profile, then `fangtan reclean`."),
    "internal": ("An error of fangtan.", "Report it with the page."),
}


def reason_table() -> str:
    """The reasons as a Markdown table."""
    rows = "\n".join(f"| `{reason}` | {meaning} | {remedy} |" for reason, (meaning, remedy) in REASONS.items())
    return f"| reason | what was found | what to do |\n|---|---|---|\n{rows}\n"
