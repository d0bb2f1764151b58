"""Pages on which a person says who may see the profile, and those on which others see it."""

from typing import Final

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from katalysator.coalition.models import PersonRequest
from katalysator.core.attachments.kinds import AttachmentKind
from katalysator.core.attachments.serving import download
from katalysator.core.forms import carried_out, done, form_page
from katalysator.talent.models import (
    ProfileConsent,
    ProfileLook,
    ProfilePurpose,
    SkillEvidence,
    SkillProfile,
)
from katalysator.talent.profiles.consent import verbs
from katalysator.talent.profiles.consent.forms import ConsentForm
from katalysator.talent.profiles.keeping import opened
from katalysator.talent.profiles.people import called, names_of
from katalysator.talent.profiles.telling import ToldProfile
from katalysator.talent.profiles.views import own_profile

PAGE: Final = 25
_MOST: Final = 100


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def sharing(request: PersonRequest) -> HttpResponse:
    """Who may see one's profile, who looked, and one more."""
    mine, form = own_profile(request), ConsentForm(request.POST or None)

    def share() -> ProfileConsent:
        return verbs.share(mine, form.facts(request.user), by=request.user)

    if carried_out(request, form, share, _("They may look now.")):
        return redirect("profile-sharing")
    given = ProfileConsent.objects.filter(profile=mine).select_related("organisation")
    consents: list[ProfileConsent] = list(given[:_MOST])
    looks: list[ProfileLook] = list(
        ProfileLook.objects.filter(profile=mine).select_related("organisation")[:_MOST]
    )
    people = [*(each.person_id for each in consents), *(each.person_id for each in looks)]
    names = called(people, request.user)
    return form_page(
        request,
        "talent/profiles/sharing.html",
        form,
        consents=[(each, _to(each, names)) for each in consents],
        looks=[(each, _who(each, names)) for each in looks],
    )


@login_required
@require_POST
def sharing_end(request: PersonRequest, pk: int) -> HttpResponse:
    """Let somebody see nothing more."""
    mine = ProfileConsent.objects.filter(profile__person=request.user)
    row: ProfileConsent = get_object_or_404(mine.select_related("profile"), pk=pk)
    said = _("Ended. They see nothing more by this.")
    done(request, lambda: verbs.end(row, by=request.user), said)
    return redirect("profile-sharing")


@login_required
@require_safe
def shown_list(request: PersonRequest) -> HttpResponse:
    """The profiles that others let one see."""
    found = SkillProfile.objects.visible_to(request.user).exclude(person=request.user)
    every = Paginator(found.select_related("person").order_by("-pk"), PAGE)
    page = every.get_page(request.GET.get("page"))
    names = names_of(each.person_id for each in page)
    rows = [(each, names[each.person_id] or each.person.email) for each in page]
    return render(request, "talent/profiles/shown_list.html", {"rows": rows, "page": page})


@login_required
@require_safe
@never_cache
def shown_profile(request: PersonRequest, pk: int) -> HttpResponse:
    """A profile of another, as far as one may see it; its person sees that one looked."""
    visible = SkillProfile.objects.visible_to(request.user).select_related("person")
    found: SkillProfile = get_object_or_404(visible, pk=pk)
    if found.person_id == request.user.pk:
        return redirect("profile")
    told = ToldProfile.to(request.user, found)
    verbs.note_look(found, request.user, by=request.user)
    who = names_of([found.person_id])[found.person_id] or found.person.email
    purposes = [str(ProfilePurpose(each).label) for each in sorted(told.purposes)]
    context = {"told": told, "profile": found, "who": who, "purposes": purposes}
    return render(request, "talent/profiles/shown.html", context)


@login_required
@require_safe
def evidence_file(request: PersonRequest, pk: int, evidence: int) -> FileResponse:
    """The file of a certificate: of one's own, or where one may see what speaks for skills."""
    visible = SkillEvidence.objects.visible_to(request.user)
    found: SkillEvidence = get_object_or_404(visible, pk=evidence, skill__profile=pk)
    try:
        return download(opened(found), found.file_name, AttachmentKind(found.file_kind).media_type)
    except (FileNotFoundError, ValueError):
        raise Http404 from None


def _to(consent: ProfileConsent, names: dict[int, str]) -> str:
    """To whom a consent is, in words."""
    if consent.organisation:
        return consent.organisation.name
    return names.get(consent.person_id or 0) or _("The coordinator of the coalition")


def _who(look: ProfileLook, names: dict[int, str]) -> str:
    """Who looked, in words; as whom they might, where they are not here any more."""
    if look.is_bureau:
        return _("The coordinator of the coalition")
    return names.get(look.person_id or 0) or (
        look.organisation.name if look.organisation else _("Somebody")
    )
