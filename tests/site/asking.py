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


def ids(page: Any) -> list[int]:
    return [item["id"] for item in page["items"]]
