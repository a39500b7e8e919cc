"""Fetches: portal profiles, spiders, archive, crawl state. Only this room knows Scrapy."""
