"""Abbreviations, sentence openers and verbs of speech of Kazakh and Russian official prose.

Abbreviations are in lower case, without inner spaces and without their last full stop. They are grouped by what may
follow them, because that, not what they mean, decides whether their full stop also ends a sentence. One that is always
followed by a small letter («мед. учреждение») needs no entry.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Lexicon", "Tail", "load_lexicon"]


class Tail(Enum):
    """What an abbreviation wants after it."""

    WORD = auto()
    """It introduces the next word or number («им. Абая», «ст. 5») and hardly ever ends a sentence."""
    NUMBER = auto()
    """It introduces a number («рис. 3»); before a word it is a word of its own."""
    NAME = auto()
    """It closes a date or a place («2019 г.», «Алматы қ.»); the next capital may be a name or a new sentence."""
    UNIT = auto()
    """A unit of measure («0,22 га.»), which these texts often write with a full stop inside a sentence."""
    SUM = auto()
    """It is followed by a common noun («12 млн. теңге»), so that a capital opens a sentence."""
    LIST = auto()
    """It closes an enumeration («т.б.», «и др.»), so that a capital or a number opens a sentence."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What the segmenter knows of a language beside what Punkt has learnt.

    `anywhere` holds abbreviations by themselves or with the word before them («и пр»), `after_number` those that are
    abbreviations only after a number. `openers` are words that, capitalised, hardly stand anywhere but at the head
    of a sentence; `labels` are words that make a heading with a number («Статья 5.», «2-тарау.»), `lettered` words
    after which a single capital is no initial («витамин С.»).
    """

    anywhere: Mapping[str, Tail]
    after_number: Mapping[str, Tail]
    openers: frozenset[str]
    speech_verbs: frozenset[str]
    labels: frozenset[str]
    lettered: frozenset[str]


_ANYWHERE: Final = {
    "kk": {
        Tail.WORD: """
            даңғ мкр ш.а ы.а пәт бульв тұйық проф акад доц ген ген.-м ген.-лейт полк подполк лейт серж маг дәр инж марқ
            м.а у.м.а уақ.м.а т.а орынб тел тел./факс моб ұялы ст мыс салыст жоғ бұйр қаул тарм тармақш абз кест сур
            басп құраст физ хим әд б.з.д б.з.б б.э.д б.э қ-н қ-ша ғ.к ғ.д псих.ғ.к ф.-м.ғ.к ф.-м.ғ.д а.-ш.ғ.к а.-ш.ғ.д
            вице-мин әскм респ мемл төр пп стст
        """,
        Tail.NUMBER: "қар сур бет рис сағ",
        Tail.NAME: "көш қ қ-сы қ-ның обл ауд а ауыл.окр с/о а/о ж жж ғ ғғ",
        Tail.SUM: "млн млрд трлн мыңд тг тнг долл",
        Tail.LIST: "т.б ж.т.б т.с т.с.с т.т д.б",
    },
    "ru": {
        Tail.WORD: """
            им ул пр-т просп пер пл наб бул бульв б-р мкр мкрн мк-н пос ст-ца дер оз г.о респ г-н г-жа гр гр-н гр-ка
            тов проф акад доц асп канд докт д-р чл.-корр чл.-кор член-корр инж преп ген ген.-лейт ген.-м ген.-майор
            ген.-полк полк подполк подп кап лейт ст.лейт серж ефр ряд адм контр-адм мл гл зам пом нач зав науч сотр дир
            предс пред секр отв исп рук уполн и.о врио в.и.о тел тел./факс моб факс доб внутр т.е т.к т.н т.о т.ч
            см ср напр примеч прим прил прилож илл гл разд подразд пп подп абз ст ст.ст стст стр
            вып изд ред сост цит указ.соч журн газ к.э.н д.э.н к.т.н д.т.н к.ю.н д.ю.н к.ф.-м.н д.ф.-м.н к.с.-х.н
            д.с.-х.н к.полит.н д.полит.н к.филол.н д.филол.н к.пед.н д.пед.н св преп архиеп митр прот ок прибл букв
            псевд урожд ф.и.о пр корп оф каб кв сев юж вост зап лит кад рег исх вх пост расп дог гос дж ун-т ин-т
        """,
        Tail.NUMBER: "рис табл пом под эт черт",
        Tail.NAME: "обл р-н н.э н.ст ст.ст т.г с.г п.г тек.г",
        Tail.SUM: "млн млрд трлн тыс тг тнг тенг долл руб коп шт экз чел у.е у.д",
        Tail.LIST: """
            т.д т.п др мн.др проч т.с.с
            и_пр и_др и_проч и_мн.др
        """,
    },
}

# Names in Latin letters stand in texts of both languages.
_LATIN: Final = {
    Tail.WORD: "mr mrs ms dr prof st vs e.g i.e",
    Tail.NUMBER: "no fig vol",
    Tail.NAME: "inc ltd corp co jr sr etc",
}

_AFTER_NUMBER: Final = {
    "kk": {
        Tail.NAME: "ж жж ғ ғғ с сағ қаң ақп нау наур сәу мам мау шіл там қыр қыркүй қаз қара жел желт",
        Tail.UNIT: """
            мм см дм м км га ц т кг гр г мг л мл кв.м кв.км куб.м кв куб шқ ш.м ш.км п.м вт квт мвт ккал а.к об гц гкал
        """,
        Tail.SUM: "мин сек тәул тең теңг дол дана экз шт б бет ұпай проц",
    },
    "ru": {
        Tail.NAME: "г гг в вв ч час с янв фев февр мар апр июн июл авг сен сент окт ноя нояб дек",
        Tail.UNIT: """
            мм см дм м км га ц т кг гр мг л мл кв.м кв.км куб.м кв куб куб.см пог.м п.м вт квт мвт квт.ч ккал л.с об гц
            м.кв м.куб гкал
        """,
        Tail.SUM: "мин сек сут нед мес стр р дол ед проц бут",
    },
}

_OPENERS: Final = {
    "kk": """
        ол олар оның олардың оған оларға оны оларды онда одан онымен бұл бұлар бұның мұның мұны бұған мұнда бұдан мұнан
        бұнымен мұндай осы осының осында осындай осылай осылайша осыған осыдан осымен сол сонда сондай сондықтан сонымен
        сонан содан соның солай солардың соған соны біз сіз сен біздің менің сіздің сенің бізге маған біздіңше сіздер өз
        өзі өзінің өздері және бірақ алайда дегенмен әйтсе әйткенмен ал ендеше егер өйткені себебі яғни демек мысалы
        мәселен атап жалпы негізінен әсіресе қазір қазіргі бүгін бүгінде бүгінгі кеше ертең кейін кейіннен бұрын
        алдымен алғаш біріншіден екіншіден үшіншіден төртіншіден ақырында соңында нәтижесінде сөйтіп тіпті әрі әрине
        мүмкін бәлкім сірә шынында расында әр барлық барлығы бәрі көптеген кейбір бірқатар әрбір ешкім ештеңе кім не
        неге қалай қайда қашан қандай қанша неліктен иә жоқ сондай-ақ енді тек мынау мына анау олай бұлай былай былайша
        айталық айтпақшы айтқандай ондағы мұндағы осындағы сондағы ондай былтыр биыл тағы сонымен-ақ
        бұнда бұндай егерде өкінішке керісінше әйтпесе сосын кейде көбіне ешқашан
    """,
    "ru": """
        он она оно они его её ее их ему ей им них это этот эта эти этого этой этих этому этим тот та те того там тут
        здесь тогда теперь сейчас сегодня вчера завтра так такой такая такие также тоже кроме помимо при в во на по с со
        к ко за из от до для об о обо у под над перед через без между среди около после но а и или да однако зато если
        хотя когда пока чтобы как что кто где куда откуда почему зачем сколько какой какая какие чей поэтому потому
        затем потом ранее раньше позже позднее впоследствии наконец итак впрочем я мы вы ты мой моя наш наша наше наши
        ваш ваша свой меня нас вас нам вам мне все всё всего весь вся каждый каждая каждое некоторые многие другие
        сам сама сами оба обе который которая вместе благодаря согласно вследствие ввиду вопреки кстати например
        напротив наоборот возможно конечно безусловно действительно очевидно видимо вероятно вообще особенно именно
        лишь только даже уже ещё еще не ни нет неужели разве вот более менее напомним отметим подчеркнём добавим
        необходимо нельзя нужно далее всюду никто ничто ничего никогда отсюда оттуда туда сюда причём причем притом
        чем вслед накануне одновременно аналогично соответственно следовательно таков такова таковы данный данная
    """,
}

_SPEECH_VERBS: Final = {
    "kk": """
        деді дейді деген деп десті айтты айтады айтқан сұрады сұрайды хабарлады мәлімдеді түсіндірді қосты күлді
        жымиды күрсінді айқайлады сыбырлады бұйырды өтінді
    """,
    "ru": """
        сказал сказала сказали говорит говорил говорила спросил спросила спросили спрашивает ответил ответила ответили
        отвечает отметил отметила отмечает сообщил сообщила заявил заявила добавил добавила подчеркнул подчеркнула
        воскликнул воскликнула крикнул крикнула закричал закричала прошептал прошептала пояснил пояснила уточнил
        уточнила произнёс произнес произнесла вздохнул вздохнула улыбнулся улыбнулась усмехнулся удивился удивилась
        поинтересовался поинтересовалась рассказал рассказала обратился обратилась засмеялся засмеялась
    """,
}

# After these a single capital letter is a name of its own («витамин С.»), not somebody's initial.
_LETTERED: Final = """
    санаты тобы түрі класы дәрумені дәрумен нұсқа блок блогы ғимарат сектор корпус
    план плана витамин витамина витамины класс класса категория категории группа группы группе тип типа точка точки
    точке точку буква буквы вариант варианта лига лиги серия серии блок блоке блока зал зале гепатит гепатита сектор
    секторе корпус корпусе разряда в из до от к с по и
"""

_LABELS: Final = {
    "kk": "тарау бөлім бап параграф қосымша кесте сурет тармақ тармақша диаграмма",
    "ru": """
        глава раздел подраздел статья параграф приложение таблица рисунок рис табл пункт подпункт часть диаграмма схема
        лекция
    """,
}


def _tails(grouped: Mapping[Tail, str]) -> dict[str, Tail]:
    return {key.replace("_", " "): tail for tail, keys in grouped.items() for key in keys.split()}


@cache
def load_lexicon(language: str) -> Lexicon:
    """The lexicon of `kk` or `ru`, which knows the other language's entries too where they don't clash.

    Kazakhstani texts in either language carry quotations, addresses and habits of the other.
    """
    other = "ru" if language == "kk" else "kk"
    return Lexicon(
        anywhere=MappingProxyType(_tails(_LATIN) | _tails(_ANYWHERE[other]) | _tails(_ANYWHERE[language])),
        after_number=MappingProxyType(_tails(_AFTER_NUMBER[other]) | _tails(_AFTER_NUMBER[language])),
        openers=frozenset(f"{_OPENERS['kk']} {_OPENERS['ru']}".split()),
        speech_verbs=frozenset(f"{_SPEECH_VERBS['kk']} {_SPEECH_VERBS['ru']}".split()),
        labels=frozenset(f"{_LABELS['kk']} {_LABELS['ru']}".split()),
        lettered=frozenset(_LETTERED.split()),
    )
