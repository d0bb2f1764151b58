"""Text as people paste it: one policy for pages and files.

What nobody sees is taken out: control characters, lone surrogates, signs that turn text around, and
invisible ones, but for the joiners and selectors that shape Persian letters or emoji. What looks
alike becomes the same (Unicode NFC). Of signs that stack on one letter a few stay. A text of nothing
visible is empty.

Mark-up is taken out too, not refused. It comes along from a web page or a mail without being meant:
whoever fills in a form would have to pick the tags out by hand, and a table of a thousand rows would
stop at the first. Nothing depends on it for safety, since pages escape all texts.
"""

import html
import re
import unicodedata
from functools import cache
from typing import Final

_INLINE: Final = (
    "a|abbr|b|cite|code|del|em|font|i|img|ins|kbd|mark|q|s|small|span|strike|strong|sub|sup|svg|u"
)
_BLOCK: Final = (
    "article|aside|audio|blockquote|body|br|button|center|dd|div|dl|dt|figcaption|figure|footer|form|"
    "h[1-6]|head|header|hr|html|iframe|input|li|link|main|meta|nav|ol|p|picture|pre|section|table|"
    "tbody|td|tfoot|th|thead|title|tr|ul|video"
)
_ATTRIBUTES: Final = r"""(?:\s(?:"[^"<]*"|'[^'<]*'|[^<>"'])*)?/?"""
_COMMENT: Final = re.compile(
    r"<!--(?:(?!<!--).)*?-->|<(script|style)\b(?:(?!<\1).)*?</\1\s*>", re.IGNORECASE | re.DOTALL
)
_INLINE_TAG: Final = re.compile(rf"</?(?:{_INLINE}){_ATTRIBUTES}>", re.IGNORECASE)
_BLOCK_TAG: Final = re.compile(rf"</?(?:{_BLOCK}){_ATTRIBUTES}>", re.IGNORECASE)
_SPACES: Final = re.compile(" {2,}")
_ENTITY: Final = re.compile(r"&(?:#[0-9]{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,30});", re.IGNORECASE)

_NEW_LINE: Final = re.compile("\r\n|[\r\v\f\u2028\u2029]")
_UNSEEN: Final = re.compile(
    "[\0-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"  # no characters, or no text
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f"  # direction, which pages find out by themselves
    "\xad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b\u2060-\u2065\u3164\ufeff\uffa0\ufff0-\ufffc"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e00ff\U000e01f0-\U000e0fff]"
)
_NOTHING: Final = re.compile(
    r"[\s\u180b-\u180d\u180f\u200c\u200d\u2800\ufe00-\ufe0f\U000e0100-\U000e01ef]*"
)
"""Spaces, and what shapes its neighbour but shows nothing by itself."""


_MOST_STACKED: Final = 8  # more than any writing puts on a letter
_STACK_BLOCKS: Final = (
    "\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
)
_BEYOND_LETTERS: Final = 0x1F000


@cache
def _stacks() -> re.Pattern[str]:
    """Too many signs on one letter. Cost: some ms, once."""
    stacked = "".join(
        chr(code) for code in range(_BEYOND_LETTERS) if unicodedata.combining(chr(code))
    )
    return re.compile(f"([{_STACK_BLOCKS}{stacked}]{{{_MOST_STACKED}}})[{_STACK_BLOCKS}{stacked}]+")


def cleaned(text: str) -> str:
    """The text without what nobody sees, in Unicode NFC; new lines and tabs stay.

    Cost: grows with the length. Putting many stacked signs in order would take its square.
    """
    if not (text.isascii() and text.isprintable()):
        text = _stacks().sub(r"\1", _UNSEEN.sub("", _NEW_LINE.sub("\n", text)))
        text = _stacks().sub(r"\1", unicodedata.normalize("NFC", text))
    return "" if _NOTHING.fullmatch(text) else text.strip()


def without_markup(text: str) -> str:
    """The text cleaned, without tags of HTML, and with its entities as what they mean.

    Only tags that exist are taken out: “<5 years” and “<name@example.org>” stay.
    """
    text = cleaned(text)
    if "<" in text:
        text = _INLINE_TAG.sub("", _COMMENT.sub(" ", text))
        text = _SPACES.sub(" ", _BLOCK_TAG.sub(" ", text))
    if "&" in text:
        text = _ENTITY.sub(lambda found: html.unescape(found[0]), text)
    return cleaned(text)


def one_line(text: str) -> str:
    """The text with single spaces between its words."""
    return " ".join(text.split())


def plain_line(text: str) -> str:
    """A short text such as a title, a name or a skill: cleaned, without mark-up, in one line."""
    return one_line(without_markup(text))
