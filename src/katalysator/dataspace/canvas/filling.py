"""What the answers to the five questions fill in: terms, fields of the record, and facts of the agreement."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from katalysator.dataspace.canvas.steps import (
    FREE,
    STEPS,
    answered_by_record,
    kept,
    usual_answers,
)
from katalysator.dataspace.canvas.terms import SharingTerms
from katalysator.dataspace.models import Dataset, SharingCanvas
from katalysator.dataspace.vocabularies import AccessRights

CanvasAnswers = Mapping[str, Mapping[str, Any]]
RECORD: Final = (
    "creator", "personal", "licence", "model", "access", "contact_name", "contact_email",
)  # fmt: skip
"""The fields of a dataset's record that a canvas fills in."""


def canvas_of(dataset: Dataset) -> SharingCanvas:
    """The canvas of a dataset; where it has none, a new one with its way of sharing, not kept yet. Cost: a query."""
    found = SharingCanvas.objects.filter(dataset=dataset).first()
    canvas = found or SharingCanvas(model=dataset.model)
    canvas.dataset = dataset
    return canvas


def all_answers(canvas: SharingCanvas) -> dict[str, dict[str, Any]]:
    """The answers of each step: what the record says, what was said, else what is usual for the model."""
    usual = usual_answers(canvas.model, canvas.dataset)
    known = answered_by_record(canvas.dataset)
    return {
        name: {**usual[name], **canvas.answers.get(name, {}), **known.get(name, {})}
        for name in STEPS
    }


def unanswered(canvas: SharingCanvas) -> list[str]:
    """The steps that nobody answered yet, or whose answers cannot be read any more."""
    return [name for name in STEPS if _read(canvas, name) is None]


def _read(canvas: SharingCanvas, name: str) -> dict[str, Any] | None:
    """The answers of a step as its form reads them now: areas may have gone since."""
    if name not in canvas.answers:
        return None
    form = STEPS[name].form(canvas.answers[name], dataset=canvas.dataset)
    return kept(form) if form.is_valid() else None


def chosen_terms(model: str, answers: CanvasAnswers) -> SharingTerms:
    """The terms that answers make."""
    value, technique = answers["value"], answers["technique"]
    liability, partners = answers["liability"], answers["partners"]
    until = technique.get("until")
    return SharingTerms(
        purposes=tuple(value.get("purposes") or ()),
        results=tuple(value.get("results") or ()),
        only_participants=bool(partners.get("only_participants")),
        kinds=tuple(partners.get("kinds") or ()),
        areas=tuple(partners.get("areas") or ()),
        region=partners.get("region") or "",
        until=date.fromisoformat(until) if until else None,
        days=technique.get("days"),
        uses=technique.get("uses"),
        stays_put=model == Dataset.Model.STAYS,
        may_pass_on=bool(liability.get("may_pass_on")),
        duties=tuple(liability.get("duties") or ()),
    )


def record_fields(model: str, answers: CanvasAnswers) -> dict[str, str]:
    """What answers fill in of a dataset's record."""
    owner, partners = answers["owner"], answers["partners"]
    return {
        "creator": owner.get("owner") or "",
        "personal": owner.get("personal") or Dataset.Personal.NONE.value,
        "licence": answers["value"].get("licence") or Dataset.Licence.AGREED.value,
        "model": model,
        "access": _access(model, answers),
        "contact_name": partners.get("contact_name") or "",
        "contact_email": partners.get("contact_email") or "",
    }


def _access(model: str, answers: CanvasAnswers) -> str:
    """Who may have it: everybody only where nobody decides, signs or pays first."""
    if model == Dataset.Model.STAYS:
        return AccessRights.NON_PUBLIC.value
    partners, price = answers["partners"], answers["value"].get("price") or FREE
    is_public = (
        chosen_terms(model, answers).is_for_everybody
        and partners.get("is_automatic")
        and not partners.get("must_be_signed")
        and price == FREE
    )
    return AccessRights.PUBLIC.value if is_public else AccessRights.RESTRICTED.value


def answers_of_record(dataset: Dataset) -> dict[str, dict[str, Any]]:
    """What a record answers where no canvas was filled in."""
    return {
        "owner": {"owner": dataset.creator, "personal": dataset.personal},
        "value": {"licence": dataset.licence},
        "partners": {
            "contact_name": dataset.contact_name,
            "contact_email": dataset.contact_email,
        },
    }
