"""Addresses of questions."""

from django.urls import path, re_path

from katalysator.questions import views
from katalysator.questions.handling import views as handling
from katalysator.questions.workflow import OWN, QUESTION

_DEEDS = QUESTION.pattern_of(OWN)
_ONE = "questions/<int:pk>/"
_OWN = "questions/own/<str:key>/"

urlpatterns = [
    path("questions/", views.question_list, name="question-list"),
    path("questions/ask/", views.question_ask, name="question-ask"),
    path("questions/sent/", views.question_sent, name="question-sent"),
    path(_ONE, views.question, name="question"),
    path(f"{_ONE}route/", handling.question_route, name="question-route"),
    path(f"{_ONE}answer/", handling.question_answer, name="question-answer"),
    path(f"{_ONE}pass-on/", handling.question_refuse, name="question-refuse"),
    path(f"{_ONE}decline/", handling.question_decline, name="question-decline"),
    path(f"{_ONE}replies/<int:reply>/mark/", views.reply_mark, name="reply-mark"),
    path(f"{_ONE}replies/<int:reply>/share/", handling.reply_share, name="reply-share"),
    re_path(
        rf"^questions/(?P<pk>[0-9]{{1,18}})/(?P<deed>{_DEEDS}|show|hide)/$",
        views.question_move,
        name="question-move",
    ),
    path(_OWN, views.question, name="question-own"),
    path(f"{_OWN}replies/<int:reply>/mark/", views.reply_mark, name="reply-own-mark"),
    re_path(
        rf"^questions/own/(?P<key>[^/]+)/(?P<deed>{_DEEDS}|hide)/$",
        views.question_move,
        name="question-own-move",
    ),
    path("bureau/questions/", handling.question_queue, name="question-queue"),
]
