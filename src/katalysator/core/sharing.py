"""What a page says of itself to who shares it: to sites and programs that show a card of a link (Open Graph), and in a mail.

A room says so of a record that anybody may see, and of no other: a card is shown to people who never asked for the page.
"""

from dataclasses import dataclass
from textwrap import shorten
from typing import Final, Literal
from urllib.parse import quote

from django.conf import settings

from katalysator.core.language import active_language, languages, locale_of

_LONGEST: Final = 200


@dataclass(frozen=True, slots=True)
class SharedPage:
    """A page that anybody may see: its title, what it is about in plain text, its address on the site, and what it is."""

    title: str
    text: str
    page: str
    kind: Literal["article", "website"] = "article"

    @property
    def description(self) -> str:
        """The beginning of what it is about, in one line; empty where it says nothing."""
        line = " ".join(self.text.split())
        # No more than that is taken apart: the letter after a space tells that there is more.
        return shorten(line[: _LONGEST + 2], _LONGEST, placeholder="…")

    @property
    def address(self) -> str:
        """Its address, for who is not on the site."""
        return settings.ADDRESS + self.page

    @property
    def mail(self) -> str:
        """The address of a new mail about it."""
        return f"mailto:?subject={quote(self.title)}&body={quote(self.address)}"

    @property
    def locale(self) -> str:
        """The language of the page, as Open Graph names it."""
        return locale_of(active_language())

    @property
    def other_locales(self) -> list[str]:
        """Those in which it can be read as well."""
        return [locale_of(each) for each in languages() if each != active_language()]
