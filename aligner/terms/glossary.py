"""Terms as glossaries: TSV for OmegaT, and TBX-Basic (ISO 30042) of 2008 and of 2019."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from xml.sax.saxutils import escape

from aligner.terms.candidates import Term

__all__ = ["GLOSSARIES", "glossary_lines"]

_HEADER = "# kk\tru\tcomment\tscore\tunits with both\tunits with kk\tunits with ru\texample kk\texample ru\n"
_ILLEGAL = dict.fromkeys((*range(0x20), 0x7F, 0xFFFE, 0xFFFF))
_COMMENT_EXAMPLE = 160
_ORIGIN = "<fileDesc><sourceDesc><p>Term candidates found by qostil</p></sourceDesc></fileDesc>"


def glossary_lines(terms: Iterable[Term], kind: str) -> Iterator[str]:
    """The lines of a glossary of one of the kinds in `GLOSSARIES`."""
    return _WRITERS[kind](terms)


def _tsv(terms: Iterable[Term]) -> Iterator[str]:
    """Source, target and comment as OmegaT reads them; it takes `#` for a remark and passes over further columns."""
    yield _HEADER
    for term in terms:
        comment = f"{term.count}×: {_shortened(term.example_kk)} = {_shortened(term.example_ru)}"
        numbers = f"{term.score:.3f}", str(term.count), str(term.kk_count), str(term.ru_count)
        cells = (term.kk, term.ru, comment, *numbers, term.example_kk, term.example_ru)
        yield "\t".join(" ".join(cell.split()) for cell in cells) + "\n"


def _tbx2(terms: Iterable[Term]) -> Iterator[str]:
    """https://www.tbxinfo.net, TBX-Basic of 2008 (`martif`), which OmegaT and the other CAT tools read."""
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<martif type="TBX-Basic" xml:lang="kk">\n'
    yield f"  <martifHeader>\n    {_ORIGIN}\n"
    yield '    <encodingDesc><p type="XCSURI">TBXBasicXCSV02.xcs</p></encodingDesc>\n  </martifHeader>\n'
    yield "  <text><body>\n"
    for number, term in enumerate(terms, start=1):
        yield f'    <termEntry id="t{number}">\n      <note>{_note(term)}</note>\n'
        for language, name, example in (("kk", term.kk, term.example_kk), ("ru", term.ru, term.example_ru)):
            yield f'      <langSet xml:lang="{language}"><tig><term>{_xml(name)}</term>'
            yield f'<descrip type="context">{_xml(example)}</descrip></tig></langSet>\n'
        yield "    </termEntry>\n"
    yield "  </body></text>\n</martif>\n"


def _tbx3(terms: Iterable[Term]) -> Iterator[str]:
    """ISO 30042:2019, TBX-Basic, with categories as attributes (DCA)."""
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield '<tbx style="dca" type="TBX-Basic" xml:lang="kk" xmlns="urn:iso:std:iso:30042:ed-2">\n'
    yield f"  <tbxHeader>{_ORIGIN}</tbxHeader>\n"
    yield "  <text><body>\n"
    for number, term in enumerate(terms, start=1):
        yield f'    <conceptEntry id="t{number}">\n      <note>{_note(term)}</note>\n'
        for language, name, example in (("kk", term.kk, term.example_kk), ("ru", term.ru, term.example_ru)):
            yield f'      <langSec xml:lang="{language}"><termSec><term>{_xml(name)}</term>'
            yield f'<descrip type="context">{_xml(example)}</descrip></termSec></langSec>\n'
        yield "    </conceptEntry>\n"
    yield "  </body></text>\n</tbx>\n"


_WRITERS: dict[str, Callable[[Iterable[Term]], Iterator[str]]] = {"tsv": _tsv, "tbx": _tbx2, "tbx3": _tbx3}
GLOSSARIES = tuple(_WRITERS)


def _note(term: Term) -> str:
    return f"score {term.score:.3f}; in {term.count} units together, {term.kk_count} kk, {term.ru_count} ru"


def _shortened(text: str) -> str:
    return text if len(text) <= _COMMENT_EXAMPLE else f"{text[:_COMMENT_EXAMPLE].rstrip()}…"


def _xml(text: str) -> str:
    return escape(" ".join(text.split()).translate(_ILLEGAL))
