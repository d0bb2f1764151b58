"""Who proposes to meet can be read about: nobody says yes to a page that says nothing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse

from katalysator.coalition.models import Membership, Organisation
from katalysator.core.language import translate
from katalysator.faults import Conflict, gettext_noop as _
from katalysator.introductions.eligibility import MeetingSide


@dataclass(frozen=True, slots=True)
class Lacking:
    """What the page of a party does not say yet, in words, and the address where that is mended."""

    name: str
    missing: tuple[str, ...]
    url: str


def require_presented(asking: MeetingSide) -> None:
    """Refuse who proposes while its page says too little. Raises Conflict. Cost: one query."""
    for lacking in lacking_of([asking]):
        raise Conflict(
            "says-too-little",
            _("Others cannot read enough about %(name)s yet. Missing: %(missing)s."),
            hint=_("Complete it, and propose then."),
            name=lacking.name,
            missing=lacking.missing,
        )


def lacking_of(sides: Sequence[MeetingSide]) -> list[Lacking]:
    """Those of these parties of which the pages say too little, each once. Cost: a query, and one where some come in own name."""
    organisations = {each.organisation.pk: each.organisation for each in sides if not each.person}
    people = {each.owner for each in sides if each.person}
    found = [*_organisations(organisations.values()), *(_people(people) if people else ())]
    return [each for each in found if each.missing]


def _organisations(organisations: Iterable[Organisation]) -> Iterable[Lacking]:
    """What each says: what it does, and in which areas."""
    rows = list(organisations)
    link = Organisation.areas.through.objects.filter(organisation__in=rows)
    placed = set(link.values_list("organisation", flat=True)) if rows else set()
    for each in rows:
        says = {_("what it does"): any(each.about.values()), _("an area"): each.pk in placed}
        yield Lacking(each.name, _not_said(says), reverse("organisation-edit", args=[each.slug]))


def _people(people: Iterable[tuple[int, int | None]]) -> Iterable[Lacking]:
    """What each says who comes in own name: a name, and what that person does."""
    numbers = {person for _organisation, person in people}
    rows = Membership.objects.filter(person__in=numbers).select_related("organisation")
    for each in rows:
        if (each.organisation_id, each.person_id) in people:
            says = {_("a name"): bool(each.name), _("a function"): bool(each.function)}
            url = reverse("present", args=[each.organisation.slug])
            yield Lacking(each.name or each.organisation.name, _not_said(says), url)


def _not_said(says: dict[str, bool]) -> tuple[str, ...]:
    return tuple(translate(what) for what, is_said in says.items() if not is_said)
