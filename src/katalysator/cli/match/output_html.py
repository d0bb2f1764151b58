"""The result as one page that needs nothing else: no script, no style from elsewhere."""

from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path
from typing import Final

from katalysator.cli.match.report import DECIMALS, Row
from katalysator.cli.match.sentences import say
from katalysator.cli.match.summary import Summary, sentences
from katalysator.core.language import Language, gettext_noop
from katalysator.engine.matching.scoring import Part
from katalysator.engine.matching.wording import part_label, strength_label

_STYLE: Final = """
:root { color-scheme: light dark; }
body { font: 1rem/1.5 system-ui, sans-serif; margin: 2rem; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; }
caption { font-weight: bold; text-align: start; padding-block: .5rem; }
th, td { border-bottom: 1px solid; padding: .4rem .6rem; text-align: start; vertical-align: top; }
.number { text-align: end; font-variant-numeric: tabular-nums; white-space: nowrap; }
.reason { min-width: 24rem; }
.title { min-width: 12rem; }
@media print { body { margin: 0; } .wide { overflow: visible; } }
"""
_TITLE: Final = gettext_noop("Matches of needs and offers")
_CAPTION: Final = gettext_noop("Matches by need, the best first; the parts add up to the score")


def write_html(path: Path, rows: Sequence[Row], summary: Summary, language: Language) -> None:
    """Write the page."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(f"{line}\n" for line in _page(rows, summary, language))


def _page(rows: Sequence[Row], summary: Summary, language: Language) -> Iterator[str]:
    title, caption = say(_TITLE, language), say(_CAPTION, language)
    yield f'<!doctype html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>"
    yield f"<h1>{title}</h1>\n<ul>"
    yield from (f"<li>{escape(line)}</li>" for line in sentences(summary, language))
    yield f'</ul>\n<div class="wide" role="region" tabindex="0" aria-label="{caption}">\n<table>'
    yield f"<caption>{caption}</caption>\n<thead>\n<tr>"
    yield from (f'<th scope="col">{escape(label)}</th>' for label in _labels(language))
    yield "</tr>\n</thead>\n<tbody>"
    for row in rows:
        yield f"<tr>{''.join(_cells(row, language))}</tr>"
    yield "</tbody>\n</table>\n</div>\n</main>\n</body>\n</html>"


def _labels(language: Language) -> list[str]:
    before = (gettext_noop("Need"), gettext_noop("Offer"), gettext_noop("Rank"))
    after = (gettext_noop("Seats"), gettext_noop("Strength"), gettext_noop("Why"))
    return [
        *(say(label, language) for label in before),
        say(gettext_noop("Score"), language),
        *(part_label(part, language) for part in Part),
        *(say(label, language) for label in after),
    ]


def _cells(row: Row, language: Language) -> Iterator[str]:
    yield f'<th scope="row" class="title">{_named(row.need, row.need_title)}</th>'
    yield f'<td class="title">{_named(row.offer, row.offer_title)}</td>'
    yield _number(str(row.rank))
    yield _number(_decimal(row.score, language))
    yield from (_number(_decimal(row.parts[part], language)) for part in Part)
    yield _number(str(row.seats))
    yield f"<td>{strength_label(row.strength, language)}</td>"
    yield f'<td class="reason" lang="{row.language}">{escape(row.reason)}</td>'


def _named(key: str, title: str) -> str:
    """An id and a title that may each run from right to left."""
    return f"<bdi>{escape(key)}</bdi><br><bdi>{escape(title)}</bdi>"


def _number(text: str) -> str:
    return f'<td class="number">{text}</td>'


def _decimal(value: float, language: Language) -> str:
    text = f"{value:.{DECIMALS}f}".replace("-", "\N{MINUS SIGN}")
    return text.replace(".", ",") if language == "nl" else text
