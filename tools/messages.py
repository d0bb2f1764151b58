"""The catalogues of translations, kept with Babel: GNU gettext need not be installed.

``python -m tools.messages extract`` brings each django.po up to date with the sources and keeps what
is translated; ``check`` lists what is wrong with it; ``compile`` writes the django.mo that is read.
English is the language of the sources; each folder of `site/locale` is a further one. Dutch must be
complete, a language that somebody works on need not be: what it lacks is read in English.
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
LOCALE: Final = SOURCE / "site" / "locale"
COMPLETE: Final = ("nl",)
"""Languages in which nothing may be left untranslated."""
WIDTH: Final = 100

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
    "lazy": None,
    "plural": (1, 2),
    "say": None,
    "translate": None,
}
_PLACEHOLDER: Final = re.compile(r"%\(\w+\)[a-z]|%[%a-z]|\{\w*\}|</?\w+[^>]*>")
"""What must come back in a translation: values to be filled in, and mark-up."""

_UNTRANSLATED: Final = "is not translated"
_ALWAYS: Final = datetime(2026, 1, 1, tzinfo=UTC)
"""The date in every compiled catalogue, so that the same texts give the same file."""

_HEADER: Final = r"""# The texts in %(name)s. Change the msgstr lines only: tools/messages.py writes the rest.
msgid ""
msgstr ""
"Language: %(code)s\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=UTF-8\n"
"Content-Transfer-Encoding: 8bit\n"
"Plural-Forms: %(plurals)s\n"

"""


def catalogues(locale: Path) -> list[Path]:
    """The catalogue of each language that has a folder, whether it is there yet or not."""
    folders = sorted(each for each in locale.iterdir() if each.is_dir())
    return [folder / "LC_MESSAGES" / "django.po" for folder in folders]


def language(po: Path) -> str:
    """The language of a catalogue, by its folder."""
    return po.parents[1].name


def extracted(source: Path, spoken: str) -> Catalog:
    """Collect every text of the package in `source` that is marked for translation."""
    catalogue = Catalog(locale=spoken)
    for path in sorted(source.rglob("*")):
        method, code = _read(path)
        place = path.relative_to(source.parents[1]).as_posix()
        for line, texts, _comments, context in extract(method, BytesIO(code), _KEYWORDS):
            catalogue.add(texts, locations=[(place, line)], context=context)
    return catalogue


def _read(path: Path) -> tuple[str, bytes]:
    """Return how Babel can read a file, and what it reads; nothing where it is neither code nor template."""
    if path.suffix == ".py":
        return "python", path.read_bytes()
    if path.suffix in _TEMPLATES and "templates" in path.parts:
        # Within brackets Python does not mind how the template is indented.
        return "python", f"({templatize(path.read_text('utf-8'))}\n)".encode()
    if path.suffix in _TEMPLATES and "parts" in path.parts:
        return "jinja2", path.read_bytes()
    return "ignore", b""


def updated(source: Path, po: Path) -> Catalog:
    """Return the texts of `source`, with the translations that `po` has for them."""
    catalogue, present = extracted(source, language(po)), read(po)
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
        return Catalog(locale=language(po))
    with po.open("rb") as file:
        return read_po(file, locale=language(po))


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
    facts = {
        "name": catalogue.locale.english_name,
        "code": catalogue.locale,
        "plurals": catalogue.plural_forms,
    }
    return _HEADER % facts + file.getvalue().decode()


def problems(source: Path, po: Path) -> list[str]:
    """Tell all that is wrong with the catalogue: one line each, none where all is well."""
    catalogue = read(po)
    faults = [
        f"{_named(message)}: {fault}"
        for message in _texts(catalogue)
        for fault in _faults(message, catalogue.num_plurals)
        if fault != _UNTRANSLATED or language(po) in COMPLETE
    ]
    return faults + _outdated(catalogue, source, po)


def untranslated(po: Path) -> int:
    """How many texts of a catalogue are still read in English."""
    catalogue = read(po)
    faults = (_faults(message, catalogue.num_plurals) for message in _texts(catalogue))
    return sum(_UNTRANSLATED in found for found in faults)


def _faults(message: Message, plurals: int) -> Iterator[str]:
    if message.fuzzy:
        yield "is marked fuzzy; check the translation and take the mark away"
    forms = zip_longest(_english(message, plurals), _forms(message.string or ""), fillvalue="")
    for text, translation in forms:
        if not translation:
            yield _UNTRANSLATED
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


def _english(message: Message, plurals: int) -> tuple[str, ...]:
    """The text in as many forms as a language has of it."""
    if not message.pluralizable:
        return _forms(message.id)
    one, many = _forms(message.id)
    return (one, *[many] * (plurals - 1)) if plurals > 1 else (many,)


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
    """Return the catalogue as gettext reads it: a mo file. What is not translated stays English.

    Django would show the text in its default language otherwise, which the reader may not know.
    """
    catalogue, file = read(po), BytesIO()
    for message in _texts(catalogue):
        if message.fuzzy or _UNTRANSLATED in _faults(message, catalogue.num_plurals):
            forms = _english(message, catalogue.num_plurals)
            message.string = forms if message.pluralizable else message.id
            message.flags.discard("fuzzy")
    catalogue.creation_date = catalogue.revision_date = _ALWAYS
    write_mo(file, catalogue)
    return file.getvalue()


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the tool; return 1 where `check` found something."""
    parser = argparse.ArgumentParser(prog="python -m tools.messages", description=__doc__)
    parser.add_argument("command", choices=("extract", "check", "compile"))
    parser.add_argument("--source", type=Path, default=SOURCE, help="the package to read")
    parser.add_argument("--locale", type=Path, default=LOCALE, help="the folder of the catalogues")
    given = parser.parse_args(arguments)
    return max(_done(given.command, given.source, po) for po in catalogues(given.locale))


def _done(command: str, source: Path, po: Path) -> int:
    if command == "check":
        return _check(source, po)
    if command == "extract":
        text = rendered(updated(source, po))
        po.parent.mkdir(exist_ok=True)
        po.write_text(text, "utf-8")
    else:
        po.with_suffix(".mo").write_bytes(compiled(po))
    return 0


def _check(source: Path, po: Path) -> int:
    name, found = read(po).locale.english_name, problems(source, po)
    if not found:
        if count := untranslated(po):
            print(f"{name}: {count} texts are still read in English.")
        return 0
    hint = "Mend it with: python -m tools.messages extract, and translate what is empty."
    print(*found, f"{name}: {len(found)} problems. {hint}", sep="\n", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
