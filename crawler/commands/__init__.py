"""Scrapy's commands, where ours say more."""
