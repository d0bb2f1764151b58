"""The page of one introduction: what its reader may see of it and do with it."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from katalysator.coalition.models import PersonRequest
from katalysator.core.actors import permits
from katalysator.core.forms import carried_out, done
from katalysator.core.workflow import Transition
from katalysator.introductions.forms import (
    AlongForm,
    LessonForm,
    MessageForm,
    NoForm,
    ResultForm,
    StepForm,
)
from katalysator.introductions.models import Introduction, NextStep, ThreadMessage
from katalysator.introductions.patience import days_left
from katalysator.introductions.plain_deeds import PLAIN_DEEDS
from katalysator.introductions.seen import SeenParty, seen_parties, with_parties
from katalysator.introductions.timeline import timeline
from katalysator.introductions.workflow import INTRODUCTION, TAKE_BACK, TAKE_PART
from katalysator.knowledge.models import KnowledgeItem

FormsToMend = Mapping[str, forms.Form]
"""Forms of the page that are to be mended, by their names in the template."""

_MESSAGES: Final = 100


def seen_introduction(request: HttpRequest, pk: int) -> Introduction:
    """An introduction that this person may see, with its parties; else there is none."""
    seen = with_parties(Introduction.objects.visible_to(request.user))
    found: Introduction = get_object_or_404(seen, pk=pk)
    return found


def introduction_page(
    request: PersonRequest, row: Introduction, forms: FormsToMend | None = None, status: int = 200
) -> HttpResponse:
    """What there is to see of it, and to do, for who reads it; `forms` are those to be mended."""
    person = request.user
    parties = seen_parties(row, person)
    own = next((each for each in parties if each.is_own), None)
    may_take_part = permits(person, TAKE_PART, row)
    steps = list(NextStep.objects.visible_to(person).filter(introduction=row))
    context: dict[str, Any] = {
        "introduction": row,
        "parties": parties,
        "own": own,
        "others": [each for each in parties if not each.is_own],
        "days": days_left(row, timezone.localdate()),
        "may_answer": own is not None and own.is_asked and row.is_open,
        "may_withdraw": row.state == "proposed" and permits(person, TAKE_BACK, row),
        "may_take_part": may_take_part,
        "may_take_over": _may_take_over(row, own, person.pk),
        "refuse": NoForm(prefix="refuse"),
        "timeline": timeline(row, parties, steps),
        **(_for_parties(request, row, parties, steps) if may_take_part else {}),
        **(forms or {}),
    }
    return render(request, "introductions/introduction.html", context, status=status)


def _may_take_over(row: Introduction, own: SeenParty | None, person: int) -> bool:
    """Whether a colleague speaks for one's party."""
    if own is None or not own.is_in or row.state == "ended":
        return False
    mine = next(each for each in row.parties.all() if each.pk == own.pk)
    return mine.contact_id != person and mine.person_id is None


def _for_parties(
    request: PersonRequest, row: Introduction, parties: list[SeenParty], planned: list[NextStep]
) -> dict[str, Any]:
    """What who said yes has to see and do."""
    if not row.is_known:
        return {}
    names = {each.pk: each.name for each in parties}
    said = ThreadMessage.objects.visible_to(request.user).filter(introduction=row)
    newest = list(said.order_by("-pk")[:_MESSAGES])
    seen = KnowledgeItem.objects.visible_to(request.user)
    return {
        "thread": [(each, names.get(each.party_id or 0, "")) for each in reversed(newest)],
        "planned": [(each, names.get(each.party_id or 0, "")) for each in planned],
        "deeds": list(_buttons(row)),
        "may_share": bool(row.lesson) and row.knowledge_id is None,
        "knowledge": seen.filter(pk=row.knowledge_id or 0).first(),
        **_forms(row, parties),
    }


def _buttons(row: Introduction) -> Iterator[Transition]:
    """The deeds that need no words; who met outside has no talk to go back to."""
    for each in INTRODUCTION.transitions_from(row.state, TAKE_PART):
        if each.deed in PLAIN_DEEDS and not (each.deed == "resume" and row.met_outside):
            yield each


def _forms(row: Introduction, parties: list[SeenParty]) -> dict[str, forms.Form | None]:
    """What can be said now, each in a form; None where it cannot be."""
    is_going = row.state != "ended"
    has_result = row.state in ("agreed", "result")
    may_come = row.is_open and not row.met_outside
    is_told = row.state in ("result", "ended")
    told = {"outcome": row.outcome, "summary": row.summary, "on": row.result_at}
    return {
        "message": MessageForm(prefix="message") if is_going and not row.met_outside else None,
        "step": StepForm(prefix="step", parties=parties) if is_going else None,
        "along": AlongForm(prefix="along") if may_come else None,
        "result": ResultForm(prefix="result", initial=told) if has_result else None,
        "end": NoForm(prefix="end") if INTRODUCTION.allows(row.state, "end") else None,
        "lesson": LessonForm(prefix="lesson", initial={"lesson": row.lesson}) if is_told else None,
    }


def pressed(
    request: PersonRequest, row: Introduction, do: Callable[[], object], said: str
) -> HttpResponse:
    """Do what a button of the page asks, and go back to it. Raises PermissionDenied."""
    done(request, do, said)
    return redirect("introduction", row.pk)


def sent(
    request: PersonRequest,
    row: Introduction,
    name: str,
    form: forms.Form,
    do: Callable[[], object],
    said: str,
) -> HttpResponse:
    """The same with what was typed in the form of this `name`, which is shown again where it is to be mended."""
    if carried_out(request, form, do, said) is None:
        return introduction_page(request, row, {name: form}, status=422)
    return redirect("introduction", row.pk)
