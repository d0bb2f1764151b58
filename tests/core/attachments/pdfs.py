"""Small PDF files, as tests need them, and hostile ones."""

import zlib
from collections.abc import Sequence

FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"


def pdf(*pages: str) -> bytes:
    """A file with a line on each page."""
    contents = [stream(f"BT /F1 12 Tf 72 720 Td ({said}) Tj ET".encode()) for said in pages]
    first = 4
    kids = " ".join(f"{first + 2 * n} 0 R" for n in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        FONT,
    ]
    for number, content in enumerate(contents):
        objects += [page(first + 2 * number + 1), content]
    return written(objects)


def page(contents: int) -> bytes:
    """A page, with what is on it in another object."""
    return (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842]"
        b" /Resources << /Font << /F1 3 0 R >> >> /Contents %d 0 R >>" % contents
    )


def stream(content: bytes, facts: bytes = b"") -> bytes:
    """An object with content, as it is; `facts` tell how it is packed."""
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), facts, content)


def one_page(*objects: bytes) -> bytes:
    """A file with one page: what is on it is the fifth object, the first of these."""
    pages = b"<< /Type /Pages /Kids [4 0 R] /Count 1 >>"
    return written([b"<< /Type /Catalog /Pages 2 0 R >>", pages, FONT, page(5), *objects])


def written(objects: Sequence[bytes], more: bytes = b"") -> bytes:
    """Some objects as a file, of which the first says where the pages are; `more` stands in its trailer."""
    file, places = b"%PDF-1.7\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(file))
        file += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    end = b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n"
    return file + head + table + end % (len(objects) + 1, more, len(file))


def packed(content: bytes, times: int) -> bytes:
    """Some content, packed so many times."""
    for _ in range(times):
        content = zlib.compress(content, 9)
    return content


def flated(content: bytes, times: int = 1) -> bytes:
    """An object with content that is packed."""
    filters = b" ".join([b"/FlateDecode"] * times)
    return stream(packed(content, times), b"/Filter [%s]" % filters)


_LOCK = b"<< /Filter /Standard /V 1 /R 2 /O <%s> /U <%s> /P -4 >>" % (b"00" * 32, b"11" * 32)
_LINE = b"BT /F1 12 Tf 72 720 Td (zeehond) Tj ET\n"
HOSTILE = {
    "locked": written(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [] /Count 0 >>",
            _LOCK,
        ],
        b"/Encrypt 3 0 R /ID [<00> <00>]",
    ),
    "pages of themselves": written(
        [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>"]
    ),
    "content of itself": one_page(b"[5 0 R 5 0 R]"),
    "an object that is another, and back": one_page(b"6 0 R", b"5 0 R"),
    "a length of itself": one_page(b"<< /Length 5 0 R >>\nstream\nBT (x) Tj ET\nendstream"),
    "parents without end": written(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [4 0 R] /Count 1 /Parent 4 0 R >>",
            FONT,
            b"<< /Type /Page /Parent 2 0 R /Contents 5 0 R >>",
            stream(_LINE),
        ]
    ),
    "a form that shows itself": one_page(
        stream(b"/X Do"),
        stream(b"/X Do", b"/Type /XObject /Subtype /Form /Resources << /XObject << /X 6 0 R >> >>"),
    ),
    "lists in lists": one_page(b"[" * 500_000),
    "a bomb": one_page(flated(b" " * 100_000_000)),
    "a bomb in a bomb": one_page(flated(b" " * 100_000_000, times=3)),
    "lines without end": one_page(flated(_LINE * 50_000)),
    "millions of pages": written(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [%s] /Count 300000 >>" % (b"3 0 R " * 300_000),
            b"<< /Type /Page /Parent 2 0 R >>",
        ]
    ),
    "no end": pdf("zeehond")[:-200],
    "signs": b"%PDF-1.7\n" + bytes(range(256)) * 4_000 + b"\n%%EOF\n",
}
"""What would make a careless reader run for ever, fill the memory, or fall over."""
