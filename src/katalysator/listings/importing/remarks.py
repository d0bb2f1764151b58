"""What is said of rows and cells of a sheet that cannot be taken in as they are."""

from katalysator.faults import InvalidInput, gettext_noop as _
from katalysator.listings.forms import MOST_SKILLS, SKILL_LENGTH
from katalysator.listings.market import Market
from katalysator.listings.models import Kind


def of_other_kind(kind: Kind) -> InvalidInput:
    """A row of the other kind."""
    return InvalidInput(
        "row-of-kind",
        _("This row is an offer.") if kind is Kind.NEED else _("This row is a need."),
        hint=_("Upload the sheet once more for those."),
    )


def is_over() -> InvalidInput:
    """A row that was withdrawn or is dealt with."""
    return InvalidInput(
        "row-over",
        _("This row says that it was withdrawn or is dealt with."),
        hint=_("Does it count after all? Take those words out."),
    )


def of_other_market(named: type[Market]) -> InvalidInput:
    """A row that names another market."""
    return InvalidInput(
        "row-of-market",
        _("This row is of the market “%(market)s”."),
        hint=_("Upload the sheet once more for that market."),
        market=named.label,
    )


def no_area(name: str) -> InvalidInput:
    """An area that the coalition does not have."""
    return InvalidInput(
        "area-unknown",
        _("“%(area)s” is not an area of this coalition: left open."),
        hint=_("Choose the area in the draft."),
        area=name,
    )


def region_abroad(code: str) -> InvalidInput:
    """A region that the form does not have."""
    return InvalidInput(
        "region-abroad",
        _("The region %(region)s is not in the Netherlands: left open."),
        hint=_("Choose the regions in the draft."),
        region=code,
    )


def skills_left() -> InvalidInput:
    """Skills that a listing cannot have."""
    return InvalidInput(
        "skills-left",
        _(
            "Not all skills were imported: there are at most %(most)s, of at most %(length)s characters."
        ),
        hint=_("Put commas or semicolons between them."),
        most=MOST_SKILLS,
        length=SKILL_LENGTH,
    )


def no_choice(text: str) -> InvalidInput:
    """A choice that the market does not have."""
    return InvalidInput(
        "choice-unknown",
        _("“%(text)s” is not one of the choices in this market: left open."),
        hint=_("Choose it in the draft."),
        text=text,
    )


def about_a_day() -> InvalidInput:
    """A day that is not told exactly."""
    return InvalidInput(
        "day-about",
        _("This does not tell the day: left open."),
        hint=_("Choose the days in the draft."),
    )


def other_market_has_it(reference: str, where: type[Market]) -> InvalidInput:
    """A number that a listing in another market has."""
    return InvalidInput(
        "reference-elsewhere",
        _("“%(reference)s” is there already, in the market “%(market)s”."),
        hint=_("Upload the sheet in that market, or give the row a number of its own."),
        reference=reference,
        market=where.label,
    )
