"""Two people at one text: nobody overwrites without knowing."""

import pytest
from django.test import Client

from katalysator.core import audit
from katalysator.faults import Conflict
from katalysator.listings import verbs
from katalysator.listings.models import Listing
from tests import builders

pytestmark = pytest.mark.django_db


def test_who_saw_the_newest_may_change_it() -> None:
    listing = builders.listing(builders.organisation())
    seen = audit.latest_of(listing)
    verbs.edit(listing, by=builders.HOUSE, content=builders.content(title="Nieuw"), seen=seen)
    assert Listing.objects.get().title == "Nieuw"


def test_who_saw_an_older_text_is_told_and_changes_nothing() -> None:
    listing = builders.listing(builders.organisation())
    seen = audit.latest_of(listing)
    verbs.edit(listing, by=builders.HOUSE, content=builders.content(title="Eerst"), seen=seen)
    with pytest.raises(Conflict, match="Somebody changed this"):
        verbs.edit(listing, by=builders.HOUSE, content=builders.content(title="Te laat"), seen=seen)
    assert Listing.objects.get().title == "Eerst"


def test_a_second_tab_is_told_and_may_save_again(client: Client) -> None:
    owner = builders.organisation()
    listing = builders.listing(owner)
    client.force_login(
        builders.person(owner), backend="katalysator.site.accounts.backend.PersonBackend"
    )
    address = f"/en/listings/{listing.pk}/edit/"
    form = client.get(address).context["form"]
    typed = {
        **builders.typed(title="Uit het tweede tabblad"),
        "seen": form.initial["seen"],
    }
    verbs.edit(listing, by=builders.HOUSE, content=builders.content(title="Eerst"))
    late = client.post(address, typed)
    assert late.status_code == 422
    assert "Somebody changed this" in late.content.decode()
    assert late.context["form"]["title"].value() == "Uit het tweede tabblad"
    again = client.post(address, {**typed, "seen": late.context["form"]["seen"].value()})
    assert again.status_code == 302
    assert Listing.objects.get().title == "Uit het tweede tabblad"


def test_what_was_thrown_away_meanwhile_is_told() -> None:
    owner = builders.organisation()
    draft = builders.draft(owner)
    verbs.delete(draft, by=builders.person(owner))
    with pytest.raises(Conflict, match="not there any more"):
        verbs.edit(
            Listing(pk=draft.pk or 1, organisation=owner),
            by=builders.HOUSE,
            content=builders.content(),
        )
