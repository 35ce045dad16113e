"""Blocks of a marked-up file (HTML, Word, Markdown) → the publication, its residue set aside."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from aligner.ingest.draft import Block, Draft
from aligner.ingest.headlines import blocks_from_lines, is_headline
from aligner.ingest.residue import drop_residue
from aligner.ingest.stamps import crawl_stamp
from aligner.records import Dropped

__all__ = ["draft_from_blocks"]


def draft_from_blocks(
    blocks: Sequence[Block],
    title: str | None = None,
    date: dt.date | None = None,
    language: str | None = None,
    guess_title: bool = True,
) -> Draft:
    """The publication in `blocks`, whose text is clean; headings are those that the markup names.

    Without a `title` the first block is it where it is a heading, or reads like one and `guess_title`.
    A date that the text states in a line of its own counts where `date` is None.
    """
    texts = [block.text for block in blocks]
    dropped: tuple[Dropped, ...] = ()
    crawled = crawl_stamp(texts[0]) if texts else None
    if crawled is not None:
        dropped = (Dropped(crawled.text, "date stamp"),)
        date = date or crawled.date
        texts[0] = crawled.rest
    cleaned = drop_residue([text for text in texts if text])
    headings = {block.text for block in blocks if block.is_heading}
    kept = list(cleaned.lines)
    if title is not None and kept and kept[0].text.casefold() == title.casefold():
        kept = kept[1:]
    elif title is None and len(kept) > 1:
        first = kept[0].text
        if first in headings or (guess_title and not kept[0].had_dateline and is_headline(first)):
            title, kept = first, kept[1:]
    guessed = blocks_from_lines([line.text for line in kept], title)
    return Draft(
        blocks=tuple(
            Block(block.text, block.text in headings or (not headings and guess_title and block.is_heading))
            for block in guessed
        ),
        title=title,
        date=date or cleaned.stamp_date or cleaned.text_date,
        language=language,
        dropped=(*dropped, *cleaned.dropped),
    )
