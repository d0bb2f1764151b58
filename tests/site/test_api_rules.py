"""The API keeps to the Dutch API Design Rules (2.x), checked on its own document and its answers.

The rules are those of the official linter, and those about answers that a linter cannot see.
"""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.forms import Form
from django.test import Client, RequestFactory
from django.utils import timezone, translation

from katalysator.activities.choices import verbs as choices
from katalysator.activities.enrolments.verbs import register
from katalysator.boards.verbs import save_search
from katalysator.coalition.blocks import Block
from katalysator.coalition.corners import Corner
from katalysator.coalition.filters import OrganisationFilter
from katalysator.coalition.models import Organisation
from katalysator.core.api import Resource
from katalysator.core.api_writing import scopes
from katalysator.groups.papers import verbs as papers
from katalysator.groups.stewards import verbs as stewards
from katalysator.groups.todo import verbs as todo
from katalysator.introductions.eligibility import MeetingSide
from katalysator.introductions.verbs import propose
from katalysator.listings.filters import ListingFilter
from katalysator.listings.models import Kind, Listing
from katalysator.site.api import DesignRulesAPI, api, problem
from katalysator.talent.taxonomies.starter import read_starter
from tests import builders
from tests.attack.holding import cohort_of, connector_of, round_of, webhooks_of
from tests.matches.steps import NEED, OFFER, match_all
from tests.rounds.meetings import computed, planned
from tests.talent.lists import consultation
from tests.talent.profiles import full_profile, used

pytestmark = pytest.mark.django_db

ROOT = "/api/v1"
GUIDE = Path(__file__).parents[2] / "docs" / "api.md"
CAMEL = re.compile(r"[a-z][a-zA-Z0-9]*")
KEBAB = re.compile(r"(/([a-z0-9-]+|\{[a-zA-Z0-9]+\}))+|/openapi\.json")
SEMVER = re.compile(r"(0|[1-9]\d*)(\.(0|[1-9]\d*)){2}")
DOCUMENTED = {
    "/openapi.json", "/areas", "/blocks", "/regions", "/hubs", "/organisations",
    "/organisations/{slug}", "/organisations/{slug}/commitments", "/listings", "/listings/{id}", "/listings/{id}/matches", "/matrix",
    "/taxonomies", "/occupations", "/occupations/{key}", "/skills", "/skills/{key}",
    "/learning-monitor", "/all-datasets",
    "/gaps", "/gaps/course", "/listings/{id}/helpers",
    "/saved-searches", "/saved-searches/{number}",
    "/markets", "/search", "/measures", "/applications", "/applications/{id}", "/organisations/{slug}/invitations",
    "/working-groups", "/working-groups/{slug}", "/working-groups/{slug}/members",
    "/working-groups/{slug}/meetings/{meeting}", "/working-groups/{slug}/tasks/{task}",
    "/activities", "/activities/{id}", "/activities/{id}/enrolments", "/activity-choices", "/activity-choices/{choice}", "/stewards",
    "/knowledge", "/knowledge/{number}", "/datasets", "/datasets/{number}",
    "/questions", "/questions/own", "/questions/{number}", "/answer-times",
    "/introductions", "/introductions/{number}", "/organisations/{slug}/meeting", "/meeting-rules",
    "/activities/{id}/talks", "/activities/{id}/talks/own",
    "/activities/{id}/talks/guests", "/activities/{id}/talks/wishes",
    "/rounds", "/rounds/{number}", "/rounds/{number}/pairs", "/rounds/{number}/without",
    "/skill-profile", "/skill-profiles", "/skill-profiles/{number}",
    "/cohorts", "/cohorts/{number}",
    "/talent-lists", "/talent-lists/{number}", "/talent-lists/{number}/people",
    "/round-orders", "/round-orders/{number}/{listing}",
    "/webhooks", "/webhooks/{number}", "/webhooks/{number}/deliveries", "/webhook-types", "/kept-apart",
    "/aiod/organisations", "/aiod/events", "/aiod/publications", "/aiod/educational-resources",
}  # fmt: skip
WRITING = {
    "post /datasets", "patch /datasets/{number}", "delete /datasets/{number}", "post /datasets/{number}/deeds",
    "post /datasets/{number}/versions",
    "delete /skill-profile", "post /skill-profile/skills", "delete /skill-profile/skills/{skill}",
    "post /skill-profile/occupations", "delete /skill-profile/occupations/{occupation}", "put /skill-profile/wanted",
    "post /skill-profile/consents", "delete /skill-profile/consents/{consent}",
    "post /listings", "patch /listings/{id}", "delete /listings/{id}", "post /listings/{id}/deeds",
    "post /introductions", "post /introductions/{number}/parties/{party}/answer", "post /introductions/{number}/deeds",
    "post /introductions/{number}/messages", "post /introductions/{number}/steps", "put /introductions/{number}/steps/{step}",
    "delete /introductions/{number}/steps/{step}", "post /introductions/{number}/parties", "put /introductions/{number}/lesson",
    "post /introductions/{number}/knowledge", "post /listings/{number}/found",
    "put /organisations/{slug}/meeting/pause", "delete /organisations/{slug}/meeting/pause",
    "put /organisations/{slug}/meeting/never/{other}", "delete /organisations/{slug}/meeting/never/{other}",
    "post /activities/{id}/talks", "patch /activities/{id}/talks", "post /activities/{id}/talks/deeds",
    "put /activities/{id}/talks/own", "delete /activities/{id}/talks/own", "post /activities/{id}/talks/own/{talk}/deeds",
    "post /activities/{id}/talks/wishes", "delete /activities/{id}/talks/wishes/{wish}", "put /activities/{id}/talks/wishes/{wish}/answer",
    "post /rounds", "patch /rounds/{number}", "post /rounds/{number}/deeds", "post /rounds/{number}/rulings",
    "post /rounds/{number}/ask", "put /round-orders/{number}/{listing}",
    "post /saved-searches", "patch /saved-searches/{number}", "delete /saved-searches/{number}",
    "post /webhooks", "patch /webhooks/{number}", "delete /webhooks/{number}", "post /webhooks/{number}/deeds",
    "post /webhooks/{number}/secrets", "post /webhooks/{number}/tests", "post /webhooks/{number}/deliveries/{delivery}/tries",
    "post /meeting-rules", "delete /meeting-rules/{rule}", "post /kept-apart", "delete /kept-apart/{kept}",
    "put /listings/{id}/matches/{other}/grade", "delete /listings/{id}/matches/{other}/grade",
    "patch /organisations/{slug}", "post /organisations/{slug}/confirmations", "post /organisations/{slug}/deeds",
    "post /learning-pilots/{id}/stages", "post /talent-lists", "post /talent-lists/{number}/figures",
    "put /organisations/{slug}/commitments", "post /organisations/{slug}/commitments/{kind}/contributions",
    "delete /organisations/{slug}/commitments/{kind}/contributions/{id}",
    "post /organisations/{slug}/invitations", "post /organisations/{slug}/invitations/{id}/deeds",
    "post /applications/{id}/deeds",
    "post /activities", "patch /activities/{id}", "delete /activities/{id}", "post /activities/{id}/deeds",
    "put /activities/{id}/outcome", "post /activities/{id}/repetitions", "post /activities/{id}/enrolments",
    "post /activities/{id}/enrolments/{enrolment}/deeds", "post /activities/{id}/invitations", "put /activities/{id}/attendance",
    "post /working-groups", "patch /working-groups/{slug}", "post /working-groups/{slug}/deeds",
    "post /working-groups/{slug}/members", "post /working-groups/{slug}/invitations",
    "post /working-groups/{slug}/members/{member}/deeds", "put /working-groups/{slug}/members/{member}/role",
    "post /working-groups/{slug}/meetings", "patch /working-groups/{slug}/meetings/{meeting}",
    "put /working-groups/{slug}/meetings/{meeting}/minutes", "post /working-groups/{slug}/meetings/{meeting}/deeds",
    "post /working-groups/{slug}/decisions", "post /working-groups/{slug}/decisions/{decision}/deeds",
    "post /working-groups/{slug}/tasks", "patch /working-groups/{slug}/tasks/{task}", "post /working-groups/{slug}/tasks/{task}/deeds",
    "post /knowledge", "patch /knowledge/{number}", "delete /knowledge/{number}", "post /knowledge/{number}/deeds",
    "post /knowledge/{number}/confirmations", "post /knowledge/{number}/reviews", "put /knowledge/{number}/reviews/{organisation}",
    "post /knowledge/{number}/reviews/{organisation}/deeds", "put /knowledge/{number}/uses/{organisation}",
    "delete /knowledge/{number}/uses/{organisation}", "post /knowledge/{number}/files", "delete /knowledge/{number}/files/{file}",
    "post /stewards", "delete /stewards/{steward}", "put /stewards/{steward}/address",
    "post /activity-choices", "put /activity-choices/{choice}/order", "post /activity-choices/{choice}/deeds",
    "post /questions", "post /questions/{number}/deeds", "put /questions/{number}/answers/{answer}/mark",
    "post /questions/{number}/answers/{answer}/knowledge",
}  # fmt: skip
"""What takes a token with the scope that the document names."""


@pytest.fixture
def document(client: Client) -> Any:
    return client.get(f"{ROOT}/openapi.json").json()


def operations(document: Any, *methods: str) -> Iterator[tuple[str, dict[str, Any]]]:
    for address, known in document["paths"].items():
        for method, operation in known.items():
            if not methods or method in methods:
                yield address, operation


def answers(document: Any) -> Iterator[tuple[str, int, dict[str, Any]]]:
    for address, operation in operations(document):
        for status, answer in operation["responses"].items():
            yield address, int(status), answer


def resolved(document: Any, schema: dict[str, Any]) -> dict[str, Any]:
    name = schema.get("$ref", "").removeprefix("#/components/schemas/")
    return document["components"]["schemas"][name] if name else schema


def test_the_document_says_what_is_here(document: Any) -> None:
    read = {address for address, _ in operations(document, "get")}
    written = {
        f"{method} {address}"
        for address, methods in document["paths"].items()
        for method in methods.keys() - {"get"}
    }
    assert (read, written) == (DOCUMENTED, WRITING)
    assert re.fullmatch(r"3\.1\.\d+", document["openapi"])
    assert SEMVER.fullmatch(document["info"]["version"])
    assert {each["operationId"] for _, each in operations(document)} >= {"listings", "matches"}
    named = [each["operationId"] for _, each in operations(document)]
    assert len(named) == len(set(named))
    assert {tag for _, each in operations(document) for tag in each["tags"]} == {
        tag["name"] for tag in document["tags"]
    }


def test_it_is_described_once_for_all_who_ask(
    document: Any, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(api, "get_openapi_schema", lambda: pytest.fail("described again"))
    again = client.get(f"{ROOT}/openapi.json", headers={"Host": "localhost"}).json()
    assert again["servers"] == [{"url": f"http://localhost{ROOT}"}] != document["servers"]
    assert again | {"servers": 0, "info": 0} == document | {"servers": 0, "info": 0}


def test_every_described_type_is_used(document: Any) -> None:
    text = json.dumps(document)
    schemas = document["components"]["schemas"]
    assert {"ListingSummary", "Problem"} <= set(schemas)
    assert [name for name in schemas if f'"#/components/schemas/{name}"' not in text] == []


def test_somebody_can_be_reached(document: Any, client: Client) -> None:
    contact = document["info"]["contact"]
    assert set(contact) == {"name", "email", "url"}
    assert re.fullmatch(r"\S+@\S+", contact["email"])
    assert client.get(urlsplit(contact["url"]).path).status_code == 200


def test_the_address_names_the_major_version_only(document: Any) -> None:
    assert [server["url"] for server in document["servers"]] == ["http://testserver/api/v1"]
    assert document["info"]["version"].startswith("1.")


def test_addresses_are_kebab_case_without_a_slash_behind(document: Any) -> None:
    assert [address for address in document["paths"] if not KEBAB.fullmatch(address)] == []


def test_reading_takes_nothing_a_session_or_a_token_and_writing_a_token_of_its_scope(
    document: Any,
) -> None:
    assert document["security"] == [{}, {"session": []}, {"token": []}]
    schemes = document["components"]["securitySchemes"]
    assert schemes["session"]["name"] == "sessionid"
    assert schemes["token"] == {"type": "http", "scheme": "bearer"}
    assert [op for _, op in operations(document, "get") if "security" in op] == []
    for address, operation in operations(document, "post", "put", "patch", "delete"):
        ((scheme, named),) = operation["security"][0].items()
        assert (scheme, len(operation["security"])) == ("token", 1), address
        assert set(named) < set(scopes()), address


def test_keys_and_fields_are_camel_case_and_their_types_pascal_case(document: Any) -> None:
    asked = [each for _, op in operations(document) for each in op["parameters"]]
    keys = {each["name"] for each in asked if each["in"] != "header"}
    schemas = document["components"]["schemas"]
    fields = {name for schema in schemas.values() for name in schema.get("properties", {})}
    assert {"pageSize", "publishedAt", "bestMatch"} <= keys | fields
    assert [name for name in keys | fields if not CAMEL.fullmatch(name)] == []
    assert [name for name in schemas if not re.fullmatch("[A-Z][a-zA-Z]*", name)] == []


def test_dates_and_times_are_named_as_such(document: Any) -> None:
    fields = document["components"]["schemas"]["ListingSummary"]["properties"]
    formats = {name: fields[name]["anyOf"][0]["format"] for name in ("start", "end", "publishedAt")}
    assert formats == {"start": "date", "end": "date", "publishedAt": "date-time"}


def test_good_answers_are_objects_and_name_the_version(document: Any) -> None:
    good = [(status, answer) for _, status, answer in answers(document) if status < 400]
    assert len(good) == len(DOCUMENTED) + len(WRITING)
    for status, answer in good:
        assert "API-Version" in answer["headers"]
        if status == 204:
            continue
        schema = answer["content"]["application/json"]["schema"]
        assert resolved(document, schema)["type"] == "object"


def test_bad_answers_are_problem_details(document: Any) -> None:
    bad = [answer for _, status, answer in answers(document) if status >= 400]
    assert bad
    for answer in bad:
        schema = resolved(document, answer["content"]["application/problem+json"]["schema"])
        assert schema["required"] == ["title", "status", "detail"]
        assert set(schema["properties"]) <= {"type", "title", "status", "detail", "instance"}


def test_400_is_described_wherever_something_is_asked_and_404_where_it_may_be_absent(
    document: Any,
) -> None:
    for address, operation in operations(document):
        statuses = set(operation["responses"])
        asked = operation["parameters"] or "requestBody" in operation
        assert ("400" in statuses) is bool(asked), address
        names = {each["name"] for each in operation["parameters"]}
        may_be_absent = "{" in address or "page" in names or address == "/measures"
        assert ("404" in statuses) is may_be_absent, address


def organisation_form() -> Form:
    return OrganisationFilter(queryset=Organisation.objects.all()).form


def listing_form() -> Form:
    return ListingFilter(queryset=Listing.objects.all()).form


@pytest.mark.parametrize(
    ("address", "form"), [("/listings", listing_form), ("/organisations", organisation_form)]
)
def test_filters_are_those_of_the_page_with_the_same_choices(
    document: Any, address: str, form: Callable[[], Form]
) -> None:
    described = {
        each["name"]: each["schema"] for each in document["paths"][address]["get"]["parameters"]
    }
    fields = form().fields
    assert set(described) == {"page", "pageSize", *fields}
    for name, schema in described.items():
        if "enum" in schema:
            choices = {value for value, _ in fields[name].choices}  # type: ignore[attr-defined]
            assert set(schema["enum"]) == choices | {""}, name


def test_the_page_size_has_an_end(document: Any) -> None:
    described = {
        each["name"]: each["schema"] for each in document["paths"]["/listings"]["get"]["parameters"]
    }
    assert described["pageSize"]["maximum"] == 100


def assert_fits(document: Any, schema: dict[str, Any], value: Any, where: str) -> None:
    """The value has the fields and kinds of value that its schema promises, no more and no less."""
    schema = resolved(document, schema)
    if "anyOf" in schema:
        schema = resolved(document, schema["anyOf"][1 if value is None else 0])
    kinds: dict[str, Any] = {
        "object": dict, "array": list, "string": str, "integer": int, "number": float,
        "boolean": bool, "null": type(None),
    }  # fmt: skip
    assert isinstance(value, kinds[schema["type"]]), where
    if "enum" in schema:
        assert value in schema["enum"], where
    if schema["type"] == "array":
        for item in value:
            assert_fits(document, schema["items"], item, f"{where}[]")
    if "properties" in schema:
        assert set(value) == set(schema["properties"]) == set(schema["required"]), where
        for name, part in schema["properties"].items():
            assert_fits(document, part, value[name], f"{where}.{name}")


def test_answers_have_the_shape_that_the_document_promises(client: Client, document: Any) -> None:
    owner = builders.organisation(slug="voorbeeld")
    need = builders.listing(owner, **NEED)
    offer = builders.listing(builders.organisation(), Kind.OFFER, **OFFER)
    bureau = builders.person(owner, is_coordinator=True)
    group = builders.group(bureau, name="Voorbeeld")
    meeting = papers.plan(group, by=bureau, starts_at=timezone.now())
    task = todo.add(group, by=bureau, what="Een lijst maken")
    known, asked = builders.item(owner), builders.question("answered")
    match_all()
    sides = [MeetingSide.of(need), MeetingSide.of(offer)]
    met = propose(sides, by=builders.HOUSE)
    activity = builders.activity(owner, capacity=3)
    register(activity, bureau, by=bureau)
    computed(planned(activity))
    rounds = [builders.activity(owner) for _ in range(2)]
    choice = choices.post("Rondes", by=bureau, organisation=owner, activities=rounds)
    choices.rank(choice, bureau, by=bureau, order=[rounds[0].pk])
    held = round_of(need, offer, bureau)
    corner = Corner(block=Block.DATA)
    stewards.name(corner, by=bureau, duty="contact", organisation=owner)
    keys = {"occupations": "starter/work/nurse", "skills": "starter/skill/python"}
    client.force_login(bureau)
    applied = builders.application()
    hook = webhooks_of(owner)["bureauhook"]
    kept = save_search(bureau, by=bureau, name="Robots", query="q=robots", pace="never")
    shared = connector_of(owner)["shared"]
    shown = full_profile(bureau).pk
    listed = consultation(owner, bureau).pk
    used(read_starter().taxonomy)
    numbers = {"/applications": applied.pk, "/activities": activity.pk}
    for address, operation in operations(document, "get"):
        of_room = (pk for room, pk in numbers.items() if address.startswith(room))
        by_room = {
            "questions": asked.pk,
            "introductions": met.pk,
            "rounds": held["round"],
            "round-orders": held["asking"],
            "cohorts": cohort_of(owner)["cohort"],
            "webhooks": hook,
            "saved-searches": kept.pk,
            "datasets": shared,
            "skill-profiles": shown,
            "talent-lists": listed,
        }
        number = by_room.get(address.split("/")[1], known.pk)
        named = {"id": next(of_room, need.pk), "slug": "voorbeeld", "number": number}
        named["key"] = keys.get(address.split("/")[1], "")
        named |= {"meeting": meeting.pk, "task": task.pk, "choice": choice.pk, "listing": need.pk}
        answer = client.get(ROOT + address.format(**named))
        schema = operation["responses"]["200"]["content"]["application/json"]["schema"]
        assert answer.status_code == 200, address
        assert_fits(document, schema, answer.json(), address)


def assert_problem(response: Any, status: int, said: str) -> None:
    assert response.status_code == status
    assert response.headers["Content-Type"] == "application/problem+json"
    content = response.json()
    assert set(content) == {"title", "status", "detail"}
    assert content["status"] == status
    assert said in content["detail"]


@pytest.mark.parametrize("address", ["/listings", "/listings/0", "/nothing", "/", "/openapi.json"])
def test_every_answer_names_the_version_and_may_not_be_kept(client: Client, address: str) -> None:
    response = client.get(ROOT + address)
    assert response.headers["API-Version"] == "1.7.0"
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in response.headers["Content-Security-Policy"]
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in response.headers


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/listings?page=0", "page: Give 1 or more."),
        ("/listings?page=two", "page: Give a whole number."),
        ("/listings?pageSize=1000", "pageSize: Give 100 or less."),
        ("/listings?pageSize=0", "pageSize: Give 1 or more."),
        ("/listings?kind=wish", "kind: Give one of these: 'need' or 'offer'."),
        ("/listings?market=nope", "market: Select a valid choice. nope is not"),
        ("/listings?area=nope", "area: Select a valid choice."),
        ("/listings?region=NL99", "region: Select a valid choice."),
        ("/listings?hub=nope", "hub: Select a valid choice."),
        (f"/listings?q={'x' * 201}", "q: Ensure this value has at most 200 characters"),
        ("/listings?page=0&kind=x", "page: Give 1 or more. kind: Give one of"),
        ("/listings/abc", "id: Give a whole number."),
        ("/listings/0", "id: Give 1 or more."),
        (f"/listings/{'9' * 40}", "id: Give 9223372036854775807 or less."),
        (f"/listings/{'9' * 5000}", "id: "),
        ("/listings/%00/matches", "id: Give a whole number."),
        ("/listings/1/matches?limit=21", "limit: Give 20 or less."),
        ("/matrix?region=NL99", "region: Select a valid choice."),
        ("/matrix?hub=%00", "hub: Select a valid choice."),
        ("/organisations?region=nope", "region: Select a valid choice."),
        ("/organisations?part=maybe", "part: Give one of these: 'yes' or 'no'."),
        ("/organisations/%00", "slug: "),
    ],
)
def test_bad_input_is_a_400_that_says_what_and_where(
    client: Client, address: str, said: str
) -> None:
    assert_problem(client.get(ROOT + address, headers={"accept-language": "en"}), 400, said)


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/listings?page=2", "There is no page 2; the last is 1."),
        (f"/organisations?page={10**30}", "the last is 1."),
        (f"/listings/{2**63 - 1}", "/api/v1/openapi.json"),
        ("/listings/1/matches", "/api/v1/openapi.json"),
        ("/organisations/nobody", "/api/v1/openapi.json"),
        ("/areas/", "/api/v1/openapi.json"),
        ("/listings/1/", "/api/v1/openapi.json"),
        ("/nothing/here", "/api/v1/openapi.json"),
        ("/docs", "/api/v1/openapi.json"),
        ("/", "/api/v1/openapi.json"),
        ("/skills/plan%0Anen", "/api/v1/openapi.json"),
        ("/%0A", "/api/v1/openapi.json"),
    ],
)
def test_what_is_not_there_is_a_404_also_with_a_slash_behind(
    client: Client, address: str, said: str
) -> None:
    assert_problem(client.get(ROOT + address, headers={"accept-language": "en"}), 404, said)


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_what_is_only_read_is_not_written(client: Client, method: str) -> None:
    response = getattr(client, method)(f"{ROOT}/areas")
    assert_problem(response, 405, "")
    assert response.headers["Allow"] == "GET, HEAD"
    assert response.headers["API-Version"] == "1.7.0"


@pytest.mark.parametrize(
    ("address", "allowed"),
    [("/areas", {"GET", "HEAD"}), ("/listings", {"GET", "HEAD", "POST"})],
)
def test_another_site_hears_that_it_may_read_and_no_more(
    client: Client, address: str, allowed: set[str]
) -> None:
    """A browser asks before it does what its user did not ask for (the CORS protocol of the Fetch standard)."""
    response = client.options(ROOT + address)
    assert (response.status_code, response.content) == (204, b"")
    assert set(response.headers["Allow"].split(", ")) == allowed
    assert response.headers["Access-Control-Allow-Methods"] == "GET, HEAD"
    assert "uthorization" not in response.headers["Access-Control-Allow-Headers"]


def test_a_head_is_answered_as_a_get_without_its_content(client: Client) -> None:
    response = client.head(f"{ROOT}/areas")
    assert (response.status_code, response.content) == (200, b"")
    assert response.headers["API-Version"] == "1.7.0"


def test_our_own_mistake_is_a_500_that_is_logged_and_tells_nothing(
    rf: RequestFactory, caplog: pytest.LogCaptureFixture
) -> None:
    broken = DesignRulesAPI(version="1.2.3", docs_url=None, urls_namespace="broken")

    @broken.get("/fails", response=Resource)
    def fails(request: object) -> None:
        raise LookupError("a secret")

    (view,) = [each.callback for each in broken.urls[0] if getattr(each, "name", "") == "fails"]
    assert view is not None
    response = view(rf.get("/fails"))
    response.json = lambda: json.loads(response.content)
    assert_problem(response, 500, "Try again later.")
    assert response.headers["API-Version"] == "1.2.3"
    assert b"secret" not in response.content
    (line,) = [record for record in caplog.records if record.levelname == "ERROR"]
    assert line.exc_info is not None
    assert "a secret" in str(line.exc_info[1])


def test_a_problem_can_be_made_by_hand() -> None:
    with translation.override("nl"):
        content = json.loads(problem(404, "Weg.").content)
    assert content == {"title": "Not Found", "status": 404, "detail": "Weg."}


def test_the_examples_of_the_guide_work(client: Client) -> None:
    made = builders.listing(builders.organisation(slug="voorbeeld-ziekenhuis-de-linde"))
    builders.group(name="Voorbeeldgroep beelden delen in de zorg")
    text = GUIDE.read_text("utf-8")
    examples = re.findall(r"http://localhost:8000(/api/v1/[^\s'\"`]+)", text)
    assert len(examples) >= 10
    for address in (each for each in examples if not each.endswith(("/deeds", "/files"))):
        is_an_error = address.endswith("page=0")
        response = client.get(
            address.replace("$id", str(made.pk)), headers={"accept-language": "en"}
        )
        assert response.status_code == (400 if is_an_error else 200), address
        assert not is_an_error or json.dumps(response.json()) in text
