"""Addresses of work and skills, and their cards."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from katalysator.talent.cards import add_card
from katalysator.talent.work import views

urlpatterns = [
    path("talent/work/", views.work_list, name="talent-work-list"),
    path("talent/work/<path:key>/", views.work, name="talent-work"),
    path("talent/skills/", views.skill_list, name="talent-skill-list"),
    path("talent/skills/<path:key>/", views.skill, name="talent-skill"),
]

add_card(
    "talent-work-list",
    _("Work"),
    _("What each kind of work is, what it asks for and what it pays."),
    position=20,
)
add_card(
    "talent-skill-list",
    _("Skills"),
    _("What people can do, and which work asks for it."),
    position=30,
)
