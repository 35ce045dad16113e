"""Web pages → publications: by a site's own rules where there are some, through trafilatura otherwise."""

from __future__ import annotations

import codecs
import datetime as dt
import logging
import re
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any

from aligner.dates import parse_date
from aligner.errors import EmptyInputError, FormatError
from aligner.ingest.akorda import AKORDA, SiteRules
from aligner.ingest.assemble import draft_from_blocks
from aligner.ingest.decode import decode_text
from aligner.ingest.draft import Block, Draft
from aligner.ingest.html_blocks import FRAME_TAGS, SILENT_TAGS, iter_blocks, text_of
from aligner.ingest.lines import clean_line
from aligner.ingest.markup_limits import check_elements, check_tags
from aligner.ingest.stamps import leading_stamp

if TYPE_CHECKING:
    from lxml.html import HtmlElement

__all__ = ["iter_html"]

_SITES = (AKORDA,)
_CHARSET = re.compile(
    rb"<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]+)", re.IGNORECASE
)
_LANGUAGE_CODES = {"kz": "kk", "kaz": "kk", "rus": "ru", "eng": "en"}
_DOCTYPE_SUBSET = re.compile(r"<!DOCTYPE[^>\[]{0,200}\[.*?\]\s*>", re.IGNORECASE | re.DOTALL)
_OTHER_ITEMS = frozenset({"a", "aside", "footer", "li", "nav"})
_MIN_LONG_PARAGRAPH = 80
_MOST_ELEMENTS_COMPARED = 10_000
_MAX_DATE_ELEMENTS = 6
_MAX_DATE_CHARACTERS = 80
_SUFFIX_MARK = re.compile(r"\s*[-–—|•·:»/]")


def iter_html(data: bytes, source: str) -> Iterator[Draft]:
    """The publication on a page. Raises EmptyInputError where the page has no text."""
    tree = _parse(data, source)
    rules = next((site for site in _SITES if any(site.owns(address) for address in _addresses(tree, site))), None)
    draft = None if rules is None else _by_rules(tree, rules)
    if draft is None:
        draft = _by_trafilatura(tree)
    if draft is None or not draft.blocks:
        raise EmptyInputError(source, "is a page without text", "save the page with its article, not its frame")
    yield draft


def _parse(data: bytes, source: str) -> HtmlElement:
    from lxml import etree
    from lxml.html import HTMLParser, document_fromstring

    text = decode_text(data, source, _declared_encoding(data))
    if not text.strip():
        raise EmptyInputError(source, "is empty", "give a page with text in it")
    # libxml2 reads a zero byte as the end of the page, and declarations inside a document type as text.
    content = _without_doctype_subset(text.replace("\x00", " ")).encode("utf-8", "replace")
    check_tags(content, source)
    try:
        tree = document_fromstring(content, parser=HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True))
    except etree.ParserError:
        raise EmptyInputError(source, "is a page without text", "give a page with text in it") from None
    except etree.LxmlError as error:
        raise FormatError(source, f"can't be read as HTML: {error}") from error
    check_elements(tree, source)
    return tree


def _without_doctype_subset(text: str) -> str:
    start = text.lower().find("<!doctype", 0, 1024)
    match = _DOCTYPE_SUBSET.match(text, start) if start >= 0 else None
    return text if match is None else text[:start] + text[match.end() :]


def _declared_encoding(data: bytes) -> str | None:
    match = _CHARSET.search(data, 0, 8192)
    if match is None:
        return None
    try:
        return codecs.lookup(match[1].decode("ascii")).name
    except LookupError:
        return None


def _addresses(tree: HtmlElement, rules: SiteRules) -> list[str]:
    """What the page says of its own address."""
    for expression in rules.addresses:
        found = [str(address) for address in tree.xpath(expression)]
        if found:
            return found
    return []


def _by_rules(tree: HtmlElement, rules: SiteRules) -> Draft | None:
    """The publication by the rules of its site, or None where the page is not of the template they are for."""
    titles = [text for element in tree.xpath(rules.title) if (text := text_of(element))]
    bodies = [(element, list(iter_blocks(element))) for element in tree.xpath(rules.body)]
    if not titles or not bodies:
        return None
    body, blocks = next((found for found in bodies if found[1]), bodies[0])
    languages = [code for address in _addresses(tree, rules) if (code := rules.language_of(address)) is not None]
    return draft_from_blocks(
        blocks,
        title=titles[0],
        date=_date_beside_title(tree, titles[0], body),
        language=languages[0] if languages else _language(tree),
        guess_title=False,
    )


def _by_trafilatura(tree: HtmlElement) -> Draft | None:
    from copy import deepcopy

    from trafilatura import bare_extraction
    from trafilatura.settings import Document as Extraction

    # It warns of pages without an article, of which we take what there is.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    extracted = bare_extraction(
        deepcopy(tree),
        with_metadata=True,
        include_comments=False,
        include_tables=True,
        include_formatting=False,
        date_extraction_params={"extensive_search": False},
        # What it would try next takes the square of the number of paragraphs.
        fast=sum(1 for _ in islice(tree.iter(), _MOST_ELEMENTS_COMPARED + 1)) > _MOST_ELEMENTS_COMPARED,
    )
    blocks: list[Block] = []
    title = None
    if isinstance(extracted, Extraction):
        blocks = [] if extracted.body is None else list(iter_blocks(extracted.body, SILENT_TAGS - {"head"}))
        title = clean_line(extracted.title or "") or None
    if not blocks:
        body = tree.find("body")
        blocks = [] if body is None else list(iter_blocks(body, SILENT_TAGS | FRAME_TAGS))
    if not blocks:
        return None
    title = _without_site_name(tree, title)
    return draft_from_blocks(
        blocks,
        title=title,
        date=_stated_date(tree) or _date_beside_title(tree, title, None),
        language=_language(tree),
        guess_title=False,
    )


def _without_site_name(tree: HtmlElement, title: str | None) -> str | None:
    """`title`, or the heading on the page that it is with the name of the site behind it."""
    if title is None:
        return None
    for heading in tree.iter("h1", "h2", "h3"):
        text = text_of(heading)
        if len(text) >= 10 and title.startswith(text) and _SUFFIX_MARK.match(title, len(text)):
            return text
    return title


def _stated_date(tree: HtmlElement) -> dt.date | None:
    """The date of publication in the page's own metadata; the rest of the page is not searched."""
    from htmldate import find_date
    from lxml.html import builder

    head = tree.find("head")
    metas = [] if head is None else list(head.iter("meta"))
    scripts = tree.xpath("//script[@type='application/ld+json']")
    published = {
        day for script in scripts for day in re.findall(r'"datePublished"\s*:\s*"([^"T ]+)', script.text or "")
    }
    kept = [_copy(element) for element in (*metas, *(scripts if len(published) == 1 else ()))]
    if not kept:
        return None
    page = builder.HTML(builder.HEAD(*kept), builder.BODY())
    found = find_date(page, extensive_search=False, original_date=True, min_date="1990-01-01")
    return None if found is None else dt.date.fromisoformat(found)


def _copy(element: Any) -> Any:
    from copy import deepcopy

    copied = deepcopy(element)
    copied.tail = None
    return copied


def _date_beside_title(tree: HtmlElement, title: str | None, body: HtmlElement | None) -> dt.date | None:
    """A date that stands alone in an element beside the title and before the text, or None.

    Looked at is what encloses both title and text; of a whole page only what follows the title, for its other
    blocks have dates of their own.
    """
    heading = next((element for element in tree.iter("h1", "h2", "h3") if text_of(element) == title), None)
    if heading is None:
        return None
    for container in heading.iterancestors():
        holds_text = body in container.iter() if body is not None else _has_long_paragraph(container)
        if holds_text:
            return _first_date(container, heading, body)
    return None


def _has_long_paragraph(element: HtmlElement) -> bool:
    return any(len(text_of(paragraph)) > _MIN_LONG_PARAGRAPH for paragraph in element.iter("p"))


def _first_date(container: HtmlElement, heading: HtmlElement, body: HtmlElement | None) -> dt.date | None:
    is_past_heading = False
    for element in container.iter():
        is_past_heading = is_past_heading or element is heading
        if not isinstance(element.tag, str) or element.tag in SILENT_TAGS:
            continue
        if element is body or (is_past_heading and element.tag == "p" and _has_long_paragraph(element)):
            return None
        if container.tag == "body" and not is_past_heading:
            continue
        if any(ancestor.tag in _OTHER_ITEMS for ancestor in element.iterancestors()):
            continue
        if element.tag == "time" and (date := parse_date(element.get("datetime", "")[:10])):
            return date
        is_small = sum(1 for _ in islice(element.iter(), _MAX_DATE_ELEMENTS + 1)) <= _MAX_DATE_ELEMENTS
        text = text_of(element) if is_small else ""
        if text and len(text) <= _MAX_DATE_CHARACTERS:
            stamp = leading_stamp(text)
            if stamp is not None and not stamp.rest:
                return stamp.date
    return None


def _language(tree: HtmlElement) -> str | None:
    code = (tree.get("lang") or "").split("-")[0].split("_")[0].strip().lower()
    return _LANGUAGE_CODES.get(code, code) or None
