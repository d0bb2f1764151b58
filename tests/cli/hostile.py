"""Files that are made to be too much for who reads them, each small on disk or quick to write."""

import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

import polars as pl

_SHEET: Final = "xl/worksheets/sheet1.xml"
_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_TYPES: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_RELATIONS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_MEGABYTE: Final = 1 << 20

Blocks = Iterator[bytes]


def _row(number: int, *cells: str) -> str:
    return f'<row r="{number}">{"".join(cells)}</row>'


def _text(place: str, text: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


_HEADER: Final = _row(1, _text("A1", "title"))


def workbook(path: Path, rows: str = "", parts: Mapping[str, bytes] = MappingProxyType({})) -> Path:
    """A workbook of one sheet with these rows, written as XML; or with other parts in its place."""
    sheet = f'<worksheet xmlns="{_MAIN}"><sheetData>{rows}</sheetData></worksheet>'
    texts = f'<sst xmlns="{_MAIN}"><si><t>title</t></si></sst>'
    usual = {
        "[Content_Types].xml": (
            f'<Types xmlns="{_PACKAGE}/content-types">'
            f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPES}.sheet.main+xml"/>'
            f'<Override PartName="/xl/sharedStrings.xml" ContentType="{_TYPES}.sharedStrings+xml"/>'
            f'<Override PartName="/{_SHEET}" ContentType="{_TYPES}.worksheet+xml"/></Types>'
        ),
        "_rels/.rels": (
            f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" '
            f'Type="{_RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
        ),
        "xl/workbook.xml": (
            f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}"><sheets>'
            '<sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>'
        ),
        "xl/_rels/workbook.xml.rels": (
            f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" '
            f'Type="{_RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'
        ),
        "xl/sharedStrings.xml": texts,
        _SHEET: sheet,
    }
    made = {name: text.encode() for name, text in usual.items()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in {**made, **parts}.items():
            archive.writestr(name, content)
    return path


def good_workbook(path: Path) -> Path:
    """A workbook in which nothing is wrong, by the same hand."""
    return workbook(path, _HEADER + _row(3, _text("A3", "Een"), '<c r="C3"><v>1</v></c>'))


def _unpacking(path: Path, unit: bytes, megabytes: int, part: str = _SHEET) -> Path:
    """A workbook of which one part repeats itself."""
    root = b"sst" if "shared" in part else b"styleSheet" if "styles" in part else b"worksheet"
    opening = b'<%s xmlns="%s">' % (root, _MAIN.encode())
    block = unit * (_MEGABYTE // len(unit))
    workbook(path)
    with zipfile.ZipFile(path) as archive:
        kept = {name: archive.read(name) for name in archive.namelist() if name != part}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in kept.items():
            archive.writestr(name, content)
        with archive.open(part, "w", force_zip64=True) as file:
            file.write(
                opening
                + (b"<sheetData>" + b"<row>" * (unit == b"<c/>") if root == b"worksheet" else b"")
            )
            for _ in range(megabytes):
                file.write(block)
    return path


def _entities(path: Path, definition: str, use: str) -> Path:
    text = (
        f'<!DOCTYPE worksheet [{definition}]><worksheet xmlns="{_MAIN}"><sheetData>'
        f"{_HEADER}{_row(2, _text('A2', use))}</sheetData></worksheet>"
    )
    return workbook(path, parts={_SHEET: text.encode()})


def _laughs(path: Path) -> Path:
    doubled = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    return _entities(path, f'<!ENTITY l0 "lol">{doubled}', "&l11;")


def _in_wide_letters(path: Path) -> Path:
    text = f'<?xml version="1.0" encoding="utf-16"?><!DOCTYPE worksheet [<!ENTITY a "b">]><worksheet xmlns="{_MAIN}"/>'
    return workbook(path, parts={_SHEET: text.encode("utf-16")})


def _many_sheets(path: Path) -> Path:
    sheet = f'<worksheet xmlns="{_MAIN}"><sheetData/></worksheet>'.encode()
    return workbook(path, parts={f"xl/worksheets/s{n}.xml": sheet for n in range(6_000)})


def _nested(path: Path) -> Path:
    text = f'<worksheet xmlns="{_MAIN}">{"<a>" * 200_000}'
    return workbook(path, parts={_SHEET: text.encode()})


def _text_of(path: Path, blocks: Blocks) -> Path:
    with path.open("wb") as file:
        file.writelines(blocks)
    return path


def _cut(path: Path) -> Path:
    whole = path.with_name(f"whole{path.suffix}")
    table = pl.DataFrame({"title": [f"Titel {n}" for n in range(10_000)]})
    table.write_parquet(whole) if path.suffix == ".parquet" else table.write_ipc(whole)
    data = whole.read_bytes()
    path.write_bytes(data[: len(data) // 2] + (data[-8:] if path.suffix == ".parquet" else b""))
    return path


def _lying(path: Path) -> Path:
    """Its end says that what it is made of is gigabytes long."""
    _cut(path)
    data = path.read_bytes()
    path.write_bytes(data[:-8] + b"\xff\xff\xff\x7f" + data[-4:])
    return path


def _billion_rows(path: Path) -> Path:
    frame = pl.LazyFrame({"title": ["x"]}).select(pl.col("title").repeat_by(1_100_000).explode())
    frame.collect().write_parquet(path)
    return path


def _long_texts(path: Path) -> Path:
    rows = pl.LazyFrame({"n": range(1_100)}).with_columns(title=pl.lit("x" * _MEGABYTE))
    rows.select("title").sink_parquet(path, row_group_size=10)
    return path


def _wide_frame(path: Path) -> Path:
    pl.DataFrame({f"c{n}": [1] for n in range(5_000)}).write_parquet(path)
    return path


HOSTILE: Final[Mapping[str, tuple[str, Callable[[Path], Path]]]] = {
    "row-far.xlsx": (
        "file-workbook",
        lambda path: workbook(path, _HEADER + _row(999_999_999_999, _text("A2", "x"))),
    ),
    "rows-back.xlsx": (
        "file-workbook",
        lambda path: workbook(
            path, _HEADER + _row(3, _text("A3", "x")) + _row(2, _text("A2", "y"))
        ),
    ),
    "column-far.xlsx": (
        "file-workbook",
        lambda path: workbook(path, _row(1, _text("A1", "title"), _text("ZZZZZZ1", "x"))),
    ),
    "column-behind-the-last.xlsx": (
        "file-workbook",
        lambda path: workbook(path, _row(1, _text("A1", "title"), _text("XFE1", "x"))),
    ),
    "columns-many.xlsx": (
        "columns-many",
        lambda path: workbook(path, _row(1, '<c t="s"><v>0</v></c>' * 1_001)),
    ),
    "rows-many.xlsx": ("file-workbook", lambda path: _unpacking(path, b"<row/>", 20)),
    "cells-many.xlsx": ("file-workbook", lambda path: _unpacking(path, b"<c/>", 50)),
    "text-long.xlsx": ("file-workbook", lambda path: _unpacking(path, b"aaaa", 110)),
    "unpacking.xlsx": ("file-unpacked", lambda path: _unpacking(path, b"<row></row>", 600)),
    "texts-many.xlsx": (
        "file-workbook",
        lambda path: _unpacking(path, b"<si><t>ab</t></si>", 80, "xl/sharedStrings.xml"),
    ),
    "styles-many.xlsx": (
        "file-workbook",
        lambda path: _unpacking(path, b"<xf/>", 5, "xl/styles.xml"),
    ),
    "text-unknown.xlsx": (
        "file-workbook",
        lambda path: workbook(path, _row(1, '<c r="A1" t="s"><v>999999999</v></c>')),
    ),
    "billion-laughs.xlsx": ("file-workbook", _laughs),
    "entity-of-a-file.xlsx": (
        "file-workbook",
        lambda path: _entities(path, '<!ENTITY a SYSTEM "file:///etc/passwd">', "&a;"),
    ),
    "entity-in-utf-16.xlsx": ("file-workbook", _in_wide_letters),
    "sheets-many.xlsx": ("file-workbook", _many_sheets),
    "nested.xlsx": ("file-workbook", _nested),
    "number-long.xlsx": (
        "file-workbook",
        lambda path: workbook(path, _HEADER + _row(2, f'<c r="A2"><v>{"9" * 50_000}</v></c>')),
    ),
    "line-long.csv": (
        "row-long",
        lambda path: _text_of(path, iter((b"title\n", *[b"x" * _MEGABYTE] * 100))),
    ),
    "line-long-utf-16.csv": (
        "row-long",
        lambda path: _text_of(path, iter((b"\xff\xfe", *[b"x\0" * _MEGABYTE] * 50))),
    ),
    "columns-many.csv": (
        "columns-many",
        lambda path: _text_of(path, iter([b"title," * 500_000 + b"\n"])),
    ),
    "cells-on-their-own-line.csv": (
        "row-long",
        lambda path: _text_of(path, iter((b'title\n"', *[b'","\n' * 100_000] * 100))),
    ),
    "quote-open.csv": (
        "row-long",
        lambda path: _text_of(path, iter((b'title\n"', *[b"x\n" * 100_000] * 100))),
    ),
    "zeros.csv": ("file-binary", lambda path: _text_of(path, iter((b"title\nx\0y\n",)))),
    "zeros-at-the-end.csv": (
        "file-binary",
        lambda path: _text_of(path, iter((b"title\n", b"x\n" * _MEGABYTE, b"\0"))),
    ),
    "cut.parquet": ("file-frame", _cut),
    "cut.arrow": ("file-frame", _cut),
    "lying.parquet": ("file-frame", _lying),
    "rows-many.parquet": ("rows-many", _billion_rows),
    "texts-long.parquet": ("file-texts", _long_texts),
    "columns-many.parquet": ("columns-many", _wide_frame),
}
"""Files by name: the code of the fault that each must give, and how to make it."""
