"""What the tests of the site share: who owns what they look at, and how the API is asked."""

from typing import Any

import pytest
from django.test import Client

from katalysator.coalition.models import Organisation
from tests import builders
from tests.site.asking import ROOT, Get


@pytest.fixture
def owner() -> Organisation:
    return builders.organisation(slug="voorbeeld-eigenaar", name="Voorbeeld Eigenaar")


@pytest.fixture
def get(client: Client) -> Get:
    """Ask as a stranger, in English; gives the content of a good answer."""

    def ask(address: str, *, by: Client = client, language: str = "en", **query: Any) -> Any:
        response = by.get(f"{ROOT}{address}", query, headers={"accept-language": language})
        assert response.status_code == 200, response.content
        return response.json()

    return ask
