"""The texts of `qostil doctor`: what was found, and what to do where something is wrong."""

from __future__ import annotations

from aligner.messages.catalogue import Catalogue

__all__ = ["DOCTOR"]

DOCTOR: Catalogue = {
    "doctor.qostil.found": {
        "kk": "Qostil {version} ({place})",
        "ru": "Qostil {version} ({place})",
        "en": "Qostil {version} ({place})",
    },
    "doctor.qostil.not_installed": {
        "kk": "Qostil орнатылмаған, бастапқы коды ғана бар",
        "ru": "Qostil не установлен, есть только исходный код",
        "en": "Qostil is not installed, only its source is here",
    },
    "doctor.qostil.not_installed.remedy": {
        "kk": "осы қалтада мынаны орындаңыз: pip install .",
        "ru": "выполните в этой папке: pip install .",
        "en": "say in this folder: pip install .",
    },
    "doctor.python.found": {
        "kk": "Python {version}, {system} ({place})",
        "ru": "Python {version}, {system} ({place})",
        "en": "Python {version} on {system} ({place})",
    },
    "doctor.packages.found": {
        "kk": "керекті {count} кітапхана түгел",
        "ru": "нужные библиотеки на месте, все {count}",
        "en": "the {count} libraries it needs are there",
    },
    "doctor.packages.missing": {
        "kk": "кітапханалар жетіспейді: {names}",
        "ru": "не хватает библиотек: {names}",
        "en": "libraries are missing: {names}",
    },
    "doctor.packages.missing.remedy": {
        "kk": "қайта орнатыңыз: pip install --force-reinstall qostil",
        "ru": "переустановите: pip install --force-reinstall qostil",
        "en": "install again: pip install --force-reinstall qostil",
    },
    "doctor.extra.found": {
        "kk": "қосымша {extra} орнатылған",
        "ru": "дополнение {extra} установлено",
        "en": "the extra {extra} is installed",
    },
    "doctor.extra.missing_formats": {
        "kk": "{extra} орнатылмаған: PDF, RTF, Excel, субтитр, gettext және веб-мұрағат оқылмайды ({names} жоқ)",
        "ru": "нет {extra}: PDF, RTF, Excel, субтитры, gettext и веб-архивы не читаются (нет {names})",
        "en": "no {extra}: PDF, RTF, Excel, subtitles, gettext and web archives are not read ({names} missing)",
    },
    "doctor.extra.missing_fetch": {
        "kk": "{extra} орнатылмаған: `qostil fetch` жұмыс істемейді ({names} жоқ)",
        "ru": "нет {extra}: `qostil fetch` не работает (нет {names})",
        "en": "no {extra}: `qostil fetch` does not work ({names} missing)",
    },
    "doctor.extra.missing_parquet": {
        "kk": "{extra} орнатылмаған: Parquet оқылмайды, жазылмайды ({names} жоқ)",
        "ru": "нет {extra}: Parquet не читается и не пишется (нет {names})",
        "en": "no {extra}: Parquet is neither read nor written ({names} missing)",
    },
    "doctor.extra.missing_postgres": {
        "kk": "{extra} орнатылмаған: PostgreSQL жадтары ашылмайды ({names} жоқ)",
        "ru": "нет {extra}: память в PostgreSQL не открывается (нет {names})",
        "en": "no {extra}: memories in PostgreSQL can't be opened ({names} missing)",
    },
    "doctor.extra.missing_xlsx": {
        "kk": "{extra} орнатылмаған: Excel файлдары жазылмайды ({names} жоқ)",
        "ru": "нет {extra}: файлы Excel не записываются (нет {names})",
        "en": "no {extra}: Excel files can't be written ({names} missing)",
    },
    "doctor.extra.missing_serve": {
        "kk": "{extra} орнатылмаған: `qostil review` мен `qostil serve` жұмыс істемейді ({names} жоқ)",
        "ru": "нет {extra}: `qostil review` и `qostil serve` не работают (нет {names})",
        "en": "no {extra}: `qostil review` and `qostil serve` do not work ({names} missing)",
    },
    "doctor.extra.missing.remedy": {
        "kk": "керек болса: {command}",
        "ru": "если нужно: {command}",
        "en": "if you need it: {command}",
    },
    "doctor.other_encoders.found": {
        "kk": "басқа кодтағыштарды --encoder арқылы қолдануға болады (PyTorch {version})",
        "ru": "другие кодировщики доступны через --encoder (PyTorch {version})",
        "en": "other encoders can be used with --encoder (PyTorch {version})",
    },
    "doctor.other_encoders.missing": {
        "kk": "PyTorch жоқ: тек Qostil-мен бірге келген кодтағыш жұмыс істейді",
        "ru": "PyTorch нет: работает только кодировщик, который идёт с Qostil",
        "en": "no PyTorch: only the encoder that comes with Qostil can be used",
    },
    "doctor.other_encoders.missing.remedy": {
        "kk": "--encoder керек болса: {command}",
        "ru": "если нужен --encoder: {command}",
        "en": "if you need --encoder: {command}",
    },
    "doctor.encoder.found": {
        "kk": "кодтағыш {name} жүктелді: {dimension} өлшем, {megabytes} МБ ({place})",
        "ru": "кодировщик {name} загружается: измерений {dimension}, {megabytes} МБ ({place})",
        "en": "the encoder {name} loads: {dimension} dimensions, {megabytes} MB ({place})",
    },
    "doctor.encoder.broken": {
        "kk": "Qostil-мен бірге келген кодтағыш жүктелмейді: {error}",
        "ru": "кодировщик, который идёт с Qostil, не загружается: {error}",
        "en": "the encoder that comes with Qostil does not load: {error}",
    },
    "doctor.encoder.broken.remedy": {
        "kk": "қайта орнатыңыз: pip install --force-reinstall --no-deps qostil",
        "ru": "переустановите: pip install --force-reinstall --no-deps qostil",
        "en": "install again: pip install --force-reinstall --no-deps qostil",
    },
    "doctor.encoder.no_runtime": {
        "kk": "ONNX Runtime жүктелмейді: {error}",
        "ru": "ONNX Runtime не загружается: {error}",
        "en": "ONNX Runtime can't be loaded: {error}",
    },
    "doctor.encoder.no_runtime.remedy": {
        "kk": "мынаны орындаңыз: pip install --force-reinstall onnxruntime; Windows-та Visual C++ Redistributable да",
        "ru": "выполните: pip install --force-reinstall onnxruntime; в Windows ему нужен Visual C++ Redistributable",
        "en": "say: pip install --force-reinstall onnxruntime; on Windows it needs the Visual C++ Redistributable",
    },
    "doctor.processor.fast": {
        "kk": "процессор {name}: {features}; 8 биттік сандарды тікелей көбейтеді, кодтау жылдам",
        "ru": "процессор {name}: {features}; умножает 8-битные числа напрямую, кодирование быстрое",
        "en": "processor {name}: {features}; multiplies 8-bit numbers at once, so encoding is fast",
    },
    "doctor.processor.plain": {
        "kk": "процессор {name}: {features}; VNNI жоқ, кодтау одан гөрі баяуырақ",
        "ru": "процессор {name}: {features}; без VNNI кодирование медленнее",
        "en": "processor {name}: {features}; without VNNI encoding is slower",
    },
    "doctor.processor.slow": {
        "kk": "процессор {name}: AVX2 жоқ, кодтау бірнеше есе баяу",
        "ru": "процессор {name}: нет AVX2, кодирование в несколько раз медленнее",
        "en": "processor {name}: no AVX2, encoding is several times slower",
    },
    "doctor.processor.slow.remedy": {
        "kk": "үлкен жұмысты жаңарақ компьютерде орындаңыз; мүмкіндіктер: {features}",
        "ru": "большую работу запускайте на машине поновее; возможности этой: {features}",
        "en": "run large jobs on a newer machine; what this one has: {features}",
    },
    "doctor.processor.unknown": {
        "kk": "процессор {name}; мүмкіндіктерін бұл жүйе файл арқылы айтпайды",
        "ru": "процессор {name}; его возможностей система в файле не сообщает",
        "en": "processor {name}; this system does not say in a file what it can do",
    },
    "doctor.threads.found": {
        "kk": "ағындар: {usable}, компьютерде барлығы {all}",
        "ru": "потоков: {usable} из {all}",
        "en": "threads: {usable} of {all}",
    },
    "doctor.threads.limited": {
        "kk": "ағындар: {usable}, компьютерде барлығы {all}; шектеу: {limits}",
        "ru": "потоков: {usable} из {all}; ограничено: {limits}",
        "en": "threads: {usable} of {all}; limited by {limits}",
    },
    "doctor.cache.found": {
        "kk": "вектор қоймасы: {megabytes} МБ, бос орын {free_megabytes} МБ ({place})",
        "ru": "кэш векторов: {megabytes} МБ, свободно {free_megabytes} МБ ({place})",
        "en": "cache of vectors: {megabytes} MB, {free_megabytes} MB free ({place})",
    },
    "doctor.cache.full": {
        "kk": "вектор қоймасы тұрған дискіде орын аз: {free_megabytes} МБ бос, қойма {megabytes} МБ ({place})",
        "ru": "на диске с кэшем векторов мало места: свободно {free_megabytes} МБ, кэш {megabytes} МБ ({place})",
        "en": "little room beside the cache of vectors: {free_megabytes} MB free, cache {megabytes} MB ({place})",
    },
    "doctor.cache.full.remedy": {
        "kk": "қойманы өшіруге болады (онда мәтін жоқ): {place}; не QOSTIL_CACHE_DIR арқылы басқа диск көрсетіңіз",
        "ru": "кэш можно удалить, текстов в нём нет: {place}; или укажите другой диск в QOSTIL_CACHE_DIR",
        "en": "the cache may be deleted, it holds no text: {place}; or name another disk with QOSTIL_CACHE_DIR",
    },
    "doctor.cache.not_writable": {
        "kk": "вектор қоймасына жазу мүмкін емес: {place}",
        "ru": "в кэш векторов нельзя писать: {place}",
        "en": "the cache of vectors can't be written: {place}",
    },
    "doctor.cache.not_writable.remedy": {
        "kk": "рұқсаттарын тексеріңіз не QOSTIL_CACHE_DIR арқылы басқа қалта көрсетіңіз",
        "ru": "проверьте права или укажите другую папку в QOSTIL_CACHE_DIR",
        "en": "check its permissions, or name another folder with QOSTIL_CACHE_DIR",
    },
    "doctor.temporary.found": {
        "kk": "уақытша файлдар: бос орын {free_megabytes} МБ ({place})",
        "ru": "временные файлы: свободно {free_megabytes} МБ ({place})",
        "en": "temporary files: {free_megabytes} MB free ({place})",
    },
    "doctor.temporary.full": {
        "kk": "уақытша файлдарға орын аз: {free_megabytes} МБ ({place})",
        "ru": "мало места для временных файлов: {free_megabytes} МБ ({place})",
        "en": "little room for temporary files: {free_megabytes} MB ({place})",
    },
    "doctor.temporary.full.remedy": {
        "kk": "орын босатыңыз не TMPDIR арқылы басқа қалта көрсетіңіз",
        "ru": "освободите место или укажите другую папку в TMPDIR",
        "en": "free some room, or name another folder with TMPDIR",
    },
    "doctor.console.found": {
        "kk": "консоль: {encoding}, locale {locale}",
        "ru": "консоль: {encoding}, locale {locale}",
        "en": "console: {encoding}, locale {locale}",
    },
    "doctor.console.no_letters": {
        "kk": "консоль кодтамасында ({encoding}) қазақ әріптері жоқ: олардың орнына нөмірлері көрінеді",
        "ru": "в кодировке консоли ({encoding}) нет казахских букв: вместо них видны их номера",
        "en": "the console ({encoding}) has no Kazakh letters: their numbers are shown instead",
    },
    "doctor.console.no_letters.remedy": {
        "kk": "Windows-та: chcp 65001 немесе PYTHONUTF8=1; Linux-та LANG=C.UTF-8",
        "ru": "в Windows: chcp 65001 или PYTHONUTF8=1; в Linux LANG=C.UTF-8",
        "en": "on Windows say chcp 65001, or set PYTHONUTF8=1; on Linux set LANG=C.UTF-8",
    },
    "doctor.memory.found": {
        "kk": "жад {name}: {units} бірлік, {pairs} құжат жұбы, бәрі орнында",
        "ru": "память {name}: единиц {units}, пар документов {pairs}, всё в порядке",
        "en": "memory {name}: {units} units, {pairs} document pairs, in order",
    },
    "doctor.memory.closed": {
        "kk": "жад {name} ашылмайды: {error}",
        "ru": "память {name} не открывается: {error}",
        "en": "the memory {name} can't be opened: {error}",
    },
    "doctor.memory.closed.remedy": {
        "kk": "жадтың атын, рұқсаттарын, сервердің жұмысын тексеріңіз",
        "ru": "проверьте имя, права и работает ли сервер",
        "en": "check its name, the permissions, and whether its server runs",
    },
    "doctor.memory.damaged": {
        "kk": "жад {name} бүлінген ({count}): {error}",
        "ru": "память {name} повреждена ({count}): {error}",
        "en": "the memory {name} is damaged ({count}): {error}",
    },
    "doctor.memory.damaged.remedy": {
        "kk": "толығырағы: qostil memory check --memory {name}; не сақтық көшірмесін қайтарыңыз",
        "ru": "подробнее: qostil memory check --memory {name}; или верните резервную копию",
        "en": "more with: qostil memory check --memory {name}; or restore a backup",
    },
    "doctor.all_fine": {
        "kk": "бәрі орнында",
        "ru": "всё в порядке",
        "en": "everything is in place",
    },
    "doctor.problems": {
        "kk": "{n} ақау бар",
        "ru": {
            "one": "найдена {n} неполадка",
            "few": "найдено {n} неполадки",
            "many": "найдено {n} неполадок",
            "other": "найдено {n} неполадки",
        },
        "en": {"one": "{n} problem", "other": "{n} problems"},
    },
}
