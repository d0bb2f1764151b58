"""Peers review knowledge: they are asked, or volunteer. Each verb is one transaction with its event."""

from collections.abc import Sequence
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from katalysator.cleaning import without_markup
from katalysator.coalition.acting import person_of
from katalysator.coalition.models import Organisation
from katalysator.core import audit, rows
from katalysator.core.actors import Actor
from katalysator.core.lengths import require_short
from katalysator.faults import Conflict, InvalidInput, gettext_noop as _
from katalysator.knowledge.models import KnowledgeItem, KnowledgeReview
from katalysator.knowledge.rows import locked
from katalysator.knowledge.rules import require_editor, require_peer
from katalysator.knowledge.workflow import IN_REVIEW, REVIEWING, SHOWN

MOST_ASKED: Final = 10
"""So many organisations are asked to review one item at most."""


@transaction.atomic
def ask(
    item: KnowledgeItem, organisations: Sequence[Organisation], *, by: Actor
) -> list[KnowledgeReview]:
    """Ask participants to review an item; who was asked before is not asked again.

    Raises InvalidInput at the organisation that cannot be asked, NotAllowed, and Conflict where the item is
    not in review.
    """
    row = locked(item)
    require_editor(row, by)
    _require_open(row)
    known = set(row.reviews.values_list("organisation", flat=True))
    new = [each for each in organisations if each.pk not in known]
    _require_askable(row, new, len(known))
    return [_asked(row, each, by) for each in new]


@transaction.atomic
def give(
    item: KnowledgeItem, organisation: Organisation, *, by: Actor, verdict: str, remark: str
) -> KnowledgeReview:
    """Say what an organisation thinks of an item: asked or of its own accord, and anew as long as it is in review.

    Raises InvalidInput, Conflict, and NotAllowed for who is not of this other organisation.
    """
    row = locked(item)
    require_peer(row, organisation, by)
    _require_open(row)
    if verdict not in KnowledgeReview.Verdict.values:
        raise InvalidInput("verdict", _("Choose what you think of it.")).at("verdict")
    remark = without_markup(remark)
    require_short(remark, KnowledgeReview, "remark")
    if not remark and verdict != KnowledgeReview.Verdict.GOOD:
        raise InvalidInput(
            "remark", _("Say what is to be improved."), hint=_("Others learn most from that.")
        ).at("remark")
    found = row.reviews.filter(organisation=organisation).first()
    given = found or KnowledgeReview(item=row, organisation=organisation)
    return _moved(given, "give", by, verdict=verdict, remark=remark)


@transaction.atomic
def decline(review: KnowledgeReview, *, by: Actor) -> KnowledgeReview:
    """Say that an organisation cannot review what it was asked to. Raises Conflict, NotAllowed."""
    row = rows.locked(review, _("This is not asked any more."))
    require_peer(row.item, row.organisation, by)
    return _moved(row, "pass", by)


def _asked(item: KnowledgeItem, organisation: Organisation, by: Actor) -> KnowledgeReview:
    made = KnowledgeReview.objects.create(item=item, organisation=organisation)
    after = {"item": item.pk, "organisation": organisation.slug}
    audit.record(REVIEWING.audit_verb("ask"), made, by=by, after=after)
    return made


def _moved(review: KnowledgeReview, deed: str, by: Actor, **said: str) -> KnowledgeReview:
    before = review.state
    review.state = REVIEWING.transition(before, deed).target
    review.moved_at = timezone.now()
    review.author = person_of(by)
    for name, value in said.items():
        setattr(review, name, value)
    review.save()
    owner = review.organisation.slug
    after: dict[str, Any] = {"item": review.item_id, "organisation": owner, **said}
    audit.record_step(REVIEWING, deed, review, by=by, before=before, **after)
    return review


def _require_open(item: KnowledgeItem) -> None:
    if item.state != IN_REVIEW:
        is_shown = item.state in SHOWN
        raise Conflict(
            "not-in-review",
            _("This is published already: its review is over.")
            if is_shown
            else _("This is not in review."),
        )


def _require_askable(item: KnowledgeItem, new: Sequence[Organisation], before: int) -> None:
    for each in new:
        if each.pk == item.organisation_id or not each.is_participant:
            raise InvalidInput(
                "reviewer",
                _("%(name)s cannot review this."),
                hint=_("Ask another participant."),
                name=each.name,
            ).at("organisations")
    if before + len(new) > MOST_ASKED:
        raise InvalidInput(
            "reviewers", _("Ask at most %(most)s organisations."), most=MOST_ASKED
        ).at("organisations")
