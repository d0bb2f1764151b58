"""What each asker gets from the API: what the pages show them, and nothing more."""

import pytest
from django.test import Client

from katalysator.coalition.models import Organisation
from katalysator.listings import verbs
from katalysator.listings.models import Kind, Listing
from tests import builders
from tests.matches.steps import NEED, OFFER, match_all
from tests.site.asking import ROOT, Get, ids, visitors

pytestmark = pytest.mark.django_db


class TestVisibility:
    """Each sees what the pages show: nothing of a draft, a closed or a participants' listing leaks."""

    @pytest.fixture
    def made(self, owner: Organisation) -> dict[str, Listing]:
        made = {
            "public": builders.listing(owner, title="Zichtbaar"),
            "inside": builders.listing(owner, title="Geheim", visibility="participants"),
            "draft": builders.draft(owner, title="Geheim"),
            "closed": builders.listing(owner, title="Geheim"),
        }
        verbs.move(made["closed"], "close", by=builders.HOUSE)
        return made

    @pytest.fixture
    def clients(self, owner: Organisation) -> dict[str, Client]:
        return visitors(owner)

    @pytest.mark.parametrize(
        ("who", "seen"),
        [
            ("stranger", {"public"}),
            ("nobody's", {"public"}),
            ("directory only", {"public"}),
            ("other", {"public", "inside"}),
            ("member", {"public", "inside", "draft", "closed"}),
            ("coordinator", {"public", "inside", "draft", "closed"}),
        ],
    )
    def test_listings(
        self,
        get: Get,
        made: dict[str, Listing],
        clients: dict[str, Client],
        who: str,
        seen: set[str],
    ) -> None:
        client = clients[who]
        page = get("/listings?state=any", by=client)
        assert {*ids(page)} == {made[name].pk for name in seen}
        assert page["total"] == len(seen)
        assert ("Geheim" in str(page)) is (len(seen) > 1)
        for name, listing in made.items():
            for address in (f"/listings/{listing.pk}", f"/listings/{listing.pk}/matches"):
                response = client.get(f"{ROOT}{address}")
                assert response.status_code == (200 if name in seen else 404), (name, address)
                assert name in seen or b"Geheim" not in response.content

    @pytest.mark.parametrize(("who", "needs"), [("stranger", 1), ("nobody's", 1), ("other", 2)])
    def test_the_matrix(
        self, get: Get, made: dict[str, Listing], clients: dict[str, Client], who: str, needs: int
    ) -> None:
        assert get("/matrix", by=clients[who])["totals"][0]["needs"] == needs

    @pytest.mark.parametrize("is_inside", [False, True])
    def test_a_match_with_a_participants_listing(
        self, get: Get, owner: Organisation, clients: dict[str, Client], is_inside: bool
    ) -> None:
        need = builders.listing(owner, **NEED)
        hidden = builders.listing(
            builders.organisation(), Kind.OFFER, **OFFER, visibility="participants"
        )
        match_all()
        client = clients["other" if is_inside else "stranger"]
        found = get(f"/listings/{need.pk}/matches", by=client)
        assert [item["listing"]["id"] for item in found["items"]] == [hidden.pk] * is_inside
        assert found["seen"] == int(is_inside)
        assert bool(get(f"/listings/{need.pk}", by=client)["bestMatch"]) is is_inside
        assert bool(get("/listings", by=client, show="matches")["total"]) is is_inside
