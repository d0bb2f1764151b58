"""The root of the API, and how it keeps to the Dutch API Design Rules (NLGov REST API Design Rules 2).

A room adds its addresses in its own `api.py`, and those that write, on the same router, in its `writing_api.py`. Everything is read
through `visible_to`, by who is logged in on the site, by who made the token of a program, or by a stranger.
"""

import json
from collections.abc import Callable
from email.utils import parseaddr
from functools import cache, wraps
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.urls import URLPattern, URLResolver, re_path, reverse
from django.utils.log import log_response
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema
from ninja.operation import Operation
from pydantic.alias_generators import to_camel

from katalysator.activities.choices.writing_api import router as activities
from katalysator.admission.api import router as admission
from katalysator.boards.writing_api import router as boards
from katalysator.coalition.writing_api import router as coalition
from katalysator.commitments.writing_api import router as commitments
from katalysator.core.audit import CHANGED_MEANWHILE
from katalysator.core.language import languages
from katalysator.core.uploads import takes_as
from katalysator.dataspace.api import router as dataspace
from katalysator.faults import InvalidInput, KatalysatorError, NotAllowed
from katalysator.grades.writing_api import router as grades
from katalysator.groups.papers.writing_api import router as groups
from katalysator.groups.stewards.writing_api import router as stewards
from katalysator.introductions.meeting_rules.writing_api import router as introductions
from katalysator.knowledge.writing_api import router as knowledge
from katalysator.listings.writing_api import router as listings
from katalysator.matches.api import router as matches
from katalysator.questions.writing_api import router as questions
from katalysator.rounds.meeting.writing_api import router as rounds
from katalysator.site.aiod import router as aiod
from katalysator.site.gaps.api import router as gaps
from katalysator.site.search.api import router as search
from katalysator.talent.api import router as talent
from katalysator.tokens.models import Token
from katalysator.tokens.uses import note_use
from katalysator.webhooks.writing_api import router as webhooks

_REF = "#/components/schemas/"
_PROBLEM = {
    "type": "object",
    "description": "What went wrong (RFC 9457).",
    "properties": {
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
    },
    "required": ["title", "status", "detail"],
}
_DAYS = ("date_parsing", "date_type", "date_from_datetime_parsing", "date_from_datetime_inexact")
_MOMENTS = (
    "datetime_parsing", "datetime_type", "datetime_from_date_parsing", "datetime_object_invalid", "timezone_aware",
)  # fmt: skip
_TOKEN = {"type": "http", "scheme": "bearer"}
_SESSION = {"type": "apiKey", "in": "cookie", "name": settings.SESSION_COOKIE_NAME}


class DesignRulesAPI(NinjaAPI):
    """An API whose answers and document keep to the design rules, whatever its routers hold."""

    @property
    def urls(self) -> tuple[list[URLResolver | URLPattern], str, str]:
        """Addresses; each answer names the version, also where there is nothing."""
        patterns, app, namespace = super().urls
        patterns.append(re_path(r"(?P<rest>[\s\S]*)", _nothing_here))  # line breaks too
        within = self._functions()
        for pattern in patterns:
            pattern.callback = self._finished(pattern.callback)  # type: ignore[arg-type]
            takes_as(pattern.callback, within.get(str(getattr(pattern, "name", ""))))
        return patterns, app, namespace

    def _functions(self) -> dict[str, Callable[..., Any]]:
        """What answers, by its name, which is that of its address."""
        views = [
            view for _prefix, router in self._routers for view in router.path_operations.values()
        ]
        functions = [each.view_func for view in views for each in view.operations]
        return {each.__name__: each for each in functions}

    def _finished(self, view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def finished(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            asked = request.method
            request.method = (
                "GET" if asked == "HEAD" else asked
            )  # the server leaves the content out
            try:
                let_in = is_let_in(request)
                response = view(request, *args, **kwargs) if let_in else _unauthorised()
            except Http404:
                response = _absent()
            finally:
                request.method = asked
            if isinstance(response, HttpResponseNotAllowed):
                response = _not_allowed(response["Allow"], asked)
            response["API-Version"] = self.version
            response["Cache-Control"] = "no-store"
            response["Access-Control-Allow-Origin"] = (
                "*"  # no cookie goes with it: only what strangers see
            )
            return response

        return finished

    def on_exception(self, request: HttpRequest, exc: Any) -> HttpResponse:
        """Every error becomes problem details."""
        match exc:
            case Http404():
                return _absent()
            case SuspiciousOperation():
                return problem(400, _("This asks for more than we read at once. Ask for less."))
            case AuthenticationError():
                return _unauthorised()
            case KatalysatorError():
                return _refusal(exc)
            case HttpError():
                return problem(exc.status_code, exc.message)
            case ValidationError():
                return problem(400, " ".join(map(_sentence, exc.errors)))
        return _failed(request, exc)

    def get_openapi_operation_id(self, operation: Operation) -> str:
        """The name of its function."""
        return to_camel(operation.view_func.__name__)

    def get_openapi_schema(self, **_: Any) -> OpenAPISchema:
        """The document, its paths relative to the server's address."""
        document = super().get_openapi_schema(path_prefix="")
        schemas, text = document["components"]["schemas"], json.dumps(document)
        for name in [name for name in schemas if f'{_REF}{name}"' not in text]:
            del schemas[name]  # what is asked is described with each address
        schemas["Problem"] = _PROBLEM
        document["components"]["securitySchemes"] = {"session": _SESSION, "token": _TOKEN}
        document["security"] = [{}, {"session": []}, {"token": []}]
        for methods in document["paths"].values():
            for operation in methods.values():
                _complete(operation)
        return document


def problem(status: int, detail: str) -> HttpResponse:
    """What went wrong, as problem details (RFC 9457); says what to do about it."""
    content = {"title": HTTPStatus(status).phrase, "status": status, "detail": detail}
    return JsonResponse(content, status=status, content_type="application/problem+json")


def _nothing_here(request: HttpRequest, rest: str) -> HttpResponse:  # noqa: ARG001
    raise Http404


def _absent() -> HttpResponse:
    sentence = _("There is nothing here that you may see. All addresses are in %(document)s.")
    return problem(404, sentence % {"document": reverse("api:openapi_document")})


def is_let_in(request: HttpRequest) -> bool:
    """Let a request be of who made its token, for what that is good for; False where it is not good.

    It may be asked again.
    """
    scheme, _space, secret = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or hasattr(request, "scopes"):
        return True
    token = Token.objects.of_secret(secret.strip())
    if token is None:
        return False
    note_use(token)
    request.user, request.scopes = token.person, frozenset(token.scopes)  # type: ignore[attr-defined]
    return True


def _unauthorised() -> HttpResponse:
    sentence = _("This takes a token that is good. People make them at %(page)s.")
    response = problem(401, sentence % {"page": reverse("token-list")})
    response["WWW-Authenticate"] = "Bearer"
    return response


def _not_allowed(allowed: str, asked: str | None) -> HttpResponse:
    """What may be done with an address; to a browser that asks on behalf of another site, just that."""
    methods = [*allowed.split(", "), *(["HEAD"] if "GET" in allowed else [])]
    if asked == "OPTIONS":
        response = HttpResponse(status=204)
        response["Access-Control-Allow-Methods"] = "GET, HEAD"
        response["Access-Control-Allow-Headers"] = "Accept-Language"
    else:
        known = {"methods": ", ".join(methods)}
        response = problem(405, _("Here is only: %(methods)s.") % known)
    response["Allow"] = ", ".join(methods)
    return response


def _refusal(fault: KatalysatorError) -> HttpResponse:
    """What a verb refuses."""
    if isinstance(fault, InvalidInput):
        return problem(422, _placed(fault))
    if isinstance(fault, NotAllowed):
        return problem(403, str(fault))
    return problem(412 if fault.code == CHANGED_MEANWHILE else 409, str(fault))


def _placed(fault: InvalidInput) -> str:
    """What cannot be kept, at the name that was sent."""
    place = to_camel(str(fault.where[-1])) if fault.where else ""
    return f"{place}: {fault.sentence}" if place else fault.sentence


def _sentence(error: dict[str, Any]) -> str:
    """What is wrong with one value: the usual mistakes in the reader's language."""
    sentences = {
        "int_parsing": _("Give a whole number."),
        "greater_than_equal": _("Give %(ge)s or more."),
        "less_than_equal": _("Give %(le)s or less."),
        "literal_error": _("Give one of these: %(expected)s."),
        "missing": _("This has to be there."),
        "extra_forbidden": _("This is not known here."),
        "string_type": _("Give a text."),
        "bool_type": _("Give true or false."),
        "list_type": _("Give a list."),
        "dict_type": _("Give an object."),
        **dict.fromkeys(_DAYS, _("Give a day, such as 2027-03-15.")),
        **dict.fromkeys(
            _MOMENTS, _("Give a moment with its zone, such as 2027-03-15T14:00+01:00.")
        ),
    }
    facts = error.get("ctx", {})
    if "expected" in facts:  # the empty choice is the same as not asking
        facts = {"expected": facts["expected"].removeprefix("'', ")}
    sentence = sentences.get(error.get("type", ""))
    said = sentence % facts if sentence else f"{error['msg'].rstrip('.')}."
    return f"{error['loc'][-1]}: {said}"


def _failed(request: HttpRequest, error: Exception) -> HttpResponse:
    response = problem(500, _("Something went wrong on our side. Try again later."))
    log_response(
        "Internal Server Error: %s",
        request.path,
        response=response,
        request=request,
        exception=error,
    )
    return response


def _complete(operation: dict[str, Any]) -> None:
    """Add to a described operation what the rules ask of all."""
    version = {"description": "The full version of the API.", "schema": {"type": "string"}}
    for response in operation["responses"].values():
        response["headers"] = {"API-Version": version}
    schema = {"$ref": f"{_REF}Problem"}
    for status in _refusals(operation):
        operation["responses"][status] = {
            "description": HTTPStatus(status).phrase,
            "headers": {"API-Version": version},
            "content": {"application/problem+json": {"schema": schema}},
        }


def _refusals(operation: dict[str, Any]) -> set[int]:
    """With what else than success an operation may answer."""
    asked = operation["parameters"]
    found = {401}
    if asked or "requestBody" in operation:
        found.add(400)
    if HTTPStatus.NOT_FOUND in operation["responses"] or any(
        each["in"] == "path" or each["name"] == "page" for each in asked
    ):
        found.add(404)
    if "security" in operation:  # it writes
        found |= {403, 409, 422, 429}
    if any(each["name"] == "If-Match" for each in asked):
        found |= {412, 428}
    return found


api = DesignRulesAPI(
    title="Katalysator",
    version="1.7.0",
    description=(
        "What a coalition knows and does: needs and offers, their matches with reasons, who takes part, and all that they share. "
        f"Programs write with a token; texts for people follow Accept-Language ({', '.join(languages())})."
    ),
    openapi_url=None,
    docs_url=None,
    urls_namespace="api",
    openapi_extra={
        "tags": [
            {"name": "listings", "description": "Needs and offers, and the markets."},
            {"name": "matches", "description": "Who fits whom and why, and the matrix."},
            {
                "name": "introductions",
                "description": "Who was asked to meet whom, and what came of it.",
            },
            {
                "name": "rounds",
                "description": "Many brought together at once, for who decides on it.",
            },
            {
                "name": "talent",
                "description": "Work, skills and pay; what people can do, as they say who may see it.",
            },
            {"name": "datasets", "description": "Data that participants share, on which terms."},
            {
                "name": "coalition",
                "description": "Who takes part, and the map that all is placed on.",
            },
            {
                "name": "admission",
                "description": "Who wants to take part, and people who are invited.",
            },
            {"name": "activities", "description": "What is held, and whether there are places."},
            {"name": "knowledge", "description": "What participants share of what they know."},
            {"name": "questions", "description": "What was asked and answered in public."},
            {"name": "search", "description": "All of it, by words, concepts and meaning."},
            {
                "name": "saved searches",
                "description": "Searches of needs and offers that one keeps.",
            },
            {
                "name": "aiod",
                "description": "What anybody may see, in the field names of AI-on-Demand.",
            },
            {"name": "webhooks", "description": "Which addresses are told of what happens."},
            {
                "name": "gaps",
                "description": "What lacks, who could help, and how it went through the days.",
            },
            {"name": "grades", "description": "How good the matching is, for the bureau."},
            {"name": "document", "description": "The API itself."},
        ]
    },
)
for router in (
    coalition, commitments, admission, groups, stewards, activities, knowledge, questions,
    listings, boards, matches, introductions, rounds, talent, dataspace, search, gaps, grades, aiod, webhooks,
):  # fmt: skip
    api.add_router("", router)


@api.get("/openapi.json", response=dict[str, Any], tags=["document"])
def openapi_document(request: HttpRequest) -> dict[str, Any]:
    """The API described in OpenAPI 3.1."""
    document = _described()
    contact = {
        "name": "Katalysator",
        "email": parseaddr(settings.DEFAULT_FROM_EMAIL)[1],
        "url": request.build_absolute_uri(reverse("about")),
    }
    root = reverse("api:api-root").rstrip("/")
    servers = [{"url": request.build_absolute_uri(root)}]
    return {**document, "info": {**document["info"], "contact": contact}, "servers": servers}


@cache
def _described() -> dict[str, Any]:
    """What is the same for all who ask, made once: it takes half a second, and strangers may ask."""
    return api.get_openapi_schema()
