"""Why `qostil fetch` did not get or keep a page, as it is said in English of each, for people in their own language.

As in `reasons.py`, the English wording is looked up word for word, but for what stands in braces.
"""

from __future__ import annotations

from aligner.messages.catalogue import Language

__all__ = ["FETCH_REASONS"]

# English, Russian, Kazakh.
_TEXTS: tuple[tuple[str, str, str], ...] = (
    # ---- what the server says ----
    ("there is no such page ({status})", "такой страницы нет ({status})", "мұндай бет жоқ ({status})"),
    ("the site refuses to give it ({status})", "сайт не отдаёт страницу ({status})", "сайт бетті бермейді ({status})"),
    (
        "the site finds the requests too many (429)",
        "сайт считает, что запросов слишком много (429)",
        "сайт сұраулар тым көп деп санайды (429)",
    ),
    ("the answer is {status}", "ответ сервера: {status}", "сервердің жауабы: {status}"),
    (
        "asks to be left alone until {time} UTC",
        "просит не беспокоить до {time} UTC",
        "{time} UTC дейін мазаламауды сұрайды",
    ),
    (
        "{reason}; asks to be left alone for {seconds} s",
        "{reason}; просит не беспокоить {seconds} с",
        "{reason}; {seconds} с мазаламауды сұрайды",
    ),
    (
        "{count} pages in a row failed; the last: {reason}",
        "не удалось получить {count} страницы подряд; последняя: {reason}",
        "қатарынан {count} бет алынбады; соңғысы: {reason}",
    ),
    (
        "refuses {count} pages in a row ({status})",
        "не отдаёт {count} страниц подряд ({status})",
        "қатарынан {count} бетті бермеді ({status})",
    ),
    # ---- where an address leads ----
    (
        "redirects to what is no web address",
        "перенаправляет не на веб-адрес",
        "веб-мекенжай емес жерге бағыттайды",
    ),
    ("redirects in a circle", "перенаправляет по кругу", "шеңбер бойымен бағыттайды"),
    (
        "redirects more than {count} times",
        "перенаправляет больше {count} раз",
        "{count} реттен көп бағыттайды",
    ),
    ("redirects to the front page", "перенаправляет на главную страницу", "басты бетке бағыттайды"),
    (
        "redirects to what is no publication: {url}",
        "перенаправляет не на публикацию: {url}",
        "жарияланым емес бетке бағыттайды: {url}",
    ),
    ("the same as {url}", "то же, что {url}", "{url} бетімен бірдей"),
    # ---- robots.txt ----
    ("robots.txt asks not to fetch it", "robots.txt просит его не скачивать", "robots.txt оны жүктемеуді сұрайды"),
    (
        "its robots.txt can't be read, so nothing is fetched: {reason}",
        "его robots.txt не читается, поэтому ничего не скачано: {reason}",
        "оның robots.txt файлы оқылмады, сондықтан ештеңе жүктелмеді: {reason}",
    ),
    # ---- the way there ----
    (
        "{host} stands in a private network ({address}), and only links name it",
        "{host} стоит в частной сети ({address}), и назван он только в ссылках",
        "{host} жеке желіде тұр ({address}) әрі тек сілтемелерде аталған",
    ),
    (
        "there is no host of this name, or no network",
        "хоста с таким именем нет, или нет сети",
        "мұндай атты хост жоқ немесе желі жоқ",
    ),
    (
        "the server does not answer in time",
        "сервер не отвечает вовремя",
        "сервер уақытында жауап бермейді",
    ),
    ("the server takes no connections", "сервер не принимает соединений", "сервер қосылымдарды қабылдамайды"),
    (
        "its certificate is not to be trusted: {message}",
        "его сертификату нельзя доверять: {message}",
        "оның сертификатына сенуге болмайды: {message}",
    ),
    (
        "no safe connection can be made: {message}",
        "безопасное соединение не устанавливается: {message}",
        "қауіпсіз қосылым орнатылмады: {message}",
    ),
    ("the connection broke off: {kind}", "соединение оборвалось: {kind}", "қосылым үзілді: {kind}"),
    ("the proxy {proxy}: {reason}", "прокси {proxy}: {reason}", "{proxy} проксиі: {reason}"),
    (
        "the proxy {proxy} does not lead there ({status})",
        "прокси {proxy} туда не ведёт ({status})",
        "{proxy} проксиі онда апармайды ({status})",
    ),
    (
        "the proxy wants a name and a password; give them as http://NAME:PASSWORD@HOST:PORT",
        "прокси требует имя и пароль; дайте их так: http://NAME:PASSWORD@HOST:PORT",
        "прокси ат пен құпиясөз сұрайды; былай беріңіз: http://NAME:PASSWORD@HOST:PORT",
    ),
    # ---- the answer ----
    ("larger than {size} MB", "больше {size} МБ", "{size} МБ-тан үлкен"),
    (
        "the answer takes longer than {seconds} s",
        "ответ идёт дольше {seconds} с",
        "жауап {seconds} с-тан ұзаққа созылды",
    ),
    (
        "the answer ends too early, or is damaged",
        "ответ обрывается или повреждён",
        "жауап үзіліп қалды немесе бүлінген",
    ),
    (
        "the answer is packed in a way that was not asked for: {packing}",
        "ответ упакован так, как не просили: {packing}",
        "жауап сұралмаған тәсілмен қапталған: {packing}",
    ),
    ("pages of the type {kind} are not read", "страницы типа {kind} не читаются", "{kind} түріндегі беттер оқылмайды"),
    # ---- lists ----
    (
        "is no sitemap, though an index of sitemaps names it",
        "это не карта сайта, хотя её называет указатель карт",
        "сайт картасы емес, бірақ карталар көрсеткішінде аталған",
    ),
    (
        "is an index of sitemaps in {depth} others",
        "это указатель карт сайта в {depth} других",
        "бұл — басқа {depth} көрсеткіштің ішіндегі карталар көрсеткіші",
    ),
    (
        "holds no publication that the rules of the site find; the site may have changed",
        "правила сайта не находят здесь ни одной публикации; возможно, сайт изменился",
        "сайт ережелері мұнда бірде-бір жарияланым таппады; сайт өзгерген болуы мүмкін",
    ),
    # ---- archives ----
    (
        "a newer version of the page is in the archive: {name}",
        "в архиве есть более новая версия страницы: {name}",
        "мұрағатта беттің жаңарақ нұсқасы бар: {name}",
    ),
    (
        "says “as before” of a page that is not in the archive",
        "говорит «как прежде» о странице, которой в архиве нет",
        "мұрағатта жоқ бет туралы «бұрынғыдай» дейді",
    ),
    (
        "the answer was {status}, not a page",
        "ответом была не страница, а {status}",
        "жауап бет емес, {status} болды",
    ),
    (
        "the archive is damaged from here on",
        "отсюда и дальше архив повреждён",
        "мұрағат осы жерден бастап бүлінген",
    ),
    (
        "a name that leads out of the archive",
        "имя, которое ведёт за пределы архива",
        "мұрағаттан тыс жерге апаратын ат",
    ),
    ("a link", "ссылка", "сілтеме"),
    ("has no name", "нет имени", "аты жоқ"),
    ("a second file of the same name", "второй файл с тем же именем", "дәл сондай атты екінші файл"),
    (
        "unpacks to {size} bytes, too large to be read",
        "распаковывается в {size} байт, слишком много для чтения",
        "ашқанда {size} байт болады, оқу үшін тым үлкен",
    ),
    ("is damaged in the archive", "повреждён в архиве", "мұрағатта бүлінген"),
)

FETCH_REASONS: dict[str, dict[Language, str]] = {en: {"kk": kk, "ru": ru} for en, ru, kk in _TEXTS}
