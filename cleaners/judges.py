"""The judges of what is article text, by name, so that ``fangtan evaluate --without`` can measure what each is worth."""

from collections.abc import Mapping

JUDGES: Mapping[str, str] = {
    "trafilatura": "trafilatura's choice of text nodes: the witness of the choice, without a vote",
    "headline": "what stands before the headline, and far after it, counts less",
    "records": "lists of posts, which are text, and of comments and teasers, which count less",
    "hints": "what tags, classes and ids of the elements say",
    "units": "short cells of lists and tables between or behind text are text",
    "fill": "short lines between kept ones are kept",
    "chrome": "lines that are known by their words, wherever they stand",
    "notices": "rights, editors and other notices at the article's ends",
    "repeats": "what the article says twice",
}
"""Name of each judge, and what it looks at."""
