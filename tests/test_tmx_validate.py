"""tmx.validate: what the DTD and the XSD say, and what tools mind."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest
from lxml import etree
from shared_data import SHARED, shared_path
from tmx_documents import as_bytes, memory

from tmx import Header, Inline, Prop, TranslationUnit, Variant, write
from tmx.errors import MissingFileError
from tmx.rules import RULES
from tmx.validate import validate

KIT = sorted((SHARED / "tmx" / "lisa-compliance-kit").glob("*.tmx"))

RICH = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE tmx SYSTEM "tmx14.dtd">
<tmx version="1.4">
 <header creationtool="t" creationtoolversion="1" segtype="sentence" o-tmf="t" adminlang="en" srclang="kk"
  datatype="plaintext"><note>n</note><ude name="u"><map unicode="#x41"/></ude><prop type="p">v</prop></header>
 <body>
  <tu tuid="1" segtype="phrase"><note>n</note><prop type="p">v</prop>
   <tuv xml:lang="kk"><prop type="p">v</prop><note>n</note>
    <seg>Су <bpt i="1">{<sub>а</sub></bpt>бар<ept i="1">}</ept></seg></tuv>
   <tuv xml:lang="ru"><seg>Вода <hi x="1">есть</hi><it pos="begin">(</it><ph x="2">*</ph><ut>/</ut></seg></tuv>
  </tu>
  <tu><tuv xml:lang="ru"><seg>да</seg></tuv></tu>
 </body>
</tmx>
"""


def rules_of(data: bytes | str, path: Path, level: str = "schema") -> list[str]:
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return [issue.rule.id for issue in validate(path, level)]  # type: ignore[arg-type]


class Judges:
    """The real DTD and XSD."""

    def __init__(self) -> None:
        self.dtd = etree.DTD(str(shared_path("tmx/tmx14.dtd")))
        self.xsd = etree.XMLSchema(etree.parse(str(shared_path("tmx/tmx14.xsd"))))

    def accept(self, data: bytes) -> bool:
        tree = etree.fromstring(data, etree.XMLParser(no_network=True, load_dtd=False))
        return bool(self.dtd.validate(tree)) and bool(self.xsd.validate(tree))


@pytest.fixture(scope="module")
def judges() -> Judges:
    return Judges()


@pytest.mark.parametrize("path", KIT, ids=lambda path: path.name)
def test_the_compliance_kit_is_valid_for_all_three(path: Path, judges: Judges) -> None:
    assert judges.accept(path.read_bytes())
    assert list(validate(path, "schema")) == []


CHANGES = [
    ("<note>n</note>", ""),
    ("<note>n</note>", "<note><b/></note>"),
    ("<note>n</note>", '<note xml:lang="">n</note>'),
    ("<note>n</note>", '<note own="1">n</note>'),
    ("<note>n</note>", "<remark/>"),
    ('<prop type="p">', "<prop>"),
    ('<prop type="p">v</prop>', "text"),
    ('<map unicode="#x41"/>', ""),
    ('<map unicode="#x41"/>', '<map unicode="#x41">a</map>'),
    ('<map unicode="#x41"/>', '<map unicode="#x41"> </map>'),
    ('<map unicode="#x41"/>', '<map code="1"/>'),
    ('<ude name="u">', "<ude>"),
    (' segtype="phrase"', ' segtype=" phrase "'),
    (' segtype="phrase"', ' segtype="line"'),
    (' segtype="sentence"', ""),
    (' srclang="kk"', ""),
    (' xml:lang="kk"', ""),
    (' xml:lang="kk"', ' lang="kk"'),
    (' xml:lang="kk"', ' xml:lang="kk" lang="kk"'),
    (' xml:lang="kk"', ' xml:lang="kk_KZ"'),
    (' xml:lang="kk"', ' xml:lang=" kk "'),
    (' xml:lang="kk"', ' xml:lang="kk-toolongsubtag"'),
    (' xml:lang="kk"', ' xml:lang="12"'),
    ("<seg>", '<seg xml:space="preserve">'),
    (' i="1"', ""),
    (' i="1"', ' i="1" x="1"'),
    (' pos="begin"', ""),
    (' pos="begin"', ' pos="start"'),
    ("<sub>а</sub>", "<hi>а</hi>"),
    ('<hi x="1">есть</hi>', "<sub>есть</sub>"),
    ('<hi x="1">есть</hi>', "<hi><hi>есть</hi></hi>"),
    ('<hi x="1">есть</hi>', '<hi><bpt i="2">x</bpt></hi>'),
    ('<hi x="1">есть</hi>', "<![CDATA[есть]]><!-- --><?x?>"),
    ("<tu><tuv", "<tu>text<tuv"),
    ("<tu><tuv", "<tu><!-- --><tuv"),
    ("<tu><tuv", "<tu><seg/><tuv"),
    ('<tu><tuv xml:lang="ru"><seg>да</seg></tuv></tu>', "<tu/>"),
    ('<tu><tuv xml:lang="ru"><seg>да</seg></tuv></tu>', "<tuv/>"),
    ("<seg>да</seg>", ""),
    ("<seg>да</seg>", "<seg/><seg/>"),
    ("<seg>да</seg>", "<seg/><note/>"),
    ("</tuv></tu>\n </body>", "</tuv><note/></tu>\n </body>"),
    (' version="1.4"', ""),
    (' version="1.4"', ' version="1.1"'),
    (' version="1.4"', ' version="1.4" xmlns:x="y"'),
    ("</body>", "</body><body/>"),
    ("</body>", "</body><header/>"),
    ("</body>", "</body>x"),
    ("</header>\n <body>", "</header>\n <note/><body>"),
]


def test_the_sample_is_valid(tmp_path: Path, judges: Judges) -> None:
    assert judges.accept(RICH.encode())
    assert rules_of(RICH, tmp_path / "a.tmx") == []


@pytest.mark.parametrize(("old", "new"), CHANGES, ids=range(len(CHANGES)))
def test_we_agree_with_the_dtd_and_the_xsd(old: str, new: str, tmp_path: Path, judges: Judges) -> None:
    assert old in RICH
    data = RICH.replace(old, new, 1)
    assert (rules_of(data, tmp_path / "a.tmx") == []) is judges.accept(data.encode())


SNIPPETS = [
    "<note>n</note>",
    '<note xml:lang="kk"/>',
    '<prop type="t">v</prop>',
    "<prop/>",
    '<ude name="u"><map unicode="x"/></ude>',
    '<map unicode="x"/>',
    '<tu><tuv xml:lang="kk"><seg/></tuv></tu>',
    '<tuv xml:lang="kk"><seg>су</seg></tuv>',
    "<seg/>",
    '<bpt i="7"/>',
    '<ept i="7"/>',
    '<it pos="end">x</it>',
    "<ph/>",
    '<hi type="t">x</hi>',
    "<ut/>",
    "<sub>x</sub>",
    "<other/>",
    " ",
    "text",
    "<!-- -->",
]


def test_we_agree_on_elements_at_random_places(tmp_path: Path, judges: Judges) -> None:
    chance = random.Random(1)
    verdicts = []
    for _ in range(600):
        data = RICH
        for _ in range(chance.randint(1, 2)):
            place = chance.choice([match.end() for match in re.finditer(r"(?<=version=\"1.4\")>|(?<!\?)>", data)][2:-1])
            data = data[:place] + chance.choice(SNIPPETS) + data[place:]
        verdicts.append(judges.accept(data.encode()))
        assert (rules_of(data, tmp_path / "a.tmx") == []) is verdicts[-1], data
    assert 60 < sum(verdicts) < 540


def test_a_broken_file_is_a_finding(tmp_path: Path) -> None:
    path = tmp_path / "a.tmx"
    assert rules_of(RICH.replace("</seg>", "", 1), path) == ["W001"]
    assert rules_of("", path) == ["W001"]
    assert rules_of(b"\xff\xfe<\0", path) in (["W001"], ["W003"])
    assert rules_of('<!DOCTYPE tmx [<!ENTITY x SYSTEM "y">]><tmx/>', path) == ["W002"]
    assert rules_of("<html/>", path, "interop")[0] == "S001"
    assert rules_of(RICH.replace("<tu>", "<tu own='1'>"), path, "well-formed") == []
    with pytest.raises(MissingFileError):
        list(validate(tmp_path / "none.tmx"))
    with pytest.raises(ValueError):
        list(validate(path, "perfect"))  # type: ignore[arg-type]


def test_findings_name_line_and_unit(tmp_path: Path) -> None:
    path = tmp_path / "a.tmx"
    path.write_text(RICH.replace("<seg>да</seg>", "<seg> да</seg>"), encoding="utf-8")
    (issue,) = [issue for issue in validate(path) if issue.rule.id == "T001"]
    assert (issue.line, issue.unit) == (12, 2)
    assert str(issue) == "T001 line 12, unit 2: the ru segment begins or ends with white space"


def one(text: str = "су", **attributes: str) -> TranslationUnit:
    return TranslationUnit.from_texts({"kk": text, "ru": "вода"}, attributes)


def coded(*parts: str | Inline) -> TranslationUnit:
    return TranslationUnit((Variant("kk", tuple(parts)), Variant("ru", ("вода",))))


GOOD = (one("бір"), one("екі"))


@pytest.mark.parametrize(
    ("rule", "units"),
    [
        ("T001", [one(" су")]),
        ("T001", [one("су\u00a0")]),
        ("T002", [*GOOD, TranslationUnit.from_texts({"kk-KZ": "су", "ru": "вода"})]),
        ("T003", [one("с" * 2001)]),
        ("T004", [TranslationUnit.from_texts({"KK": "су", "ru": "вода"})]),
        ("T004", [one(srclang="ru-RU")]),
        ("T005", [TranslationUnit.from_texts({"kk": "су", "ru": "вода", "en": "water"})]),
        ("T006", [one("")]),
        ("T007", [one(), TranslationUnit.from_texts({"kk": "су", "ru": "водичка"})]),
        ("T008", [TranslationUnit.from_texts({"kk": "су", "rus": "вода"})]),
        ("T008", [TranslationUnit.from_texts({"kk": "су", "ru_RU": "вода"})]),
        ("T008", [TranslationUnit.from_texts({"kk": "су", "ru-Cyrl-RU": "вода"})]),
        ("T011", [one("бір", tuid="1"), one("екі")]),
        ("T012", [one("бір", tuid="1"), one("екі", tuid="1")]),
        ("T013", [one(changedate="2024-01-01")]),
        ("T014", [coded("а", Inline("bpt", {"i": "1"}))]),
        ("T014", [coded(Inline("ph", {"x": "1"}), Inline("ph", {"x": "1"}))]),
        ("T015", [coded(Inline("hi", {}, ("су",)))]),
        ("T020", [coded("су", Inline("ut"))]),
        ("T021", [TranslationUnit.from_texts({"kk": "су"})]),
        ("T022", [one("су\nот")]),
    ],
)
def test_interop_rules_about_units(rule: str, units: list[TranslationUnit], tmp_path: Path) -> None:
    path = tmp_path / "a.tmx"
    write(path, GOOD, Header(srclang="kk"))
    assert list(validate(path)) == []
    write(path, units, Header(srclang="kk"))
    found = {issue.rule.id for issue in validate(path)}
    assert rule in found
    assert found <= {rule, "T002", "T004", "S009", "T006"}


@pytest.mark.parametrize(
    ("rule", "old", "new"),
    [
        ("T009", '<?xml version="1.0" encoding="UTF-8"?>', '\ufeff<?xml version="1.0" encoding="UTF-8"?>'),
        ("T010", '<!DOCTYPE tmx SYSTEM "tmx14.dtd">', ""),
        ("T010", '"tmx14.dtd"', '"http://example.org/tmx14.dtd"'),
        ("T013", ' srclang="kk"', ' srclang="kk" creationdate="2024"'),
        ("T016", 'version="1.4"', 'version="1.4b"'),
        ("T017", 'creationtool="tmx"', 'creationtool="OmegaT"'),
        ("T018", 'segtype="sentence"', 'segtype="paragraph"'),
    ],
)
def test_interop_rules_about_files(rule: str, old: str, new: str, tmp_path: Path) -> None:
    data = as_bytes(memory(("су", "вода"))).decode()
    assert old in data
    path = tmp_path / "a.tmx"
    assert rules_of(data, path, "interop") == []
    assert [each for each in rules_of(data.replace(old, new, 1), path, "interop") if each[0] == "T"] == [rule]


def test_a_unit_that_can_not_be_built_does_not_shift_the_lines(tmp_path: Path) -> None:
    body = "\n".join(["<tu/>", '<tu><tuv xml:lang="kk"/></tu>', '<tu><tuv xml:lang="kk"><seg> су</seg></tuv></tu>'])
    path = tmp_path / "a.tmx"
    path.write_text(f'<tmx version="1.4"><header/><body>\n{body}</body></tmx>', encoding="utf-8")
    (issue,) = [issue for issue in validate(path) if issue.rule.id == "T001"]
    assert (issue.line, issue.unit) == (4, 3)


def test_every_rule_says_why_and_for_whom() -> None:
    assert all(rule.reason and rule.tools and rule.id == key for key, rule in RULES.items())
    assert {rule.level for rule in RULES.values()} == {"well-formed", "schema", "interop"}


def test_props_of_others_are_no_finding(tmp_path: Path) -> None:
    unit = TranslationUnit.from_texts({"kk": "су", "ru": "вода"}, annotations=[Prop("client", "a")])
    path = tmp_path / "a.tmx"
    write(path, [unit], Header(srclang="kk"))
    assert list(validate(path)) == []
