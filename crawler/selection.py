"""Which items of a list page a crawl of the series asks for."""

import re

from crawler.links import Item
from crawler.portal import Portal, Series
from crawler.urls import is_article


def belongs(item: Item, series: Series) -> bool:
    """Whether the title says that the item is one of the series."""
    return re.search(series.match, item.title) is not None


def is_wanted(item: Item, portal: Portal, series: Series) -> bool:
    """Whether the item is an article of the series."""
    return belongs(item, series) and is_article(item.url, portal)
