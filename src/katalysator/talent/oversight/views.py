"""Pages of lists of people: of who looks, of whom it is about, and of the bureau, which looks after it."""

from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from katalysator.coalition.models import PersonRequest
from katalysator.core.actors import permits
from katalysator.core.forms import carried_out, done, form_page
from katalysator.talent.models import (
    Consultation,
    ConsultedPerson,
    ListStop,
    Objection,
    TaxonomyVersion,
    TitleMeasurement,
    VolunteeredGroup,
)
from katalysator.talent.oversight import showing, verbs
from katalysator.talent.oversight.bias import GENDER_GOAL, bias_report
from katalysator.talent.oversight.candidates import candidates_for
from katalysator.talent.oversight.forms import (
    ConsultationForm,
    ObjectionAnswerForm,
    ObjectionForm,
    PersonDecisionForm,
    ReplayForm,
    SwitchForm,
    VolunteerForm,
)
from katalysator.talent.oversight.titles import kept_titles, small_titles
from katalysator.talent.oversight.workflow import CONSULT, OBJECTION, REPLAY
from katalysator.talent.taxonomies.current import current_taxonomy
from katalysator.talent.taxonomies.finders import is_small

PAGE: Final = 30
_writing = require_http_methods(["GET", "HEAD", "POST"])


@never_cache
@login_required
@_writing
def consultation_list(request: PersonRequest) -> HttpResponse:
    """The lists of one's organisations, and the form for another."""
    if not permits(request.user, CONSULT):
        raise PermissionDenied
    form = ConsultationForm(request.POST or None, person=request.user)

    def consult() -> Consultation:
        said = form.cleaned_data
        people = candidates_for(said["organisation"], said["purpose"])
        return verbs.consult(by=request.user, candidates=people, **said)

    if made := carried_out(request, form, consult):
        return redirect(made)
    found = Consultation.objects.visible_to(request.user).select_related("organisation")
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "stopped": ListStop.objects.now()}
    return form_page(request, "talent/oversight/consultation_list.html", form, **context)


@never_cache
@login_required
@require_safe
def consultation(request: PersonRequest, pk: int) -> HttpResponse:
    """A list: people by keys that say nothing, what they have and lack, and what was decided on each."""
    found = _seen(request, pk)
    by_evidence = request.GET.get("order") == "evidence"
    rows = list(ConsultedPerson.objects.filter(consultation=found))
    everybody = showing.shown(found, rows, by_evidence=by_evidence)
    context = {
        "consultation": found,
        "occupation": showing.occupations_of([found])[0],
        "page": Paginator(everybody, PAGE).get_page(request.GET.get("page")),
        "by_evidence": by_evidence,
        "form": PersonDecisionForm(),
        "stopped": ListStop.objects.now(),
    }
    return render(request, "talent/oversight/consultation.html", context)


@login_required
@require_POST
def consultation_scores(request: PersonRequest, pk: int) -> HttpResponse:
    """Ask for figures beside the evidence."""
    found = _seen(request, pk)
    done(
        request,
        lambda: verbs.show_scores(found, by=request.user),
        _("The figures stand beside what people have. It is written down that you asked for them."),
    )
    return redirect(found)


@login_required
@require_POST
def consulted_decide(request: PersonRequest, pk: int, key: str) -> HttpResponse:
    """Decide on one person of a list."""
    found = _seen(request, pk)
    row = get_object_or_404(ConsultedPerson.objects.filter(consultation=found), key=key)
    form = PersonDecisionForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose what you decide, and say why."))
        return redirect(found)
    said = form.cleaned_data

    def decide() -> ConsultedPerson:
        return verbs.decide(row, said["decision"], by=request.user, reason=said["reason"])

    done(request, decide, _("Written down. The person can read it."))
    return redirect(found)


@never_cache
@login_required
@_writing
def lists_about_me(request: PersonRequest) -> HttpResponse:
    """The lists in which one stood: who looked, what for, what was shown and decided; and what one tells of oneself."""
    told = VolunteeredGroup.objects.filter(person=request.user).first()
    initial = {"gender": told.gender, "age": told.age} if told else {}
    form = VolunteerForm(request.POST or None, initial=initial)

    def volunteer() -> bool:
        verbs.volunteer(request.user, by=request.user, **form.cleaned_data)
        return True

    if carried_out(request, form, volunteer, _("Saved.")):
        return redirect("lists-about-me")
    rows = ConsultedPerson.objects.about(request.user)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    people = list(showing.about(list(page.object_list)))
    return form_page(
        request, "talent/oversight/lists_about_me.html", form, page=page, people=people
    )


@never_cache
@login_required
@_writing
def consulted_object(request: PersonRequest, pk: int) -> HttpResponse:
    """Object to a list that one stood in, or to what was decided."""
    row = get_object_or_404(ConsultedPerson.objects.about(request.user), pk=pk)
    form = ObjectionForm(request.POST or None)

    def make() -> Objection:
        return verbs.object_to(row, by=request.user, text=form.cleaned_data["text"])

    said = _("The bureau looks into it and answers you within four weeks.")
    if carried_out(request, form, make, said):
        return redirect("lists-about-me")
    return form_page(request, "talent/oversight/objection_new.html", form, row=row)


@never_cache
@login_required
@require_safe
def oversight(request: PersonRequest) -> HttpResponse:
    """What the bureau looks after: objections, the switch, and lists that are made again."""
    _require_bureau(request)
    found = Objection.objects.visible_to(request.user)
    context = {
        "page": Paginator(found.order_by("answered_at", "due", "pk"), PAGE).get_page(
            request.GET.get("page")
        ),
        "stopped": ListStop.objects.now(),
        "switch": SwitchForm(),
        "replay": ReplayForm(),
    }
    return render(request, "talent/oversight/oversight.html", context)


@login_required
@require_POST
def lists_switch(request: PersonRequest) -> HttpResponse:
    """Switch lists of people off, or on again."""
    _require_bureau(request)
    reason = request.POST.get("reason", "")
    if ListStop.objects.now():
        done(request, lambda: verbs.resume(by=request.user, reason=reason), _("They are on again."))
    else:
        done(request, lambda: verbs.stop(by=request.user, reason=reason), _("They are off."))
    return redirect("talent-oversight")


@never_cache
@login_required
@require_POST
def list_replay(request: PersonRequest) -> HttpResponse:
    """Make a list again and say whether it is the same; nothing else of it is shown."""
    _require_bureau(request)
    form = ReplayForm(request.POST)
    number = form.cleaned_data["number"] if form.is_valid() else 0
    found = Consultation.objects.filter(pk=number).first()
    if found is None:
        messages.error(request, _("There is no list of this number."))
        return redirect("talent-oversight")
    replayed = verbs.replay(found, by=request.user)
    context = {"consultation": found, "replayed": replayed}
    return render(request, "talent/oversight/replay.html", context)


@never_cache
@login_required
@_writing
def objection(request: PersonRequest, pk: int) -> HttpResponse:
    """An objection, with the list that it is about as the person saw it, and what the bureau answers."""
    _require_bureau(request)
    seen = Objection.objects.visible_to(request.user).select_related(
        "consulted__consultation__organisation"
    )
    found = get_object_or_404(seen, pk=pk)
    deed = request.POST.get("deed", "")
    steps = OBJECTION.transitions_from(found.state)
    form = ObjectionAnswerForm(request.POST or None)

    def move() -> Objection:
        answer = form.cleaned_data["answer"]
        return verbs.move_objection(found, deed, by=request.user, answer=answer)

    if deed in OBJECTION.deeds:
        said = _(OBJECTION.step(deed).done)
        if carried_out(request, form, move, said):
            return redirect(found)
    context: dict[str, Any] = {
        "objection": found,
        "deeds": [(step.deed, _(step.label)) for step in steps],
        "asks_reason": "uphold" in [step.deed for step in steps],
        "people": list(showing.about([found.consulted])),
    }
    return form_page(request, "talent/oversight/objection.html", form, **context)


@never_cache
@login_required
@require_safe
def bias(request: PersonRequest) -> HttpResponse:
    """Whether people fare alike, in figures."""
    _require_bureau(request)
    taxonomy = current_taxonomy()
    context: dict[str, Any] = {"report": bias_report(), "goal": GENDER_GOAL}
    if taxonomy and is_small(taxonomy):
        context["titles"] = small_titles(taxonomy)
    elif taxonomy:
        used = TaxonomyVersion.objects.current().values("digest")
        kept = TitleMeasurement.objects.filter(digest__in=used).first()
        context |= {"by_job": True, "kept": kept, "titles": kept_titles(kept) if kept else None}
    return render(request, "talent/oversight/bias.html", context)


@login_required
@require_POST
def titles_measure(request: PersonRequest) -> HttpResponse:
    """Let it be measured what titles find, in a job."""
    _require_bureau(request)
    said = _("Measured in the background: look here again in some minutes.")
    done(request, lambda: verbs.measure_titles(by=request.user), said)
    return redirect("talent-bias")


def _seen(request: PersonRequest, pk: int) -> Consultation:
    seen = Consultation.objects.visible_to(request.user).select_related("organisation")
    found: Consultation = get_object_or_404(seen, pk=pk)
    return found


def _require_bureau(request: PersonRequest) -> None:
    if not permits(request.user, REPLAY):
        raise PermissionDenied
