"""Addresses of cohorts."""

from django.urls import path, re_path
from django.utils.translation import gettext_lazy as _

from katalysator.coalition.queries import speaks_for_any
from katalysator.talent.cards import add_card
from katalysator.talent.cohorts import views as cohorts
from katalysator.talent.cohorts.verbs import DEEDS as COHORT_DEEDS

_COHORT = "talent/cohorts/<int:pk>/"

urlpatterns = [
    path("talent/cohorts/", cohorts.cohort_list, name="cohort-list"),
    path("talent/cohorts/new/", cohorts.cohort_new, name="cohort-new"),
    path(_COHORT, cohorts.cohort, name="cohort"),
    path(f"{_COHORT}remove/", cohorts.cohort_remove, name="cohort-remove"),
    path(f"{_COHORT}people/<slug:scenario>/", cohorts.cohort_people, name="cohort-people"),
    path(f"{_COHORT}people/<slug:scenario>.csv", cohorts.cohort_export, name="cohort-export"),
    re_path(
        rf"^talent/cohorts/(?P<pk>[0-9]{{1,18}})/(?P<deed>{'|'.join(COHORT_DEEDS)})/$",
        cohorts.cohort_move,
        name="cohort-move",
    ),
]

add_card(
    "cohort-list",
    _("Cohorts"),
    _("Where many people of one employer could go together."),
    position=50,
    is_for=speaks_for_any,
)
