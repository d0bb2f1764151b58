"""What a file is, by its first bytes and not by its name; what could do harm when it is opened is refused."""

import re
from collections.abc import Callable
from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy

from katalysator.core.attachments.packages import package_kind
from katalysator.faults import InvalidInput, gettext_noop as _


class AttachmentKind(TextChoices):
    """The kinds that are taken, each by the ending of its name."""

    PDF = "pdf", "PDF"
    PNG = "png", "PNG"
    JPG = "jpg", "JPEG"
    DOCX = "docx", "Word"
    XLSX = "xlsx", "Excel"
    PPTX = "pptx", "PowerPoint"
    ODT = "odt", "OpenDocument"
    CSV = "csv", "CSV"
    TXT = "txt", gettext_lazy("Text")
    MD = "md", "Markdown"

    @property
    def media_type(self) -> str:
        """What it is called on the web."""
        return _MEDIA_TYPES[self]


_OFFICE: Final = "application/vnd.openxmlformats-officedocument."
_MEDIA_TYPES: Final = {
    AttachmentKind.PDF: "application/pdf",
    AttachmentKind.PNG: "image/png",
    AttachmentKind.JPG: "image/jpeg",
    AttachmentKind.DOCX: f"{_OFFICE}wordprocessingml.document",
    AttachmentKind.XLSX: f"{_OFFICE}spreadsheetml.sheet",
    AttachmentKind.PPTX: f"{_OFFICE}presentationml.presentation",
    AttachmentKind.ODT: "application/vnd.oasis.opendocument.text",
    AttachmentKind.CSV: "text/csv; charset=utf-8",
    AttachmentKind.TXT: "text/plain; charset=utf-8",
    AttachmentKind.MD: "text/markdown; charset=utf-8",
}
_TEXTS: Final = (AttachmentKind.CSV, AttachmentKind.TXT, AttachmentKind.MD)
_ENDINGS: Final = {"jpeg": AttachmentKind.JPG, "markdown": AttachmentKind.MD}
_LAST: Final = 1 << 16  # bytes in which a file says that it ends
_PDF_RUNS: Final = re.compile(rb"/(JavaScript|Launch)\b")
_CONTROLS: Final = re.compile("[\0-\x08\x0b\x0e-\x1f\x7f]")
_PAGE: Final = re.compile(
    r"\s*(<\?xml|<!--.*?-->\s*)*\s*<(!doctype|html|head|body|script|svg|iframe|\?xml)",
    re.IGNORECASE | re.DOTALL,
)
_FORMULA: Final = re.compile(r"""(?:^|[,;\t|\r\n])["'\s]*[=@]""")
_FIRST: Final = 4_096  # characters of a text in which a page of the web begins


def kind_of(content: bytes, name: str) -> AttachmentKind:
    """The kind of a file.

    Raises InvalidInput for what is not of a kind that is taken, is called otherwise, is broken, or could run
    something. Cost: one pass over it, and over what it unpacks to.
    """
    if not content:
        raise InvalidInput("file-empty", _("The file is empty."))
    said = name.rpartition(".")[2].lower()
    called = _ENDINGS.get(said) or (AttachmentKind(said) if said in AttachmentKind.values else None)
    found = _by_content(content, called)
    if found is None:
        raise _unknown()
    if found is not called:
        raise InvalidInput(
            "file-called",
            _("This file is of the kind “%(kind)s”, and its name does not end so."),
            hint=_("Save it anew with the right ending, “.%(kind)s”."),
            kind=str(found),
        )
    return found


def _by_content(content: bytes, called: AttachmentKind | None) -> AttachmentKind | None:
    for start, look in _SIGNATURES:
        if content.startswith(start):
            return look(content)
    if called in _TEXTS:
        text = _text(content)
        if called is AttachmentKind.CSV and _FORMULA.search(text):
            raise _runs()
        return called
    return None


def _pdf(content: bytes) -> AttachmentKind:
    if b"%%EOF" not in content[-_LAST:]:
        raise _broken()
    if _PDF_RUNS.search(content):
        raise _runs()
    return AttachmentKind.PDF


def _png(content: bytes) -> AttachmentKind:
    if b"IEND" not in content[-_LAST:]:
        raise _broken()
    return AttachmentKind.PNG


def _jpg(content: bytes) -> AttachmentKind:
    if b"\xff\xd9" not in content[-_LAST:]:
        raise _broken()
    return AttachmentKind.JPG


def _package(content: bytes) -> AttachmentKind:
    return AttachmentKind(package_kind(content))


def _text(content: bytes) -> str:
    """What a text says. Refuses what is none, and what a browser would show as a page or a shell would run."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InvalidInput(
            "file-text",
            _("This is no text in UTF-8."),
            hint=_("Save it anew, with UTF-8 as its encoding."),
        ) from None
    if _CONTROLS.search(text):
        raise _unknown()
    if text.startswith("#!") or _PAGE.match(text[:_FIRST]):
        raise _runs()
    return text


_SIGNATURES: Final[tuple[tuple[bytes, Callable[[bytes], AttachmentKind]], ...]] = (
    (b"%PDF-", _pdf),
    (b"\x89PNG\r\n\x1a\n", _png),
    (b"\xff\xd8\xff", _jpg),
    (b"PK\x03\x04", _package),
)


def _unknown() -> InvalidInput:
    return InvalidInput(
        "file-kind",
        _("Files of this kind are not taken."),
        hint=_("Taken are: %(kinds)s."),
        kinds=tuple(AttachmentKind.values),
    )


def _broken() -> InvalidInput:
    return InvalidInput(
        "file-broken", _("The file is broken: its end is missing."), hint=_("Upload it again.")
    )


def _runs() -> InvalidInput:
    return InvalidInput(
        "file-runs",
        _("This file could run something on the computer of who opens it."),
        hint=_("Save it without scripts, macros and formulas, or as a plain PDF."),
    )
