"""Who is meant to get a question: one that was proposed for it, or any participant or running working group by name."""

from typing import Final

from katalysator.coalition.models import Organisation
from katalysator.core.language import listed
from katalysator.faults import InvalidInput, gettext_noop as _
from katalysator.groups.models import WorkingGroup
from katalysator.questions.handling.proposals import proposals, value_of
from katalysator.questions.handling.verbs import Receiver
from katalysator.questions.models import Question

_TOLD: Final = 5


def receiver_of(question: Question, value: str, name: str) -> Receiver:
    """Who is meant, with the reason where the house would propose it too. Raises InvalidInput where that is nobody, or several."""
    who = _valued(value) if value else _named(name)
    for each in proposals(question):
        if each.value == value_of(who):
            return each.receiver
    if isinstance(who, WorkingGroup):
        return Receiver(group=who)
    return Receiver(organisation=who)


def _valued(value: str) -> Organisation | WorkingGroup:
    kind, _dash, number = value.partition("-")
    rows = (
        WorkingGroup.objects.running() if kind == "group" else Organisation.objects.participants()
    )
    found: Organisation | WorkingGroup | None = rows.filter(pk=int(number)).first()
    if found is None:
        raise InvalidInput("receiver", _("They do not take part any more."))
    return found


def _named(name: str) -> Organisation | WorkingGroup:
    if not name:
        raise InvalidInput("receiver", _("Choose who gets it, or write a name."))
    organisations = list(Organisation.objects.participants().named(name)[: _TOLD + 1])
    groups = list(WorkingGroup.objects.running().filter(name__icontains=name)[: _TOLD + 1])
    found: list[Organisation | WorkingGroup] = [*organisations, *groups]
    exact = [each for each in found if each.name.casefold() == name.casefold()]
    if len(found) == 1 or len(exact) == 1:
        return (exact or found)[0]
    if not found:
        raise InvalidInput(
            "receiver", _("No participant or working group is called “%(name)s”."), name=name
        )
    names = listed([each.name for each in found[:_TOLD]])
    raise InvalidInput(
        "receiver",
        _("Several fit: %(names)s."),
        hint=_("Write more of the name."),
        names=names,
    )
