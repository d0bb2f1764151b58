"""The API of those who share what they know, and of those who review and use it: what the pages take, and the deeds."""

from typing import Final, Literal

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from ninja import File
from ninja.files import UploadedFile
from pydantic import Field

from katalysator.coalition.api import Slug
from katalysator.coalition.models import Organisation, PersonRequest
from katalysator.coalition.writing_api import (
    named_organisation,
    named_organisations,
    visible_organisation,
)
from katalysator.core.api import RecordNumber, Resource
from katalysator.core.api_writing import DeedGiven, Given, IfMatch, Scope, seen, tag
from katalysator.core.uploads import takes_file
from katalysator.faults import gettext_noop as _
from katalysator.knowledge import verbs
from katalysator.knowledge.api import (
    FileResource,
    KnowledgeResource,
    ReviewResource,
    UseResource,
    file_resource,
    review_resource,
    router,
    use_resource,
    visible_item,
    whole_item,
)
from katalysator.knowledge.contents import KnowledgeContent, content_of
from katalysator.knowledge.files import verbs as files
from katalysator.knowledge.files.keeping import LARGEST
from katalysator.knowledge.models import KnowledgeFile, KnowledgeReview
from katalysator.knowledge.reviews import verbs as reviewing
from katalysator.knowledge.uses import verbs as using

__all__ = ("KNOWLEDGE_SCOPE", "router")

KNOWLEDGE_SCOPE = Scope(
    "knowledge", _("Share knowledge, review that of others, and say what it brought")
)

_ONE: Final = "/knowledge/{number}"
_REVIEW: Final = f"{_ONE}/reviews/{{organisation}}"
_USE: Final = f"{_ONE}/uses/{{organisation}}"


class KnowledgeChange(Given):
    """What an item says from now on; what is left out stays as it is. `text` is Markdown.

    `namesAuthor` is for who wrote it: whether they are named.
    """

    kind: str = "practice"
    language: Literal["nl", "en"] = "nl"
    title: str = ""
    text: str = ""
    areas: list[str] = Field(default_factory=list)
    blocks: list[str] = Field(default_factory=list)
    stage: str = ""
    link: str = ""
    licence: str = ""
    identifier: str = ""
    visibility: str = "everyone"
    names_author: bool = False


class NewKnowledge(KnowledgeChange):
    """What an organisation knows."""

    organisation: str
    kind: str
    title: str


class ReviewersAsked(Given):
    """The participants that are asked for a review."""

    organisations: list[str] = Field(min_length=1, max_length=reviewing.MOST_ASKED)


class ReviewGiven(Given):
    """What an organisation thinks of an item."""

    verdict: str
    remark: str = ""


class ReviewDeed(Given):
    """That there is no time for a review."""

    deed: Literal["pass"]


class UseGiven(Given):
    """What an item brought to an organisation that used it, in a sentence."""

    what: str


class ReviewAskedResource(Resource):
    """That a participant was asked for a review, and how it stands."""

    organisation: str
    state: str


class ReviewAskedList(Resource):
    """Who were asked for a review."""

    items: list[ReviewAskedResource]


@router.post("/knowledge", response={201: KnowledgeResource}, **KNOWLEDGE_SCOPE.required)
def write_knowledge(
    request: PersonRequest, response: HttpResponse, given: NewKnowledge
) -> KnowledgeResource:
    """Write down what an organisation knows, as a draft; the deed `submit` lets others review it."""
    said = given.stated
    giver = named_organisation(request, said.pop("organisation"))
    content = KnowledgeContent(**{"language": "nl", **said})
    made = verbs.write(giver, by=request.user, content=content)
    shown = _shown(request, response, made.pk)
    response["Location"] = shown.links.this
    return shown


@router.patch(_ONE, response=KnowledgeResource, **KNOWLEDGE_SCOPE.required)
def change_knowledge(
    request: PersonRequest,
    response: HttpResponse,
    number: RecordNumber,
    given: KnowledgeChange,
    if_match: IfMatch = "",
) -> KnowledgeResource:
    """Change what an item says."""
    item = visible_item(request, number)
    content = content_of(item, **given.stated)
    verbs.edit(item, by=request.user, content=content, seen=seen(if_match))
    return _shown(request, response, number)


@router.delete(_ONE, response={204: None}, **KNOWLEDGE_SCOPE.required)
def delete_knowledge(request: PersonRequest, number: RecordNumber) -> None:
    """Throw a draft away, with its files. What was published is withdrawn, by a deed."""
    verbs.delete(visible_item(request, number), by=request.user)


@router.post(f"{_ONE}/deeds", response=KnowledgeResource, **KNOWLEDGE_SCOPE.required)
def move_knowledge(
    request: PersonRequest, response: HttpResponse, number: RecordNumber, given: DeedGiven
) -> KnowledgeResource:
    """Take an item to its next state, by one of its `deeds`."""
    item = visible_item(request, number)
    verbs.move(item, given.deed, by=request.user, reason=given.reason)
    return _shown(request, response, number)


@router.post(f"{_ONE}/confirmations", response=KnowledgeResource, **KNOWLEDGE_SCOPE.required)
def confirm_knowledge(
    request: PersonRequest, response: HttpResponse, number: RecordNumber
) -> KnowledgeResource:
    """Say that an item is still correct."""
    verbs.confirm(visible_item(request, number), by=request.user)
    return _shown(request, response, number)


@router.post(f"{_ONE}/files", response={201: FileResource}, **KNOWLEDGE_SCOPE.required)
@takes_file(LARGEST)
def add_file(
    request: PersonRequest, number: RecordNumber, file: File[UploadedFile]
) -> FileResource:
    """Add a file to an item, as `multipart/form-data`; what could run something is refused."""
    item = visible_item(request, number)
    made = files.attach(item, by=request.user, name=file.name or "", data=file.read())
    return file_resource(request, made)


@router.delete(f"{_ONE}/files/{{file}}", response={204: None}, **KNOWLEDGE_SCOPE.required)
def remove_file(request: PersonRequest, number: RecordNumber, file: RecordNumber) -> None:
    """Take a file of an item away."""
    found: KnowledgeFile = get_object_or_404(visible_item(request, number).files.all(), pk=file)
    files.detach(found, by=request.user)


@router.post(f"{_ONE}/reviews", response={201: ReviewAskedList}, **KNOWLEDGE_SCOPE.required)
def ask_reviewers(
    request: PersonRequest, number: RecordNumber, given: ReviewersAsked
) -> ReviewAskedList:
    """Ask participants for a review of an item; who was asked before is not asked again."""
    item = visible_item(request, number)
    among = Organisation.objects.participants()
    asked = named_organisations(among, given.organisations, at="organisations")
    made = reviewing.ask(item, asked, by=request.user)
    return ReviewAskedList(items=[_asked(each) for each in made])


@router.put(_REVIEW, response=ReviewResource, **KNOWLEDGE_SCOPE.required)
def give_review(
    request: PersonRequest, number: RecordNumber, organisation: Slug, given: ReviewGiven
) -> ReviewResource:
    """Say what an organisation thinks of an item, asked or of its own accord; anew as long as it is in review."""
    item, reviewer = visible_item(request, number), visible_organisation(request, organisation)
    made = reviewing.give(
        item, reviewer, by=request.user, verdict=given.verdict, remark=given.remark
    )
    return review_resource(made)


@router.post(f"{_REVIEW}/deeds", response=ReviewAskedResource, **KNOWLEDGE_SCOPE.required)
def decline_review(
    request: PersonRequest,
    number: RecordNumber,
    organisation: Slug,
    given: ReviewDeed,  # noqa: ARG001 — there is one deed
) -> ReviewAskedResource:
    """Say, by `pass`, that an organisation cannot review what it was asked to."""
    item = visible_item(request, number)
    own = item.reviews.filter(organisation__in=sorted(request.user.own_organisations))
    review: KnowledgeReview = get_object_or_404(own, organisation__slug=organisation)
    return _asked(reviewing.decline(review, by=request.user))


@router.put(_USE, response=UseResource, **KNOWLEDGE_SCOPE.required)
def say_use(
    request: PersonRequest, number: RecordNumber, organisation: Slug, given: UseGiven
) -> UseResource:
    """Say what an item brought to an organisation, in place of what it said."""
    item, user = visible_item(request, number), visible_organisation(request, organisation)
    return use_resource(using.use(item, user, by=request.user, what=given.what))


@router.delete(_USE, response={204: None}, **KNOWLEDGE_SCOPE.required)
def take_back_use(request: PersonRequest, number: RecordNumber, organisation: Slug) -> None:
    """Take back that an organisation used an item."""
    uses = visible_item(request, number).uses.select_related("item", "organisation")
    using.take_back(get_object_or_404(uses, organisation__slug=organisation), by=request.user)


def _asked(review: KnowledgeReview) -> ReviewAskedResource:
    return ReviewAskedResource(organisation=review.organisation.slug, state=review.state)


def _shown(request: PersonRequest, response: HttpResponse, number: int) -> KnowledgeResource:
    item = visible_item(request, number)
    tag(response, item)
    return whole_item(request, item)
