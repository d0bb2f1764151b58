"""Pages of dealings as somebody sees them."""

import re
from typing import Any
from urllib.parse import urlencode

from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from katalysator.coalition.models import Person
from katalysator.core.panels import Waits
from tests.dataspace.processes.dealing import Dealing


def page(client: Client, path: str, status: int = 200) -> str:
    """A page in one line."""
    answer = client.get(path)
    assert answer.status_code == status, path
    return re.sub(r"\s+", " ", answer.content.decode())


def catalogue_of(two: Dealing, what: str = "") -> str:
    """Where the user reads the catalogue of the holder, or its dataset."""
    query = urlencode({"of": two.holder.participant_id, "key": two.dataset.key})
    return f"/en/dataspace/catalogues/{two.user.organisation.slug}/{what}?{query}"


def waiting(found: Any, person: Person) -> list[Waits]:
    """What a room says that waits for somebody."""
    request: Any = RequestFactory().get("/")
    request.user = person
    told = found(request, None)
    return told["waits"] if told else []


def cost(client: Client, path: str) -> int:
    """How many queries a page takes."""
    with CaptureQueriesContext(connection) as captured:
        page(client, path)
    return len(captured)
