"""Addresses of needs and offers."""

from django.urls import path, re_path

from katalysator.importing.urls import pages_of
from katalysator.listings import feeds, views
from katalysator.listings.importing.kind import LISTINGS
from katalysator.listings.workflow import LISTING

urlpatterns = [
    path("listings/", views.listing_list, name="listing-list"),
    re_path(r"^listings/feed\.(?P<form>atom|json)$", feeds.listing_feed, name="listing-feed"),
    path("listings/export.csv", views.listing_export, name="listing-export"),
    path("listings/subjects/", views.subject_list, name="subject-list"),
    path("listings/mine/", views.my_listings, name="my-listings"),
    *pages_of(LISTINGS, "listings/import/"),
    path("listings/new/", views.listing_new, name="listing-new"),
    re_path(
        r"^listings/new/(?P<kind>need|offer)/(?P<market_slug>[a-z-]+)/$",
        views.listing_create,
        name="listing-create",
    ),
    path("listings/renew/<str:key>/", views.listing_renew, name="listing-renew"),
    path("listings/<int:pk>/", views.listing_detail, name="listing"),
    path("listings/<int:pk>/edit/", views.listing_edit, name="listing-edit"),
    path("listings/<int:pk>/delete/", views.listing_delete, name="listing-delete"),
    re_path(
        rf"^listings/(?P<pk>[0-9]{{1,18}})/(?P<deed>{LISTING.pattern})/$",
        views.listing_move,
        name="listing-move",
    ),
]
