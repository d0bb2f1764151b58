"""The result as one page that needs nothing else: no script, no style from elsewhere."""

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Final

from katalysator.cli.match.report import DECIMALS, Row
from katalysator.cli.match.summary import Summary, sentences
from katalysator.core.language import active_language, number, translate
from katalysator.faults import gettext_noop as _
from katalysator.matches.wording import part_label, strength_label

_STYLE: Final = """
:root { color-scheme: light dark; }
body { font: 1rem/1.5 system-ui, sans-serif; margin: 2rem; }
table { border-collapse: collapse; }
caption { font-weight: bold; text-align: start; padding-block: .5rem; }
th, td { border-bottom: 1px solid; padding: .4rem .6rem; text-align: start; vertical-align: top; }
.number { text-align: end; font-variant-numeric: tabular-nums; white-space: nowrap; }
.title { width: 22%; }
.title, li, p { overflow-wrap: anywhere; }
p, dl { margin: 0; }
dl { display: grid; grid-template-columns: max-content max-content; gap: 0 1rem; }
dd { margin: 0; }
@media (width < 48rem) {
  body { margin: 1rem; }
  table, caption, tbody, tr, th, td, .title { display: block; width: auto; }
  thead { position: absolute; clip-path: inset(50%); }
  tr { border-bottom: 2px solid; padding-block: .75rem; }
  th, td, .number { border: 0; padding: .1rem 0; text-align: start; }
  [data-label]::before { content: attr(data-label) ": "; font-weight: normal; }
}
@media print { body { margin: 0; } }
"""
_TITLE: Final = _("Matches of needs and offers")
_CAPTION: Final = _("Matches by need, the best first; the parts add up to the score")
_PARTS: Final = _("Parts of the score")
_HEADS: Final = (
    _("Need"),
    _("Offer"),
    _("Why"),
    _("Rank"),
    _("Score"),
    _("Seats"),
    _("Strength"),
)


def write_html(path: Path, rows: Sequence[Row], summary: Summary) -> None:
    """Write the page."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(f"{line}\n" for line in _page(rows, summary))


def _page(rows: Sequence[Row], summary: Summary) -> Iterator[str]:
    title, caption = translate(_TITLE), translate(_CAPTION)
    heads = {head: translate(head) for head in _HEADS}
    yield f'<!doctype html>\n<html lang="{active_language()}">\n<head>\n<meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>"
    yield f"<h1>{title}</h1>\n<ul>"
    yield from (f"<li>{escape(line)}</li>" for line in sentences(summary))
    yield f'</ul>\n<table role="table">\n<caption>{caption}</caption>'
    yield '<thead role="rowgroup">\n<tr role="row">'
    yield from (f'<th scope="col" role="columnheader">{head}</th>' for head in heads.values())
    yield '</tr>\n</thead>\n<tbody role="rowgroup">'
    for row in rows:
        yield f'<tr role="row">{"".join(_cells(row, heads))}</tr>'
    yield "</tbody>\n</table>\n</main>\n</body>\n</html>"


def _cells(row: Row, heads: Mapping[str, str]) -> Iterator[str]:
    """The cells, with roles: a narrow screen stacks them, and they must stay cells."""

    def cell(name: str, content: str, more: str = "") -> str:
        return f'<td role="cell" data-label="{heads[name]}"{more}>{content}</td>'

    right = ' class="number"'
    yield f'<th scope="row" role="rowheader" class="title">{_named(row.need, row.need_title)}</th>'
    yield cell("Offer", _named(row.offer, row.offer_title), ' class="title"')
    yield f'<td role="cell">{_why(row)}</td>'
    yield cell("Rank", str(row.rank), right)
    yield cell("Score", _decimal(row.score), right)
    yield cell("Seats", str(row.seats), right)
    yield cell("Strength", strength_label(row.strength))


def _why(row: Row) -> str:
    """The reason, with the parts of the score folded under it."""
    parts = "".join(
        f'<dt>{part_label(part)}</dt><dd class="number">{_decimal(value)}</dd>'
        for part, value in row.parts.items()
    )
    reason = f'<p lang="{row.language}">{escape(row.reason)}</p>'
    return f"{reason}<details><summary>{translate(_PARTS)}</summary><dl>{parts}</dl></details>"


def _named(key: str, title: str) -> str:
    """An id and a title that may each run from right to left."""
    return f"<bdi>{escape(key)}</bdi><br><bdi>{escape(title)}</bdi>"


def _decimal(value: float) -> str:
    return number(value, DECIMALS).replace("-", "\N{MINUS SIGN}")
