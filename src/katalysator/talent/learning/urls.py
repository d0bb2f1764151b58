"""Addresses of the monitor of learning, and of pilots."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from katalysator.coalition.queries import speaks_for_any
from katalysator.talent.cards import add_card
from katalysator.talent.learning import views

_PILOT = "talent/pilots/<int:pk>/"

urlpatterns = [
    path("talent/monitor/", views.learning_monitor, name="learning-monitor"),
    path("talent/monitor/monitor.csv", views.learning_monitor_csv, name="learning-monitor-csv"),
    path("talent/pilots/", views.pilot_list, name="learning-pilot-list"),
    path(_PILOT, views.learning_pilot, name="learning-pilot"),
    path(f"{_PILOT}edit/", views.pilot_edit, name="learning-pilot-edit"),
    path(f"{_PILOT}remove/", views.pilot_remove, name="learning-pilot-remove"),
]

add_card(
    "learning-monitor",
    _("Life-long learning"),
    _("How many people were reached, started, completed and found a place."),
    position=40,
)
add_card(
    "learning-pilot-list",
    _("Pilots"),
    _("What your organisation does, and the people that it reached, counted once."),
    position=41,
    is_for=speaks_for_any,
)
