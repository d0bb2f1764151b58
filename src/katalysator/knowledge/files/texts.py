"""What a file says, for search: its first characters, without trusting what the file says of itself.

Nothing is interpreted: of a package the parts with text are unpacked up to a size, and what stands between tags is
kept. So no entity is looked up, no formula is run, and a file that is broken says nothing. A PDF is read apart (`pdf.py`).
"""

import html
import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import Final

from katalysator.cleaning import cleaned
from katalysator.core.attachments.kinds import AttachmentKind
from katalysator.knowledge.files.pdf import said_in_pdf

MOST: Final = 20_000
"""Characters that are kept of a file."""
_MOST_BYTES: Final = 2_000_000  # that are unpacked of a part, and read of a text
_MOST_PARTS: Final = 100
_PARTS: Final = {
    AttachmentKind.DOCX: re.compile(r"word/document\.xml"),
    AttachmentKind.PPTX: re.compile(r"ppt/slides/slide\d{1,4}\.xml"),
    AttachmentKind.ODT: re.compile(r"content\.xml"),
}
_PLAIN: Final = (AttachmentKind.TXT, AttachmentKind.MD, AttachmentKind.CSV)
_ENDS: Final = re.compile(r"</(?:w:p|a:p|text:p|text:h)>|<(?:w:br|w:tab|a:br|text:tab)\b[^<>]*>")
_TAG: Final = re.compile(r"<[^<>]*>")
_BROKEN: Final = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, ValueError, RuntimeError)


def text_of(content: bytes, kind: AttachmentKind) -> str:
    """The first `MOST` characters of what a file says; nothing where its kind has none, or it is broken. Cost: .1 s at most, but for a PDF."""
    if kind is AttachmentKind.PDF:
        return _shortened(said_in_pdf(content, 2 * MOST))
    if kind in _PLAIN:
        return _shortened(content[:_MOST_BYTES].decode("utf-8-sig", "replace"))
    if kind not in _PARTS:
        return ""
    try:
        return _shortened("\n".join(_unpacked(content, _PARTS[kind])))
    except _BROKEN:
        return ""


def _unpacked(content: bytes, wanted: re.Pattern[str]) -> Iterator[str]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        names = [each for each in package.namelist() if wanted.fullmatch(each)]
        for name in sorted(names, key=lambda each: (len(each), each))[:_MOST_PARTS]:
            with package.open(name) as part:
                yield _said(part.read(_MOST_BYTES).decode("utf-8", "replace"))


def _said(markup: str) -> str:
    return html.unescape(_TAG.sub("", _ENDS.sub("\n", markup)))


def _shortened(text: str) -> str:
    return cleaned(text[: 2 * MOST]).strip()[:MOST]
