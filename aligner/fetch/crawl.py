"""A fetch: lists are walked, the pages on them visited, what is new is kept, and everything is written down."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import re
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest
from pathlib import Path
from urllib.parse import urlsplit

from aligner.errors import OutputError
from aligner.fetch.addresses import host_of
from aligner.fetch.clock import Clock
from aligner.fetch.content import Useless, examine, suffix_for
from aligner.fetch.manifest import Manifest, Page, State
from aligner.fetch.markup import parse_page
from aligner.fetch.page_versions import find_versions
from aligner.fetch.records import Answer, Failure, Found, Settings
from aligner.fetch.site_rules import SiteRules
from aligner.fetch.stores import Store
from aligner.fetch.visitor import Visitor
from aligner.fetch.walks import Step, Trouble, Walk, conditions
from aligner.ingest.limits import MAX_MARKUP_BYTES

__all__ = ["Crawl", "FetchReport", "Progress", "wanted_by"]

Progress = Callable[[str, int, int], None]
"""Called as `(what, done, total)` while a long job runs."""

_DRAFT = ".draft"
# A run that comes every day does not reach each page at the same second.
_ALMOST = 0.9
_MOST_MOVES = 8
_LONGEST_RETRY = dt.timedelta(days=7)


@dataclass(slots=True)
class FetchReport:
    """What came of a fetch.

    `lists` counts the pages of lists that were read; `known` pages that were listed again and not asked for;
    `unchanged` those that were asked for. `waiting` pages stay for the next run. `by_language` counts what is new or
    changed. `skipped` and `failed` are pages with the reason for each; `troubles` lists that could not be read;
    `left_alone` hosts that are asked for nothing more, and why.
    """

    lists: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    known: int = 0
    waiting: int = 0
    requests: int = 0
    bytes: int = 0
    by_language: Counter[str] = field(default_factory=Counter)
    skipped: list[tuple[str, str]] = field(default_factory=list)
    failed: list[tuple[str, str]] = field(default_factory=list)
    troubles: list[tuple[str, str]] = field(default_factory=list)
    left_alone: dict[str, str] = field(default_factory=dict)

    @property
    def is_complete(self) -> bool:
        """Whether every list and every page could be had."""
        return not (self.failed or self.troubles or self.left_alone)


def wanted_by(settings: Settings, site_of: Callable[[str], SiteRules | None]) -> Callable[[Found], bool]:
    """The test of what in a list is wanted: by the rules of its site, `match` and `since`.

    What has no date is wanted: it may be new.
    """
    pattern = re.compile(settings.match) if settings.match else None

    def is_wanted(found: Found) -> bool:
        site = site_of(found.url)
        if site is not None and not site.is_publication(found.url):
            return False
        if pattern is not None and not pattern.search(found.url):
            return False
        date = found.date or (found.modified.date() if found.modified else None)
        return settings.since is None or date is None or date >= settings.since

    return is_wanted


class Crawl:
    """One fetch into one folder."""

    def __init__(
        self,
        folder: Path,
        settings: Settings,
        manifest: Manifest,
        visitor: Visitor,
        store: Store,
        clock: Clock,
        site_of: Callable[[str], SiteRules | None],
        progress: Progress | None = None,
    ) -> None:
        self._folder, self._settings = folder, settings
        self._manifest, self._visitor, self._store, self._clock = manifest, visitor, store, clock
        self._site_of = site_of
        self._progress = progress
        self._seen: set[str] = set()
        self._asked = 0
        self._total = 0
        self.report = FetchReport()

    def run(self, walks: Sequence[Walk]) -> FetchReport:
        """Walk and visit until all is done, or as many pages were asked for as the settings allow."""
        try:
            self._visit_all(_in_turns([self._left_over(walk) for walk in walks]))
            running = deque((walk, walk.steps()) for walk in walks)
            while running and not self._is_enough:
                found: list[Sequence[Found]] = []
                for _ in range(len(running)):
                    walk, steps = running.popleft()
                    step = next(steps, None)
                    if isinstance(step, Trouble):
                        self.report.troubles.append((step.url, step.reason))
                    elif step is not None:
                        found.append(self._dealt_with(step))
                    if step is not None:
                        running.append((walk, steps))
                self._visit_all(_in_turns(found))
        finally:
            for draft in self._folder.glob(f"{_DRAFT}.*"):
                draft.unlink(missing_ok=True)
            self.report.requests, self.report.bytes = self._visitor.requests, self._visitor.bytes
            self.report.left_alone = dict(self._visitor.left_alone)
        return self.report

    def _left_over(self, walk: Walk) -> list[Found]:
        """What earlier runs have found on this walk and not had, as far as it is wanted now."""
        since = self._settings.since
        found = self._manifest.unfinished(walk.source)
        return [each for each in found if since is None or each.date is None or each.date >= since]

    @property
    def _is_enough(self) -> bool:
        return self._settings.limit is not None and self._asked >= self._settings.limit

    def _dealt_with(self, step: Step) -> Sequence[Found]:
        """What is still to be visited of a step."""
        if step.answer is None:
            return step.found
        (found,) = step.found
        self._seen.add(found.url)
        self._asked += 1
        self._take(found, self._page(found), step.answer)
        return [Found(url) for url in self._manifest.missing_versions(found.url)]

    def _visit_all(self, found: Iterable[Found]) -> None:
        """Visit these, always the one whose host is free first; and the other versions that they name."""
        waiting: dict[str, deque[Found]] = {}
        for each in found:
            self._queue(each, waiting)
        while waiting:
            host = min(waiting, key=lambda host: self._visitor.free_at(waiting[host][0].url))
            each = waiting[host].popleft()
            if not waiting[host]:
                del waiting[host]
            if self._is_enough or self._visitor.is_left_alone(each.url):
                self.report.waiting += 1
                continue
            for version in self._visit(each):
                self._queue(version, waiting)
            if self._progress is not None:
                self._progress("pages", self._asked, self._total)

    def _queue(self, found: Found, waiting: dict[str, deque[Found]]) -> None:
        """Put a page that is due into the queue of its host, once a run, and its missing versions with it."""
        page = self._page(found)
        for _ in range(_MOST_MOVES):
            target = None if page.leads_to is None else self._manifest.page(page.leads_to)
            if target is None or target.status in (404, 410):
                break
            found, page = replace(found, url=target.url), target
        if found.url in self._seen:
            return
        self._seen.add(found.url)
        if self._is_due(page, found):
            waiting.setdefault(host_of(found.url), deque()).append(found)
            self._total += 1
        else:
            self.report.known += page.state == "kept"
            for url in self._manifest.missing_versions(found.url):
                self._queue(Found(url), waiting)

    def _page(self, found: Found) -> Page:
        return self._manifest.page(found.url) or Page(found.url, "pending", self._clock.now())

    def _is_due(self, page: Page, found: Found) -> bool:
        """Whether a page is to be asked for: it is new, its list says that it has changed, or it is time to look.

        The longer it has not changed, the longer it is left in peace.
        """
        if page.checked is None or page.changed is None:
            return True
        at_rest = page.checked - page.changed
        since_then = self._clock.now() - page.checked
        if page.state == "failed":
            return since_then >= _ALMOST * min(at_rest, _LONGEST_RETRY)
        if found.modified is not None:
            # Some sitemaps say of everything that it has just changed; a page that then had not is left for a while.
            at_rest = min(at_rest, dt.timedelta(days=self._settings.recheck_days))
            return found.modified > page.checked and since_then >= _ALMOST * at_rest
        return since_then >= _ALMOST * max(dt.timedelta(days=self._settings.recheck_days), at_rest)

    def _visit(self, found: Found) -> Iterator[Found]:
        """Ask for a page and take what comes; the versions that it names are yielded."""
        page = self._page(found)
        headers = {}
        if page.state == "kept" and self._store.has(page):
            headers = conditions(page.etag, page.last_modified)
        self._asked += 1
        answer = self._visitor.visit(found.url, headers, MAX_MARKUP_BYTES)
        url = self._take(found, page, answer)
        for version in self._manifest.missing_versions(url):
            yield Found(version)

    def _take(self, found: Found, page: Page, answer: Answer | Failure) -> str:
        """Write down what has become of a page; its address, or that to which it has moved."""
        now = self._clock.now()
        if isinstance(answer, Failure):
            self._take_failure(page, answer, now)
            return page.url
        if answer.status == 304:
            self.report.unchanged += 1
            self._manifest.put(replace(page, checked=now, status=304, reason=None, attempts=0))
            return page.url
        moved = None
        if answer.url != page.url:
            reason = self._reason_against_move(page.url, answer.url)
            if reason is not None:
                self._take_failure(page, Failure(reason, is_passing=False, status=answer.status), now)
                return page.url
            self._seen.add(answer.url)
            moved = replace(page, state="moved", leads_to=answer.url, checked=now, changed=now, file=None, sha256=None)
            known = self._manifest.page(answer.url)
            if known is None or known.file is None:
                page = replace(page, url=answer.url)
            else:
                self._store.drop(page)
                page = known
        self._take_content(found, page, answer, now, moved)
        return page.url

    def _take_failure(self, page: Page, failure: Failure, now: dt.datetime) -> None:
        if self._visitor.is_left_alone(page.url) and failure.status is None and failure.is_passing:
            # Nothing was asked for; the host is named once, not with each of its pages.
            self.report.waiting += 1
            return
        is_expected = page.version_of is not None and failure.status in (404, 410)
        if not is_expected:
            self.report.failed.append((page.url, failure.reason))
        if page.sha256 is not None:
            # What was had of it stays.
            self._manifest.put(replace(page, status=failure.status, reason=failure.reason, checked=now))
            return
        state: State = "failed" if failure.is_passing else "refused"
        is_same = page.state == state
        self._manifest.put(
            replace(
                page,
                state=state,
                status=failure.status,
                reason=failure.reason,
                checked=now,
                changed=page.changed if is_same else now,
                attempts=page.attempts + 1,
            )
        )

    def _take_content(self, found: Found, page: Page, answer: Answer, now: dt.datetime, moved: Page | None) -> None:
        digest = hashlib.sha256(answer.body).hexdigest()
        seen = replace(
            page,
            status=answer.status,
            reason=None,
            etag=answer.headers.get("etag"),
            last_modified=answer.headers.get("last-modified"),
            media_type=answer.media_type,
            leads_to=None,
            checked=now,
            attempts=0,
        )
        if digest == page.sha256 and (page.state != "kept" or self._store.has(page)):
            self.report.unchanged += 1
            self._manifest.put(seen, moved=moved)
            return
        seen = replace(seen, sha256=digest, bytes=len(answer.body), changed=now)
        twin = self._manifest.page_with(digest)
        if twin is not None and twin.url != page.url and page.state != "kept":
            self._skip(seen, f"the same as {twin.url}", moved)
            return
        suffix = suffix_for(answer)
        if isinstance(suffix, Useless):
            self._skip(seen, suffix.reason, moved)
            return
        draft = self._folder / f"{_DRAFT}{suffix}"
        self._write(draft, answer.body)
        language = examine(draft, found.language or page.language)
        if isinstance(language, Useless):
            draft.unlink()
            self._skip(seen, language.reason, moved)
            return
        # The versions come first: a run that is killed in between asks for this page again, and finds them known.
        tree = parse_page(answer.body, answer.headers.get("content-type", "")) if suffix == ".html" else None
        versions = find_versions(answer, tree, self._site_of(answer.url), self._settings.versions)
        self._manifest.note_versions(page.url, versions, now)
        was_kept = page.state == "kept" and page.sha256 is not None
        kept = self._store.keep(answer, draft, language, page if was_kept else None)
        earlier = replace(page, file=kept.earlier) if was_kept and digest != page.sha256 else None
        seen = replace(seen, state="kept", language=language, file=kept.file)
        self._manifest.put(seen, earlier, kept.archive, moved)
        if was_kept:
            self.report.changed += digest != page.sha256
        else:
            self.report.new += 1
        self.report.by_language[language] += 1

    def _skip(self, page: Page, reason: str, moved: Page | None) -> None:
        self.report.skipped.append((page.url, reason))
        self._store.drop(page)
        self._manifest.put(replace(page, state="skipped", reason=reason, file=None), moved=moved)

    def _write(self, draft: Path, body: bytes) -> None:
        try:
            with draft.open("wb") as file:
                file.write(body)
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise OutputError(f"{draft}: can't be written: {error.strerror or error}") from error

    def _reason_against_move(self, url: str, target: str) -> str | None:
        site = self._site_of(target)
        if site is not None and not site.is_publication(target):
            return f"redirects to what is no publication: {target}"
        if urlsplit(target).path.strip("/") == "" and urlsplit(url).path.strip("/"):
            return "redirects to the front page"
        return None


def _in_turns(groups: Sequence[Sequence[Found]]) -> Iterator[Found]:
    """One of each, and again: with a limit, each list and each language gets its share."""
    for row in zip_longest(*groups):
        yield from (each for each in row if each is not None)
