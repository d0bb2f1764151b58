"""What can be done with many organisations at once.

What was changed since by somebody else is not undone: a fact is put back only where our event is the newest of
the organisation.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from katalysator.bureau.bulk.deed import Before, BulkDeed
from katalysator.bureau.models import TEXT, BureauNote, Label
from katalysator.bureau.notes import verbs as notes
from katalysator.coalition.filters import area_choices
from katalysator.coalition.models import Organisation
from katalysator.coalition.organisations import verbs
from katalysator.core import audit
from katalysator.core.actors import Actor
from katalysator.core.filters import Choices
from katalysator.faults import gettext_noop as _


def _confirm(organisation: Organisation, _value: str, by: Actor) -> Before:
    at = organisation.confirmed_at
    verbs.confirm(organisation, by=by)
    return {"at": at.isoformat() if at else "", **_event(organisation)}


def _unconfirm(organisation: Organisation, before: Before, by: Actor) -> None:
    at = datetime.fromisoformat(before["at"]) if before["at"] else None
    verbs.unconfirm(organisation, by=by, before=at, seen=before["event"])


def _set_kind(organisation: Organisation, value: str, by: Actor) -> Before | None:
    return _amend(organisation, by, "kind", organisation.kind, value)


def _add_area(organisation: Organisation, value: str, by: Actor) -> Before | None:
    areas = _areas(organisation)
    return _amend(organisation, by, "areas", areas, sorted({*areas, value}))


def _remove_area(organisation: Organisation, value: str, by: Actor) -> Before | None:
    areas = _areas(organisation)
    return _amend(organisation, by, "areas", areas, [each for each in areas if each != value])


def _amend(
    organisation: Organisation, by: Actor, name: str, known: Any, said: Any
) -> Before | None:
    if said == known:
        return None
    verbs.amend(organisation, by=by, **{name: said})
    return {"said": {name: known}, **_event(organisation)}


def _put_back(organisation: Organisation, before: Before, by: Actor) -> None:
    verbs.amend(organisation, by=by, seen=before["event"], **before["said"])


def _label(organisation: Organisation, value: str, by: Actor) -> Before | None:
    return {"label": value} if notes.label(organisation, value, by=by) else None


def _unlabel(organisation: Organisation, value: str, by: Actor) -> Before | None:
    return {"label": value} if notes.unlabel(organisation, value, by=by) else None


def _note(organisation: Organisation, value: str, by: Actor) -> Before:
    return {"note": notes.write(organisation, by=by, text=value).pk}


def _take_note_back(_organisation: Organisation, before: Before, by: Actor) -> None:
    for note in BureauNote.objects.filter(pk=before["note"]):
        notes.delete(note, by=by)


def _areas(organisation: Organisation) -> list[str]:
    return sorted(organisation.areas.values_list("slug", flat=True))


def _event(organisation: Organisation) -> Before:
    return {"event": audit.latest_of(organisation)}


def _labels() -> Choices:
    return [(name, name) for name in Label.objects.values_list("name", flat=True)]


OF_ORGANISATIONS: Final[Sequence[BulkDeed]] = (
    BulkDeed(
        "label", _("Give a label"), _label,
        lambda organisation, before, by: notes.unlabel(organisation, before["label"], by=by),
        _("Which label?"),
    ),
    BulkDeed(
        "unlabel", _("Take a label away"), _unlabel,
        lambda organisation, before, by: notes.label(organisation, before["label"], by=by),
        _("Which label?"), _labels,
    ),
    BulkDeed(
        "note", _("Write a note"), _note, _take_note_back, _("What do you want to remember?"),
        long=True, most=TEXT,
    ),
    BulkDeed("confirm", _("Say that the facts are correct"), _confirm, _unconfirm),
    BulkDeed(
        "kind", _("Change the kind"), _set_kind, _put_back,
        _("Which kind?"), lambda: Organisation.Kind.choices,
    ),
    BulkDeed("add-area", _("Add an area"), _add_area, _put_back, _("Which area?"), area_choices),
    BulkDeed("remove-area", _("Take an area away"), _remove_area, _put_back, _("Which area?"), area_choices),
)  # fmt: skip
