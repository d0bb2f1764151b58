"""The text of an agreement as a PDF: with the site's font, a title and headings that a screen reader finds, and the digest on each page."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from django.contrib.staticfiles import finders
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont
from fpdf import FPDF
from fpdf.enums import MethodReturnValue, XPos, YPos

from katalysator.core.language import translate
from katalysator.dataspace.agreements.showing import signed_lines
from katalysator.dataspace.models import AgreementText
from katalysator.faults import gettext_noop as _

_FONT: Final = "vendor/assets/atkinson-hyperlegible-next-latin{}-wght-normal.woff2"
_WEIGHTS: Final = {"": 400, "B": 700}
_FAMILY: Final = "site"
_PARTS: Final = ("", "-ext")
_MISSING: Final = "?"
_MARGIN: Final = 22.0  # millimetres
_TEXT: Final = 11
_LINE: Final = 1.45  # times the height of the letters
_AFTER: Final = 2  # lines that stay below a heading
_POINT: Final = 25.4 / 72  # millimetres


def as_pdf(text: AgreementText, language: str) -> bytes:
    """The text in one language of its document, with who signed it; the same bytes each time. Cost: one query."""
    told = text.document
    paper = _Paper(text.sha256)
    paper.set_creation_date(text.made_at)
    paper.set_lang(language)
    paper.set_title(_title(told))
    paper.set_creator("Katalysator")
    paper.add_page()
    paper.block("/H1", _title(told), size=20, style="B", before=0)
    for article in told["texts"][language]:
        paper.block("/H2", article["title"], size=13, style="B", before=6)
        for paragraph in article["paragraphs"]:
            paper.block("/P", paragraph, size=_TEXT, before=2)
    paper.block("/H2", translate(_("Signatures")), size=13, style="B", before=6)
    for line in signed_lines(text):
        paper.block("/P", line, size=_TEXT, before=2)
    return bytes(paper.output())


def _title(told: dict[str, Any]) -> str:
    return translate(_("Agreement about “%(title)s”")) % {"title": told["dataset"]["title"]}


@cache
def _fonts() -> Mapping[tuple[str, str], str]:
    """Where the site's font stands in the weights of a paper, as a PDF takes it in; made once a process."""
    folder = _folder().name
    return {(part, style): _instance(part, style, folder) for part in _PARTS for style in _WEIGHTS}


@cache
def _folder() -> TemporaryDirectory[str]:
    return TemporaryDirectory(prefix="katalysator-fonts-")


def _instance(part: str, style: str, folder: str) -> str:
    """A part of the font in one weight, without what places letters more finely: that takes a second to work out."""
    found = finders.find(_FONT.format(part))
    if not isinstance(found, str):
        raise FileNotFoundError(_FONT.format(part))
    font = TTFont(found)
    for table in ("GPOS", "GSUB", "GDEF"):
        if table in font:
            del font[table]
    instantiateVariableFont(font, {"wght": _WEIGHTS[style]}, inplace=True)
    font.flavor = None
    where = str(Path(folder) / f"site{part}{style}.ttf")
    font.save(where)
    return where


@cache
def _letters() -> frozenset[int]:
    """All that the font can write."""
    return frozenset(
        code for (_part, style), where in _fonts().items() if not style
        for code in TTFont(where).getBestCmap()
    )  # fmt: skip


def _writable(text: str) -> str:
    """A text with a sign in place of each letter that the font has not: nothing vanishes without a trace."""
    return "".join(each if ord(each) in _letters() else _MISSING for each in text)


class _Paper(FPDF):
    """Pages with their digest at the foot; each block of text is marked as what it is."""

    def __init__(self, digest: str) -> None:
        super().__init__()
        self._digest = digest
        for (part, style), where in _fonts().items():
            self.add_font(_FAMILY + part, style, where)
        self.set_fallback_fonts([_FAMILY + _PARTS[1]])
        self.set_margin(_MARGIN)
        self.set_auto_page_break(auto=True, margin=_MARGIN)
        self.alias_nb_pages()

    def footer(self) -> None:
        """The digest and the number of the page, which are no part of the text."""
        self._out("/Artifact BMC")
        self.set_y(-15)
        self.set_font(_FAMILY, size=7)
        self.cell(0, 4, f"SHA-256 {self._digest} · {self.page_no()}/{{nb}}", align="C")
        self._out("EMC")

    def block(self, kind: str, text: str, *, size: int, before: float, style: str = "") -> None:
        """A paragraph or a heading, on as many pages as it takes."""
        self.set_font(_FAMILY, style, size)
        height = size * _POINT * _LINE
        if before and self.get_y() > self.t_margin:
            self.ln(before)
        lines = self._lines(text, height)
        while lines:
            room = int((self.page_break_trigger - self.get_y()) / height)
            if room < (len(lines) + _AFTER if style else min(2, len(lines))):
                self.add_page()
                self.set_font(_FAMILY, style, size)
                continue
            with self._marked(kind):
                self._written(lines[:room], height)
            lines = lines[room:]

    def _lines(self, text: str, height: float) -> list[str]:
        found: Any = self.multi_cell(
            0, height, _writable(text), dry_run=True, output=MethodReturnValue.LINES, align="L"
        )
        return list(found)

    def _written(self, lines: list[str], height: float) -> None:
        for line in lines:
            self.cell(0, height, line, new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    @contextmanager
    def _marked(self, kind: str) -> Iterator[None]:
        """Say of what is written meanwhile, on this page, what it is."""
        number = self.struct_builder.next_mcid_for_page(self.page)
        self._add_marked_content(struct_type=kind, mcid=number)
        self._out(f"{kind} <</MCID {number}>> BDC")
        yield
        self._out("EMC")
