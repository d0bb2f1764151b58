"""Addresses of knowledge."""

from django.urls import path, re_path

from katalysator.importing.urls import pages_of
from katalysator.knowledge import feeds, file_views, peer_views, views
from katalysator.knowledge.importing.kind import KNOWLEDGE_SHEETS
from katalysator.knowledge.workflow import KNOWLEDGE

_OF = "knowledge/<int:pk>/"

urlpatterns = [
    path("knowledge/", views.item_list, name="knowledge-list"),
    re_path(r"^knowledge/feed\.(?P<form>atom|json)$", feeds.knowledge_feed, name="knowledge-feed"),
    path("knowledge/mine/", views.my_knowledge, name="my-knowledge"),
    path("knowledge/reviews/", peer_views.review_list, name="knowledge-reviews"),
    path("knowledge/new/", views.item_new, name="knowledge-new"),
    *pages_of(KNOWLEDGE_SHEETS, "knowledge/import/"),
    path(_OF, views.item, name="knowledge-item"),
    path(f"{_OF}edit/", views.item_edit, name="knowledge-edit"),
    path(f"{_OF}delete/", views.item_delete, name="knowledge-delete"),
    path(f"{_OF}confirm/", views.item_confirm, name="knowledge-confirm"),
    re_path(
        rf"^knowledge/(?P<pk>[0-9]{{1,18}})/(?P<deed>{KNOWLEDGE.pattern})/$",
        views.item_move,
        name="knowledge-move",
    ),
    path(f"{_OF}reviewers/", peer_views.reviewers, name="knowledge-reviewers"),
    path(f"{_OF}reviews/new/", peer_views.review_new, name="knowledge-review"),
    path(
        f"{_OF}reviews/<int:review>/decline/",
        peer_views.review_decline,
        name="knowledge-review-decline",
    ),
    path(f"{_OF}uses/new/", peer_views.use_new, name="knowledge-use"),
    path(
        f"{_OF}uses/<int:use>/take-back/",
        peer_views.use_take_back,
        name="knowledge-use-take-back",
    ),
    path(f"{_OF}files/", file_views.file_add, name="knowledge-file-add"),
    path(f"{_OF}files/<int:file>/", file_views.file_download, name="knowledge-file"),
    path(f"{_OF}files/<int:file>/remove/", file_views.file_remove, name="knowledge-file-remove"),
]
