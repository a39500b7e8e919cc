"""A replica of the portal, for the demo and the tests: invented articles on pages like the portal's, served on loopback.

``build_site`` makes the pages and says what a crawl should bring home; ``serve`` answers for the portal's hosts as
an HTTP proxy, so that spider and profile run unchanged against it and against the live portal. The generator knows
nothing of the cleaners or of the profile.
"""

from crawler.replica.seed_page import SEED_URL, seed_page, seed_variants
from crawler.replica.server import Fault, Replica, Request, serve
from crawler.replica.site import Response, Site, build_site
from crawler.replica.truth import Spoken, Truth

__all__ = [
    "SEED_URL",
    "Fault",
    "Replica",
    "Request",
    "Response",
    "Site",
    "Spoken",
    "Truth",
    "build_site",
    "seed_page",
    "seed_variants",
    "serve",
]
