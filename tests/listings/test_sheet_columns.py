"""What “Naam” stands above: titles, organisations or people, told by its cells."""

import pytest

from katalysator.listings.sheets import SHEETS
from katalysator.tables.recognition import recognise
from tests.tables.making import table

TITLES = "Beelden van longscans herkennen", "Voorspellen van drukte", "Energie besparen in gebouwen"
ORGANISATIONS = "Ziekenhuis Gelre", "Gemeente Ede", "Stichting voor Kunst"
PEOPLE = "Jan Jansen", "Piet de Vries", "Noor van der Meer"
TEXT = "Wij willen dat dit sneller en beter gaat dan nu, en zoeken iemand die daarbij helpt."


def fields(header: str, *columns: tuple[str, ...]) -> list[str]:
    rows = ("|".join((*cells, TEXT)) for cells in zip(*columns, strict=True))
    return [use.field for use in recognise(table(header, *rows), SHEETS["need"]).uses]


@pytest.mark.parametrize("name", ["Naam", "Name"])
def test_titles(name: str) -> None:
    assert fields(f"{name}|Omschrijving", TITLES) == ["title", "text"]
    both = fields(f"{name}|Organisatie|Omschrijving", TITLES, ORGANISATIONS)
    assert both == ["title", "organisation", "text"]


def test_organisations() -> None:
    assert fields("Naam|Omschrijving", ORGANISATIONS) == ["organisation", "text"]
    both = fields("Naam|Titel|Omschrijving", ORGANISATIONS, TITLES)
    assert both == ["organisation", "title", "text"]


def test_people_beside_organisations_are_not_read() -> None:
    both = fields("Naam|Organisatie|Omschrijving", PEOPLE, ORGANISATIONS)
    assert both == ["", "organisation", "text"]
