"""Addresses of talent, and the cards of its page."""

from typing import Any

from django.urls import path
from django.utils.translation import gettext_lazy as _

from katalysator.core.actors import permits
from katalysator.talent import views
from katalysator.talent.cards import add_card
from katalysator.talent.roads import views as roads
from katalysator.talent.taxonomies import views as taxonomies
from katalysator.talent.taxonomies.permissions import KEEP_TAXONOMIES
from katalysator.talent.work import views as work

_VERSION = "talent/taxonomies/<int:pk>/"
_OWN = "talent/own/"


def _keeps(person: Any) -> bool:
    return person.is_authenticated and permits(person, KEEP_TAXONOMIES)


urlpatterns = [
    path("talent/", views.talent, name="talent"),
    path("talent/road/", roads.road, name="talent-road"),
    path("talent/work/", work.work_list, name="talent-work-list"),
    path("talent/work/<path:key>/", work.work, name="talent-work"),
    path("talent/skills/", work.skill_list, name="talent-skill-list"),
    path("talent/skills/<path:key>/", work.skill, name="talent-skill"),
    path("talent/taxonomies/", taxonomies.taxonomy_list, name="taxonomy-list"),
    path(_VERSION, taxonomies.taxonomy_version, name="taxonomy-version"),
    path(f"{_VERSION}use/", taxonomies.taxonomy_use, name="taxonomy-use"),
    path(f"{_VERSION}remove/", taxonomies.taxonomy_remove, name="taxonomy-remove"),
    path(f"{_VERSION}redirect/", taxonomies.taxonomy_redirect, name="taxonomy-redirect"),
    path("talent/figures/", taxonomies.figure_list, name="figure-list"),
    path(f"{_OWN}new/", taxonomies.local_concept_new, name="local-concept-new"),
    path(f"{_OWN}<int:pk>/edit/", taxonomies.local_concept_edit, name="local-concept-edit"),
    path(f"{_OWN}<int:pk>/remove/", taxonomies.local_concept_remove, name="local-concept-remove"),
]

add_card(
    "talent-road",
    _("From your work to other work"),
    _("Five questions, three directions. No account, and nothing is kept."),
    position=10,
)
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
add_card(
    "figure-list",
    _("Pay and demand"),
    _("For the bureau: take in figures of CBS and UWV."),
    position=91,
    is_for=_keeps,
)
add_card(
    "taxonomy-list",
    _("Taxonomies of work"),
    _("For the bureau: take in versions, and add what they lack."),
    position=90,
    is_for=_keeps,
)
