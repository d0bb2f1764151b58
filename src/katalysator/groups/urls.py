"""Addresses of working groups, each below the group's own, and of who is chair or contact point."""

from django.urls import path, re_path

from katalysator.groups import views
from katalysator.groups.members import views as members
from katalysator.groups.members.workflow import MEMBERSHIP
from katalysator.groups.papers import views as papers
from katalysator.groups.papers.workflow import MEETING, TASK
from katalysator.groups.stewards import views as stewards
from katalysator.groups.todo import views as todo
from katalysator.groups.workflow import GROUP, JOIN

_OF = "groups/<slug:slug>/"
_BELOW = r"^groups/(?P<slug>[-\w]+)/"
_NUMBER = r"(?P<pk>[0-9]{1,18})"
_MOVES = "|".join(deed for deed in MEETING.deeds if deed != "write")  # which takes a form
_ENTERING = MEMBERSHIP.pattern_of(JOIN)
_OTHERWISE = "|".join(
    deed for deed in MEMBERSHIP.deeds if deed not in ("invite", *_ENTERING.split("|"))
)

urlpatterns = [
    path("groups/", views.group_list, name="group-list"),
    path("groups/new/", views.group_new, name="group-new"),
    path(_OF, views.group, name="group"),
    path(f"{_OF}edit/", views.group_edit, name="group-edit"),
    re_path(rf"{_BELOW}(?P<deed>{GROUP.pattern})/$", views.group_move, name="group-move"),
    path(f"{_OF}members/", members.member_list, name="group-members"),
    re_path(rf"{_BELOW}members/(?P<deed>{_ENTERING})/$", members.group_enter, name="group-enter"),
    re_path(
        rf"{_BELOW}members/{_NUMBER}/(?P<deed>{_OTHERWISE})/$",
        members.group_membership_move,
        name="group-membership-move",
    ),
    path(f"{_OF}members/<int:pk>/role/", members.group_role, name="group-role"),
    path(f"{_OF}meetings/", papers.meeting_list, name="group-meetings"),
    path(f"{_OF}meetings/new/", papers.meeting_new, name="group-meeting-new"),
    path(f"{_OF}meetings/<int:pk>/", papers.meeting, name="group-meeting"),
    path(f"{_OF}meetings/<int:pk>/edit/", papers.meeting_edit, name="group-meeting-edit"),
    path(f"{_OF}meetings/<int:pk>/minutes/", papers.minutes_edit, name="group-minutes"),
    re_path(
        rf"{_BELOW}meetings/{_NUMBER}/(?P<deed>{_MOVES})/$",
        papers.meeting_move,
        name="group-meeting-move",
    ),
    path(f"{_OF}decisions/", papers.decision_list, name="group-decisions"),
    path(f"{_OF}decisions/new/", papers.decision_new, name="group-decision-new"),
    path(f"{_OF}decisions/<int:pk>/revoke/", papers.decision_revoke, name="group-decision-revoke"),
    path(f"{_OF}tasks/", todo.task_list, name="group-tasks"),
    path(f"{_OF}tasks/new/", todo.task_new, name="group-task-new"),
    path(f"{_OF}tasks/<int:pk>/edit/", todo.task_edit, name="group-task-edit"),
    re_path(
        rf"{_BELOW}tasks/{_NUMBER}/(?P<deed>{TASK.pattern})/$",
        todo.task_move,
        name="group-task-move",
    ),
    path("bureau/stewards/", stewards.steward_list, name="steward-list"),
    path("stewards/<int:pk>/stop/", stewards.steward_stop, name="steward-stop"),
    path("stewards/<int:pk>/address/", stewards.steward_address, name="steward-address"),
]
