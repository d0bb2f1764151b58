"""Addresses of lists of people, and of what looks after them."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from katalysator.coalition.queries import speaks_for_any
from katalysator.talent.cards import add_card
from katalysator.talent.oversight import views

_LIST = "talent/lists/<int:pk>/"
_ME = "talent/lists-about-me/"
_BUREAU = "talent/oversight/"

urlpatterns = [
    path("talent/lists/", views.consultation_list, name="consultation-list"),
    path(_LIST, views.consultation, name="consultation"),
    path(f"{_LIST}figures/", views.consultation_scores, name="consultation-scores"),
    path(f"{_LIST}<slug:key>/decide/", views.consulted_decide, name="consulted-decide"),
    path(_ME, views.lists_about_me, name="lists-about-me"),
    path(f"{_ME}<int:pk>/object/", views.consulted_object, name="consulted-object"),
    path(_BUREAU, views.oversight, name="talent-oversight"),
    path(f"{_BUREAU}switch/", views.lists_switch, name="lists-switch"),
    path(f"{_BUREAU}replay/", views.list_replay, name="list-replay"),
    path(f"{_BUREAU}bias/", views.bias, name="talent-bias"),
    path(f"{_BUREAU}bias/measure/", views.titles_measure, name="titles-measure"),
    path(f"{_BUREAU}objections/<int:pk>/", views.objection, name="objection"),
]

add_card(
    "consultation-list",
    _("Lists of people"),
    _("Who lets your organisation look, and what they can do: you decide, with a reason."),
    position=60,
    is_for=speaks_for_any,
)
add_card(
    "talent-oversight",
    _("Oversight"),
    _("For the bureau: objections, and whether people fare alike."),
    position=92,
    is_for=lambda person: person.is_authenticated and person.is_coordinator,
)
