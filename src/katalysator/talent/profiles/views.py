"""Pages of one's own profile: what is in it, what goes in and out, and what is taken along."""

import json
from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from katalysator.coalition.models import PersonRequest
from katalysator.core.downloads import as_file, as_sheet
from katalysator.core.forms import carried_out, done, form_page
from katalysator.core.language import active_language
from katalysator.core.uploads import takes_file
from katalysator.talent.models import ProfileConsent, ProfileOccupation, ProfileSkill, SkillProfile
from katalysator.talent.profiles import verbs
from katalysator.talent.profiles.choosing import (
    ConceptKind,
    chosen_by_key,
    found,
    has_taxonomy,
    shown,
)
from katalysator.talent.profiles.forms import (
    ConceptSearchForm,
    ErasureForm,
    OccupationForm,
    ProfileFileForm,
    WantedForm,
)
from katalysator.talent.profiles.people import called
from katalysator.talent.profiles.portable import elm, sheet
from katalysator.talent.profiles.portable.facts import LARGEST_FILE, PortableProfile
from katalysator.talent.profiles.portable.reading import read
from katalysator.talent.profiles.portable.verbs import take_in
from katalysator.talent.profiles.telling import ToldProfile
from katalysator.talent.taxonomies.current import current_taxonomy

FORM: Final = "talent/profiles/form.html"
_writing = require_http_methods(["GET", "HEAD", "POST"])


def own_profile(request: PersonRequest) -> SkillProfile:
    """The profile of who asks. Raises Http404 where there is none."""
    found_: SkillProfile = get_object_or_404(SkillProfile.objects.of(request.user))
    return found_


def own_skill(request: PersonRequest, pk: int) -> ProfileSkill:
    """A skill in the profile of who asks."""
    mine = ProfileSkill.objects.filter(profile__person=request.user)
    found_: ProfileSkill = get_object_or_404(mine.select_related("profile"), pk=pk)
    return found_


@login_required
@require_safe
def profile(request: PersonRequest) -> HttpResponse:
    """One's own profile; the first step, where there is none."""
    mine = SkillProfile.objects.of(request.user).first()
    if mine is None:
        return render(request, "talent/profiles/none.html", {"has_taxonomy": has_taxonomy()})
    told = ToldProfile.own(mine)
    open_ = ProfileConsent.objects.filter(profile=mine).open().count()
    return render(
        request,
        "talent/profiles/own.html",
        {"told": told, "profile": mine, "open": open_, "has_taxonomy": has_taxonomy()},
    )


@login_required
@require_POST
def profile_make(request: PersonRequest) -> HttpResponse:
    """Make a profile."""
    verbs.make(request.user, by=request.user)
    messages.success(request, _("Your profile is there. Nobody but you sees it."))
    return redirect("profile")


@login_required
@require_POST
def profile_keep(request: PersonRequest) -> HttpResponse:
    """Say that it may stay."""
    mine = own_profile(request)
    done(request, lambda: verbs.keep(mine, by=request.user), _("Your profile stays."))
    return redirect("profile")


@login_required
@require_POST
def profile_mend(request: PersonRequest) -> HttpResponse:
    """Put in the place of what has gone what the list has now."""
    mine = own_profile(request)
    done(request, lambda: verbs.mend(mine, by=request.user), _("Your profile follows the list."))
    return redirect("profile")


@login_required
@_writing
def profile_erase(request: PersonRequest) -> HttpResponse:
    """Erase it, after saying to be sure."""
    mine = own_profile(request)
    form = ErasureForm(request.POST or None)

    def erase() -> bool:
        verbs.erase(mine, by=request.user)
        return True

    if carried_out(request, form, erase, _("Your profile is erased.")):
        return redirect("profile")
    about = _("Your skills, your work, what others confirmed and who may see it: all of it goes.")
    words = {"title": _("Erase my profile"), "about": about, "button": _("Erase")}
    return form_page(request, FORM, form, **words)


@login_required
@_writing
def profile_wanted(request: PersonRequest) -> HttpResponse:
    """Say what one wants."""
    mine = own_profile(request)
    initial = {"hours": mine.hours, "region": mine.region, "level": mine.level}
    form = WantedForm(request.POST or None, initial=initial)

    def want() -> SkillProfile:
        return verbs.want(mine, form.facts(), by=request.user)

    if carried_out(request, form, want, _("Saved.")):
        return redirect("profile")
    return form_page(request, FORM, form, title=_("What do you want?"), button=_("Save"))


@login_required
@_writing
def skill_add(request: PersonRequest) -> HttpResponse:
    """Search for a skill, and add it with one button."""
    mine = own_profile(request)
    if request.method == "POST":
        key = request.POST.get("key", "")[:200]
        done(request, lambda: verbs.add_skill(mine, key, by=request.user), _("Added."))
        return redirect(f"{request.path}?{request.GET.urlencode()}")
    there = set(mine.skills.values_list("key", flat=True))
    return _search_page(request, "skill", there=there)


@login_required
@_writing
def occupation_add(request: PersonRequest) -> HttpResponse:
    """Search for an occupation, choose it, and say when one did it."""
    mine = own_profile(request)
    key = (request.POST.get("key") or request.GET.get("key") or "")[:200]
    chosen = chosen_by_key("occupation", key, active_language()) if key else None
    if chosen is None and request.method != "POST":
        return _search_page(request, "occupation", there=set())
    form = OccupationForm(request.POST or None, initial={"key": key})

    def add() -> ProfileOccupation:
        return verbs.add_occupation(mine, form.facts(), by=request.user)

    if carried_out(request, form, add, _("Added.")):
        return redirect("profile")
    words = {"title": _("When did you do this work?"), "button": _("Add"), "concept": chosen}
    return form_page(request, FORM, form, **words)


def _search_page(request: PersonRequest, chosen: ConceptKind, *, there: set[str]) -> HttpResponse:
    form = ConceptSearchForm(request.GET)
    words = form.cleaned_data["q"] if form.is_valid() else ""
    shown_ = {
        "form": form,
        "words": words,
        "found": [(each, each.key in there) for each in found(chosen, words, active_language())],
        "chosen": chosen,
        "has_taxonomy": has_taxonomy(),
    }
    return render(request, "talent/profiles/search.html", shown_)


@login_required
@require_POST
def occupation_remove(request: PersonRequest, pk: int) -> HttpResponse:
    """Take an occupation out."""
    mine = ProfileOccupation.objects.filter(profile__person=request.user)
    row: ProfileOccupation = get_object_or_404(mine.select_related("profile"), pk=pk)
    done(request, lambda: verbs.remove_occupation(row, by=request.user), _("Removed."))
    return redirect("profile")


@login_required
@require_safe
def skill(request: PersonRequest, pk: int) -> HttpResponse:
    """A skill of one's own, with what speaks for it and what else may."""
    row = own_skill(request, pk)
    evidence = list(row.evidence.select_related("organisation"))
    names = called([each.asked_id for each in evidence], request.user)
    context = {
        "skill": row,
        "concept": shown(current_taxonomy(), row, active_language()),
        "evidence": [(each, names.get(each.asked_id or 0, "")) for each in evidence],
    }
    return render(request, "talent/profiles/skill.html", context)


@login_required
@require_POST
def skill_remove(request: PersonRequest, pk: int) -> HttpResponse:
    """Take a skill out."""
    row = own_skill(request, pk)
    done(request, lambda: verbs.remove_skill(row, by=request.user), _("Removed."))
    return redirect("profile")


@login_required
@require_safe
def profile_elm(request: PersonRequest) -> HttpResponse:
    """One's own profile as JSON-LD of Europass."""
    told = elm.written(PortableProfile.of(own_profile(request)))
    text = json.dumps(told, ensure_ascii=False, indent=2)
    answer = as_file(HttpResponse(text, content_type=elm.MEDIA_TYPE), "skill-profile.jsonld")
    answer["Cache-Control"] = "private, no-store"
    return answer


@login_required
@require_safe
def profile_csv(request: PersonRequest) -> HttpResponseBase:
    """One's own profile as CSV."""
    told = PortableProfile.of(own_profile(request))
    answer = as_sheet("skill-profile", sheet.COLUMNS, sheet.lines(told))
    answer["Cache-Control"] = "private, no-store"
    return answer


@takes_file(LARGEST_FILE)
@login_required
@_writing
def profile_import(request: PersonRequest) -> HttpResponse:
    """Take in a profile of a file, and tell what was left out."""
    mine = own_profile(request)
    sent = request.method == "POST"
    form = ProfileFileForm(request.POST if sent else None, request.FILES if sent else None)

    def take() -> Any:
        file = form.cleaned_data["file"]
        return take_in(mine, read(file.read(), file.name), by=request.user)

    taken = carried_out(request, form, take)
    if taken is None:
        return form_page(request, "talent/profiles/import.html", form)
    left_out = [(number, _(why)) for why, number in taken.left_out.items()]
    shown_ = {"form": ProfileFileForm(), "taken": taken, "left_out": left_out}
    return render(request, "talent/profiles/import.html", shown_)
