"""The pages of the route. Each sends all answers along with the next: no session, no cookie, no record, no line in the log."""

from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from katalysator.core.downloads import as_file
from katalysator.engine.skills import SkillPart, Taxonomy, Tier
from katalysator.talent.labels import called
from katalysator.talent.roads.answers import QUESTION, RoadAnswers, RoadStep
from katalysator.talent.roads.directions import WorkDirection, WorkDirections, directions_of
from katalysator.talent.roads.forms import form_of
from katalysator.talent.taxonomies.current import current_taxonomy
from katalysator.talent.work.figures import loaded

_BACK: Final = "back"
_SAVE: Final = "save"


@csrf_exempt  # nothing is done with it, and the token would be a cookie
@require_http_methods(["GET", "HEAD", "POST"])
def road(request: HttpRequest) -> HttpResponse:
    """One question of the route, or what came of it: the page after, or before, the one that was answered."""
    taxonomy = current_taxonomy()
    if taxonomy is None:
        return render(request, "talent/road_none.html")
    if request.method != "POST":
        return _page(request, RoadStep.WORK, RoadAnswers(), taxonomy)
    answers = RoadAnswers.read(request.POST, taxonomy)
    at = RoadStep(said) if (said := request.POST.get("at", "")) in set(RoadStep) else RoadStep.WORK
    go = request.POST.get("go", "")
    if at == RoadStep.RESULT and go == _SAVE:
        return _saved(answers, taxonomy)
    if go == _BACK:
        return _page(request, _beside(at, answers, taxonomy, -1), answers, taxonomy)
    if at != RoadStep.RESULT and at in answers.path(taxonomy):
        form = form_of(at, request.POST, answers, taxonomy)
        if not form.is_valid():
            return _page(request, at, answers, taxonomy, form)
    return _page(request, _beside(at, answers, taxonomy, 1), answers, taxonomy)


def _beside(at: RoadStep, answers: RoadAnswers, taxonomy: Taxonomy, way: int) -> RoadStep:
    """The page before or after one, of those that these answers lead along."""
    path = answers.path(taxonomy)
    order = list(RoadStep)
    before = [step for step in path if order.index(step) < order.index(at)]
    after = [step for step in path if order.index(step) > order.index(at)]
    return (after or [RoadStep.RESULT])[0] if way > 0 else (before or [RoadStep.WORK])[-1]


def _page(
    request: HttpRequest, step: RoadStep, answers: RoadAnswers, taxonomy: Taxonomy, form: Any = None
) -> HttpResponse:
    if step == RoadStep.RESULT:
        return _result(request, answers, taxonomy)
    asked = form or form_of(step, None, answers, taxonomy)
    also = list(answers.sent_along([*asked.fields, "doing_for"]))
    if step == RoadStep.DOING:
        also.append(("doing_for", answers.occupation))
    elif answers.doing_for:
        also.append(("doing_for", answers.doing_for))
    context = {
        "form": asked,
        "step": step,
        "question": QUESTION[step],
        "is_first": step == RoadStep.WORK,
        "sent_along": also,
        "not_found": step == RoadStep.MORE and not answers.occupation and answers.work,
    }
    return render(request, "talent/road.html", context, status=422 if asked.errors else 200)


def _result(request: HttpRequest, answers: RoadAnswers, taxonomy: Taxonomy) -> HttpResponse:
    return render(request, "talent/road_result.html", _found(answers, taxonomy))


def _saved(answers: RoadAnswers, taxonomy: Taxonomy) -> HttpResponse:
    """The result as a text that the person keeps."""
    text = render_to_string("talent/road_result.txt", _found(answers, taxonomy))
    response = HttpResponse(text, content_type="text/plain; charset=utf-8")
    return as_file(response, _("my-directions.txt"))


def _found(answers: RoadAnswers, taxonomy: Taxonomy) -> dict[str, Any]:
    """What the result shows. Cost: five queries at most, one where no skill was ticked."""
    rows = answers.skills(taxonomy)
    found = directions_of(answers, taxonomy) if rows else None
    return {
        "answers": answers,
        "sent_along": list(answers.sent_along(())),
        "skills": [called(taxonomy.skills, row) for row in rows],
        "found": found,
        "directions": _shown(found, taxonomy) if found else [],
        "opener": found.opener if found else None,
        "opener_skill": called(taxonomy.skills, found.opener.skill)
        if found and found.opener
        else "",
        "loaded": loaded() if found else (),
    }


def _shown(found: WorkDirections, taxonomy: Taxonomy) -> list[dict[str, Any]]:
    return [_card(each, found, taxonomy) for each in found.shown]


def _card(each: WorkDirection, found: WorkDirections, taxonomy: Taxonomy) -> dict[str, Any]:
    """A direction with its words and numbers, each of which opens to its parts."""
    own, pay = found.own.pay, each.figures.pay
    needed = [part for part in each.route.parts if part.is_essential]
    whole = sum(part.worth for part in needed)
    parts = [_part(part, whole, taxonomy) for part in needed]
    more = (
        round(pay.middle - own.middle, 2)
        if own and pay and own.middle is not None and pay.middle is not None
        else None
    )
    return {
        "key": each.key,
        "name": called(taxonomy.occupations, each.route.occupation),
        "tier": _tiers()[each.route.tier],
        "percent": round(100 * each.route.essential),
        "parts": parts,
        "missing": [part for part in parts if not part["has"]],
        "pay": pay,
        "more": more,
        "a_month": each.a_month,
        "demand": each.figures.demand,
        "course": each.course,
        "course_teaches": [called(taxonomy.skills, row) for row in each.course.teaches]
        if each.course
        else [],
        "course_percent": round(100 * each.course.after) if each.course else 0,
    }


def _part(part: SkillPart, whole: int, taxonomy: Taxonomy) -> dict[str, Any]:
    """A skill, how much it weighs, what one has of it, and the percentage that one would have with it."""
    through = part.through if not part.has and part.counts else None
    return {
        "skill": called(taxonomy.skills, part.skill),
        "has": part.has,
        "share": round(100 * part.worth / whole, 1),
        "counts": part.counts,
        "through": "" if through is None else called(taxonomy.skills, through),
        "after": round(100 * part.essential_after),
    }


def _tiers() -> dict[Tier, str]:
    return {
        Tier.NOW: _("You can do this now"),
        Tier.COURSE: _("With a course"),
        Tier.LONGER: _("A longer road"),
    }
