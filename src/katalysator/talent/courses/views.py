"""The bureau's pages of courses: all of them, one, and a sheet of many."""

from functools import partial
from typing import Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from katalysator.coalition.models import PersonRequest
from katalysator.core import audit
from katalysator.core.actors import permits
from katalysator.core.forms import carried_out, done, form_page
from katalysator.core.language import active_language
from katalysator.core.uploads import takes_file
from katalysator.importing.reading import LARGEST_SHEET
from katalysator.talent.courses import verbs
from katalysator.talent.courses.changes import may_undo
from katalysator.talent.courses.content import in_words
from katalysator.talent.courses.forms import CourseForm, CoursesSheetForm
from katalysator.talent.models import LearningCourse
from katalysator.talent.taxonomies.current import current_taxonomy
from katalysator.talent.taxonomies.permissions import KEEP_TAXONOMIES

PAGE: Final = 25
_LONGEST_QUERY: Final = 100
_writing = require_http_methods(["GET", "HEAD", "POST"])


@takes_file(LARGEST_SHEET)
@never_cache
@login_required
@_writing
def course_list(request: PersonRequest) -> HttpResponse:
    """All courses, by words or those that ended, and the form for a sheet of more. Cost: three queries."""
    _require_bureau(request)
    sent = request.method == "POST"
    form = CoursesSheetForm(request.POST if sent else None, request.FILES if sent else None)

    def add() -> list[LearningCourse]:
        return verbs.add_courses(form.cleaned_data["courses"], by=request.user)

    made = carried_out(request, form, add)
    if made is not None:
        said = ngettext("%(count)s course added.", "%(count)s courses added.", len(made))
        messages.success(request, said % {"count": len(made)})
        return redirect("course-list")
    words = request.GET.get("q", "")[:_LONGEST_QUERY].replace("\x00", "")
    ended = request.GET.get("ended") == "1"
    found = LearningCourse.objects.ended() if ended else LearningCourse.objects.running()
    page = Paginator(found.called(words), PAGE).get_page(request.GET.get("page"))
    return form_page(request, "talent/courses/list.html", form, page=page, words=words, ended=ended)


@never_cache
@login_required
@_writing
def course_new(request: PersonRequest) -> HttpResponse:
    """Add a course."""
    _require_bureau(request)
    form = CourseForm(request.POST or None)

    def add() -> LearningCourse:
        return verbs.add_course(form.content(), by=request.user)

    if carried_out(request, form, add, _("Added. The anonymous route shows it from now on.")):
        return redirect("course-list")
    return form_page(request, "talent/courses/form.html", form)


@never_cache
@login_required
@_writing
def course_edit(request: PersonRequest, pk: int) -> HttpResponse:
    """Change what a course says."""
    course = _course(request, pk)
    initial = in_words(course, current_taxonomy(), active_language()).fields()
    initial["seen"] = audit.latest_of(course)
    form = CourseForm(request.POST or None, initial=initial)

    def change() -> LearningCourse:
        seen = form.cleaned_data["seen"]
        return verbs.change_course(course, form.content(), by=request.user, seen=seen)

    if carried_out(request, form, change, _("Changed. Its page has a button to undo that.")):
        return redirect("course-edit", pk=pk)
    return form_page(
        request, "talent/courses/form.html", form, course=course, may_undo=may_undo(course)
    )


@login_required
@require_POST
def course_move(request: PersonRequest, pk: int, deed: str) -> HttpResponse:
    """End a course, let it be followed again, or undo its last change."""
    course = _course(request, pk)
    do = {"end": verbs.end_course, "reopen": verbs.reopen_course, "undo": verbs.undo_change}[deed]
    said = {
        "end": _("Ended. You can let it be followed again where the ended ones stand."),
        "reopen": _("It can be followed again."),
        "undo": _("It says what it did before."),
    }[deed]
    done(request, partial(do, course, by=request.user), said)
    return redirect("course-edit", pk=pk)


def _course(request: PersonRequest, pk: int) -> LearningCourse:
    _require_bureau(request)
    found: LearningCourse = get_object_or_404(LearningCourse, pk=pk)
    return found


def _require_bureau(request: PersonRequest) -> None:
    if not permits(request.user, KEEP_TAXONOMIES):
        raise PermissionDenied
