"""Small files of office programs, as tests need them."""

import io
import zipfile
from collections.abc import Mapping

PARTS = {
    "docx": "word/document.xml",
    "xlsx": "xl/workbook.xml",
    "pptx": "ppt/presentation.xml",
}
ODT = "application/vnd.oasis.opendocument.text"


def package(kind: str, more: Mapping[str, bytes] = {}) -> bytes:
    """A package of a kind, with more parts by their names; of another kind these alone."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        if kind == "odt":
            archive.writestr("mimetype", ODT)
            archive.writestr("content.xml", "<office/>")
        elif kind in PARTS:
            archive.writestr("[Content_Types].xml", "<Types/>")
            archive.writestr(PARTS[kind], "<w/>")
        for name, content in more.items():
            archive.writestr(name, content)
    return file.getvalue()
