"""Programs that write through the API, each with a token of somebody."""

import json
from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from katalysator.coalition.models import Person
from katalysator.core.api_writing import scopes
from katalysator.site import urls  # noqa: F401 — with the addresses come the scopes of all rooms
from katalysator.tokens import verbs as tokens

ROOT = "/api/v1"


class Program:
    """A program with a token of somebody."""

    def __init__(self, person: Person, *named: str) -> None:
        ends_on = timezone.localdate() + timedelta(days=1)
        _token, self.secret = tokens.make(
            person, by=person, name="program", scopes=named or scopes(), ends_on=ends_on
        )
        self.client = Client(headers={"accept-language": "en"})

    def upload(self, address: str, name: str, content: bytes, **headers: str) -> Any:
        """Send a file, as a form does."""
        given = {"authorization": f"Bearer {self.secret}", **headers}
        file = SimpleUploadedFile(name, content)
        return self.client.post(ROOT + address, {"file": file}, headers=given)

    def __call__(self, method: str, address: str, data: Any = None, **headers: str) -> Any:
        given = {"authorization": f"Bearer {self.secret}", **headers}
        return self.client.generic(
            method,
            ROOT + address,
            b"" if data is None else _json(data),
            content_type="application/json",
            headers=given,
        )


def _json(data: Any) -> bytes:
    return data if isinstance(data, bytes) else json.dumps(data).encode()
