"""Addresses of the bureau's pages of courses, and their card."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from katalysator.talent.cards import add_card
from katalysator.talent.courses import views
from katalysator.talent.taxonomies.urls import keeps

_COURSE = "talent/courses/<int:pk>/"

urlpatterns = [
    path("talent/courses/", views.course_list, name="course-list"),
    path("talent/courses/new/", views.course_new, name="course-new"),
    path(f"{_COURSE}edit/", views.course_edit, name="course-edit"),
    *(
        path(f"{_COURSE}{deed}/", views.course_move, {"deed": deed}, name=f"course-{deed}")
        for deed in ("end", "reopen", "undo")
    ),
]

add_card(
    "course-list",
    _("Courses to follow"),
    _("For the bureau: what people can follow, and which skills one learns there."),
    position=92,
    is_for=keeps,
)
