"""The log: a line for each request and job, and nothing in it that was given in confidence."""

import json
import logging
import re
from collections.abc import Iterator
from io import StringIO
from logging.config import dictConfig

import pytest
from django.conf import settings
from django.core import mail
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from katalysator.faults import InvalidInput
from katalysator.site import urls
from katalysator.site.logs import configuration
from tests import builders
from tests.attack.tables import DOING, READING

SECRET = "Zwaluw7Geheim"
ADDRESS = "zwaluw@geheim.example"


def broken(request: HttpRequest) -> HttpResponse:
    try:
        int(request.POST["password"])
    except ValueError as error:
        raise InvalidInput("not-a-number", f"{request.POST} of {ADDRESS}") from error
    return HttpResponse()


urlpatterns = [path("broken/", broken), *urls.urlpatterns]


def _written(form: str) -> Iterator[StringIO]:
    text = StringIO()
    told = configuration(form)
    told["handlers"]["terminal"]["stream"] = text
    dictConfig(told)
    yield text
    dictConfig(settings.LOGGING)


@pytest.fixture
def as_json() -> Iterator[StringIO]:
    yield from _written("json")


@pytest.fixture
def as_lines() -> Iterator[StringIO]:
    yield from _written("lines")


def objects(text: StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in text.getvalue().splitlines()]


@pytest.mark.django_db
class TestARequest:
    def test_it_is_an_object_in_json(self, client: Client, as_json: StringIO) -> None:
        answer = client.get("/nl/about/?q=geheim")
        (line,) = objects(as_json)
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00", str(line.pop("at")))
        assert isinstance(line.pop("ms"), int)
        assert line == {
            "level": "INFO",
            "logger": "katalysator.requests",
            "message": "request",
            "method": "GET",
            "path": "/nl/about/",
            "status": 200,
            "person": "-",
            "request": answer["X-Request-ID"],
        }

    def test_it_is_a_line_for_people(self, client: Client, as_lines: StringIO) -> None:
        answer = client.get("/nl/about/")
        told = (
            r"\S+ INFO katalysator.requests request method=GET path=/nl/about/ status=200 ms=\d+"
            rf" person=- request={answer['X-Request-ID']}\n"
        )
        assert re.fullmatch(told, as_lines.getvalue())

    def test_it_is_not_written_where_only_what_is_wrong_is_asked_for(self, client: Client) -> None:
        for text in _written("no"):
            client.get("/nl/about/")
            logging.getLogger("katalysator.readings").warning("Nothing reads.")
            (line,) = text.getvalue().splitlines()
            assert line.endswith(" WARNING katalysator.readings Nothing reads.")

    def test_every_request_has_a_number_of_its_own(self, client: Client) -> None:
        one, other = (client.get("/health", headers={"x-request-id": "mine"}) for _ in range(2))
        assert one["X-Request-ID"] != other["X-Request-ID"]
        assert "mine" not in {one["X-Request-ID"], other["X-Request-ID"]}

    def test_a_person_is_a_number(self, client: Client, as_json: StringIO) -> None:
        member = builders.person(email=ADDRESS)
        client.force_login(member, "katalysator.site.accounts.backend.PersonBackend")
        client.get("/nl/account/")
        assert objects(as_json)[-1]["person"] == member.pk

    @pytest.mark.parametrize(
        ("address", "shown"),
        [
            ("/nl/listings/7/", "/nl/listings/7/"),
            ("/nl/organisations/", "/nl/organisations/"),
            (f"/nl/organisations/{SECRET}/", "/nl/organisations/…/"),
            (f"/nl/account/password/reset/key/1-{SECRET}/", "/nl/account/password/reset/key/…-…/"),
            (f"/nl/account/email/{SECRET}/", "/nl/account/email/…/"),
            (f"/nl/{SECRET}/", "?"),
            (f"/static/{SECRET}", "?"),
            ("/health", "/health"),
        ],
    )
    def test_a_path_is_shown_without_secrets(
        self, client: Client, as_json: StringIO, address: str, shown: str
    ) -> None:
        client.get(address)
        assert objects(as_json)[-1]["path"] == shown


@pytest.mark.django_db
@pytest.mark.urls(__name__)
def test_what_broke_is_told_by_its_kind_and_place(client: Client, as_json: StringIO) -> None:
    client.raise_request_exception = False
    answer = client.post("/broken/", {"password": SECRET})
    assert answer.status_code == 500
    failed, request = objects(as_json)
    assert failed["request"] == request["request"] == answer["X-Request-ID"]
    assert (failed["logger"], failed["message"]) == ("django.request", "failed")
    assert failed["error"] == "InvalidInput(not-a-number) ← ValueError"
    assert any("test_logs.py" in place and place.endswith(" broken") for place in failed["trace"])  # type: ignore[attr-defined]


@pytest.mark.faults(sample=1)
@pytest.mark.django_db
@pytest.mark.urls(__name__)
@pytest.mark.parametrize("form", ["json", "lines"])
def test_no_secret_is_ever_written(
    client: Client, form: str, request: pytest.FixtureRequest
) -> None:
    """Given in every way to every address, by a stranger and by a member; by turns where not all is asked for."""
    whole = request.config.getoption("--faults")
    builders.organisation(slug="voorbeeld-eigenaar", name="Voorbeeld")
    member = builders.person(email=ADDRESS)
    client.raise_request_exception = False
    places = [*READING, *DOING, "/api/v1/listings", "/broken/", f"/nl/{SECRET}/{ADDRESS}/"]
    places += [f"/nl/organisations/{SECRET}/", f"/api/v1/{SECRET}", f"/nl/concepts/{SECRET}/edit/"]
    places += ["/en/account/login/", "/en/account/password/reset/", "/en/account/password/change/"]
    for text in _written(form):
        for turn in range(2):
            if turn:
                client.force_login(member, "katalysator.site.accounts.backend.PersonBackend")
            for place in places[turn :: 1 if whole else 2]:
                _give(client, re.sub(r"\{\w+\}", "1", place))
        assert [link for sent in mail.outbox for link in re.findall(r"/key/\S+", str(sent.body))]
        written = text.getvalue()
        assert len(written.splitlines()) > (4 if whole else 2) * len(places)
        for secret in (SECRET, ADDRESS, "q=", client.cookies["sessionid"].value):
            assert secret not in written


def _give(client: Client, place: str) -> None:
    client.cookies["mine"] = SECRET
    headers = {"authorization": f"Bearer {SECRET}", "user-agent": SECRET, "x-request-id": SECRET}
    fields = {"login": ADDRESS, "email": ADDRESS, "password": SECRET, "q": SECRET, "text": SECRET}
    answers = (
        client.get(place, {"q": SECRET, "email": ADDRESS}, headers=headers),
        client.post(f"{place}?token={SECRET}", fields, headers=headers),
        client.get(place, headers={"host": f"{SECRET}.example"}),
    )
    for answer in answers:
        answer.getvalue()  # a file that is given out stays open till it is read


class TestWhatOthersSay:
    @pytest.mark.parametrize(
        ("name", "sentence", "told"),
        [
            ("gunicorn.error", f"Invalid request from ip=::1: Invalid Header '{SECRET}'", "request that cannot be answered"),
            ("gunicorn.error", "Worker (pid:7) was sent SIGKILL! Perhaps out of memory?", "Worker (pid:7) was sent SIGKILL! Perhaps out of memory?"),
            ("django.security.DisallowedHost", f"Invalid HTTP_HOST header: '{SECRET}'", "refused DisallowedHost"),
            ("psycopg.pool", f"error connecting for {ADDRESS}", "error connecting for …"),
            ("procrastinate.periodic", f"Job mail({SECRET})", "background work"),
        ],
    )  # fmt: skip
    def test_it_is_told_as_far_as_it_is_free_of_secrets(
        self, as_json: StringIO, name: str, sentence: str, told: str
    ) -> None:
        logging.getLogger(name).error(sentence)
        (line,) = objects(as_json)
        assert (line["logger"], line["message"]) == (name, told)
