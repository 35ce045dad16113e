"""News in two languages from the web, politely: what is new or has changed → a folder for `qostil batch`."""

from aligner.fetch.crawl import FetchReport
from aligner.fetch.fetch import AddressFile, Source, fetch, pages_in, read_addresses
from aligner.fetch.records import Settings
from aligner.fetch.site_rules import SiteRules, known_sites, read_rules, rules_named
from aligner.fetch.summary import fetch_record, fetch_text

__all__ = [
    "AddressFile",
    "FetchReport",
    "Settings",
    "SiteRules",
    "Source",
    "fetch",
    "fetch_record",
    "fetch_text",
    "known_sites",
    "pages_in",
    "read_addresses",
    "read_rules",
    "rules_named",
]
