"""Lists, feeds, sitemaps, and pages that name their other version: what is found in them."""

from __future__ import annotations

import contextlib
import datetime as dt
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from news_site import NOW

from aligner.errors import FormatError, MissingInputError, OptionError
from aligner.fetch.addresses import host_of, web_address
from aligner.fetch.feeds import read_feed
from aligner.fetch.listing import read_list
from aligner.fetch.markup import parse_page
from aligner.fetch.page_versions import find_versions, language_of_code, other_version
from aligner.fetch.records import Answer, Found
from aligner.fetch.site_rules import known_sites, parse_rules, read_rules, rules_named
from aligner.fetch.sitemaps import read_sitemap

DATA = Path(__file__).parent / "data" / "fetch"
ROOT = Path(__file__).resolve().parents[1]
AKORDA = "https://www.akorda.kz"
TODAY = NOW.date()


def akorda_list(language: str, body: bytes) -> list[Found]:
    site = rules_named("akorda")
    (rules,) = (each for each in site.lists if each.language == language and "/events" in each.address)
    return read_list(Answer(rules.page(1), 200, {"content-type": "text/html; charset=UTF-8"}, body), site, rules, TODAY)


def test_the_kazakh_list_of_akorda() -> None:
    assert akorda_list("kk", (DATA / "akorda-events-kz.html").read_bytes()) == [
        Found(f"{AKORDA}/kz/{slug}", date, language="kk")
        for slug, date in (
            ("memleket-basshysy-su-sharuashylygy-kenesin-otkizdi-1141201", dt.date(2026, 11, 20)),
            ("zhana-mektepter-kurylysy-turaly-akparat-tyndaldy-1141199", dt.date(2026, 11, 18)),
            ("addresses/addresses_of_president/zholdau-uzindisi", None),
            ("zhyl-korytyndysy-1120044", dt.date(2025, 12, 28)),
        )
    ]


def test_the_russian_list_of_akorda() -> None:
    assert akorda_list("ru", (DATA / "akorda-events-ru.html").read_bytes()) == [
        Found(f"{AKORDA}/ru/{slug}", date, language="ru")
        for slug, date in (
            ("glava-gosudarstva-provel-soveshchanie-po-vodnomu-hozyaystvu-1141215", dt.date(2026, 11, 20)),
            ("zaslushana-informatsiya-o-stroitelstve-shkol-1141213", None),
            ("itogi-goda-1120061", dt.date(2025, 12, 28)),
        )
    ]


@pytest.mark.parametrize(
    ("charset", "encoding"),
    [("kz1048", "kz1048"), ("Windows-1251", "cp1251"), ("utf-8", "utf-8"), ("rot13", "utf-8"), ("no-such", "utf-8")],
)
def test_lists_in_any_encoding_that_a_server_names(charset: str, encoding: str) -> None:
    site = rules_named("akorda")
    page = "<h3><a href='/ru/itogi-1'>Итоги</a></h3><h5>28 декабря 2025 года</h5>".encode(encoding)
    answer = Answer(f"{AKORDA}/ru/events?page=1", 200, {"content-type": f"text/html; charset={charset}"}, page)
    (found,) = read_list(answer, site, site.lists[1], TODAY)
    assert found.date == dt.date(2025, 12, 28)


@pytest.mark.parametrize(
    "body", [b"", b"\0\0", b"<html></html>", b"\xff\xfe<", b"<h3><a href='//['>x</a></h3><h5>1</h5>"]
)
def test_a_page_of_another_template_holds_nothing(body: bytes) -> None:
    assert akorda_list("ru", body) == []


def test_an_address_is_known_for_that_of_a_list() -> None:
    site = rules_named("akorda")
    (events,) = (each for each in site.lists if each.address.endswith("/ru/events?page={page}"))
    for address in ("/ru/events", "/ru/events?page=1", "/ru/events?page=71"):
        assert events.is_at(AKORDA + address)
    for address in ("/kz/events", "/ru/events/7", "/ru/events?page=", "/ru/events?page=7&x=1"):
        assert not events.is_at(AKORDA + address)
    for address in ("/ru/events", "/kz/speeches?page=3", "/ru/addresses/", "/en/some-1", "/ru", "/"):
        assert not site.is_publication(AKORDA + address)
    assert not site.is_publication("https://akorda.kz.example.com/ru/some-1")


# ---- rules ----


def test_the_rules_that_come_along_are_sound() -> None:
    for name, site in known_sites().items():
        assert re.fullmatch(r"[a-z0-9-]+", name)
        assert site.title
        assert {each.language for each in site.lists} == {"kk", "ru"}


def test_the_rules_in_the_documentation_are_sound(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "fetching.md").read_text(encoding="utf-8")
    rules, further = re.findall(r"```toml\n(.*?)```", page, re.DOTALL)
    site = parse_rules(rules.replace("[languages]", f"{further}\n[languages]"), "docs/fetching.md")
    assert site.versions == ("/kk/", "/ru/")
    assert site.counterparts
    assert [each.language for each in site.lists] == ["kk", "ru"]
    assert site.is_publication("https://example.kz/kk/news/17")
    body = "<h3 class='title'><a href='/kk/news/5'>Жаңалық</a></h3><time>5 мамыр 2026</time>".encode()
    answer = Answer("https://example.kz/kk/news?page=1", 200, {}, body)
    assert read_list(answer, site, site.lists[0], TODAY) == [
        Found("https://example.kz/kk/news/5", dt.date(2026, 5, 5), language="kk")
    ]


SOUND = """
name = "x"
hosts = ["x.kz"]
[[lists]]
address = "https://x.kz/?p={page}"
links = "//a"
"""


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ('name = "x"', "name = 7", "name is no text"),
        ('name = "x"', "", "name is missing"),
        ('name = "x"', 'name = "x', "no TOML"),
        ('hosts = ["x.kz"]', "", "hosts names no host"),
        ('hosts = ["x.kz"]', 'hosts = "x.kz"', "hosts is of the wrong kind"),
        ('hosts = ["x.kz"]', "hosts = [1]", "hosts is no list of texts"),
        ('hosts = ["x.kz"]', 'hosts = ["y.kz"]', "on a host that is not among hosts"),
        ('"https://x.kz/?p={page}"', '"x.kz"', "lists, number 1: address is no web address"),
        ('"https://x.kz/?p={page}"', '"https://x.kz/{number}"', "address is no web address"),
        ('links = "//a"', "", "links is missing"),
        ('links = "//a"', 'links = "//a["', "links is no XPath"),
        ('links = "//a"', 'links = "count(//a)"', "finds no elements"),
        ('links = "//a"', 'links = "nonsense(//a)"', "links is no XPath"),
        ('links = "//a"', 'links = "//a"\nlanguage = "kz"', "language is not kk or ru"),
        ('links = "//a"', 'links = "//a"\nlink = "//b"', "link is unknown"),
        ('name = "x"', 'name = "x"\npages = "("', "pages is no regular expression"),
        ('name = "x"', 'name = "x"\npause_s = -1', "pause_s is no number"),
        ('name = "x"', 'name = "x"\npause_s = true', "pause_s is no number"),
        ('name = "x"', 'name = "x"\nversions = { kk = "/kk/" }', "versions needs kk and ru"),
        ('name = "x"', 'name = "x"\nlanguages = { kk = 1 }', "languages has an entry that is no text"),
    ],
)
def test_rules_that_are_wrong_are_told_where(old: str, new: str, complaint: str) -> None:
    assert parse_rules(SOUND, "x.toml").name == "x"
    assert old in SOUND
    with pytest.raises(FormatError, match=re.escape(complaint)) as caught:
        parse_rules(SOUND.replace(old, new), "x.toml")
    assert str(caught.value).startswith("x.toml: ")


def test_rules_that_are_not_there(tmp_path: Path) -> None:
    with pytest.raises(MissingInputError):
        read_rules(tmp_path / "none.toml")
    (tmp_path / "latin.toml").write_bytes(b'name = "\xff"')
    with pytest.raises(FormatError):
        read_rules(tmp_path / "latin.toml")
    with pytest.raises(OptionError, match="there are: akorda"):
        rules_named("akordа")


# ---- feeds ----

RSS = """<?xml version="1.0" encoding="{encoding}"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>Жаңалықтар</title>
<item><title>Бірінші</title><link>https://example.kz/kk/1?utm_medium=rss</link>
<pubDate>Fri, 20 Nov 2026 23:30:00 +0500</pubDate></item>
<item><title>Екінші</title><link>/kk/2</link></item>
<item><title>Тағы да бірінші</title><link>https://example.kz/kk/1</link></item>
<item><title>Сілтемесіз</title></item>
<item><title>Бөтен</title><link>mailto:a@example.kz</link></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Новости</title>
<entry><title>Первая</title><link rel="alternate" href="https://example.kz/ru/1"/>
<published>2026-11-20T10:00:00+05:00</published><updated>2026-11-21T10:00:00+05:00</updated></entry>
<entry><title>Вторая</title><link href="https://example.kz/ru/2"/><updated>2026-11-19T10:00:00Z</updated></entry></feed>"""


def feed(text: str, encoding: str = "utf-8", content_type: str = "text/html") -> list[Found]:
    return read_feed(Answer("https://example.kz/rss", 200, {"content-type": content_type}, text.encode(encoding)))


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1251"])
def test_an_rss_feed(encoding: str) -> None:
    text = RSS.format(encoding=encoding)
    if encoding == "windows-1251":
        text = text.translate(str.maketrans("ңқіғө", "нкиго"))
    assert feed(text, encoding) == [
        Found("https://example.kz/kk/1", dt.date(2026, 11, 20)),
        Found("https://example.kz/kk/2"),
    ]


def test_an_atom_feed() -> None:
    first, second = feed(ATOM, content_type="application/atom+xml")
    assert first == Found("https://example.kz/ru/1", dt.date(2026, 11, 20), dt.datetime(2026, 11, 21, 5, tzinfo=dt.UTC))
    assert second.date == dt.date(2026, 11, 19)


def test_a_feed_that_the_parser_breaks_on_is_said_to_be_broken() -> None:
    with pytest.raises(FormatError, match="a feed that can't be read"):
        feed("<rss><channel><item><title>&#1114112;</title><link>x</item>")


def test_a_feed_that_breaks_off_is_read_as_far_as_it_goes() -> None:
    assert [each.url for each in feed(ATOM[: ATOM.index("<entry><title>Вторая")])] == ["https://example.kz/ru/1"]
    assert feed("") == []


def test_entities_of_a_feed_lead_to_no_file(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    hostile = f"""<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "{secret.as_uri()}">]>
    <rss version="2.0"><channel><item><link>https://example.kz/&x;</link></item></channel></rss>"""
    assert not any("secret" in each.url for each in feed(hostile))


# ---- sitemaps ----

SITEMAP = """<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml"
 xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc> https://example.kz/kk/1 </loc><lastmod>2026-11-20</lastmod>
 <xhtml:link rel="alternate" hreflang="ru-KZ" href="https://example.kz/ru/101"/>
 <xhtml:link rel="alternate" hreflang="en" href="https://example.kz/en/201"/></url>
<url><loc>https://example.kz/kk/2</loc><lastmod>2026-11-20T10:00:00+05:00</lastmod>
 <news:news><news:publication_date>2026-11-19</news:publication_date></news:news></url>
<url><loc>https://example.kz/kk/3</loc><lastmod>yesterday</lastmod></url>
<url><loc>javascript:alert(1)</loc></url>
<url></url>
<url><loc>https://example.kz/kk/3</loc></url>
</urlset>"""


def test_a_sitemap() -> None:
    day_end = dt.datetime(2026, 11, 20, 23, 59, 59, tzinfo=dt.UTC)
    assert read_sitemap(Answer("https://example.kz/sitemap.xml", 200, {}, SITEMAP.encode())) == [
        Found("https://example.kz/kk/1", None, day_end),
        Found("https://example.kz/ru/101", None, day_end, "ru"),
        Found("https://example.kz/kk/2", dt.date(2026, 11, 19), dt.datetime(2026, 11, 20, 5, tzinfo=dt.UTC)),
        Found("https://example.kz/kk/3"),
    ]


def test_a_sitemap_that_breaks_off_and_one_that_is_hostile() -> None:
    cut = SITEMAP[: SITEMAP.index("<url><loc>https://example.kz/kk/3")]
    assert len(read_sitemap(Answer("https://example.kz/s", 200, {}, cut.encode()))) == 3
    assert read_sitemap(Answer("https://example.kz/s", 200, {}, b"")) == []
    hostile = """<!DOCTYPE urlset [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>
    <urlset><url><loc>https://example.kz/&b;</loc></url></urlset>"""
    assert not any(
        "aaa" in each.url for each in read_sitemap(Answer("https://example.kz/s", 200, {}, hostile.encode()))
    )


# ---- other versions ----


def versions(body: str, url: str = "https://example.kz/kk/news/17", link: str = "", **rules: object) -> list[Found]:
    answer = Answer(url, 200, {"content-type": "text/html", **({"link": link} if link else {})}, body.encode())
    return find_versions(answer, parse_page(answer.body, "text/html"), None, rules.get("versions"))


def test_the_version_that_the_head_of_a_page_names() -> None:
    head = """<html><head>
    <link rel="alternate" hreflang="kk" href="/kk/news/17"><link rel="alternate" hreflang="ru-RU" href="/ru/news/99">
    <link rel="alternate" hreflang="en" href="/en/news/3"><link rel="alternate" hreflang="x-default" href="/">
    <link rel="stylesheet" hreflang="ru" href="/a.css"><link rel="alternate" type="application/rss+xml" href="/rss">
    </head></html>"""
    assert versions(head) == [Found("https://example.kz/ru/news/99", language="ru")]


def test_the_version_that_a_header_names() -> None:
    link = '<https://example.kz/a.css>; rel=preload; as=style, </ru/news/99>; rel="alternate"; hreflang="ru"'
    assert versions("<p>", link=link) == [Found("https://example.kz/ru/news/99", language="ru")]


def test_the_front_page_is_no_version_of_a_page() -> None:
    head = '<link rel="alternate" hreflang="ru" href="https://example.kz/ru/">'
    assert versions(head) == []
    assert versions(head, url="https://example.kz/kk/") == [Found("https://example.kz/ru/", language="ru")]


def test_the_version_that_differs_by_a_part_of_its_address() -> None:
    assert versions("<p>", versions=("/kk/", "/ru/")) == [Found("https://example.kz/ru/news/17", language="ru")]
    kz = ("//kz.", "//ru.")
    assert other_version("https://example.kz/page?lang=kz", ("lang=kz", "lang=ru")) == Found(
        "https://example.kz/page?lang=ru", language="ru"
    )
    assert other_version("https://example.kz/ru/a/kz/b", ("/kz/", "/ru/")).url == "https://example.kz/ru/a/ru/b"
    assert other_version("https://example.kz/en/a", ("/kz/", "/ru/")) is None
    # A host is no part of the address that may be changed.
    assert other_version("https://kz.example.kz/a", kz) is None


def test_the_version_that_the_language_switch_of_a_site_leads_to() -> None:
    site = parse_rules(
        SOUND.replace('name = "x"', 'name = "x"\npages = "/[0-9]+$"\ncounterparts = "//a[@class=\'lang\']/@href"'), "x"
    )
    answer = Answer("https://x.kz/kk/1", 200, {}, b"<a class=lang href='/ru/5'>ru</a><a class=lang href='/ru/'>ru</a>")
    assert [each.url for each in find_versions(answer, parse_page(answer.body, ""), site, None)] == [
        "https://x.kz/ru/5"
    ]


@pytest.mark.parametrize(
    ("code", "language"),
    [("kk", "kk"), ("KK-kz", "kk"), ("kz", "kk"), ("ru_RU", "ru"), ("en", None), ("", None), ("x-default", None)],
)
def test_codes_of_languages(code: str, language: str | None) -> None:
    assert language_of_code(code) == language


PIECES = st.sampled_from(
    [
        "<",
        ">",
        "&",
        "<!--",
        "-->",
        "<![CDATA[",
        "]]>",
        "<?xml",
        "?>",
        "\x00",
        "&#x110000;",
        "&#0;",
        "http://[",
        "//:99999/",
        "99999-99-99",
        "0000-01-01T00:00:00Z",
        "<base href='javascript:'>",
        "encoding='utf-7'",
        "hreflang='ru'",
        "é",
    ]
)


@settings(max_examples=150)
@given(
    st.sampled_from([RSS.format(encoding="utf-8"), ATOM, SITEMAP, (DATA / "akorda-events-kz.html").read_text("utf-8")]),
    st.lists(st.tuples(st.integers(0, 3000), st.integers(0, 80), PIECES), max_size=8),
    st.sampled_from(
        ["text/html", "text/html; charset=utf-16", "application/xml; charset=rot13", "", "x;charset=cp1251"]
    ),
)
def test_no_list_breaks_the_reader(text: str, changes: list[tuple[int, int, str]], content_type: str) -> None:
    for place, cut, piece in changes:
        text = text[:place] + piece + text[place + cut :]
    site = rules_named("akorda")
    answer = Answer(f"{AKORDA}/kz/events", 200, {"content-type": content_type, "link": text[:200]}, text.encode())
    found = [*read_list(answer, site, site.lists[0], TODAY), *read_sitemap(answer)]
    with contextlib.suppress(FormatError):
        found += read_feed(answer)
    found += find_versions(answer, parse_page(answer.body, content_type), site, ("/kz/", "/ru/"))
    assert all(web_address(each.url) == each.url for each in found)


# ---- addresses ----


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("HTTPS://WWW.Example.KZ:443/a/../b/./c?x=1&y=#top", "https://www.example.kz/b/c?x=1&y="),
        ("http://example.kz", "http://example.kz/"),
        ("http://example.kz:80/", "http://example.kz/"),
        ("http://example.kz:8080/", "http://example.kz:8080/"),
        ("https://example.kz/жаңа", "https://example.kz/%D0%B6%D0%B0%D2%A3%D0%B0"),
        ("https://қаз.kz/", "https://xn--80ao21a.kz/"),
        ("https://example.kz/?utm_source=a&id=3&fbclid=b", "https://example.kz/?id=3"),
        ("https://example.kz/?utm_source=a", "https://example.kz/"),
        ("https://example.kz/a b", None),
        ("https://example.kz/a\nb", None),
        ("https://user@example.kz/", None),
        ("ftp://example.kz/", None),
        ("file:///etc/passwd", None),
        ("example.kz/a", None),
        ("https://", None),
        ("https:///a", None),
        ("https://example.kz:99999/", None),
        ("https://exa mple.kz/", None),
        ("https://example.kz/" + "a" * 3000, None),
        ("", None),
    ],
)
def test_addresses_have_one_form(text: str, expected: str | None) -> None:
    assert web_address(text) == expected
    if expected is not None:
        assert web_address(expected) == expected


def test_links_are_read_from_where_they_stand() -> None:
    page = "https://example.kz/kk/list?page=2"
    assert web_address(" ../ru/1\n", page) == "https://example.kz/ru/1"
    assert web_address("//other.kz/1", page) == "https://other.kz/1"
    assert web_address("?page=3", page) == "https://example.kz/kk/list?page=3"
    assert web_address("#top", page) == page
    assert web_address("новость 1", page) == "https://example.kz/kk/%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D1%8C%201"
    assert web_address("javascript:void(0)", page) is None
    assert web_address("http://[", page) is None
    assert host_of("https://example.kz/a") == "example.kz:443"
