"""Pages of negotiations and transfers: one's own lists, one of them with all that was said, and what is decided in it."""

from collections.abc import Callable
from functools import partial
from typing import Any, Final

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from katalysator.coalition.models import PersonRequest
from katalysator.core.forms import carried_out, done, form_page
from katalysator.core.language import translate
from katalysator.dataspace.agreements.standing import AgreementStep, step_of
from katalysator.dataspace.arrivals.opening import may_fetch
from katalysator.dataspace.arrivals.rights import refusal
from katalysator.dataspace.canvas.wording import terms_in_words
from katalysator.dataspace.canvas.words import word_label
from katalysator.dataspace.catalogues.asking import asking_address
from katalysator.dataspace.deciding import DECLARED, offer_on_table
from katalysator.dataspace.models import (
    Agreement,
    ArrivedData,
    Negotiation,
    ProtocolProcess,
    Transfer,
)
from katalysator.dataspace.policies.profile import LEFT_OPERANDS
from katalysator.dataspace.processes import shown, verbs
from katalysator.dataspace.processes.filters import ProcessFilter
from katalysator.dataspace.processes.forms import SayForm, SayTermsForm, SayWhyForm
from katalysator.dataspace.processes.parties import names_of, titles_of
from katalysator.dataspace.processes.words import (
    ARRIVED,
    HELD,
    SENT_NOW,
    deed_words,
    role_words,
    state_words,
)
from katalysator.dataspace.protocol.machines import BEGUN, ProtocolRole

PAGE: Final = 25
_writing = require_http_methods(["GET", "HEAD", "POST"])


@never_cache
@login_required
@require_safe
def negotiation_list(request: PersonRequest) -> HttpResponse:
    """The negotiations of one's organisations, those that changed last first."""
    found = Negotiation.objects.visible_to(request.user).select_related("connector__organisation")
    return _list(request, found, lambda row: row, "dataspace/processes/negotiation_list.html")


@never_cache
@login_required
@require_safe
def transfer_list(request: PersonRequest) -> HttpResponse:
    """The transfers of one's organisations, those that changed last first."""
    found = Transfer.objects.visible_to(request.user).select_related(
        "connector__organisation", "agreement__negotiation"
    )
    template = "dataspace/processes/transfer_list.html"
    return _list(request, found, lambda row: row.agreement.negotiation, template)


def _list(
    request: PersonRequest, rows: Any, about: Callable[[Any], Negotiation], template: str
) -> HttpResponse:
    filters = ProcessFilter(request.GET, rows, request=request)
    page = Paginator(filters.qs, PAGE).get_page(request.GET.get("page"))
    context = {
        "form": filters.form,
        "active_filters": list(filters.active()),
        "page": page,
        "rows": shown.told_processes(list(page.object_list), about),
    }
    return render(request, template, context)


@never_cache
@login_required
@require_safe
def negotiation(request: PersonRequest, pk: int) -> HttpResponse:
    """A negotiation: what is on the table, whether its terms are met, and all that was said."""
    found = _negotiation(request, pk)
    agreement = getattr(found, "agreement", None)
    verdict = None if found.is_over else shown.verdict_of(found)
    context = {
        **_shown(found, found),
        "lines": terms_in_words(found.offer),
        "is_as_offered": offer_on_table(found) is not None,
        "declared": _declared(found),
        "verdict": verdict,
        "warns": verdict if verdict and not verdict.is_met and _may_agree(found) else None,
        **(_agreed(agreement) if agreement and found.state == "FINALIZED" else {}),
        "transfers": agreement.transfers.order_by("-made_at")[:50] if agreement else (),
    }
    return render(request, "dataspace/processes/negotiation.html", context)


@never_cache
@login_required
@require_safe
def transfer(request: PersonRequest, pk: int) -> HttpResponse:
    """A transfer: what was said, and the data where it has arrived."""
    found = visible_transfer(request, pk)
    arrived = ArrivedData.objects.filter(transfer=found).first()
    may = may_fetch(found)
    refused = refusal(found, arrived) if may else None
    may_fetch_now = may and refused is None
    if arrived and arrived.state == ArrivedData.State.DONE:
        refused = None  # it was had: that no more comes is no fault
    context = {
        **_shown(found, found.agreement.negotiation),
        "arrived": arrived,
        "problem": translate(arrived.problem) if arrived else "",
        "may_fetch": may_fetch_now,
        "folds_deeds": may_fetch_now and not (arrived and arrived.state == ArrivedData.State.DONE),
        "is_moving": (arrived is not None and arrived.is_coming) or shown.is_moving(found),
        "refused": refused,
        "step": step_of(found.agreement) if found.role == "consumer" else "",
        "ask_again": asking_address(found.connector, found.partner_id, found.agreement.dataset_key),
        "why_not": found.agreement.why_not() if found.role == "provider" else "",
    }
    is_here = arrived is not None and arrived.state == ArrivedData.State.DONE
    if is_here and found.state in ("STARTED", "COMPLETED"):
        context["state"] = translate(ARRIVED)
    elif refused:
        context["state"] = translate(HELD)
    return render(request, "dataspace/processes/transfer.html", context)


@never_cache
@login_required
@_writing
def negotiation_say(request: PersonRequest, pk: int, word: str) -> HttpResponse:
    """Decide in a negotiation, with a reason or other terms where that is asked."""
    return _say(request, _negotiation(request, pk), word)


@never_cache
@login_required
@_writing
def transfer_say(request: PersonRequest, pk: int, word: str) -> HttpResponse:
    """Decide in a transfer, with a reason where that is asked."""
    return _say(request, visible_transfer(request, pk), word)


@login_required
@require_POST
def negotiation_again(request: PersonRequest, pk: int) -> HttpResponse:
    """Send at once what waits in a negotiation."""
    return _again(request, _negotiation(request, pk))


@login_required
@require_POST
def transfer_again(request: PersonRequest, pk: int) -> HttpResponse:
    """Send at once what waits in a transfer."""
    return _again(request, visible_transfer(request, pk))


def _say(request: PersonRequest, found: Any, word: str) -> HttpResponse:
    """What a button of a process asks: done, or shown first with what it wants to know."""
    data = request.POST if request.method == "POST" else None
    form = _form(found, word)(data, process=found)

    def do() -> Any:
        return verbs.decide(found, word, by=request.user, **form.told())

    if carried_out(request, form, do, said=_("Your answer is on its way.")):
        return redirect(found)
    about = found if isinstance(found, Negotiation) else found.agreement.negotiation
    context = {"process": found, "label": deed_words(found, word), **_named(found, about)}
    return form_page(request, "dataspace/processes/say.html", form, **context)


def _form(found: ProtocolProcess, word: str) -> type[SayForm]:
    if word in verbs.NEEDS_REASON:
        return SayWhyForm
    return SayTermsForm if word in verbs.NEEDS_TERMS and found.kind == "negotiation" else SayForm


def _again(request: PersonRequest, found: Any) -> HttpResponse:
    said = _("It is sent again.")
    done(request, partial(verbs.again, found, by=request.user), said)
    return redirect(found)


def _shown(found: ProtocolProcess, about: Negotiation) -> dict[str, Any]:
    """What pages of both kinds of processes show."""
    outgoing = shown.outgoing_of(found)
    return {
        "process": found,
        **_named(found, about),
        "role": role_words(found.side),
        "state": _state(found, outgoing),
        "is_moving": shown.is_moving(found),
        "steps": shown.steps_of(found),
        "deeds": shown.deeds_of(found),
        "outgoing": outgoing,
        "reason": translate(found.reason),
    }


def _state(found: ProtocolProcess, outgoing: shown.ToldOutgoing | None) -> str:
    """How it stands; one whose first message goes out now is not called unsent yet."""
    if found.state == BEGUN and outgoing and not outgoing.is_late:
        return translate(SENT_NOW)
    return state_words(found.kind, found.state)


def _named(found: ProtocolProcess, about: Negotiation) -> dict[str, Any]:
    return {
        "title": titles_of([about])[about.pk],
        "partner": names_of([found.partner_id], [found.connector_id])[found.partner_id],
    }


def _agreed(agreement: Agreement) -> dict[str, Any]:
    """What is shown of an agreement, and what comes next under it."""
    step = step_of(agreement)
    return {
        "agreement": agreement,
        "step": step,
        "unmet": None if step is AgreementStep.OVER else shown.unmet(agreement),
        "ask_again": asking_address(
            agreement.connector, agreement.partner_id, agreement.dataset_key
        ),
    }


def _may_agree(found: Negotiation) -> bool:
    """Whether it is we who have the data, and can agree now."""
    is_ours = found.side is ProtocolRole.PROVIDER
    return is_ours and found.machine.sent(found.state, "agreement", found.side) is not None


def _declared(found: Negotiation) -> list[tuple[str, str]]:
    """What the consumer says of itself, in words."""
    return [
        (translate(LEFT_OPERANDS[left].label), ", ".join(word_label(left, each) for each in words))
        for left, words in found.declared.items()
        if left in DECLARED and words
    ]


def _negotiation(request: PersonRequest, pk: int) -> Negotiation:
    seen = Negotiation.objects.visible_to(request.user)
    rows = seen.select_related(
        "connector__organisation",
        "agreement__connector__organisation",
        "agreement__negotiation__connector__organisation",
    )
    found: Negotiation = get_object_or_404(rows, pk=pk)
    return found


def visible_transfer(request: PersonRequest, pk: int) -> Transfer:
    """A transfer of an organisation that this person manages. Raises Http404."""
    seen = Transfer.objects.visible_to(request.user)
    rows = seen.select_related("connector__organisation", "agreement__negotiation")
    found: Transfer = get_object_or_404(rows, pk=pk)
    return found
