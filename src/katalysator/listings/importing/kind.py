"""Sheets of needs or offers, as they are taken in: of one organisation, kind and market."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from django.http import HttpRequest

from katalysator.coalition.models import Organisation
from katalysator.coalition.naming import area_names
from katalysator.coalition.rules import require_participant
from katalysator.core.actors import Actor
from katalysator.core.language import lazy as _
from katalysator.core.terms import LabelText
from katalysator.faults import InvalidInput, gettext_noop
from katalysator.importing.drafts import throw_away, write_drafts
from katalysator.importing.kinds import ImportWords, SheetImport, declare
from katalysator.importing.plan import PlannedRow, SheetPlan
from katalysator.importing.rows import SheetRows
from katalysator.importing.words import DRAFT_WORDS, LOOKING
from katalysator.listings import cards
from katalysator.listings.contents import facts
from katalysator.listings.importing.fields import labels, sheet_of
from katalysator.listings.importing.forms import GivenSheetForm
from katalysator.listings.importing.plan import ListingPlanning, there
from katalysator.listings.importing.rows import Target, read_rows
from katalysator.listings.market import market
from katalysator.listings.models import Kind, Listing
from katalysator.listings.rules import require_editor
from katalysator.listings.workflow import LISTING
from katalysator.tables.fields import SheetOf
from katalysator.tables.recognition import NOT_USED, Use
from katalysator.tables.records import Records

_MADE: Final = "listing.post"
_WRITTEN: Final = (
    "language", "title", "text", "areas", "areas_required", "regions", "region_required", "skills",
    "start", "end", "capacity", "min_capacity", "terms", "labels", "ranges", "reference",
    "stands_until", "reminders",
)  # fmt: skip
"""The columns of a listing that a sheet may change."""
_OF_DOWNLOADS: Final = {"id", "reference", "period_start", "region_required"}

_WORDS: Final = ImportWords(
    title=_("Upload a sheet of needs or offers"),
    intro=_(
        "The list that you keep anyway, as it is. First you see what would happen; nothing is saved before you say so."
    ),
    heading=_("Your sheet"),
    steps=(
        *LOOKING,
        _(
            "You confirm. Each new row becomes a draft that only your organisation and the bureau see."
        ),
    ),
    notes=(
        _(
            "With a column of your own numbers, uploading the same sheet again changes what you changed, and leaves the rest as it is."
        ),
        _(
            "E-mail addresses and your own remarks are not imported. The sheet is kept for four hours at most, and only you see it."
        ),
    ),
    result_note=_("New ones are drafts: open each, fill in what is missing, and publish it."),
    **DRAFT_WORDS,
    back=("my-listings", _("My listings")),
)


class ListingImport(SheetImport):
    """Sheets of needs or offers."""

    name = "listings"
    url_name = "listing-import"
    permission = "listings.post_listing"
    words = _WORDS
    results = "listings/_import_results.html"
    form = GivenSheetForm

    def told(self, said: Mapping[str, Any]) -> dict[str, Any]:
        """The number of the organisation, the kind and the name of the market."""
        return {
            "organisation": said["organisation"].pk,
            "kind": str(said["kind"]),
            "market": said["market"],
        }

    def target(self, told: Mapping[str, Any]) -> Target:
        """The organisation, kind and market."""
        organisation = Organisation.objects.filter(pk=told["organisation"]).first()
        if organisation is None:
            raise LookupError(told["organisation"])
        return Target(organisation, Kind(told["kind"]), market(told["market"]))

    def require(self, target: Target, by: Actor) -> None:
        """Who edits listings of a participant."""
        require_editor(Listing(organisation=target.organisation), by)

    def sheet_of(self, target: Target) -> SheetOf:
        """What a sheet of this market holds."""
        return sheet_of(target.half, target.market)

    def labels(self, target: Target) -> Mapping[str, LabelText]:
        """What such a listing can say."""
        return labels(target.half, target.market)

    def uses(self, found: tuple[Use, ...]) -> tuple[Use, ...]:
        """The columns of a download of this house: what tells its rows apart is what their owner calls them."""
        if not {use.header for use in found} >= _OF_DOWNLOADS:
            return found
        fields = {"id": NOT_USED, "reference": "id"}
        return tuple(replace(use, field=fields.get(use.header, use.field)) for use in found)

    def rows(self, read: Records, target: Target) -> SheetRows:
        """What the records say of listings."""
        return read_rows(read, target)

    def planning(self, sheet: SheetRows, target: Target, *, locked: bool) -> ListingPlanning:
        """Beside the listings of the organisation. Cost: two queries."""
        if locked:
            require_participant(target.organisation)
            Organisation.objects.select_for_update(no_key=True).get(pk=target.organisation.pk)
        return ListingPlanning(target, there(sheet.rows, target, locked=locked))

    def write(self, plan: SheetPlan, planning: Any, *, by: Actor) -> None:  # noqa: ARG002 — in the records
        """Drafts, and what is changed of others."""
        write_drafts(plan, Listing, _WRITTEN, by=by, made=_MADE, changed="listing.edit")

    def take_back(self, keys: Sequence[int], target: Target, *, by: Actor) -> int:
        """Throw away the drafts that nobody has touched since."""
        made = Listing.objects.filter(
            pk__in=keys, organisation=target.organisation, person=None, state=LISTING.initial
        )
        return throw_away(made, by=by, made=_MADE, thrown="listing.delete", told=facts)

    def title_of(self, planned: PlannedRow) -> str:
        """Its title."""
        return str(planned.record.title)

    def language_of(self, planned: PlannedRow) -> str:
        """That of the listing."""
        return str(planned.record.language)

    def part_labels(self, planned: PlannedRow, target: Target) -> Mapping[str, LabelText]:
        """The columns, and the terms of the market."""
        names = self.labels(target)
        terms = {name: term.label for name, term in planned.record.market_class.terms.items()}
        return {"regions": names["region"], "reference": names["id"], **names, **terms}

    def missing(self, planned: PlannedRow) -> Sequence[LabelText]:
        """What a listing must say before it is published."""
        return tuple(planned.record.unfinished().values())

    def says_nothing(self) -> InvalidInput:
        """No title and no text."""
        return InvalidInput(
            "column-title",
            gettext_noop("No column says what is asked or offered."),
            hint=gettext_noop("Choose “Title” or “What is it about?” for one of them."),
        )

    def shown(self, request: HttpRequest, keys: Sequence[int]) -> list[Any]:
        """Their cards."""
        person: Any = request.user
        found = Listing.objects.visible_to(person).filter(pk__in=keys)
        names = area_names()
        return [cards.card(each, names, inside=True) for each in found.with_names().order_by("pk")]

    def about_target(self, target: Target) -> dict[str, Any]:
        """The organisation and the market, below the sign of the kind."""
        is_need = target.kind is Kind.NEED
        return {
            "sign": str(target.kind),
            "heading": _("Needs from your sheet") if is_need else _("Offers from your sheet"),
            "places": (target.organisation.name, target.market.label),
        }


LISTINGS: Final = declare(ListingImport())
