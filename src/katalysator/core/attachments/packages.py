"""Files of office programs, which are packages of parts: looked through without trusting what they say of themselves."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import Final

from katalysator.faults import InvalidInput, gettext_noop as _

_LARGEST_UNPACKED: Final = 100_000_000
_MOST_PARTS: Final = 3_000
_BLOCK: Final = 1 << 16
_ENCRYPTED: Final = 0x1
_PACKED: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # by office programs, no other way
_MAIN_PARTS: Final = {
    "word/document.xml": "docx",
    "xl/workbook.xml": "xlsx",
    "ppt/presentation.xml": "pptx",
}
_TYPES: Final = "[content_types].xml"
_ODT: Final = b"application/vnd.oasis.opendocument.text"
_PROGRAMS: Final = ("vbaproject", "vbadata", "activex", "macrosheets", "oleobject", "customui")
_FOLDERS: Final = ("basic/", "scripts/")
_ENDINGS: Final = (".exe", ".dll", ".js", ".vbs", ".bat", ".ps1", ".jar", ".scr", ".lnk", ".hta")
_BROKEN: Final = (
    *(zipfile.BadZipFile, zlib.error, struct.error),
    *(EOFError, OSError, ValueError, RuntimeError),  # by what is said in a package that is damaged
)
_DEFINES: Final = (b"<!DOCTYPE", b"<!ENTITY")  # no office program writes these
_REMOTE: Final = b'attachedTemplate" Target="http'


def package_kind(content: bytes) -> str:
    """The ending that goes with a package: docx, xlsx, pptx or odt.

    Raises InvalidInput for another package, one that is broken or locked, has programs in it, or unpacks to
    more than anybody wants. Cost: one pass over what is in it; memory for a block.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            names = [name.lower().replace("\\", "/") for name in package.namelist()]
            _require_parts(package, names)
            _walk(package)
            return _kind(package, names)
    except _BROKEN:
        raise _refused(
            "package-broken", _("The file is broken, or locked with a password.")
        ) from None


def _require_parts(package: zipfile.ZipFile, names: list[str]) -> None:
    parts = package.infolist()
    is_large = sum(part.file_size for part in parts) > _LARGEST_UNPACKED
    if len(parts) > _MOST_PARTS or is_large:
        raise _refused("package-large", _("The file unpacks to more than 100 MB."))
    if len(set(names)) < len(names) or any(part.flag_bits & _ENCRYPTED for part in parts):
        raise zipfile.BadZipFile
    if any(part.compress_type not in _PACKED for part in parts):
        raise zipfile.BadZipFile
    if any(name.startswith("/") or ".." in name.split("/") for name in names):
        raise zipfile.BadZipFile
    if any(map(_runs, names)):
        raise _refused("package-runs", _("There are macros or programs in this file."))


def _runs(name: str) -> bool:
    """Whether a part is a program, or leads to one."""
    is_program = any(sign in name for sign in _PROGRAMS)
    return is_program or name.startswith(_FOLDERS) or name.endswith(_ENDINGS)


def _walk(package: zipfile.ZipFile) -> None:
    """Unpack every part once, in blocks: it may be larger than it says, or define words without end."""
    for part in package.infolist():
        is_text = part.filename.lower().endswith((".xml", ".rels"))
        for block in _blocks(package, part):
            if is_text and any(sign in block for sign in _DEFINES):
                raise zipfile.BadZipFile
            if is_text and _REMOTE in block:
                raise _refused("package-runs", _("There are macros or programs in this file."))


def _blocks(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """A part in blocks, each with the end of the one before it."""
    with package.open(part) as file:
        last = b""
        while block := file.read(_BLOCK):
            yield last + block
            last = block[-len(_REMOTE) :]


def _kind(package: zipfile.ZipFile, names: list[str]) -> str:
    if "mimetype" in names and package.read("mimetype").strip() == _ODT:
        return "odt"
    found = [kind for part, kind in _MAIN_PARTS.items() if part in names and _TYPES in names]
    if len(found) == 1:
        return found[0]
    raise _refused("package-kind", _("This package is no document, sheet or presentation."))


def _refused(code: str, sentence: str) -> InvalidInput:
    return InvalidInput(
        code,
        sentence,
        hint=_("Save it anew as a plain document, sheet or presentation, or as PDF."),
    )
