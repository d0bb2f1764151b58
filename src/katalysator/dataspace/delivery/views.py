"""Where data is fetched, and where a token is renewed."""

from http import HTTPStatus

from django.http import HttpRequest, JsonResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from katalysator.dataspace.delivery.giving import NotGiven, give, may_go_on
from katalysator.dataspace.delivery.ranges import NoSuchRange
from katalysator.dataspace.delivery.tokens import LIFE, issued, read_token
from katalysator.dataspace.models import Connector, Transfer
from katalysator.dataspace.protocol.identity import Unrecognised, identity


@require_GET
def data(request: HttpRequest, slug: str, pid: str) -> HttpResponseBase:
    """The data of a transfer that runs, for who has its token; also in parts."""
    connector = get_object_or_404(Connector.objects.speaking(), organisation__slug=slug)
    token = read_token(request.headers.get("Authorization", ""), connector)
    if token is None:
        return _refused(HTTPStatus.UNAUTHORIZED, "a token of this transfer is needed, or a new one")
    try:
        given = give(connector, pid, token, request.headers.get("Range", ""))
    except NotGiven as fault:
        return _refused(fault.status, fault.reason)
    except NoSuchRange:
        return _refused(HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, "there is no such part")
    status = HTTPStatus.PARTIAL_CONTENT if given.part else HTTPStatus.OK
    response = StreamingHttpResponse(
        given.blocks, status=status, content_type=given.source.media_type
    )
    if given.length is not None:
        response["Content-Length"] = str(given.length)
    if given.part:
        response["Content-Range"] = given.part.header
    response["Accept-Ranges"] = "bytes"
    response["Content-Encoding"] = "identity"  # as it is: a part of what is packed is no part
    response["Cache-Control"] = "no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


@csrf_exempt
@require_POST
def new_token(request: HttpRequest, slug: str, pid: str) -> JsonResponse:
    """Another token of a transfer that runs, for its consumer, who proves to be it as for any message."""
    connector = get_object_or_404(Connector.objects.speaking(), organisation__slug=slug)
    try:
        speaker = identity().speaker(request.headers.get("Authorization", ""), connector)
    except Unrecognised:
        return _refused(HTTPStatus.NOT_FOUND, "not found")
    found = Transfer.objects.select_related("agreement", "connector__organisation").filter(
        connector=connector, provider_pid=pid, partner_id=speaker, role="provider"
    )
    transfer = found.first()
    if transfer is None:
        return _refused(HTTPStatus.NOT_FOUND, "not found")
    if reason := may_go_on(transfer):
        return _refused(HTTPStatus.FORBIDDEN, reason)
    return JsonResponse({"authorization": issued(transfer), "expiresIn": int(LIFE.total_seconds())})


def _refused(status: HTTPStatus, reason: str) -> JsonResponse:
    response = JsonResponse({"reason": reason}, status=status)
    if status == HTTPStatus.UNAUTHORIZED:
        response["WWW-Authenticate"] = "Bearer"
    return response
