"""Text as people paste it: control characters and HTML are taken out, all scripts are kept."""

import html
import re
import unicodedata
from typing import Final

_INLINE: Final = "a|abbr|b|cite|code|em|font|i|img|mark|small|span|strike|strong|sub|sup|u"
_BLOCK: Final = (
    "blockquote|body|br|center|div|dd|dl|dt|h[1-6]|head|hr|html|li|ol|p|pre|section|table|tbody|td|"
    "tfoot|th|thead|title|tr|ul"
)
_ATTRIBUTES: Final = r"""(?:\s(?:"[^"<]*"|'[^'<]*'|[^<>"'])*)?/?"""
_UNSEEN: Final = re.compile(
    r"<!--(?:(?!<!--).)*?-->|<(script|style)\b(?:(?!<\1).)*?</\1\s*>", re.IGNORECASE | re.DOTALL
)
_INLINE_TAG: Final = re.compile(rf"</?(?:{_INLINE}){_ATTRIBUTES}>", re.IGNORECASE)
_BLOCK_TAG: Final = re.compile(rf"</?(?:{_BLOCK}){_ATTRIBUTES}>", re.IGNORECASE)
_ENTITY: Final = re.compile(r"&(?:#[0-9]{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,30});", re.IGNORECASE)
_KEPT_CONTROLS: Final = frozenset("\n\t")
_NOT_TEXT: Final = frozenset({"Cc", "Cs"})
_NO_CHARACTERS: Final = frozenset("\ufffe\uffff")


def without_controls(text: str) -> str:
    """The text without control characters and lone surrogates; new lines and tabs stay."""
    if text.isprintable():
        return text
    return "".join(map(_kept, text.replace("\r\n", "\n").replace("\r", "\n"))).strip()


def without_html(text: str) -> str:
    """The text without the tags of HTML, and its entities as the characters that they mean.

    Only tags that exist are taken out: “<5 years” and “<name@example.org>” stay.
    """
    if "<" in text:
        text = _INLINE_TAG.sub("", _UNSEEN.sub(" ", text))
        text = _BLOCK_TAG.sub(" ", text)
    if "&" in text:
        text = _ENTITY.sub(lambda found: html.unescape(found[0]), text)
    return without_controls(text).strip()


def one_line(text: str) -> str:
    """The text with single spaces between its words."""
    return " ".join(text.split())


def _kept(character: str) -> str:
    if character in _KEPT_CONTROLS:
        return character
    unwanted = character in _NO_CHARACTERS or unicodedata.category(character) in _NOT_TEXT
    return "" if unwanted else character
