"""The glossary names every kind of record, and says the same in both directions."""

import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.apps import apps

from tools import messages

GLOSSARY = Path(__file__).parents[2] / "docs" / "glossary.md"


@dataclass(frozen=True, slots=True)
class Entry:
    """One row: the term, what it is in the other language, in the code, and what it means."""

    term: str
    other: str
    code: str
    meaning: str


def entries(heading: str) -> list[Entry]:
    section = GLOSSARY.read_text("utf-8").split(f"\n## {heading}\n")[1].split("\n## ")[0]
    rows = [line for line in section.splitlines() if line.startswith("| ")]
    return [Entry(*(cell.strip() for cell in row.strip("|").split("|"))) for row in rows[2:]]


@pytest.fixture(scope="module")
def dutch() -> list[Entry]:
    return entries("Nederlands – Engels")


@pytest.fixture(scope="module")
def english() -> list[Entry]:
    return entries("English – Dutch")


def test_every_model_has_a_term(english: list[Entry]) -> None:
    named = {name for entry in english for name in re.findall(r"`(\w+)`", entry.code)}
    models = {
        model.__name__ for model in apps.get_models() if model.__module__.startswith("katalysator.")
    }
    assert {"Listing", "Organisation", "Event"} <= models
    assert models - named == set()


def test_both_directions_say_the_same(dutch: list[Entry], english: list[Entry]) -> None:
    there = {(entry.term, entry.other, entry.code) for entry in dutch}
    back = {(entry.other, entry.term, entry.code) for entry in english}
    assert there == back


def test_a_term_stands_there_once(dutch: list[Entry], english: list[Entry]) -> None:
    for side in (dutch, english):
        terms = [entry.term for entry in side]
        assert len(terms) == len(set(terms))


def test_terms_are_in_the_order_of_the_alphabet(dutch: list[Entry], english: list[Entry]) -> None:
    for side in (dutch, english):
        terms = [entry.term.casefold().replace("ö", "o") for entry in side]
        assert terms == sorted(terms)


def test_every_term_has_a_meaning(dutch: list[Entry], english: list[Entry]) -> None:
    assert [entry.term for entry in (*dutch, *english) if not entry.meaning.endswith(".")] == []


def test_pages_use_the_terms_of_the_glossary(english: list[Entry]) -> None:
    catalogue = messages.read(messages.LOCALE / "nl" / "LC_MESSAGES" / "django.po")
    shown = {entry: catalogue.get(entry.term.capitalize()) for entry in english}
    used = {entry: str(message.string) for entry, message in shown.items() if message}
    assert len(used) > 20
    assert {entry.other: said for entry, said in used.items() if said.lower() != entry.other} == {}
