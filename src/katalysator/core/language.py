"""The languages of the house, and its one door to the catalogue of words.

English is the language of the sources; each folder of `site/locale` adds one to pages, commands and
explanations. Sentences are marked where they are written and put in words here when they are shown:
in the language of the reader where Django runs, else in the one that a command speaks.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from contextvars import ContextVar
from decimal import localcontext
from functools import cache, lru_cache
from gettext import NullTranslations, translation as catalogue
from pathlib import Path
from types import MappingProxyType
from typing import Final

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.lists import format_list
from babel.numbers import format_decimal
from django.apps import apps
from django.utils import functional, translation

from katalysator.faults import KatalysatorError

ENGLISH: Final = "en"

TEXT_LANGUAGES: Final[Mapping[str, str]] = MappingProxyType({"nl": "Nederlands", "en": "English"})
"""The languages that texts of participants may have, by their own names: those that are matched in."""

LOCALE = Path(__file__).parents[1] / "site" / "locale"
"""The folder of the catalogues: ``nl/LC_MESSAGES/django.mo``."""

LONGEST_VALUE: Final = 80
"""Characters of a text in a sentence; whoever pastes a book gets its first line back."""

_BRITISH: Final = "en_GB"  # how the house writes English, and so its dates and lists

_DIGITS: Final = 400  # of a number: no float has more before its point

_REMEMBERED: Final = 1 << 12  # numbers and lists: a table of reasons repeats them

_TAGS: Final = 64  # that browsers ask for most

_addressed: ContextVar[str] = ContextVar("addressed", default="")
_spoken: ContextVar[str] = ContextVar("language", default=ENGLISH)


def languages() -> tuple[str, ...]:
    """The languages of pages, commands and explanations."""
    return _languages_of(LOCALE)


@cache
def own_name(language: str) -> str:
    """What a language is called by those who speak it; its code where nobody knows."""
    try:
        name = Locale.parse(translation.to_locale(language)).get_display_name()
    except (UnknownLocaleError, ValueError):
        name = None
    return (name[:1].upper() + name[1:]) if name else language


def language_choices() -> list[tuple[str, str]]:
    """The languages by code, each with its own name, for a form or a field."""
    return [(language, own_name(language)) for language in languages()]


def as_language(tag: str | None) -> str:
    """Read a tag such as ``nl-BE`` or ``nl_NL.UTF-8``; a language that we lack becomes English."""
    return _as_one_of(tag, languages())


@lru_cache(_TAGS)
def _as_one_of(tag: str | None, known: tuple[str, ...]) -> str:
    given = (tag or "").partition(".")[0].replace("_", "-").lower()
    candidates = (given, given.partition("-")[0])
    return next((each for each in candidates if each in known), ENGLISH)


def active_language() -> str:
    """The language in which the present reader is addressed."""
    return _addressed.get() or _active_language()


def _active_language() -> str:
    return as_language(translation.get_language()) if apps.ready else _spoken.get()


@contextmanager
def in_one_language() -> Iterator[None]:
    """Put many sentences in words in the language that is active now, asking for it once."""
    before = _addressed.set(_active_language())
    try:
        yield
    finally:
        _addressed.reset(before)


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Address the reader in `language` for a while."""
    addressed, spoken = _addressed.set(""), _spoken.set(as_language(language))
    try:
        with translation.override(language) if apps.ready else nullcontext():
            yield
    finally:
        _spoken.reset(spoken)
        _addressed.reset(addressed)


def translate(msgid: str) -> str:
    """The text in the active language; in English where it has no translation."""
    return _catalogue(LOCALE, active_language()).gettext(msgid) if msgid else ""


def plural(one: str, many: str, count: int) -> str:
    """The form of a text that goes with `count`, in the active language."""
    return _catalogue(LOCALE, active_language()).ngettext(one, many, count)


lazy = functional.lazy(translate, str)
"""A text that is translated each time it is shown, for labels that modules declare."""


def say(sentence: str, **values: object) -> str:
    """The sentence in the active language, filled in.

    A whole number gets the language's signs, a tuple becomes a list with commas, a long text is cut;
    whatever else knows itself how it reads: `Money`, `Translated`, a lazy text.
    """
    return translate(sentence) % {name: _shown(value) for name, value in values.items()}


KatalysatorError.say = staticmethod(say)


def number(value: float, places: int = 0) -> str:
    """A number as the active language writes it, with thousands and decimals set apart."""
    return _written(round(value, places) + 0, places, active_language())  # + 0: there is no -0


def listed(values: Sequence[str]) -> str:
    """A list in words, such as “a, b and c”."""
    return _joined(tuple(values), active_language()) if len(values) > 1 else "".join(values)


def locale() -> Locale:
    """How the active language writes numbers, days and lists."""
    return _locale(active_language())


@cache
def locale_of(language: str) -> str:
    """A language with the country where most speak it, such as “nl_NL”."""
    own = _locale(language)
    likely = get_global("likely_subtags").get(own.language, own.language)
    return f"{own.language}_{own.territory or Locale.parse(likely).territory}"


def _shown(value: object) -> str:
    match value:
        case tuple():
            return ", ".join(map(_shown, value))
        case int():
            return number(value)
        case str():
            text = " ".join(value.split())
            return text if len(text) <= LONGEST_VALUE else text[:LONGEST_VALUE] + "…"
        case _:
            return str(value)


@cache
def _languages_of(folder: Path) -> tuple[str, ...]:
    folders = sorted(each.name for each in folder.iterdir() if each.is_dir())
    return tuple(dict.fromkeys((*map(translation.to_language, folders), ENGLISH)))


@cache
def _catalogue(folder: Path, language: str) -> NullTranslations:
    return catalogue("django", folder, [translation.to_locale(language)], fallback=True)


@lru_cache(_REMEMBERED)
def _written(value: float, places: int, language: str) -> str:
    pattern = "#,##0." + "0" * places if places else "#,##0"
    with localcontext(prec=_DIGITS):
        return format_decimal(value, pattern, _locale(language))


@lru_cache(_REMEMBERED)
def _joined(values: tuple[str, ...], language: str) -> str:
    return format_list(values, locale=_locale(language))


@cache
def _locale(language: str) -> Locale:
    try:
        return Locale.parse(_BRITISH if language == ENGLISH else translation.to_locale(language))
    except (UnknownLocaleError, ValueError):
        return Locale.parse(_BRITISH)
