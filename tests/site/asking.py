"""How the tests ask the API."""

from collections.abc import Callable
from typing import Any

from django.test import Client

from katalysator.coalition.models import Organisation
from tests import builders

ROOT = "/api/v1"
Get = Callable[..., Any]


def logged_in(*organisations: Organisation, **fields: Any) -> Client:
    client = Client()
    client.force_login(builders.person(*organisations, **fields))
    return client


def visitors(owner: Organisation) -> dict[str, Client]:
    """Everybody who may come by, as seen from an organisation."""
    return {
        "stranger": Client(),
        "nobody's": logged_in(),
        "directory only": logged_in(builders.organisation(state="listed")),
        "other": logged_in(builders.organisation()),
        "member": logged_in(owner),
        "coordinator": logged_in(is_coordinator=True),
    }


def ids(page: Any) -> list[int]:
    return [item["id"] for item in page["items"]]
