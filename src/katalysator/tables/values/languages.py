"""Languages in a cell, by name or code."""

import re
from typing import Final

_NAMES: Final = {
    "nl": "nederlands nederlandstalig ned nederl dutch niederländisch néerlandais vlaams flemish",
    "en": "engels engelstalig english englisch anglais",
    "de": "duits duitstalig german deutsch allemand",
    "fr": "frans franstalig french französisch français",
    "fy": "fries frisian frysk",
    "es": "spaans spanish spanisch español",
    "it": "italiaans italian italienisch italiano",
    "pt": "portugees portuguese portugiesisch português",
    "pl": "pools polish polnisch polski",
    "uk": "oekraïens oekraiens ukrainian ukrainisch",
    "ru": "russisch russian",
    "bg": "bulgaars bulgarian bulgarisch",
    "ro": "roemeens romanian rumänisch",
    "hu": "hongaars hungarian ungarisch",
    "cs": "tsjechisch czech tschechisch",
    "sk": "slowaaks slovak slowakisch",
    "el": "grieks greek griechisch",
    "tr": "turks turkish türkisch türkçe",
    "ar": "arabisch arabic",
    "ti": "tigrinya tigrigna",
    "am": "amhaars amharic",
    "so": "somalisch somali",
    "fa": "farsi perzisch persian dari",
    "ps": "pashto pasjtoe",
    "ku": "koerdisch kurdish kurmanji sorani",
    "ber": "berbers tamazight berber",
    "pap": "papiaments papiamento papiamentu",
    "srn": "sranan sranantongo surinaams",
    "zh": "chinees chinese mandarijn mandarin chinesisch kantonees",
    "ja": "japans japanese japanisch",
    "ko": "koreaans korean koreanisch",
    "vi": "vietnamees vietnamese",
    "id": "indonesisch indonesian bahasa",
    "hi": "hindi",
    "ur": "urdu",
    "ta": "tamil",
    "da": "deens danish dänisch",
    "sv": "zweeds swedish schwedisch",
    "nb": "noors norwegian norwegisch",
    "fi": "fins finnish finnisch",
    "et": "estisch estonian",
    "lv": "lets latvian",
    "lt": "litouws lithuanian",
    "hr": "kroatisch croatian kroatisch",
    "sr": "servisch serbian",
    "sl": "sloveens slovenian",
    "he": "hebreeuws hebrew",
    "li": "limburgs limburgish",
    "nds": "nedersaksisch plattdeutsch",
    "dse": "gebarentaal ngt",
}
_LANGUAGES: Final = {name: code for code, names in _NAMES.items() for name in names.split()}
_OTHER_CODES: Final = {
    "nld": "nl",
    "eng": "en",
    "deu": "de",
    "ger": "de",
    "fra": "fr",
    "uk": "en",  # as a country
    "gb": "en",
    "ua": "uk",
}
_CODES: Final = frozenset(_NAMES) - {"ja", "am", "so", "he", "id"} | frozenset(_OTHER_CODES)
"""Codes, but for those that are words of Dutch or English."""
_AND: Final = frozenset({"en", "and", "of", "or", "und", "et", "ook", "also"})


def read_languages(text: str) -> tuple[str, ...]:
    """The languages that a cell names, as codes of ISO 639, each once and in its order.

    Codes count in capitals, or where nothing but languages stands beside them, since “de” may be
    an article. “en” between two languages is the Dutch “and”.
    """
    found: list[str] = []
    for item in re.split(r"[,;/+&|()\n]|\s-\s", text):
        words = re.findall(r"[^\W\d_]+", item)
        plain = [word.casefold() for word in words]
        only = all(word in _LANGUAGES or word in _CODES or word in _AND for word in plain)
        for place, word in enumerate(plain):
            if code := _LANGUAGES.get(word):
                found.append(code)
            elif (
                word in _CODES and (only or _stands_out(words, place)) and not _joins(words, place)
            ):
                found.append(_OTHER_CODES.get(word, word))
    return tuple(dict.fromkeys(found))


def _stands_out(words: list[str], place: int) -> bool:
    """Whether the word is a code in capitals beside other words: “evt. EN”."""
    return words[place].isupper() and not all(map(str.isupper, words))


def _joins(words: list[str], place: int) -> bool:
    """Whether the word is the Dutch “en” between two languages."""
    return words[place] == "en" and 0 < place < len(words) - 1
