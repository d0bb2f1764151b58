"""Who may come where: every address of the house, walked by everybody.

Expected is a status for a stranger, a member of another organisation, a member of the owner, and
the coordinator. An address that is not in the table fails the test: nothing is open by accident.
"""

import re
from collections.abc import Sequence

import pytest
from django.conf.urls.i18n import i18n_patterns
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, include, path

from katalysator.coalition.models import Organisation
from katalysator.listings import verbs
from katalysator.listings.models import Kind, Listing
from katalysator.listings.workflow import LISTING
from katalysator.readings.models import CoalitionConcept
from katalysator.site import urls
from katalysator.site.views import home
from tests import builders

pytestmark = pytest.mark.django_db

LOGIN_BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
OK, LOGIN, NO, GONE = 200, 302, 403, 404
EVERYONE = (OK, OK, OK, OK)
BUREAU = (LOGIN, NO, NO, OK)
ROLES = ("stranger", "other", "member", "coordinator")
STATES = {"public": "published", "inside": "published", "draft": "draft", "closed": "closed"}

READING: dict[str, tuple[int, int, int, int]] = {
    "/en/": EVERYONE,
    "/en/about/": EVERYONE,
    "/en/search/": EVERYONE,
    "/en/listings/": EVERYONE,
    "/en/listings/export.csv": EVERYONE,
    "/en/listings/subjects/": EVERYONE,
    "/en/organisations/": EVERYONE,
    "/en/organisations/voorbeeld-eigenaar/": EVERYONE,
    "/en/account/": (LOGIN, OK, OK, OK),
    "/en/listings/mine/": (LOGIN, OK, OK, OK),
    "/en/listings/new/": (LOGIN, OK, OK, OK),
    "/en/listings/new/need/teaching/": (LOGIN, OK, OK, OK),
    "/en/grading/": BUREAU,
    "/en/measures/": BUREAU,
    "/en/measures/export.csv": BUREAU,
    "/en/measures/grades.csv": BUREAU,
    "/en/measures/outcomes.csv": BUREAU,
    "/en/weights/": BUREAU,
    "/en/concepts/": BUREAU,
    "/en/concepts/add/": BUREAU,
    "/en/concepts/heron/edit/": BUREAU,
    "/en/concepts/heron/remove/": BUREAU,
    "/en/listings/{public}/": EVERYONE,
    "/en/listings/{inside}/": (GONE, OK, OK, OK),
    "/en/listings/{draft}/": (GONE, GONE, OK, OK),
    "/en/listings/{closed}/": (GONE, GONE, OK, OK),
    "/en/listings/{public}/edit/": (LOGIN, NO, OK, OK),
    "/en/listings/{inside}/edit/": (LOGIN, NO, OK, OK),
    "/en/listings/{draft}/edit/": (LOGIN, GONE, OK, OK),
    "/en/listings/{draft}/delete/": (LOGIN, GONE, OK, OK),
}
DOING: dict[str, tuple[int, int, int, int]] = {
    "/en/listings/{public}/close/": (LOGIN, NO, LOGIN, LOGIN),
    "/en/listings/{public}/settle/": (LOGIN, NO, LOGIN, LOGIN),
    "/en/listings/{public}/withdraw/": (LOGIN, NO, LOGIN, LOGIN),
    "/en/listings/{inside}/close/": (LOGIN, NO, LOGIN, LOGIN),
    "/en/listings/{draft}/publish/": (LOGIN, GONE, LOGIN, LOGIN),
    "/en/listings/{closed}/publish/": (LOGIN, GONE, LOGIN, LOGIN),
    "/en/listings/{draft}/delete/": (LOGIN, GONE, LOGIN, LOGIN),
    "/en/listings/{public}/matches/{closed}/grade/": (LOGIN, GONE, GONE, GONE),
    "/en/grading/start/": (LOGIN, NO, NO, OK),
    "/en/weights/learn/": (LOGIN, NO, NO, LOGIN),
    "/en/weights/1/adopt/": (LOGIN, NO, NO, GONE),
    "/en/concepts/heron/restore/": (LOGIN, NO, NO, LOGIN),
}


@pytest.fixture
def owner() -> Organisation:
    return builders.organisation(slug="voorbeeld-eigenaar")


@pytest.fixture
def clients(owner: Organisation) -> dict[str, Client]:
    people = {
        "other": builders.person(builders.organisation()),
        "member": builders.person(owner),
        "coordinator": builders.person(is_coordinator=True),
        "directory": builders.person(builders.organisation(is_participant=False)),
    }
    found = {"stranger": Client()}
    for role, person in people.items():
        found[role] = Client()
        found[role].force_login(person, backend=LOGIN_BACKEND)
    return found


@pytest.fixture
def numbers(owner: Organisation) -> dict[str, int]:
    CoalitionConcept.objects.create(key="heron", en=["heron"])
    made: dict[str, Listing] = {
        "public": builders.listing(owner),
        "inside": builders.listing(owner, visibility="participants"),
        "draft": builders.draft(owner, Kind.OFFER),
        "closed": verbs.move(builders.listing(owner), "close", by=builders.HOUSE),
    }
    return {name: listing.pk for name, listing in made.items()}


@pytest.mark.parametrize("address", READING)
def test_who_may_read(address: str, clients: dict[str, Client], numbers: dict[str, int]) -> None:
    found = tuple(clients[role].get(address.format(**numbers)).status_code for role in ROLES)
    assert found == READING[address]


@pytest.mark.parametrize("address", DOING)
@pytest.mark.parametrize("role", ROLES)
def test_who_may_do(
    address: str, role: str, clients: dict[str, Client], numbers: dict[str, int]
) -> None:
    before = Listing.objects.in_bulk(numbers.values())
    answer = clients[role].post(address.format(**numbers))
    assert answer.status_code == DOING[address][ROLES.index(role)]
    if role in ("stranger", "other"):
        after = Listing.objects.in_bulk(numbers.values())
        assert {pk: row.state for pk, row in after.items()} == {
            pk: row.state for pk, row in before.items()
        }


@pytest.mark.parametrize("address", DOING)
def test_a_deed_needs_a_post(
    address: str, clients: dict[str, Client], numbers: dict[str, int]
) -> None:
    state = {row.pk: row.state for row in Listing.objects.all()}
    assert clients["member"].get(address.format(**numbers)).status_code in (200, 405)
    assert {row.pk: row.state for row in Listing.objects.all()} == state


@pytest.mark.parametrize("name", ["public", "inside", "draft", "closed"])
@pytest.mark.parametrize("role", [*ROLES, "directory"])
def test_a_page_offers_to_change_it_to_those_who_may_only(
    name: str, role: str, clients: dict[str, Client], numbers: dict[str, int]
) -> None:
    page = f"/en/listings/{numbers[name]}/"
    answer = clients[role].get(page)
    steps = set(re.findall(rf'"{page}(\w+)/"', answer.content.decode()))
    if role in ("member", "coordinator"):
        deeds = {step.deed for step in LISTING.transitions_from(STATES[name])}
        assert steps == {"edit", *deeds} - {"expire"} | ({"delete"} if name == "draft" else set())
    else:
        assert steps == set()


def test_a_person_without_an_organisation_reads_as_a_stranger_and_posts_nothing(
    numbers: dict[str, int],
) -> None:
    client = Client()
    client.force_login(builders.person(), backend=LOGIN_BACKEND)
    assert client.get(f"/en/listings/{numbers['inside']}/").status_code == GONE
    assert client.get("/en/listings/new/").status_code == NO
    assert client.get("/en/listings/new/need/teaching/").status_code == NO
    assert client.post("/en/listings/new/need/teaching/", {"title": "x"}).status_code == NO


def test_nobody_posts_in_the_name_of_another(
    clients: dict[str, Client], owner: Organisation
) -> None:
    form = builders.typed(owner)
    answer = clients["other"].post("/en/listings/new/need/expertise/", form)
    assert answer.status_code == 422
    assert Listing.objects.count() == 0
    assert clients["member"].post("/en/listings/new/need/expertise/", form).status_code == 302
    assert Listing.objects.get().organisation == owner


def test_a_form_without_its_token_is_refused(owner: Organisation, numbers: dict[str, int]) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(builders.person(owner), backend=LOGIN_BACKEND)
    answer = client.post(f"/en/listings/{numbers['public']}/close/")
    assert answer.status_code == 403
    assert Listing.objects.get(pk=numbers["public"]).state == "published"


def _routes(patterns: Sequence[URLPattern | URLResolver], under: str = "") -> set[str]:
    """Every address as it is written in the code, but those that are walked elsewhere."""
    found: set[str] = set()
    for each in patterns:
        route = under + str(each.pattern).removeprefix("^")
        if isinstance(each, URLPattern):
            found.add(route)
        elif not _is_walked_elsewhere(each):
            found |= _routes(each.url_patterns, route)
    return found


def _is_walked_elsewhere(resolver: URLResolver) -> bool:
    """The API has its own tests, and allauth too."""
    module = getattr(resolver.urlconf_module, "__name__", "")
    return resolver.app_name == "ninja" or module == "allauth.account.urls"


def _not_in_the_table(patterns: Sequence[URLPattern | URLResolver]) -> set[str]:
    resolve = get_resolver().resolve
    table = {resolve(_example(address)).route for address in (*READING, *DOING)}
    return _routes(patterns) - table - {""}  # the bare address only leads on


def _example(address: str) -> str:
    return address.format(public=1, inside=1, draft=1, closed=1)


def test_every_address_is_in_the_table() -> None:
    assert _not_in_the_table(urls.urlpatterns) == set()


@pytest.mark.parametrize(
    "address",
    ["open/", "account/open/", "api/v1/open/", "listings/account/open/", "listings/<slug:slug>/"],
)
def test_an_address_that_is_open_by_accident_is_found(address: str) -> None:
    planted = path(address, home, name="home")
    assert _not_in_the_table([*urls.urlpatterns, planted]) == {address}
    inside = i18n_patterns(path("", include([planted])))
    assert _not_in_the_table([*urls.urlpatterns, *inside]) == {f"en/{address}"}
