"""A further language is a catalogue and no code; every sentence of ours comes through it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from babel.dates import format_date
from babel.messages.catalog import Message
from django.test import Client
from django.utils import translation
from django.utils.dates import MONTHS

from katalysator.coalition.areas import AREAS
from katalysator.core import regions
from katalysator.core.language import languages, locale, own_name
from katalysator.listings.models import Kind, Listing
from katalysator.matches.search import rematch
from katalysator.site import picture
from tests import builders
from tests.languages import PSEUDO, Page, bracketed, outside, speaking_also

pytestmark = pytest.mark.django_db

DATA = (
    "Katalysator",
    *(str(name["en"]) for name in AREAS.values()),
    *(region.names["en"] for region in regions.REGIONS.values()),
    *map(own_name, ("nl", "en", PSEUDO)),
    *("NL", "EN", PSEUDO.upper()),
)
"""Names, which are data; the letters of the language switch."""


@pytest.fixture
def pseudo(tmp_path: Path) -> Iterator[None]:
    """The house speaks a language in which every text of ours stands between brackets."""
    picture._in_words.cache_clear()  # a test before may have asked for it in a language that nobody knew
    yield from speaking_also(tmp_path / "locale", PSEUDO)


def pair() -> Listing:
    """A need whose offer fits, said in brackets as well."""
    said: dict[str, Any] = {
        "title": bracketed("Beelden van longscans herkennen"),
        "text": bracketed("Longscans sneller beoordelen met beeldherkenning."),
        "skills": (bracketed("mlops"),),
    }
    owners = [builders.organisation(name=bracketed(f"Voorbeeld {n}")) for n in range(2)]
    need = builders.listing(owners[0], Kind.NEED, ticket_max=None, **said)
    offer = builders.listing(owners[1], Kind.OFFER, **{**said, "skills": (bracketed("x"),)})
    for each in (need, offer):
        rematch(each)
    return Listing.objects.get(pk=need.pk)


@pytest.mark.usefixtures("pseudo")
@pytest.mark.parametrize("path", ["", "about/", "listings/", "organisations/", "nothing/here/"])
def test_no_sentence_of_a_page_goes_around_the_catalogue(client: Client, path: str) -> None:
    pair()
    page = Page(client.get(f"/{PSEUDO}/{path}").content.decode())
    assert "⟦" in page.text
    assert page.outside(*DATA) == []


@pytest.mark.usefixtures("pseudo")
def test_no_sentence_of_a_listing_goes_around_the_catalogue(client: Client) -> None:
    need = pair()
    page = Page(client.get(f"/{PSEUDO}/listings/{need.pk}/").content.decode())
    with translation.override(PSEUDO):
        months = [str(month).lower() for month in MONTHS.values()]
        assert need.stands_until is not None
        months.append(format_date(need.stands_until, "MMMM", locale()))  # as Babel has it
    assert "of use⟧" in page.text
    assert page.outside(*DATA, *months) == []


@pytest.mark.usefixtures("pseudo")
def test_no_sentence_of_a_form_goes_around_the_catalogue(client: Client) -> None:
    owner = builders.organisation(name=bracketed("Voorbeeld"))
    person = builders.person(owner)
    client.force_login(person, "katalysator.site.accounts.backend.PersonBackend")
    page = Page(client.get(f"/{PSEUDO}/listings/new/need/teaching/").content.decode())
    assert page.outside(*DATA, person.email) == []


@pytest.mark.usefixtures("pseudo")
@pytest.mark.parametrize("path", ["nothing", "listings?page=99", "listings?pageSize=x"])
def test_no_problem_of_the_api_goes_around_the_catalogue(client: Client, path: str) -> None:
    answer = client.get(f"/api/v1/{path}", headers={"accept-language": PSEUDO})
    assert answer.status_code in {400, 404}
    assert "⟦" in answer.json()["detail"]
    assert outside(answer.json()["detail"], "pageSize", "page_size") == []


def translated_in_part(message: Message) -> bool:
    return message.id in {"Needs and offers", "The matrix", "strong"}


def test_a_danish_catalogue_of_a_few_texts_makes_danish_pages(
    client: Client, tmp_path: Path
) -> None:
    assert client.get("/da/").status_code == 404
    for _danish in speaking_also(tmp_path / "locale", "da", translated_in_part):
        assert languages() == ("da", "nl", "en")
        answer = client.get("/da/listings/?area=zorg")
        page = answer.content.decode()
        assert answer["Content-Language"] == "da"
        assert '<html lang="da">' in page
        assert "⟦Needs and offers⟧" in page
        assert "Organisations" in page  # what is not translated is read in English, not in Dutch
        assert 'href="/da/listings/?area=zorg" lang="da"' in page
        assert "Dansk" in client.get("/nl/").content.decode()
        bare = client.get("/", headers={"accept-language": "da-DK"}, follow=True)
        assert bare.redirect_chain[-1][0] == "/da/"
        person = builders.person(language="da")
        person.full_clean()
    assert client.get("/da/").status_code == 404
