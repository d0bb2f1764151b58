"""Addresses of the monitor of learning, and of pilots."""

from django.urls import path

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
