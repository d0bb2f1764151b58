"""A dataset as an offer in the market of data, by which those who need it find it: what it says there, and its state."""

from typing import Final

from katalysator.coalition.models import Area
from katalysator.core.actors import Actor
from katalysator.dataspace.models import Dataset
from katalysator.dataspace.vocabularies import AREA_OF_THEME
from katalysator.listings import verbs as listings
from katalysator.listings.contents import Content
from katalysator.listings.models import Kind, Listing
from katalysator.listings.workflow import EXPIRED, LISTING, SHOWN

MARKET: Final = "data"
_LONGEST_TITLE: Final = 120
_LONGEST_TEXT: Final = 5_000
_ACCESS: Final = {
    Dataset.Model.OPEN: "open",
    Dataset.Model.MEMBERS: "contract",
    Dataset.Model.CONTRACT: "contract",
    Dataset.Model.STAYS: "on-site",
}


def offer_content(dataset: Dataset) -> Content:
    """What its offer says: what its record says, and where that says nothing, its theme or its organisation. Cost: two queries at most."""
    holder = dataset.connector.organisation
    areas = dataset.areas or _areas_of_theme(dataset)
    return Content(
        language=dataset.language,
        title=_short(dataset.title, _LONGEST_TITLE),
        text=_short(dataset.text, _LONGEST_TEXT),
        areas=tuple(areas),
        regions=tuple(filter(None, [dataset.region or holder.region])),
        skills=tuple(dataset.keywords),
        terms={"access": [_ACCESS[Dataset.Model(dataset.model)]], "personal": [dataset.personal]},
    )


def _areas_of_theme(dataset: Dataset) -> list[str]:
    """The area that its theme names, where the coalition has it; else those of its organisation."""
    named = Area.objects.filter(slug=AREA_OF_THEME.get(dataset.theme, ""))
    found = named or dataset.connector.organisation.areas.all()
    return [each.slug for each in found]


def show_offer(dataset: Dataset, *, by: Actor) -> Listing:
    """Let its offer say what its record says, and be open. Raises InvalidInput, NotAllowed, Conflict."""
    listing = dataset.listing
    if listing is None:
        holder = dataset.connector.organisation
        listing = listings.post(
            holder, by=by, kind=Kind.OFFER, market_slug=MARKET, content=offer_content(dataset)
        )
    else:
        listings.edit(listing, by=by, content=offer_content(dataset))
    if listing.state == EXPIRED:
        return listings.move(listing, "renew", by=by)
    return listing if listing.state in SHOWN else listings.move(listing, "publish", by=by)


def renew_offer(dataset: Dataset, *, by: Actor) -> None:
    """Let its offer say what its record says now, where there is one."""
    if dataset.listing is not None:
        listings.edit(dataset.listing, by=by, content=offer_content(dataset))


def hide_offer(dataset: Dataset, *, by: Actor) -> None:
    """Close its offer, where it is not closed yet."""
    listing = dataset.listing
    if listing is not None and LISTING.allows(listing.state, "close"):
        listings.move(listing, "close", by=by, reason="the dataset was withdrawn")


def _short(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1]}…"
