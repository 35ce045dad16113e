"""`qostil fetch`: news in two languages from the web into a folder."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer

from aligner.cli.app import app
from aligner.cli.terminal import SOME_SKIPPED, JsonOption, QuietOption, messages, print_json, progress_bar

__all__ = ["fetch"]


@app.command(epilog="Example: `qostil fetch --site akorda -o releases --contact name@example.kz --limit 100`")
def fetch(
    sources: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[SOURCE]...",
            help="Feeds, sitemaps, lists and pages by their address (https://…), and files of addresses.",
            show_default=False,
        ),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="The folder to fetch into; the same one next time.")
    ] = None,
    contact: Annotated[
        str,
        typer.Option(
            envvar="QOSTIL_CONTACT", help="Your e-mail address or web page; the sites see it.", show_default=False
        ),
    ] = "",
    site: Annotated[
        list[str] | None, typer.Option(help="All lists of this site; may be repeated. See --sites.", show_default=False)
    ] = None,
    rules: Annotated[
        list[Path] | None,
        typer.Option(help="The rules of another site: its lists, or those of them that you name. May be repeated."),
    ] = None,
    since: Annotated[
        dt.datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="Leave out what is dated before this day.", show_default=False),
    ] = None,
    limit: Annotated[
        int | None, typer.Option(min=1, help="Ask for this many pages at most; the next run goes on.")
    ] = None,
    pause: Annotated[float, typer.Option(min=0.0, help="Seconds between two requests to a host, at least.")] = 2.0,
    recheck: Annotated[
        float, typer.Option(min=0.0, help="Ask again for a page that is still listed after this many days.")
    ] = 1.0,
    match: Annotated[
        str | None, typer.Option(help="Only addresses in which this regular expression is found.", show_default=False)
    ] = None,
    versions: Annotated[
        str | None,
        typer.Option(
            metavar="KK=RU",
            help="How the two versions differ in their address, such as `/kz/=/ru/`.",
            show_default=False,
        ),
    ] = None,
    warc: Annotated[bool, typer.Option("--warc", help="Write web archives instead of a file for each page.")] = False,
    sites: Annotated[bool, typer.Option("--sites", help="Print the sites that are known by name, and end.")] = False,
    manifest: Annotated[
        bool, typer.Option("--manifest", help="Print what is known of each page, as JSON lines, and end.")
    ] = False,
    quiet: QuietOption = False,
    json_summary: JsonOption = False,
) -> None:
    """Fetch what is new from sites with the same news in Kazakh and Russian, politely; a second run goes on."""
    from aligner.fetch import (
        Settings,
        Source,
        fetch_record,
        fetch_text,
        known_sites,
        pages_in,
        read_addresses,
        read_rules,
        rules_named,
    )
    from aligner.fetch import fetch as run_fetch

    if sites:
        for known in known_sites().values():
            typer.echo(f"{known.name}\t{known.hosts[0]}\t{known.title}")
        return
    if output is None:
        raise typer.BadParameter("say which folder to fetch into with -o FOLDER")
    if manifest:
        for page in pages_in(output):
            print_json(page.record())
        return
    given: list[Source] = [rules_named(name) for name in site or ()]
    given += [source if "://" in source else read_addresses(Path(source)) for source in sources or ()]
    own_rules = [read_rules(path) for path in rules or ()]
    settings = Settings(
        contact=contact,
        pause_s=pause,
        since=None if since is None else since.date(),
        limit=limit,
        recheck_days=recheck,
        match=match,
        versions=None if versions is None else _versions(versions),
        is_warc=warc,
    )
    with progress_bar(quiet) as progress:
        report = run_fetch(given, output, settings, own_rules, progress)
    if json_summary:
        print_json(fetch_record(report, output))
    elif not quiet:
        typer.echo(fetch_text(report, output, messages().language))
    if not report.is_complete:
        raise typer.Exit(SOME_SKIPPED)


def _versions(text: str) -> tuple[str, str]:
    kk, equals, ru = text.partition("=")
    if not equals:
        raise typer.BadParameter("write --versions KK=RU, such as --versions /kz/=/ru/")
    return kk, ru
