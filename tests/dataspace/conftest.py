"""What holds in every test of the data space."""

from collections.abc import Iterator
from typing import Any

import pytest

from katalysator.dataspace.catalogues import asking
from katalysator.dataspace.harvest import fetching
from katalysator.dataspace.protocol import sending, transport
from tests.dataspace import official


@pytest.fixture(autouse=True)
def what_we_say_fits(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Each message that we send is one that the official schemas take, where these are at hand."""
    said: list[dict[str, Any]] = []
    say = transport.say

    def heard(*given: Any, **named: Any) -> transport.PartnerAnswer:
        if named.get("told"):
            said.append(named["told"])
        return say(*given, **named)

    for room in (sending, asking, fetching):
        monkeypatch.setattr(room, "say", heard)
    yield
    if official.FOLDER.exists():
        assert [each for each in said if not official.official(each)] == []
