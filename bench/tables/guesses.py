"""How often the encoding and the separator of a small table are guessed right, beside other guessers."""

import csv
import io
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final

import numpy as np

from katalysator.tables.encodings import encoding_of
from katalysator.tables.separators import separation_of

_TABLES: Final = 400
_ENCODINGS: Final = ("cp1252", "cp1252", "cp1252", "iso-8859-15", "cp858", "mac-roman", "cp1250")
_CELLS: Final[Mapping[str, str]] = {
    "Dutch": "Eén dag per week, € 1.250|pagina’s en foto’s|coördinatie van ideeën|8 à 12%|skiën – €|België|"
    "financiële patiënten|€ 15k–30k|zo’n “proef” …|crèche|hè?|vóór 1 mei|±10 m²|Renée|maïs|ruïne|privé",
    "English": "naïve café|the team’s “best” model – cheap|£ 500|Zürich|São Paulo|½ day|©2025|don’t|résumé",
    "German": "Börse für Logistik|Größe|Straße|Ärzte|Übung|Lösung für Ämter|15–25 T€|Mädchen|Köln",
    "French": "développement|à côté|réseau|français|Île|Noël|l’été|ça va|là|être",
    "Polish": "Łódź|Kraków|współpraca|także|część|Wrocław|będzie|źródło|żółty",
}
_WORDS: Final = (
    "data model zorg energie water school de het van een partner regio beeld taal".split()
)
_PROSE: Final = (" ", " ", " ", " ", ", ", "; ", " – ", " | ")
_TITLES: Final = ("Overzicht aanbod 2026, versie 3", "Vragen: data; AI en zo", "Lijst")
_SHORT: Final = (
    "",
    "ja",
    "€ 1.250",
    "01-09-2025",
    "10,5",
    "Utrecht, Gelderland",
    "Twente; Achterhoek",
)


@dataclass(frozen=True, slots=True)
class Case:
    """A small table, and how it was written."""

    text: str
    encoding: str = "utf-8"
    separator: str = ";"

    @property
    def data(self) -> bytes:
        return self.text.encode(self.encoding)


Guesser = Callable[[Case], bool]
"""Whether the guess is right: for an encoding, whether it gives the same text."""


def show() -> None:
    """Print how often each is right, and what it takes."""
    rng = np.random.default_rng(3)
    _judge("encodings", list(islice(_encoded(rng), _TABLES)), ENCODINGS)
    _judge("separators", [_separated(rng) for _ in range(_TABLES)], SEPARATORS)


def _judge(what: str, cases: Sequence[Case], guessers: Mapping[str, Guesser]) -> None:
    print(f"\n{what + ' of tables':<22}{'right of ' + str(len(cases)):>14}{'ms a table':>12}")
    for name, guess in guessers.items():
        begin = time.process_time()
        right = sum(map(guess, cases))
        took = (time.process_time() - begin) * 1e3 / len(cases)
        print(f"{name:<22}{right:>14}{took:>12.1f}")


def _encoded(rng: np.random.Generator) -> Iterator[Case]:
    """Tables of one to thirty rows in one language, in an encoding that has its letters."""
    while True:
        cells = rng.choice(list(_CELLS.values()), p=(0.5, 0.2, 0.15, 0.1, 0.05)).split("|")
        drawn = rng.choice(cells, rng.choice((1, 2, 3, 5, 10, 30)))
        text = "".join(f"{cell};Titel;Wij zoeken een partner\r\n" for cell in drawn)
        case = Case(text, str(rng.choice(_ENCODINGS)))
        with suppress(UnicodeEncodeError):
            if not case.data.isascii():
                yield case


def _separated(rng: np.random.Generator) -> Case:
    """A table with titles, prose, lists, decimal commas, missing cells and stray quotation marks."""
    separator = str(rng.choice(list(",;\t|;,")))
    wide = int(rng.choice((2, 3, 5, 8, 14)))
    rows = [[f"{rng.choice(_WORDS)} {place}" for place in range(wide)]]
    rows += [_row(rng, wide) for _ in range(rng.choice((1, 2, 3, 5, 10, 30)))]
    file = io.StringIO()
    csv.writer(file, delimiter=separator).writerows(rows)
    titles = [f"{title}\r\n" for title in rng.choice(_TITLES, rng.integers(0, 3))]
    lines = [*titles, *file.getvalue().splitlines(keepends=True)]
    return Case("".join(_marred(rng, line, separator) for line in lines), separator=separator)


def _row(rng: np.random.Generator, wide: int) -> list[str]:
    prose = "".join(rng.choice(_WORDS) + rng.choice(_PROSE) for _ in range(rng.integers(5, 25)))
    short = [*_SHORT, *_WORDS]
    return [f"V{rng.integers(99)}", prose.strip(" ,;|–"), *rng.choice(short, wide)][:wide]


def _marred(rng: np.random.Generator, line: str, separator: str) -> str:
    """The line as a person may leave it."""
    if rng.random() < 0.25:
        line = line.rstrip("\r\n").rstrip(separator) + "\r\n"
    if rng.random() < 0.15:
        place = int(rng.integers(len(line)))
        line = line[:place] + str(rng.choice(['"', '""', '"x" '])) + line[place:]
    return line


def _reads(case: Case, encoding: str | None) -> bool:
    try:
        return case.data.decode(encoding or "ascii") == case.text
    except (UnicodeDecodeError, LookupError):
        return False


def _our_encoding(case: Case) -> bool:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "t.csv"
        path.write_bytes(case.data)
        return _reads(case, encoding_of(path).name)


def _chardet(case: Case) -> bool:
    import chardet

    return _reads(case, chardet.detect(case.data)["encoding"])


def _charset_normalizer(case: Case) -> bool:
    import charset_normalizer

    best = charset_normalizer.from_bytes(case.data).best()
    return _reads(case, best.encoding if best else None)


def _our_separator(case: Case) -> bool:
    return separation_of(case.text).separator == case.separator


def _clevercsv(case: Case) -> bool:
    import clevercsv

    with suppress(clevercsv.Error):
        found = clevercsv.Sniffer().sniff(case.text)
        return bool(found and found.delimiter == case.separator)
    return False


def _sniffer(case: Case) -> bool:
    with suppress(csv.Error):
        return csv.Sniffer().sniff(case.text, ",;\t|").delimiter == case.separator
    return False


ENCODINGS: Final[Mapping[str, Guesser]] = {
    "katalysator": _our_encoding,
    "chardet": _chardet,
    "charset-normalizer": _charset_normalizer,
}
SEPARATORS: Final[Mapping[str, Guesser]] = {
    "katalysator": _our_separator,
    "clevercsv": _clevercsv,
    "csv.Sniffer": _sniffer,
}
