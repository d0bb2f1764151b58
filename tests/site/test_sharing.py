"""Pages that are shared: a card and links of what anybody may see, and nothing of what not everybody sees."""

import re
from collections.abc import Callable
from textwrap import shorten
from typing import Any
from urllib.parse import unquote

import pytest
from django.test import Client
from hypothesis import given, strategies as st

from katalysator.core.language import locale_of
from katalysator.core.sharing import SharedPage
from katalysator.core.translated import Translated
from katalysator.listings import verbs
from tests import builders

pytestmark = pytest.mark.django_db

HOUSE = "http://localhost:8000"


def told(page: str) -> dict[str, str]:
    """What the head of a page says to who shares it."""
    return dict(
        re.findall(r'<meta (?:property|name)="((?:og|twitter):[a-z_:]+)" content="([^"]*)">', page)
    )


def public() -> dict[str, tuple[str, str, str]]:
    """One of each kind that anybody sees: its address, its title, and what it is."""
    owner = builders.organisation(
        slug="voorbeeld-a", name="Voorbeeld A", about=Translated(nl="Wij planten.", en="We plant.")
    )
    listing = builders.listing(owner, title="Drone & veld", text="Een <b>regel</b>.\nNog een.")
    item = builders.item(owner, title="Geleerd", text="# Kop\n\nWat **wij** leerden.")
    activity = builders.activity(owner, title="Middag", text="Samen bouwen.")
    return {
        "listing": (f"/en/listings/{listing.pk}/", "Drone &amp; veld", "article"),
        "knowledge": (f"/en/knowledge/{item.pk}/", "Geleerd", "article"),
        "activity": (f"/en/activities/{activity.pk}/", "Middag", "article"),
        "organisation": ("/en/organisations/voorbeeld-a/", "Voorbeeld A", "website"),
    }


@pytest.mark.parametrize(
    ("which", "description"),
    [
        ("listing", "Een regel. Nog een."),
        ("knowledge", "Kop Wat wij leerden."),
        ("activity", "Samen bouwen."),
        ("organisation", "We plant."),
    ],
)
def test_what_anybody_sees_has_a_card_and_links(
    client: Client, which: str, description: str
) -> None:
    address, title, kind = public()[which]
    page = client.get(address).content.decode()
    assert told(page) == {
        "og:title": title,
        "og:description": description,
        "og:type": kind,
        "og:url": f"{HOUSE}{address}",
        "og:site_name": "Katalysator",
        "og:locale": "en_GB",
        "og:locale:alternate": "nl_NL",
        "twitter:card": "summary",
    }
    (mail,) = re.findall(r'href="mailto:\?subject=([^"]*)"', page)
    assert f"body={HOUSE}{address}" in unquote(mail)
    assert f'value="{HOUSE}{address}" readonly' in page


HIDDEN: dict[str, Callable[[Any], str]] = {
    "inside": lambda owner: f"listings/{builders.listing(owner, visibility='participants').pk}",
    "draft": lambda owner: f"listings/{builders.draft(owner).pk}",
    "closed": lambda owner: (
        f"listings/{verbs.move(builders.listing(owner), 'close', by=builders.HOUSE).pk}"
    ),
    "knowledge inside": lambda owner: (
        f"knowledge/{builders.item(owner, visibility='participants').pk}"
    ),
    "knowledge draft": lambda owner: f"knowledge/{builders.item(owner, 'draft').pk}",
    "activity inside": lambda owner: (
        f"activities/{builders.activity(owner, visibility='participants').pk}"
    ),
    "activity draft": lambda owner: f"activities/{builders.activity(owner, 'draft').pk}",
}


@pytest.mark.parametrize("which", HIDDEN)
def test_what_not_everybody_sees_has_none(client: Client, which: str) -> None:
    client.force_login(builders.person(is_coordinator=True))
    answer = client.get(f"/en/{HIDDEN[which](builders.organisation())}/")
    assert answer.status_code == 200
    page = answer.content.decode()
    assert told(page) == {}
    assert "Share this" not in page
    assert '<meta name="description"' not in page


def test_an_organisation_that_says_nothing_has_no_description(client: Client) -> None:
    owner = builders.organisation(about=Translated())
    assert "og:description" not in told(client.get(owner.get_absolute_url()).content.decode())


def test_a_long_text_is_cut_between_words() -> None:
    said = SharedPage("x", "woord " * 100, "/").description
    assert len(said) <= 200
    assert said.endswith("woord…")


@given(st.text(st.sampled_from("ab \n"), min_size=150, max_size=250))
def test_a_text_is_cut_as_textwrap_would(text: str) -> None:
    shortened = shorten(text, 200, placeholder="…")
    assert SharedPage("x", text, "/").description == shortened


@pytest.mark.parametrize(("language", "named"), [("nl", "nl_NL"), ("en", "en_GB"), ("da", "da_DK")])
def test_a_language_has_the_country_where_most_speak_it(language: str, named: str) -> None:
    assert locale_of(language) == named
