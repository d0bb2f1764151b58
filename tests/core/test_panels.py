"""Pages made of what rooms declare: also on each record of a list, asked for all of them at once."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.test import RequestFactory

from katalysator.core import panels
from katalysator.core.personal import PANEL, ImpersonalRequest

Asked = list[list[int]]


@pytest.fixture
def asked() -> Iterator[Asked]:
    """What a panel on each number was asked for; odd numbers have nothing to show."""
    found: Asked = []

    @panels.panel("number", "cotton/wait.html")
    def on_even_numbers(request: HttpRequest, numbers: list[int]) -> list[dict[str, Any] | None]:
        found.append(list(numbers))
        return [{} if number % 2 == 0 else None for number in numbers]

    yield found
    panels._panels[:] = [each for each in panels._panels if each.page != "number"]


@pytest.fixture
def request_() -> HttpRequest:
    return RequestFactory().get("/")


def test_a_panel_that_is_kept_apart_leaves_a_hole_in_a_page_that_is_kept(
    request_: HttpRequest,
) -> None:
    request_.user = AnonymousUser()

    @panels.panel("apart", "cotton/wait.html", kept_by=lambda *_: ("", "state"))
    def apart(request: HttpRequest, subject: object) -> None:
        return None

    impersonal = ImpersonalRequest(request_)
    assert len(panels.shown("apart", impersonal)) == 1
    assert [each.kind for each in impersonal.places] == [PANEL]
    assert panels.shown("apart", request_) == []  # it has nothing to show
    panels._panels[:] = [each for each in panels._panels if each.page != "apart"]


@pytest.mark.django_db
def test_a_panel_is_asked_once_for_all_and_shown_where_it_has_something(
    asked: Asked, request_: HttpRequest
) -> None:
    request_.user = AnonymousUser()
    found = panels.shown_on_each("number", request_, [1, 2, 3, 4])
    assert asked == [[1, 2, 3, 4]]
    assert [len(each) for each in found] == [0, 1, 0, 1]


def test_a_page_without_panels_has_none_on_any_record(request_: HttpRequest) -> None:
    assert panels.shown_on_each("elsewhere", request_, [1, 2]) == [[], []]
