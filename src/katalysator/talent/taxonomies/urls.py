"""Addresses of the bureau's pages of taxonomies and figures, and their cards."""

from typing import Any

from django.urls import path
from django.utils.translation import gettext_lazy as _

from katalysator.core.actors import permits
from katalysator.talent.cards import add_card
from katalysator.talent.taxonomies import views
from katalysator.talent.taxonomies.permissions import KEEP_TAXONOMIES

_VERSION = "talent/taxonomies/<int:pk>/"
_OWN = "talent/own/"


def keeps(person: Any) -> bool:
    """Whether somebody keeps taxonomies, figures and courses."""
    return person.is_authenticated and permits(person, KEEP_TAXONOMIES)


urlpatterns = [
    path("talent/taxonomies/", views.taxonomy_list, name="taxonomy-list"),
    path(_VERSION, views.taxonomy_version, name="taxonomy-version"),
    path(f"{_VERSION}use/", views.taxonomy_use, name="taxonomy-use"),
    path(f"{_VERSION}remove/", views.taxonomy_remove, name="taxonomy-remove"),
    path(f"{_VERSION}redirect/", views.taxonomy_redirect, name="taxonomy-redirect"),
    path("talent/figures/", views.figure_list, name="figure-list"),
    path(f"{_OWN}new/", views.local_concept_new, name="local-concept-new"),
    path(f"{_OWN}<int:pk>/edit/", views.local_concept_edit, name="local-concept-edit"),
    path(f"{_OWN}<int:pk>/remove/", views.local_concept_remove, name="local-concept-remove"),
]

add_card(
    "figure-list",
    _("Pay and demand"),
    _("For the bureau: take in figures of CBS and UWV."),
    position=91,
    is_for=keeps,
)
add_card(
    "taxonomy-list",
    _("Taxonomies of work"),
    _("For the bureau: take in versions, and add what they lack."),
    position=90,
    is_for=keeps,
)
