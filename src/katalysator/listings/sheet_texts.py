"""What a row of a sheet says in words, and in which language."""

from katalysator.core.language import TEXT_LANGUAGES
from katalysator.tables.records import Record


def joined_text(record: Record) -> str:
    """The texts of several columns; below their headers where those are questions."""
    held = record.get("text", ())
    if len(held) == 1:
        return str(held[0][1])
    return "\n".join(f"{header} {text}" if header.endswith("?") else text for header, text in held)


def said_language(record: Record) -> str:
    """The language that a text is in, where one that we match in is named, and no other."""
    named = record.get("language", ())
    return named[0] if len(named) == 1 and named[0] in TEXT_LANGUAGES else ""
