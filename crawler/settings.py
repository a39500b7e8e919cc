"""Scrapy settings: what differs from the defaults, and why. Names that begin with FANGTAN are our own."""

import os

BOT_NAME = "fangtan"
SPIDER_MODULES = ["crawler.spiders"]
COMMANDS_MODULE = "crawler.commands"

# Ours. Contact, delay and user agent go through crawler.manners; None leaves them to the profile.
FANGTAN_DATA = os.environ.get("FANGTAN_DATA", "data")
FANGTAN_CONTACT = os.environ.get("FANGTAN_CONTACT", "")
FANGTAN_PROXY = os.environ.get("FANGTAN_PROXY", "")
FANGTAN_DELAY = None
FANGTAN_LOCKED = False

# One request at a time: a portal of a provincial newsroom is no place for load, and order makes runs comparable.
CONCURRENT_REQUESTS = 1
CONCURRENT_REQUESTS_PER_DOMAIN = 1
# The default of .5 would halve the delay that we promise.
DOWNLOAD_DELAY_JITTER = 0
# Lists before articles, pages of an article before the next one, on whatever host: strictly by priority, then in order.
SCHEDULER_PRIORITY_QUEUE = "scrapy.pqueues.ScrapyPriorityQueue"
SCHEDULER_MEMORY_QUEUE = "scrapy.squeues.FifoMemoryQueue"
# The spider takes each article page once, twins included; a redirect to a page fetched before must still have an outcome.
DUPEFILTER_CLASS = "scrapy.dupefilters.BaseDupeFilter"
# The spider sees every status; a URL too long is a failure, not silence.
HTTPERROR_ALLOW_ALL = True
URLLENGTH_LIMIT = 0

ROBOTSTXT_OBEY = True
# The product token of RFC 9309; the whole user agent would also match by what stands in the contact.
ROBOTSTXT_USER_AGENT = "fangtan"

DOWNLOADER_MIDDLEWARES = {
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
    "crawler.middlewares.HostsMiddleware": 50,
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "crawler.middlewares.RobotsMiddleware": 100,
    "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,
    "crawler.middlewares.DecodeMiddleware": 590,
    "scrapy.downloadermiddlewares.retry.RetryMiddleware": None,
    "crawler.backoff.BackoffMiddleware": 550,
    "crawler.middlewares.ProxyMiddleware": 740,
    "crawler.middlewares.ArchiveMiddleware": 950,
}
# A stub that refreshes to elsewhere is archived as it is; redirects come by status.
METAREFRESH_ENABLED = False
REDIRECT_MAX_TIMES = 5
COOKIES_ENABLED = False
DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "zh-CN,zh;q=0.9",
    "Accept-Encoding": "gzip, deflate, br",  # what crawler.coding undoes
}

DOWNLOAD_TIMEOUT = 60
# On the wire. A page over the profile's max_page_bytes is archived all the same, up to this.
DOWNLOAD_MAXSIZE = 64 * 2**20
DOWNLOAD_WARNSIZE = 0
# A page is tried again before the next one, so that a portal in trouble meets three requests a page, not three rounds.
RETRY_PRIORITY_ADJUST = 1
# What is given up has an outcome, and a line of its own.
RETRY_GIVE_UP_LOG_LEVEL = "DEBUG"

# No doors: 2.19 opens a remote control by default.
REMOTE_CONTROL_ENABLED = False
TELNETCONSOLE_ENABLED = False
LOG_LEVEL = "INFO"
EXTENSIONS = {
    # It adds a handler to the root logger, so that warnings no longer reach stderr where nobody configured logging.
    "scrapy.extensions.logcount.LogCount": None,
    # Switched off above, yet imported with all of aiohttp: a quarter of a start's time.
    "scrapy.extensions.remote_control.RemoteControl": None,
    "scrapy.extensions.telnet.TelnetConsole": None,
}
