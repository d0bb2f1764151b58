"""The languages of the site, and the kernel's one door to gettext.

Sentences are marked with `gettext_noop` where they are written and translated here when they are
shown. Without a running Django they stay English, so that the values work as a plain library.
"""

from typing import Final, Literal

from django.apps import apps
from django.utils import translation

Language = Literal["nl", "en"]
LANGUAGES: Final[tuple[Language, ...]] = ("nl", "en")


def gettext_noop(msgid: str) -> str:
    """Mark an English text for the translators, and return it as it is."""
    return msgid


def translate(msgid: str) -> str:
    """Return `msgid` in the active language; in English where Django does not run."""
    return translation.gettext(msgid) if apps.ready else msgid


def as_language(tag: str | None) -> Language:
    """Read a language tag such as ``nl-BE``; every language that is not Dutch becomes English."""
    primary = (tag or "").replace("_", "-").split("-")[0]
    return "nl" if primary.lower() == "nl" else "en"


def active_language() -> Language:
    """Return the language in which the present reader is addressed."""
    return as_language(translation.get_language()) if apps.ready else "en"
