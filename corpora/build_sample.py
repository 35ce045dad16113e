"""Render `corpora/sample/` from its sources: the releases as txt, html and docx, and `gold.jsonl`.

    python corpora/build_sample.py            write kk/, ru/ and gold.jsonl
    python corpora/build_sample.py --check    exit with 1 where a rendered file is missing, stale or left over

A source (`corpora/sources/NN-slug.txt`, UTF-8, NFC) is a header of `key: value` lines, an empty line,
and then beads, separated by empty lines. Each line of a bead is one sentence, `kk: …` or `ru: …`; `kk+: …`
and `ru+: …` open a new paragraph. The first bead is the headline. A bead with lines of one language only is a
sentence that the other version leaves out. A source with lines of one language only is a release without a
counterpart.

Header keys: `date` (ISO), `date_shown` (kk, ru, both or none: which version prints the date), and for each
language `…_name` (file name without suffix), `…_format` (txt, html, docx) and optionally, for txt,
`…_encoding` (utf-8, utf-8-bom-crlf, utf-16, windows-1251).
"""

from __future__ import annotations

import argparse
import codecs
import datetime as dt
import html
import io
import json
import re
import sys
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from string import Template

CORPORA = Path(__file__).resolve().parent
SAMPLE = CORPORA / "sample"
PAGES = CORPORA / "pages"

LANGUAGES = ("kk", "ru")
FORMATS = ("txt", "html", "docx")
ENCODINGS = ("utf-8", "utf-8-bom-crlf", "utf-16", "windows-1251")
COMMON_KEYS = ("date", "date_shown")
MIN_SENTENCES, MAX_SENTENCES, MAX_BEAD = 10, 40, 5

MONTHS = {
    "kk": "қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
}
PRESS_OFFICE = {"kk": "Баспасөз қызметі", "ru": "Пресс-служба"}
DATE_BLOCKS = {
    "presidency": '<time class="article-date" datetime="{iso}">{long}</time>',
    "government": '<div class="news-meta"><span class="news-date">{year_first}</span></div>',
    "region": '<p class="post-info"><time datetime="{iso}">{digits}</time></p>',
}
SITES = tuple(DATE_BLOCKS)

BEAD_LINE = re.compile(r"(kk|ru)(\+?): (.+)")
HEADER_LINE = re.compile(r"([a-z_]+): (.+)")
FILE_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
WORD = re.compile(r"[^\W\d_]+")
CYRILLIC, LATIN = re.compile(r"[Ѐ-ӿ]"), re.compile(r"[A-Za-z\u00c0-\u024f]")
KAZAKH_LETTER = re.compile("[әғқңөұүһі]", re.IGNORECASE)
QUOTED = re.compile("«[^»]*»")
SENTENCE_END = (".", "!", "?", "…", ":", ";", "»", ")")
UNBROKEN = re.compile(r"(?<=\d) (?=\w)|(?<=\b[^\W\d_]\.) (?=[^\W\d_])| (?=–)")

DOCX_EPOCH = (1980, 1, 1, 0, 0, 0)
# The other members of a docx come from python-docx's own template and change with its version.
DOCX_CONTENT = ("word/document.xml", "docProps/core.xml")


class SourceError(ValueError):
    """A source file breaks the format; the message is `file:line: what is wrong`."""

    def __init__(self, path: Path, line: int, problem: str) -> None:
        super().__init__(f"{path.name}:{line}: {problem}")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, whether it opens a paragraph, and the line of the source it stands in."""

    text: str
    opens_paragraph: bool
    line: int


@dataclass(frozen=True, slots=True)
class SourceBead:
    """The sentences that say the same in both languages; one side may be empty."""

    kk: tuple[Sentence, ...]
    ru: tuple[Sentence, ...]

    def side(self, language: str) -> tuple[Sentence, ...]:
        return self.kk if language == "kk" else self.ru


@dataclass(frozen=True, slots=True)
class Release:
    """One source file: a release in both languages, or in one where it has no counterpart."""

    path: Path
    date: dt.date
    date_shown: str
    header: dict[str, str]
    beads: tuple[SourceBead, ...]

    @property
    def languages(self) -> tuple[str, ...]:
        return tuple(language for language in LANGUAGES if f"{language}_name" in self.header)

    @property
    def is_pair(self) -> bool:
        return len(self.languages) == 2

    def sentences(self, language: str) -> list[Sentence]:
        return [sentence for bead in self.beads for sentence in bead.side(language)]

    def shows_date(self, language: str) -> bool:
        return self.date_shown in (language, "both")

    def file(self, language: str) -> str:
        """The rendered file's path inside `corpora/sample`."""
        return f"{language}/{self.header[f'{language}_name']}.{self.header[f'{language}_format']}"


def read_release(path: Path) -> Release:
    """Parse and validate one source; raises SourceError."""
    text = path.read_text(encoding="utf-8")
    lines = text.split("\n")
    for number, line in enumerate(lines, 1):
        if line != unicodedata.normalize("NFC", line):
            raise SourceError(path, number, "not NFC")
        if line != " ".join(line.split()):
            raise SourceError(path, number, "white space at an end of the line, doubled, or other than a space")
    header, first_bead_line = _read_header(path, lines)
    beads = tuple(_read_beads(path, lines, first_bead_line))
    release = Release(path, _date(path, header), header["date_shown"], header, beads)
    _check_sentences(release)
    return release


def _read_header(path: Path, lines: Sequence[str]) -> tuple[dict[str, str], int]:
    header: dict[str, str] = {}
    number = 0
    for number, line in enumerate(lines, 1):
        if not line:
            break
        match = HEADER_LINE.fullmatch(line)
        if match is None:
            raise SourceError(path, number, f"not a `key: value` line: {line!r}")
        if match[1] in header:
            raise SourceError(path, number, f"key {match[1]!r} twice")
        header[match[1]] = match[2]
    languages = [language for language in LANGUAGES if f"{language}_name" in header]
    required = [*COMMON_KEYS, *(f"{language}_{key}" for language in languages for key in ("name", "format"))]
    optional = [f"{language}_encoding" for language in languages]
    if not languages:
        raise SourceError(path, 1, "neither kk_name nor ru_name")
    if missing := [key for key in required if key not in header]:
        raise SourceError(path, 1, f"missing {', '.join(missing)}")
    if unknown := [key for key in header if key not in (*required, *optional)]:
        raise SourceError(path, 1, f"unknown {', '.join(unknown)}")
    if header["date_shown"] not in ("none", *languages, *(["both"] if len(languages) == 2 else [])):
        raise SourceError(path, 1, f"date_shown can't be {header['date_shown']!r}")
    for language in languages:
        if not FILE_NAME.fullmatch(header[f"{language}_name"]):
            raise SourceError(path, 1, f"{language}_name may hold a-z, 0-9 and single hyphens")
        if header[f"{language}_format"] not in FORMATS:
            raise SourceError(path, 1, f"{language}_format is none of {', '.join(FORMATS)}")
        encoding = header.get(f"{language}_encoding")
        if encoding is not None and encoding not in ENCODINGS:
            raise SourceError(path, 1, f"{language}_encoding is none of {', '.join(ENCODINGS)}")
        if encoding is not None and header[f"{language}_format"] != "txt":
            raise SourceError(path, 1, f"{language}_encoding is for txt only")
    return header, number + 1


def _date(path: Path, header: dict[str, str]) -> dt.date:
    try:
        return dt.date.fromisoformat(header["date"])
    except ValueError as error:
        raise SourceError(path, 1, f"date {header['date']!r} is not YYYY-MM-DD") from error


def _read_beads(path: Path, lines: Sequence[str], first: int) -> Iterator[SourceBead]:
    sides: dict[str, list[Sentence]] = {"kk": [], "ru": []}
    # The empty line added at the end closes the last bead.
    for number, line in enumerate([*lines[first - 1 :], ""], first):
        if line:
            match = BEAD_LINE.fullmatch(line)
            if match is None:
                raise SourceError(path, number, f"neither a `kk: …` nor a `ru: …` line: {line!r}")
            sides[match[1]].append(Sentence(match[3], match[2] == "+", number))
        elif sides["kk"] or sides["ru"]:
            yield SourceBead(tuple(sides["kk"]), tuple(sides["ru"]))
            sides = {"kk": [], "ru": []}


def _check_sentences(release: Release) -> None:
    path = release.path
    if not release.beads:
        raise SourceError(path, len(release.header) + 1, "no beads")
    for bead in release.beads:
        line = min(sentence.line for sentence in (*bead.kk, *bead.ru))
        if len(bead.kk) + len(bead.ru) > MAX_BEAD:
            raise SourceError(path, line, f"a bead of more than {MAX_BEAD} sentences")
    for language in LANGUAGES:
        sentences = release.sentences(language)
        if language not in release.languages:
            if sentences:
                raise SourceError(path, sentences[0].line, f"{language} sentences without {language}_name")
            continue
        if not MIN_SENTENCES <= len(sentences) <= MAX_SENTENCES:
            raise SourceError(path, 1, f"{len(sentences)} {language} sentences, not {MIN_SENTENCES} to {MAX_SENTENCES}")
        title = release.beads[0].side(language)
        if len(title) != 1 or not title[0].opens_paragraph or title[0].text.endswith("."):
            raise SourceError(path, sentences[0].line, f"the first bead needs one {language}+ headline")
        if not sentences[1].opens_paragraph:
            raise SourceError(path, sentences[1].line, f"the text after the headline must open with {language}+")
    russian = {sentence.text for sentence in release.sentences("ru")}
    for sentence in release.sentences("kk"):
        if sentence.text in russian:
            raise SourceError(path, sentence.line, "the same sentence in both languages")
    kazakh = release.sentences("kk")
    if sum(bool(KAZAKH_LETTER.search(sentence.text)) for sentence in kazakh) < 0.9 * len(kazakh):
        raise SourceError(path, 1, "the kk lines lack the letters of Kazakh")
    for language in release.languages:
        encoding = release.header.get(f"{language}_encoding")
        if encoding is None:
            continue
        try:
            render(release, language)
        except UnicodeEncodeError as error:
            character = error.object[error.start]
            raise SourceError(path, 1, f"{language}_encoding {encoding} can't hold {character!r}") from error


def warnings(release: Release) -> Iterator[str]:
    """What looks like a slip in a source that is otherwise well formed, as `file:line: what`."""
    for language in release.languages:
        previous = None
        for sentence in release.sentences(language):
            where = f"{release.path.name}:{sentence.line}"
            for word in WORD.findall(sentence.text):
                if CYRILLIC.search(word) and LATIN.search(word):
                    yield f"{where}: Latin and Cyrillic letters in {word!r}"
            words = WORD.findall(sentence.text)
            has_kazakh_letters = KAZAKH_LETTER.search(sentence.text) is not None
            if language == "kk" and len(words) >= 4 and not has_kazakh_letters:
                yield f"{where}: a kk sentence without a letter of Kazakh"
            if language == "ru" and KAZAKH_LETTER.search(QUOTED.sub("", sentence.text)):
                yield f"{where}: a letter of Kazakh in a ru sentence"
            if previous and not sentence.opens_paragraph and not previous.text.endswith(SENTENCE_END):
                yield f"{release.path.name}:{previous.line}: no full stop inside a paragraph"
            previous = sentence


def paragraphs(release: Release, language: str) -> tuple[str, list[str]]:
    """The headline, and the paragraphs of the text."""
    (title, *rest) = release.sentences(language)
    texts: list[list[str]] = []
    for sentence in rest:
        if sentence.opens_paragraph:
            texts.append([])
        texts[-1].append(sentence.text)
    return title.text, [" ".join(text) for text in texts]


def is_subheading(paragraph: str) -> bool:
    return paragraph[-1].isalnum() and len(paragraph) < 100


def long_date(date: dt.date, language: str) -> str:
    year = "жыл" if language == "kk" else "года"
    return f"{date.day} {_month(date, language)} {date.year} {year}"


def year_first_date(date: dt.date, language: str) -> str:
    """How a Kazakh decree writes it, the year first; Russian has no such order."""
    if language == "ru":
        return long_date(date, language)
    return f"{date.year} жылғы {date.day} {_month(date, language)}"


def _month(date: dt.date, language: str) -> str:
    return MONTHS[language].split()[date.month - 1]


def render(release: Release, language: str) -> bytes:
    """One version of the release as the bytes of its file."""
    return {"txt": _render_txt, "html": _render_html, "docx": _render_docx}[release.header[f"{language}_format"]](
        release, language
    )


def _render_txt(release: Release, language: str) -> bytes:
    title, texts = paragraphs(release, language)
    date_line = [long_date(release.date, language)] if release.shows_date(language) else []
    text = "\n".join([title, *date_line, *texts, ""])
    encoding = release.header.get(f"{language}_encoding", "utf-8")
    if encoding == "utf-16":
        return codecs.BOM_UTF16_LE + text.encode("utf-16-le")
    if encoding == "utf-8-bom-crlf":
        return codecs.BOM_UTF8 + text.replace("\n", "\r\n").encode("utf-8")
    if encoding == "windows-1251":
        return text.replace("\n", "\r\n").encode("windows-1251")
    return text.encode("utf-8")


def _render_html(release: Release, language: str) -> bytes:
    """A page of one of three sites; the site and the habits of its editor depend on the release alone."""
    title, texts = paragraphs(release, language)
    release_number = zlib.crc32(release.path.stem.encode())
    editor_number = zlib.crc32(release.header[f"{language}_name"].encode())
    site = SITES[release_number % len(SITES)]
    date_block = ""
    if release.shows_date(language):
        date_block = DATE_BLOCKS[site].format(
            iso=release.date.isoformat(),
            long=long_date(release.date, language),
            year_first=year_first_date(release.date, language),
            digits=release.date.strftime("%d.%m.%Y"),
        )
    has_nonbreaking_spaces = editor_number & 1 == 0
    body = []
    for number, text in enumerate(texts):
        spaced = UNBROKEN.sub("\u00a0", text) if has_nonbreaking_spaces else text
        escaped = html.escape(spaced, quote=False)
        if number == 0 and editor_number & 2:
            escaped = f"<strong>{escaped}</strong>"
        if number == 1 and editor_number & 4:
            escaped = QUOTED.sub(r'<a href="/search">\g<0></a>', escaped, count=1)
        tag = "h2" if is_subheading(text) else "p"
        body.append(f"        <{tag}>{escaped}</{tag}>")
    template = Template((PAGES / f"{site}.{language}.html").read_text(encoding="utf-8"))
    page = template.substitute(
        title=html.escape(title, quote=False),
        name=release.header[f"{language}_name"],
        date_block=date_block,
        body="\n".join(body),
        year=release.date.year,
    )
    page = page.replace("\u00a0", "&nbsp;")
    if editor_number & 8:
        page = page.replace("«", "&laquo;").replace("»", "&raquo;")
    return page.encode("utf-8")


def _render_docx(release: Release, language: str) -> bytes:
    import docx

    title, texts = paragraphs(release, language)
    editor_number = zlib.crc32(release.header[f"{language}_name"].encode())
    document = docx.Document()
    document.add_heading(title, level=editor_number & 1)
    if release.shows_date(language):
        document.add_paragraph(long_date(release.date, language))
    for number, text in enumerate(texts):
        if is_subheading(text):
            document.add_heading(text, level=2)
        elif number == 0 and editor_number & 2:
            document.add_paragraph().add_run(text).bold = True
        else:
            document.add_paragraph(text)
    properties = document.core_properties
    properties.title, properties.language = title, language
    properties.author = properties.last_modified_by = PRESS_OFFICE[language]
    properties.comments, properties.revision = "", 1
    properties.created = properties.modified = dt.datetime.combine(release.date, dt.time(9))
    written = io.BytesIO()
    document.save(written)
    return _with_fixed_times(written.getvalue())


def _with_fixed_times(archive: bytes) -> bytes:
    """The same zip with every member's time set to the zip epoch, so that equal content is equal bytes."""
    rewritten = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(archive)) as source,
        zipfile.ZipFile(rewritten, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for member in source.infolist():
            info = zipfile.ZipInfo(member.filename, date_time=DOCX_EPOCH)
            info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            target.writestr(info, source.read(member))
    return rewritten.getvalue()


def gold_line(release: Release) -> str:
    """The true pair and its beads as one JSON object; a lonely document has null beside it and no beads."""
    gold = {language: release.file(language) if language in release.languages else None for language in LANGUAGES}
    beads = [
        {language: [sentence.text for sentence in bead.side(language)] for language in LANGUAGES}
        for bead in release.beads
    ]
    return json.dumps({**gold, "beads": beads if release.is_pair else []}, ensure_ascii=False)


def read_releases(folder: Path) -> list[Release]:
    """All sources of `folder` in the order of their numbers; raises SourceError."""
    releases = [read_release(path) for path in sorted(folder.glob("*.txt"))]
    seen: dict[str, Path] = {}
    for release in releases:
        for language in release.languages:
            file = release.file(language)
            if file in seen:
                raise SourceError(release.path, 1, f"{file} is also the name of {seen[file].name}")
            seen[file] = release.path
    return releases


def rendered_files(releases: Sequence[Release]) -> dict[str, bytes]:
    """Every rendered file, by its path inside `corpora/sample`."""
    files = {
        release.file(language): render(release, language) for release in releases for language in release.languages
    }
    gold = "".join(f"{gold_line(release)}\n" for release in releases)
    return {**files, "gold.jsonl": gold.encode("utf-8")}


def stale_files(expected: dict[str, bytes], folder: Path) -> list[str]:
    """What in `folder` is not as `expected` says, one short sentence each."""
    found = {path.relative_to(folder).as_posix() for language in LANGUAGES for path in (folder / language).glob("*")}
    problems = [f"{name} is left over" for name in sorted(found - expected.keys())]
    for name, content in expected.items():
        path = folder / name
        if not path.is_file():
            problems.append(f"{name} is missing")
        elif _content(name, path.read_bytes()) != _content(name, content):
            problems.append(f"{name} is stale")
    return problems


def _content(name: str, data: bytes) -> object:
    if not name.endswith(".docx"):
        return data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {member: archive.read(member) for member in DOCX_CONTENT}


def write_files(expected: dict[str, bytes], folder: Path) -> None:
    """Make `folder` hold the expected files and no others in `kk/` and `ru/`."""
    for language in LANGUAGES:
        (folder / language).mkdir(parents=True, exist_ok=True)
        for path in (folder / language).glob("*"):
            if path.relative_to(folder).as_posix() not in expected:
                path.unlink()
    for name, content in expected.items():
        (folder / name).write_bytes(content)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Render corpora/sample from its sources.")
    parser.add_argument("--check", action="store_true", help="write nothing, report what is not up to date")
    options = parser.parse_args(arguments)
    try:
        releases = read_releases(SAMPLE.parent / "sources")
    except SourceError as error:
        print(error, file=sys.stderr)
        return 1
    for release in releases:
        for warning in warnings(release):
            print(f"warning: {warning}", file=sys.stderr)
    expected = rendered_files(releases)
    if options.check:
        problems = stale_files(expected, SAMPLE)
        print("\n".join(problems) or "up to date")
        return 1 if problems else 0
    write_files(expected, SAMPLE)
    pairs = sum(release.is_pair for release in releases)
    print(f"{pairs} pairs, {len(releases) - pairs} releases without a counterpart, {len(expected)} files")
    return 0


if __name__ == "__main__":
    sys.exit(main())
