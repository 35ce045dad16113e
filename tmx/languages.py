"""Language codes: telling that two spell the same language, and writing them as a tool wants them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import TypeAlias

from tmx.errors import LanguageError

__all__ = [
    "LanguageProfile",
    "best_match",
    "canonical",
    "is_known",
    "is_language_code",
    "is_same",
    "primary",
    "profile",
]

LanguageProfile: TypeAlias = Callable[[str], str]

_XSD_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*\Z")

# ISO 639-1 with the 639-2 codes (terminological, then bibliographic where it differs), and the region that
# the code most often goes with, which CLDR calls the likely subtag.
_LANGUAGES = """
aa aar ET|ab abk GE|af afr ZA|ak aka GH|am amh ET|an arg ES|ar ara EG|as asm IN|av ava RU|ay aym BO
az aze AZ|ba bak RU|be bel BY|bg bul BG|bi bis VU|bm bam ML|bn ben BD|bo bod,tib CN|br bre FR
bs bos BA|ca cat ES|ce che RU|ch cha GU|co cos FR|cs ces,cze CZ|cv chv RU|cy cym,wel GB|da dan DK
de deu,ger DE|dv div MV|dz dzo BT|ee ewe GH|el ell,gre GR|en eng US|eo epo |es spa ES|et est EE
eu eus,baq ES|fa fas,per IR|ff ful SN|fi fin FI|fj fij FJ|fo fao FO|fr fra,fre FR|fy fry NL
ga gle IE|gd gla GB|gl glg ES|gn grn PY|gu guj IN|gv glv IM|ha hau NG|he heb IL|hi hin IN|hr hrv HR
ht hat HT|hu hun HU|hy hye,arm AM|id ind ID|ig ibo NG|is isl,ice IS|it ita IT|iu iku CA|ja jpn JP
jv jav ID|ka kat,geo GE|kg kon CD|ki kik KE|kk kaz KZ|kl kal GL|km khm KH|kn kan IN|ko kor KR
ku kur TR|kv kom RU|kw cor GB|ky kir KG|la lat VA|lb ltz LU|lg lug UG|ln lin CD|lo lao LA|lt lit LT
lv lav LV|mg mlg MG|mi mri,mao NZ|mk mkd,mac MK|ml mal IN|mn mon MN|mr mar IN|ms msa,may MY
mt mlt MT|my mya,bur MM|nb nob NO|nd nde ZW|ne nep NP|nl nld,dut NL|nn nno NO|no nor NO|ny nya MW
oc oci FR|om orm ET|or ori IN|os oss GE|pa pan IN|pl pol PL|ps pus AF|pt por BR|qu que PE|rm roh CH
rn run BI|ro ron,rum RO|ru rus RU|rw kin RW|sa san IN|sc srd IT|sd snd PK|se sme NO|sg sag CF
si sin LK|sk slk,slo SK|sl slv SI|sm smo WS|sn sna ZW|so som SO|sq sqi,alb AL|sr srp RS|ss ssw ZA
st sot ZA|su sun ID|sv swe SE|sw swa TZ|ta tam IN|te tel IN|tg tgk TJ|th tha TH|ti tir ET|tk tuk TM
tl tgl PH|tn tsn ZA|to ton TO|tr tur TR|ts tso ZA|tt tat RU|ty tah PF|ug uig CN|uk ukr UA|ur urd PK
uz uzb UZ|ve ven ZA|vi vie VN|wo wol SN|xh xho ZA|yi yid UA|yo yor NG|zh zho,chi CN|zu zul ZA"""


def _tables() -> tuple[dict[str, str], dict[str, str]]:
    two_letter: dict[str, str] = {}
    region: dict[str, str] = {}
    for row in _LANGUAGES.replace("\n", "|").strip("|").split("|"):
        code, three_letter, place = row.split(" ")
        two_letter.update(dict.fromkeys(three_letter.split(","), code))
        region[code] = place
    return two_letter, region


_TWO_LETTER, _REGION = _tables()


@lru_cache(maxsize=4096)
def canonical(code: str) -> str:
    """`KK_kz`, `kaz-KZ` and `kk-KZ` are all `kk-KZ`: BCP 47 in its usual case, with the shortest language.

    Whatever is no language code comes back trimmed, and is not an error.
    """
    parts = code.strip().replace("_", "-").split("-")
    language = parts[0].lower()
    result = [_TWO_LETTER.get(language, language)]
    for part in parts[1:]:
        if len(part) == 4 and part.isalpha():
            result.append(part.title())
        elif len(part) == 2:
            result.append(part.upper())
        else:
            result.append(part.lower())
    return "-".join(result)


def primary(code: str) -> str:
    """The language without script and region: `kk` of `kk-Cyrl-KZ`."""
    return canonical(code).partition("-")[0]


def is_same(left: str, right: str) -> bool:
    """Do both spell the same language, script and region?"""
    return left == right or canonical(left) == canonical(right)


def best_match(wanted: str, available: Iterable[str]) -> str | None:
    """The one of `available` that is meant by `wanted`, or None.

    In this order: the very code; the same code in another spelling; the bare language; the same language
    with any script or region, if `wanted` names none itself.
    """
    codes = list(available)
    if wanted in codes:
        return wanted
    target = canonical(wanted)
    spelled = [(canonical(code), code) for code in codes]
    for form, code in spelled:
        if form == target:
            return code
    language = target.partition("-")[0]
    for form, code in spelled:
        if form == language:
            return code
    if target != language:
        return None
    return next((code for form, code in spelled if form.partition("-")[0] == language), None)


def is_language_code(code: str) -> bool:
    """Is it an `xs:language`, which OmegaT's schema demands?"""
    return _XSD_LANGUAGE.match(code) is not None


def is_known(code: str) -> bool:
    """Is it the code of a language in ISO 639-1, with or without script and region?"""
    return is_language_code(code.replace("_", "-")) and primary(code) in _REGION


def profile(name: str | Mapping[str, str]) -> LanguageProfile:
    """How a writer shall spell the codes.

    `"as-is"` leaves them; `"bare"` writes the language alone (`kk`, `ru`), which every tool we measured
    matches; `"regional"` adds the likeliest region where none is given (`kk-KZ`, `ru-RU`); a mapping
    says it code by code, and leaves the others. Raises LanguageError for any other name.
    """
    if not isinstance(name, str):
        table = {canonical(code): spelled for code, spelled in name.items()}
        return lambda code: table.get(canonical(code), table.get(primary(code), code))
    if name == "as-is":
        return lambda code: code
    if name == "bare":
        return primary
    if name == "regional":
        return _regional
    raise LanguageError(f"no language profile is called {name!r}; there are as-is, bare and regional")


def _regional(code: str) -> str:
    form = canonical(code)
    region = _REGION.get(form)
    return f"{form}-{region}" if region else form
