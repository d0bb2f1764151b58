"""Whatever is sent to the API, it answers as its document says: never with a mistake of ours."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings, strategies
from schemathesis.checks import CHECKS

from katalysator.activities.choices import verbs as choices
from katalysator.activities.enrolments.verbs import register
from katalysator.coalition.blocks import Block
from katalysator.coalition.corners import Corner
from katalysator.coalition.models import Organisation, Person
from katalysator.core.api_writing import scopes
from katalysator.groups.papers import verbs as papers
from katalysator.groups.stewards import verbs as stewards
from katalysator.groups.todo import verbs as todo
from katalysator.knowledge.files.verbs import attach
from katalysator.knowledge.reviews import verbs as reviewing
from katalysator.listings.models import Kind
from katalysator.site.api import api
from katalysator.tokens.verbs import make
from tests import builders
from tests.examples import examples
from tests.matches.steps import NEED, OFFER, match_all

pytestmark = pytest.mark.django_db

_CHECKS = (
    "not_a_server_error", "status_code_conformance", "content_type_conformance", "response_schema_conformance",
)  # fmt: skip
OPERATIONS = [
    (method.upper(), address)
    for address, methods in api.get_openapi_schema()["paths"].items()
    for method in methods
]
every_operation = pytest.mark.parametrize(("method", "address"), OPERATIONS)
few = settings(examples(30), deadline=None, suppress_health_check=list(HealthCheck))


@pytest.fixture(scope="module")
def known(lasting: Callable[[], AbstractContextManager[object]]) -> Iterator[dict[str, Any]]:
    """Records that are there, by the names in addresses, and a token for all of it."""
    with lasting():
        owner = builders.organisation(slug="voorbeeld")
        need = builders.listing(owner, **NEED)
        offer = builders.listing(builders.organisation(), Kind.OFFER, **OFFER)
        match_all()
        bureau = builders.person(is_coordinator=True)
        until = timezone.localdate() + timedelta(days=1)
        _token, secret = make(bureau, by=bureau, name="x", scopes=scopes(), ends_on=until)
        named = {"slug": "voorbeeld", "id": need.pk, "other": offer.pk, "kind": "hours"}
        rooms = _in_rooms(owner, bureau)
        yield {"": secret, "/": named, "rooms": tuple(rooms), **rooms}


def _in_rooms(owner: Organisation, bureau: Person) -> dict[str, dict[str, Any]]:
    """Records of the rooms that name theirs alike, by the beginning of their addresses."""
    activity = builders.activity(owner, policy="request")
    enrolment = register(activity, bureau, by=bureau)
    group = builders.group(bureau)
    meeting = papers.plan(group, by=bureau, starts_at=timezone.now())
    decision = papers.decide(group, by=bureau, text="x", on=timezone.localdate())
    task = todo.add(group, by=bureau, what="x")
    item, peer = builders.item(owner, "review"), builders.organisation()
    reviewing.ask(item, [peer], by=bureau)
    file = attach(item, by=bureau, name="lijst.md", data=b"- een")
    rounds = [builders.activity(owner) for _ in range(2)]
    choice = choices.post("x", by=bureau, organisation=owner, activities=rounds)
    corner = Corner(block=Block.DATA)
    steward = stewards.name(corner, by=bureau, duty="contact", organisation=owner)
    answer = builders.reply()
    return {
        "/activities/": {"id": activity.pk, "enrolment": enrolment.pk},
        "/working-groups/": {
            "slug": group.slug,
            "member": group.memberships.get().pk,
            "meeting": meeting.pk,
            "decision": decision.pk,
            "task": task.pk,
        },
        "/knowledge/": {"number": item.pk, "organisation": peer.slug, "file": file.pk},
        "/activity-choices/": {"choice": choice.pk},
        "/stewards/": {"steward": steward.pk},
        "/questions/": {"number": answer.question_id, "answer": answer.pk},
    }


@pytest.fixture(scope="module")
def document(known: dict[str, Any]) -> Iterator[Any]:
    """The document, of a house that keeps its connection after a request, as Django's own test client has it."""
    request_started.disconnect(close_old_connections)
    request_finished.disconnect(close_old_connections)
    yield schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())
    request_started.connect(close_old_connections)
    request_finished.connect(close_old_connections)


@pytest.mark.faults(sample=70)
@every_operation
def test_a_stranger_is_answered_as_described(method: str, address: str, document: Any) -> None:
    @few
    @given(case=document[address][method].as_strategy())
    def ask(case: Any) -> None:
        _ask(case, {})

    ask()


@pytest.mark.faults(sample=70)
@every_operation
def test_the_bureau_is_answered_as_described_about_records_that_are_there(
    method: str, address: str, document: Any, known: dict[str, Any]
) -> None:
    headers = {"Authorization": f"Bearer {known['']}", "If-Match": "*"}
    there = next(known[room] for room in (*known["rooms"], "/") if address.startswith(room))

    @few
    @given(case=document[address][method].as_strategy(), is_known=strategies.booleans())
    def ask(case: Any, is_known: bool) -> None:
        for name in case.path_parameters or {}:
            if is_known and name in there:
                case.path_parameters[name] = there[name]
        _ask(case, headers)

    ask()


def _ask(case: Any, headers: dict[str, str]) -> None:
    checks = [CHECKS.get_one(name) for name in _CHECKS]
    with transaction.atomic():
        case.call_and_validate(checks=checks, headers={"Accept-Encoding": "identity", **headers})
        transaction.set_rollback(True)
