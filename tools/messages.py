"""The catalogue of translations, kept with Babel: GNU gettext need not be installed.

``python -m tools.messages extract`` brings django.po up to date with the sources and keeps what is
translated; ``check`` lists what is wrong with it; ``compile`` writes the django.mo that is read.
English is the language of the sources, so that Dutch is the only catalogue.
"""

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from io import BytesIO
from itertools import zip_longest
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

SOURCE: Final = Path(__file__).parents[1] / "src" / "katalysator"
CATALOGUE: Final = SOURCE / "site" / "locale" / "nl" / "LC_MESSAGES" / "django.po"
LANGUAGE: Final = "nl"
WIDTH: Final = 100

_TRANSLATED_ELSEWHERE: Final = Path("cli")
"""The commands run without Django; their Dutch stands beside them, in `cli/dutch.py`."""

_TEMPLATES: Final = {".html", ".svg", ".txt"}
_CONTEXT: Final = (1, "c")
_KEYWORDS: Final = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": (_CONTEXT, 2),
    "pgettext_lazy": (_CONTEXT, 2),
    "npgettext": (_CONTEXT, 2, 3),
    "npgettext_lazy": (_CONTEXT, 2, 3),
}
_PLACEHOLDER: Final = re.compile(r"%\(\w+\)[a-z]|%[%a-z]|\{\w*\}|</?\w+[^>]*>")
"""What must come back in a translation: values to be filled in, and mark-up."""

_ALWAYS: Final = datetime(2026, 1, 1, tzinfo=UTC)
"""The date in every compiled catalogue, so that the same texts give the same file."""

_HEADER: Final = r"""# The Dutch texts. Change the msgstr lines only: tools/messages.py writes the rest.
msgid ""
msgstr ""
"Language: nl\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=UTF-8\n"
"Content-Transfer-Encoding: 8bit\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\n"

"""


def extracted(source: Path) -> Catalog:
    """Collect every text of the package in `source` that is marked for translation."""
    catalogue = Catalog(locale=LANGUAGE)
    for path in sorted(source.rglob("*")):
        inside = path.relative_to(source)
        if inside.is_relative_to(_TRANSLATED_ELSEWHERE) or (code := _python(path)) is None:
            continue
        place = (source.relative_to(source.parents[1]) / inside).as_posix()
        for line, texts, _comments, context in extract("python", BytesIO(code), _KEYWORDS):
            catalogue.add(texts, locations=[(place, line)], context=context)
    return catalogue


def _python(path: Path) -> bytes | None:
    """Return what Babel can read as Python; None for a file that is neither code nor template."""
    if path.suffix == ".py":
        return path.read_bytes()
    if path.suffix in _TEMPLATES and "templates" in path.parts:
        # Within brackets Python does not mind how the template is indented.
        return f"({templatize(path.read_text('utf-8'))}\n)".encode()
    return None


def updated(source: Path, po: Path) -> Catalog:
    """Return the texts of `source`, with the translations that `po` has for them."""
    catalogue, present = extracted(source), read(po)
    for message in _texts(catalogue):
        known = present.get(message.id, message.context)
        if known and known.pluralizable == message.pluralizable:
            message.string = known.string
            message.flags |= known.flags & {"fuzzy"}
            message.user_comments = known.user_comments
    return catalogue


def read(po: Path) -> Catalog:
    """Read a catalogue; one that is not there yet is empty."""
    if not po.exists():
        return Catalog(locale=LANGUAGE)
    with po.open("rb") as file:
        return read_po(file, locale=LANGUAGE)


def rendered(catalogue: Catalog) -> str:
    """Return the text of the po file: the same texts always give the same file."""
    file = BytesIO()
    write_po(
        file,
        catalogue,
        width=WIDTH,
        omit_header=True,
        sort_by_file=True,
        include_lineno=False,
        ignore_obsolete=True,
    )
    return _HEADER + file.getvalue().decode()


def problems(source: Path, po: Path) -> list[str]:
    """Tell all that is wrong with the catalogue: one line each, none where it is complete."""
    catalogue = read(po)
    faults = [
        f"{_named(message)}: {fault}" for message in _texts(catalogue) for fault in _faults(message)
    ]
    return faults + _outdated(catalogue, source, po)


def _faults(message: Message) -> Iterator[str]:
    if message.fuzzy:
        yield "is marked fuzzy; check the translation and take the mark away"
    forms = zip_longest(_forms(message.id), _forms(message.string or ""), fillvalue="")
    for text, translation in forms:
        if not translation:
            yield "is not translated"
        elif missing := _placeholders(text) - _placeholders(translation):
            yield f"the translation lacks {', '.join(missing)}"
        elif strange := _placeholders(translation) - _placeholders(text):
            yield f"the translation has {', '.join(strange)}, which the text does not have"


def _outdated(catalogue: Catalog, source: Path, po: Path) -> list[str]:
    wanted = updated(source, po)
    asked, present = _keys(wanted), _keys(catalogue)
    lines = [f"{_shown(key)}: is not in the catalogue yet" for key in asked - present]
    lines += [f"{_shown(key)}: is not in the sources any more" for key in present - asked]
    if not lines and po.exists() and po.read_text("utf-8") != rendered(wanted):
        lines = [f"{po.name}: places or layout differ from the sources"]
    return sorted(lines)


def _texts(catalogue: Catalog) -> list[Message]:
    """Return the messages without the header."""
    return [message for message in catalogue if message.id]


def _keys(catalogue: Catalog) -> set[tuple[str, ...]]:
    return {(message.context or "", *_forms(message.id)) for message in _texts(catalogue)}


def _forms(text: str | Sequence[str]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


def _placeholders(text: str) -> Counter[str]:
    return Counter(_PLACEHOLDER.findall(text))


def _named(message: Message) -> str:
    return _shown((message.context or "", *_forms(message.id)))


def _shown(key: tuple[str, ...]) -> str:
    context, text = key[0], key[1]
    return f"“{text}” ({context})" if context else f"“{text}”"


def compiled(po: Path) -> bytes:
    """Return the catalogue as gettext reads it: a mo file."""
    catalogue, file = read(po), BytesIO()
    catalogue.creation_date = catalogue.revision_date = _ALWAYS
    write_mo(file, catalogue)
    return file.getvalue()


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the tool; return 1 where `check` found something."""
    parser = argparse.ArgumentParser(prog="python -m tools.messages", description=__doc__)
    parser.add_argument("command", choices=("extract", "check", "compile"))
    parser.add_argument("--source", type=Path, default=SOURCE, help="the package to read")
    parser.add_argument("--po", type=Path, default=CATALOGUE, help="the catalogue")
    given = parser.parse_args(arguments)
    if given.command == "check":
        return _check(given.source, given.po)
    if given.command == "extract":
        text = rendered(updated(given.source, given.po))
        given.po.parent.mkdir(parents=True, exist_ok=True)
        given.po.write_text(text, "utf-8")
    else:
        given.po.with_suffix(".mo").write_bytes(compiled(given.po))
    return 0


def _check(source: Path, po: Path) -> int:
    found = problems(source, po)
    if not found:
        return 0
    hint = "Mend it with: python -m tools.messages extract, and translate what is empty."
    print(*found, f"{len(found)} problems in {po.name}. {hint}", sep="\n", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
