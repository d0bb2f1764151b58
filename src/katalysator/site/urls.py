"""All addresses. Pages carry their language first, such as /nl/."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from django.views.generic import RedirectView

from katalysator.boards.embedding.views import embedded_board
from katalysator.coalition.founding.views import security_txt, theme
from katalysator.site import views
from katalysator.site.api import api
from katalysator.site.corners import corner
from katalysator.site.gaps import views as gaps
from katalysator.site.open_data import views as open_data
from katalysator.site.search.views import search

handler400 = "katalysator.site.views.bad_request"
handler500 = "katalysator.site.outage.server_error"
urlpatterns = [
    path("", RedirectView.as_view(pattern_name="home")),
    path("api/v1/", api.urls),
    path("embed/board/", embedded_board, name="embedded-board"),
    path("theme.css", theme, name="theme"),
    path("", include("katalysator.dataspace.urls")),
    path(".well-known/security.txt", security_txt, name="security-txt"),
    path("open-data/coalition.zip", open_data.download, name="open-data-archive"),
    path("open-data/datapackage.json", open_data.description, name="open-data-description"),
    *i18n_patterns(
        path("", views.home, name="home"),
        path("", include("katalysator.listings.urls")),  # asked for most: looked at first
        path("about/", views.about, name="about"),
        path("search/", search, name="search"),
        path("open-data/", open_data.page, name="open-data"),
        path("account/", include("katalysator.site.accounts.urls")),
        path("organisations/<slug:slug>/", views.organisation, name="organisation"),
        path("areas/<slug:area>/", corner, name="area"),
        path("areas/<slug:area>/<slug:block>/", corner, name="cell"),
        path("blocks/<slug:block>/", corner, name="block"),
        path("hubs/<slug:hub>/", corner, name="hub"),
        path("gaps/", gaps.gap_list, name="gaps"),
        path("gaps/export.csv", gaps.gaps_export, name="gaps-export"),
        path("gaps/<int:pk>/", gaps.gap, name="gap"),
        path("bureau/", views.bureau, name="bureau"),
        path("", include("katalysator.bureau.urls")),
        path("", include("katalysator.notices.urls")),
        path("", include("katalysator.admission.urls")),
        path("", include("katalysator.commitments.urls")),
        path("", include("katalysator.tokens.urls")),
        path("", include("katalysator.webhooks.urls")),
        path("", include("katalysator.groups.urls")),
        path("", include("katalysator.activities.urls")),
        path("", include("katalysator.knowledge.urls")),
        path("", include("katalysator.questions.urls")),
        path("", include("katalysator.boards.urls")),
        path("", include("katalysator.coalition.urls")),
        path("", include("katalysator.introductions.urls")),
        path("", include("katalysator.rounds.urls")),
        path("", include("katalysator.grades.urls")),
        path("", include("katalysator.talent.urls")),
        path("", include("katalysator.dataspace.pages")),
        path("", include("katalysator.site.concepts.urls")),
    ),
]
