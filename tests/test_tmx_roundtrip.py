"""What is written is read back as it was, and is valid."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from lxml import etree
from shared_data import SHARED, shared_path
from tmx_documents import as_bytes, documents

from tmx import Document, read
from tmx.validate import validate

# The whole run of 10,000: TMX_ROUND_TRIPS=10000 pytest tests/test_tmx_roundtrip.py
EXAMPLES = int(os.environ.get("TMX_ROUND_TRIPS", "150"))
KIT = sorted((SHARED / "tmx" / "lisa-compliance-kit").glob("*.tmx"))

thorough = settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)


@pytest.fixture(scope="module")
def dtd() -> etree.DTD:
    return etree.DTD(str(shared_path("tmx/tmx14.dtd")))


@pytest.fixture(scope="module")
def xsd() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(str(shared_path("tmx/tmx14.xsd"))))


@thorough
@given(documents())
def test_reading_what_was_written_is_the_identity(document: Document) -> None:
    assert read(io.BytesIO(as_bytes(document))) == document


@thorough
@given(documents())
def test_writing_is_deterministic(document: Document) -> None:
    written = as_bytes(document)
    assert as_bytes(read(io.BytesIO(written))) == written


@thorough
@given(document=documents(is_foreign_allowed=False))
def test_standard_units_are_valid(document: Document, dtd: etree.DTD, xsd: etree.XMLSchema) -> None:
    tree = etree.fromstring(as_bytes(document))
    assert dtd.validate(tree), dtd.error_log
    assert xsd.validate(tree), xsd.error_log


@thorough
@given(document=documents())
def test_dropping_foreign_data_makes_any_unit_valid(
    document: Document, dtd: etree.DTD, xsd: etree.XMLSchema, tmp_path: Path
) -> None:
    written = as_bytes(document, foreign="drop")
    tree = etree.fromstring(written)
    assert dtd.validate(tree), dtd.error_log
    assert xsd.validate(tree), xsd.error_log
    path = tmp_path / "dropped.tmx"
    path.write_bytes(written)
    assert list(validate(path, "schema")) == []


def test_the_kit_is_there() -> None:
    shared_path("tmx/lisa-compliance-kit")
    assert len(KIT) == 23


@pytest.mark.parametrize("path", KIT, ids=lambda path: path.name)
def test_the_compliance_kit_passes_through(path: Path, dtd: etree.DTD, xsd: etree.XMLSchema) -> None:
    document = read(path)
    assert document.units
    written = as_bytes(document)
    assert read(io.BytesIO(written)) == document
    tree = etree.fromstring(written)
    assert dtd.validate(tree), dtd.error_log
    assert xsd.validate(tree), xsd.error_log


@pytest.mark.parametrize("path", KIT, ids=lambda path: path.name)
def test_the_compliance_kit_is_read_as_lxml_reads_it(path: Path) -> None:
    tree = etree.parse(str(path), etree.XMLParser(load_dtd=False, no_network=True, resolve_entities=False))
    document = read(path)
    expected = [
        [
            (
                tuv.get("{http://www.w3.org/XML/1998/namespace}lang"),
                "".join(
                    seg.xpath(".//text()[not(ancestor::bpt|ancestor::ept|ancestor::it|ancestor::ph|ancestor::ut)]")
                ),
            )
            for tuv in tu.iterfind("tuv")
            for seg in tuv.iterfind("seg")
        ]
        for tu in tree.iterfind("body/tu")
    ]
    assert [[(each.language, each.text) for each in unit.variants] for unit in document] == expected
