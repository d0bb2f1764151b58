"""Further languages for the tests, among them one that nobody speaks: each text between brackets.

What a reader of that language finds outside the brackets did not come through the catalogue.
"""

import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

from babel.messages.catalog import Message
from django.conf import settings
from django.test import override_settings

from katalysator.core import language
from tests import house
from tools import messages

PSEUDO = "eo"  # a language that Django and Babel know, and the house does not
_INNERMOST = re.compile("⟦[^⟦⟧]*⟧")
_LETTERS = re.compile(r"[^\W\d_]{2,}")
_READ = frozenset({"alt", "aria-label", "data-label", "label", "placeholder", "title"})
_UNREAD = frozenset({"script", "style"})


def bracketed(text: str) -> str:
    """The text in the language that nobody speaks."""
    return f"⟦{text}⟧"


def every_text(_message: Message) -> bool:
    return True


def speaking_also(
    folder: Path, code: str, translated: Callable[[Message], bool] = every_text
) -> Iterator[None]:
    """Let the house find one catalogue more, in `folder`: those texts that are `translated`."""
    shutil.copytree(language.LOCALE, folder)
    shutil.copytree(_made(code, translated), folder / code)
    before, language.LOCALE = language.LOCALE, folder
    try:
        with override_settings(LOCALE_PATHS=[folder], LANGUAGES=language.language_choices()):
            yield
    finally:
        language.LOCALE = before
    assert [before] == settings.LOCALE_PATHS


@cache
def _made(code: str, translated: Callable[[Message], bool]) -> Path:
    """The catalogue of such a language, made once: reading all sources takes a second."""
    made = Path(tempfile.mkdtemp(dir=house.folder())) / code
    po = made / "LC_MESSAGES" / "django.po"
    po.parent.mkdir(parents=True)
    catalogue = messages.extracted(messages.SOURCE, code)
    for message in catalogue:
        if message.id and translated(message):
            forms = tuple(map(bracketed, messages._english(message, catalogue.num_plurals)))
            message.string = forms if message.pluralizable else forms[0]
    po.write_text(messages.rendered(catalogue), "utf-8")
    po.with_suffix(".mo").write_bytes(messages.compiled(po))
    return made


def outside(text: str, *known: str) -> list[str]:
    """The words that stand outside all brackets, but for those that are `known`."""
    while (less := _INNERMOST.sub(" ", text)) != text:
        text = less
    for each in sorted(known, key=len, reverse=True):
        text = text.replace(each, " ")
    return _LETTERS.findall(text)


class Page(HTMLParser):
    """What somebody reads on a page, or has read out: its texts and attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self._inside: list[str] = []
        self.text = ""
        self.attributes: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _UNREAD:
            self._inside.append(tag)
        self.attributes += [value for name, value in attrs if name in _READ and value]

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNREAD:
            self._inside.pop()

    def handle_data(self, data: str) -> None:
        if not self._inside:
            self.text += f" {data}"

    def outside(self, *known: str) -> list[str]:
        """The words that stand outside all brackets."""
        return [word for each in (self.text, *self.attributes) for word in outside(each, *known)]
