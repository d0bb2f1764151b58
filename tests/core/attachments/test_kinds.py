"""What a file is, is told by what is in it; what could do harm is refused with a sentence."""

import io
import zipfile
from contextlib import suppress

import pytest
from hypothesis import given, strategies as st

from katalysator.core.attachments.kinds import AttachmentKind, kind_of
from katalysator.core.attachments.names import LONGEST, clean_name
from katalysator.faults import InvalidInput
from tests.core.attachments.packages import package
from tests.examples import examples

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20 + b"IEND\xaeB`\x82"
JPG = b"\xff\xd8\xff\xe0" + b"\0" * 20 + b"\xff\xd9"
GOOD = {
    "rapport.pdf": PDF,
    "plaatje.PNG": PNG,
    "foto.jpeg": JPG,
    "stuk.docx": package("docx", {"word/media/x.png": PNG}),
    "sheet.xlsx": package("xlsx"),
    "praatje.pptx": package("pptx"),
    "brief.odt": package("odt"),
    "tabel.csv": "naam;aantal\nbrood;-3\nmelk;+2\n".encode("utf-8-sig"),
    "notitie.txt": b"Prijs < 5 euro & goed: <b> is geen probleem.",
    "lees.md": b"# Titel\n\n- een\n",
}
BOMB = package("docx", {"word/huge.xml": b"0" * 101_000_000})
EXPLODING = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'
RUNS = {
    "js.pdf": PDF.replace(b"<<>>", b"<</S/JavaScript/JS(app.alert(1))>>"),
    "start.pdf": PDF.replace(b"<<>>", b"<</S/Launch/F(cmd.exe)>>"),
    "macro.docx": package("docx", {"word/vbaProject.bin": b"x"}),
    "macro.xlsx": package("xlsx", {"xl/macrosheets/sheet1.xml": b"x"}),
    "knop.pptx": package("pptx", {"ppt/activeX/activeX1.xml": b"x"}),
    "macro.odt": package("odt", {"Basic/script.xml": b"x"}),
    "verpakt.docx": package("docx", {"word/embeddings/oleObject1.bin": b"x"}),
    "virus.docx": package("docx", {"setup.exe": b"MZ"}),
    "ver.docx": package(
        "docx",
        {"word/_rels/settings.xml.rels": b'<R Type="x/attachedTemplate" Target="https://x"/>'},
    ),
    "formule.csv": b"naam,som\nx,=cmd|' /C calc'!A0\n",
    "apen.csv": b"@SUM(1+1)\n",
    "shell.txt": b"#!/bin/sh\nrm -rf /\n",
    "pagina.txt": b"  <!DOCTYPE html><script>alert(1)</script>",
    "pagina.md": b"<!-- x -->\n<script>alert(1)</script>",
    "teken.txt": b'<?xml version="1.0"?><svg onload="alert(1)"/>',
}
NOT_TAKEN = {
    "virus.exe": b"MZ\x90\0\x03\0\0\0",
    "virus.pdf": b"MZ\x90\0\x03\0\0\0",
    "elf.txt": b"\x7fELF\x02\x01\x01\0\0",
    "pagina.html": b"<html></html>",
    "teken.svg": b"<svg/>",
    "oud.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    "geen-naam": PNG[:4],
    "archief.zip": package("zip", {"x.txt": b"x"}),
    "archief.docx": package("zip", {"x.txt": b"x"}),
    "twee.docx": package("docx", {"xl/workbook.xml": b"x"}),
    "anders.docx": package("xlsx"),
    "anders.pdf": PNG,
    "leeg.pdf": b"",
    "half.pdf": PDF[:20],
    "half.png": PNG[:20],
    "half.jpg": JPG[:20],
    "half.docx": package("docx")[:40],
    "niets.docx": b"PK\x03\x04",
    "binair.csv": b"a,b\n\0\x01\n",
    "latin.txt": "café".encode("latin-1"),
    "bom.docx": BOMB,
    "lacht.docx": package("docx", {"word/x.xml": EXPLODING}),
    "eruit.docx": package("docx", {"../../etc/passwd": b"x"}),
}


@pytest.mark.parametrize("name", GOOD)
def test_what_people_share_is_taken(name: str) -> None:
    kind = kind_of(GOOD[name], name)
    assert kind.media_type
    assert kind in AttachmentKind


@pytest.mark.parametrize("name", RUNS)
def test_what_runs_something_is_refused(name: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        kind_of(RUNS[name], name)
    assert caught.value.code in ("file-runs", "package-runs")


@pytest.mark.parametrize("name", NOT_TAKEN)
def test_what_is_no_such_file_is_refused_with_a_hint(name: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        kind_of(NOT_TAKEN[name], name)
    assert caught.value.code.startswith(("file-", "package-"))
    assert caught.value.code not in ("file-runs", "package-runs")


def test_a_locked_package_is_refused() -> None:
    content = bytearray(package("docx"))
    content[content.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(InvalidInput, match="password"):
        kind_of(bytes(content), "slot.docx")


def test_a_part_that_is_larger_than_it_says_is_refused() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", b"0" * 5_000_000)
    size = (5_000_000).to_bytes(4, "little")
    with pytest.raises(InvalidInput):
        kind_of(file.getvalue().replace(size, (10).to_bytes(4, "little")), "liegt.docx")


@examples(60)
@given(st.sampled_from(sorted(GOOD)), st.integers(0, 10_000), st.integers(0, 255))
def test_a_damaged_file_is_taken_or_refused_and_nothing_else(
    name: str, place: int, byte: int
) -> None:
    content = bytearray(GOOD[name])
    content[place % len(content)] = byte
    with suppress(InvalidInput):
        assert kind_of(bytes(content), name) in AttachmentKind


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\x\\Mijn stuk.DOCX", "Mijn stuk.docx"),
        ('rare<naam>:"|?*.txt', "rare naam.txt"),
        ("\u202egpj.exe.png", "gpj.exe.png"),
        (".htaccess", "file.htaccess"),
        ("", "file"),
        ("zonder ending", "zonder ending"),
        ("a\r\nContent-Type: text/html.pdf", "html.pdf"),
        ("é漢.md", "é漢.md"),
    ],
)
def test_names_are_made_fit_for_every_disk(given_name: str, kept: str) -> None:
    assert clean_name(given_name) == kept


@given(st.text(max_size=300))
def test_a_clean_name_is_short_and_stays_as_it_is(text: str) -> None:
    name = clean_name(text)
    assert 0 < len(name) <= LONGEST
    assert not set(name) & set('/\\\0\n\r<>:"|?*')
    assert clean_name(name) == name
