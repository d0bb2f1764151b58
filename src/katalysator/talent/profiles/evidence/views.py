"""Pages on which evidence is asked for, answered, stated and removed."""

from typing import Final, cast

from allauth.core.ratelimit import consume_or_429
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from katalysator.coalition.models import PersonRequest
from katalysator.core.forms import carried_out, done, form_page
from katalysator.core.language import active_language
from katalysator.core.uploads import takes_file
from katalysator.talent.models import SkillEvidence
from katalysator.talent.profiles.choosing import shown
from katalysator.talent.profiles.evidence import verbs
from katalysator.talent.profiles.evidence.forms import (
    AskAssessorForm,
    AskPeerForm,
    CertificateForm,
    EvidenceAnswerForm,
)
from katalysator.talent.profiles.evidence.verbs import EvidenceFile
from katalysator.talent.profiles.keeping import LARGEST
from katalysator.talent.profiles.people import names_of, participant, somebody
from katalysator.talent.profiles.views import FORM, own_skill
from katalysator.talent.profiles.workflow import EVIDENCE
from katalysator.talent.taxonomies.current import current_taxonomy

DEEDS: Final = EVIDENCE.pattern
PAGE: Final = 25
_writing = require_http_methods(["GET", "HEAD", "POST"])


@login_required
@_writing
def ask_peer(request: PersonRequest, pk: int) -> HttpResponse:
    """Ask a colleague to confirm a skill."""
    skill, form = own_skill(request, pk), AskPeerForm(request.POST or None)
    if request.method == "POST" and (refusal := consume_or_429(request, action="ask_skill")):
        return cast("HttpResponse", refusal)

    def ask() -> SkillEvidence:
        peer = somebody(form.cleaned_data["whom"], known_to=request.user)
        return verbs.ask_peer(skill, peer, by=request.user)

    if carried_out(request, form, ask, _("Asked. They get a letter.")):
        return redirect("profile-skill", pk=pk)
    about = _("They see this skill and who asks, and nothing else of your profile.")
    words = {"title": _("Ask a colleague"), "about": about, "button": _("Ask")}
    return form_page(request, FORM, form, **words, skill=skill)


@login_required
@_writing
def ask_assessor(request: PersonRequest, pk: int) -> HttpResponse:
    """Ask a school or an institute whether it assessed a skill."""
    skill, form = own_skill(request, pk), AskAssessorForm(request.POST or None)
    if request.method == "POST" and (refusal := consume_or_429(request, action="ask_skill")):
        return cast("HttpResponse", refusal)

    def ask() -> SkillEvidence:
        organisation = participant(form.cleaned_data["whom"])
        return verbs.ask_assessor(skill, organisation, by=request.user)

    if carried_out(request, form, ask, _("Asked. They get a letter.")):
        return redirect("profile-skill", pk=pk)
    about = _("Who manages it sees this skill and who asks, and nothing else of your profile.")
    words = {"title": _("Ask a school or institute"), "about": about, "button": _("Ask")}
    return form_page(request, FORM, form, **words, skill=skill)


@takes_file(LARGEST)
@login_required
@_writing
def certificate(request: PersonRequest, pk: int) -> HttpResponse:
    """Write down a certificate."""
    skill, sent = own_skill(request, pk), request.method == "POST"
    form = CertificateForm(request.POST if sent else None, request.FILES if sent else None)

    def state() -> SkillEvidence:
        file = form.cleaned_data["file"]
        given = EvidenceFile(file.name, file.read()) if file else None
        return verbs.state_certificate(skill, form.facts(), by=request.user, file=given)

    if carried_out(request, form, state, _("Added.")):
        return redirect("profile-skill", pk=pk)
    about = _("Nobody here checks it. Who may see it reads that you say so.")
    words = {"title": _("Add a certificate"), "about": about, "button": _("Add")}
    return form_page(request, FORM, form, **words, skill=skill)


@login_required
@require_POST
def evidence_remove(request: PersonRequest, pk: int) -> HttpResponse:
    """Take evidence out of one's own profile."""
    mine = SkillEvidence.objects.filter(skill__profile__person=request.user)
    row: SkillEvidence = get_object_or_404(mine.select_related("skill__profile"), pk=pk)
    done(request, lambda: verbs.remove(row, by=request.user), _("Removed."))
    return redirect("profile-skill", pk=row.skill_id)


@login_required
@require_safe
def asked_list(request: PersonRequest) -> HttpResponse:
    """What one is asked of skills of others, and what one answered."""
    return _asked_page(request)


@login_required
@require_POST
def asked_move(request: PersonRequest, pk: int, deed: str) -> HttpResponse:
    """Answer, or take an answer back."""
    asked = SkillEvidence.objects.answerable_by(request.user)
    row: SkillEvidence = get_object_or_404(asked, pk=pk)
    form = EvidenceAnswerForm(request.POST, auto_id=f"{pk}-%s")

    def move() -> SkillEvidence:
        return verbs.move(row, deed, by=request.user, **form.cleaned_data)

    if carried_out(request, form, move, _(EVIDENCE.step(deed).done)):
        return redirect("skills-asked")
    return _asked_page(request, (row.pk, form))


def _asked_page(
    request: PersonRequest, answering: tuple[int, EvidenceAnswerForm] | None = None
) -> HttpResponse:
    """The questions, the newest first; `answering` is the one that was answered, with what is to be mended there."""
    taxonomy, language = current_taxonomy(), active_language()
    found = SkillEvidence.objects.answerable_by(request.user).order_by("-pk")
    every = Paginator(found.select_related("skill__profile__person", "organisation"), PAGE)
    page = every.get_page(request.GET.get("page"))
    asked: list[SkillEvidence] = list(page)
    people = {each.skill.profile.person_id: each.skill.profile.person for each in asked}
    names = names_of(people)
    number, form = answering or (0, None)
    rows = [
        {
            "evidence": each,
            "concept": shown(taxonomy, each.skill, language),
            "who": names[each.skill.profile.person_id] or each.skill.profile.person.email,
            "form": form
            if each.pk == number and form
            else EvidenceAnswerForm(auto_id=f"{each.pk}-%s"),
            "may_answer": EVIDENCE.allows(each.state, "confirm"),
            "may_take_back": EVIDENCE.allows(each.state, "take-back"),
        }
        for each in asked
    ]
    status = 422 if form is not None else 200
    context = {"rows": rows, "form": form, "page": page}
    return render(request, "talent/profiles/asked.html", context, status=status)
