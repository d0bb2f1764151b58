"""What can be done with terms: the canvas that they are made with, offers that are made and closed. Each verb is one transaction with its event."""

from collections.abc import Mapping
from typing import Any, Final

from django.db import transaction
from django.utils import timezone
from pydantic import ValidationError

from katalysator.core import audit
from katalysator.core.actors import Actor
from katalysator.core.rows import locked, require_sound
from katalysator.dataspace.canvas.filling import (
    RECORD,
    CanvasAnswers,
    all_answers,
    answers_of_record,
    canvas_of,
    chosen_terms,
    record_fields,
    unanswered,
)
from katalysator.dataspace.canvas.steps import STEPS, kept
from katalysator.dataspace.canvas.terms import PolicyTerms, choices_of, terms_of
from katalysator.dataspace.datasets.offering import renew_offer
from katalysator.dataspace.models import (
    AgreementTemplate,
    Dataset,
    DatasetOffer,
    SharingCanvas,
)
from katalysator.dataspace.models.processes import new_pid
from katalysator.dataspace.protocol.policy_shapes import PolicyShape
from katalysator.dataspace.rules import require_sharer
from katalysator.faults import Conflict, InvalidInput, gettext_noop as _

_GONE: Final = _("This dataset is not there any more.")
MOST_OFFERS: Final = 20
"""A dataset is offered on so many terms at once at most."""


@transaction.atomic
def make_offer(
    dataset: Dataset,
    terms: PolicyTerms,
    is_automatic: bool,
    *,
    by: Actor,
    template: str = "",
    must_be_signed: bool = False,
    answers: CanvasAnswers | None = None,
) -> DatasetOffer:
    """Offer a dataset on terms.

    Parameters
    ----------
    dataset, terms, by
        Which, on which rules of ODRL, and who decided it.
    is_automatic
        Whether who surely meets them gets it without anybody deciding.
    template
        What the text of an agreement begins from: that of the dataset's model where it is left out.
    must_be_signed
        Whether people of both sides sign that text before any data goes.
    answers
        Those of the canvas that the text is filled with.

    Raises InvalidInput, NotAllowed, Conflict where there are many offers already.

    """
    row = locked(dataset, _GONE)
    require_sharer(row, by)
    if row.offers.filter(is_open=True).count() >= MOST_OFFERS:
        raise Conflict(
            "many-offers",
            _("There are %(most)s offers of this dataset already."),
            hint=_("Close one that nobody needs."),
            most=MOST_OFFERS,
        )
    made = DatasetOffer(
        dataset=row,
        key=new_pid(),
        terms=_sound(terms),
        is_automatic=is_automatic,
        template=_template(template or row.model),
        must_be_signed=must_be_signed,
        answers=dict(answers or answers_of_record(row)),
    )
    require_sound(made)
    _require_nobody_exposed(made)
    made.save()
    told = {
        "offer": made.key,
        "terms": made.terms,
        "automatic": is_automatic,
        "template": made.template,
        "signed": must_be_signed,
    }
    audit.record("dataset.offer", row, by=by, after=told)
    return made


@transaction.atomic
def replace_offer(
    dataset: Dataset,
    old: DatasetOffer | None,
    terms: PolicyTerms,
    is_automatic: bool,
    *,
    by: Actor,
    template: str = "",
    must_be_signed: bool = False,
) -> DatasetOffer:
    """Offer a dataset on terms in place of an offer from before, if there is one, with what that said beside its terms; see `make_offer`."""
    locked(dataset, _GONE)  # before its offers, as everywhere
    answers: CanvasAnswers | None = None
    if old is not None:
        answers = old.answers
        close_offer(old, by=by)
    made = make_offer(
        dataset,
        terms,
        is_automatic,
        by=by,
        template=template,
        must_be_signed=must_be_signed,
        answers=answers,
    )
    SharingCanvas.objects.filter(offer=old).exclude(offer=None).update(offer=made)
    return made


@transaction.atomic
def close_offer(offer: DatasetOffer, *, by: Actor) -> DatasetOffer:
    """Offer it no more; agreements that were made stay. Raises NotAllowed, Conflict."""
    row = locked(offer, _("This offer is not there any more."))
    require_sharer(row.dataset, by)
    if not row.is_open:
        raise Conflict("offer-closed", _("This offer is closed already."))
    row.is_open = False
    row.save(update_fields=["is_open"])
    audit.record("dataset.close-offer", row.dataset, by=by, after={"offer": row.key})
    return row


@transaction.atomic
def begin_canvas(dataset: Dataset, model: str, *, by: Actor) -> SharingCanvas:
    """Begin the canvas of a dataset from a sharing model, or begin it anew. Raises InvalidInput, NotAllowed."""
    row = locked(dataset, _GONE)
    require_sharer(row, by)
    canvas = canvas_of(row)
    if canvas.model != model:
        canvas.model, canvas.answers = model, {}
    canvas.changed_at = timezone.now()
    require_sound(canvas)
    canvas.save()
    audit.record("canvas.begin", canvas, by=by, after={"model": model})
    return canvas


@transaction.atomic
def answer_step(
    dataset: Dataset, step: str, answers: Mapping[str, Any], *, by: Actor
) -> SharingCanvas:
    """Keep the answers of one step of a dataset's canvas, as its form read them. Raises NotAllowed, and KeyError for no step."""
    sharing = locked(dataset, _GONE)
    require_sharer(sharing, by)
    row = canvas_of(sharing)
    name = STEPS[step].name
    row.answers = {**row.answers, name: dict(answers)}
    row.changed_at = timezone.now()
    row.save()
    audit.record("canvas.answer", row, by=by, after={"step": name})
    return row


@transaction.atomic
def confirm_canvas(canvas: SharingCanvas, *, by: Actor) -> DatasetOffer:
    """Make of all answers an offer, in place of the one that this canvas made before, and fill in the dataset's record.

    Raises InvalidInput, NotAllowed, Conflict where a step is not answered yet.
    """
    dataset = locked(canvas.dataset, _GONE)
    row = locked(canvas, _GONE)
    require_sharer(dataset, by)
    if missing := unanswered(row):
        raise Conflict(
            "canvas-unfinished",
            _("Not all questions are answered yet."),
            hint=_("Look at this one: %(question)s"),
            question=str(STEPS[missing[0]].question),
        )
    answers = all_answers(row)
    _fill_in(dataset, record_fields(row.model, answers), by)
    if row.offer is not None and row.offer.is_open:
        close_offer(row.offer, by=by)
    partners = answers["partners"]
    row.offer = make_offer(
        dataset,
        terms_of(chosen_terms(row.model, answers)),
        bool(partners.get("is_automatic")),
        by=by,
        template=AgreementTemplate(row.model),
        must_be_signed=bool(partners.get("must_be_signed")),
        answers=answers,
    )
    row.changed_at = timezone.now()
    row.save()
    audit.record("canvas.confirm", row, by=by, after={"offer": row.offer.key})
    return row.offer


@transaction.atomic
def confirm_as_usual(dataset: Dataset, *, may_share: bool, by: Actor) -> DatasetOffer:
    """Confirm a dataset's canvas with what is usual where nobody answered; whether the data may be shared is said by who does so.

    Raises as `confirm_canvas`, and InvalidInput where a question has no usual answer: that one is answered by itself.
    """
    dataset = locked(dataset, _GONE)
    require_sharer(dataset, by)
    row = canvas_of(dataset)
    usual, missing = all_answers(row), unanswered(row)
    if "owner" in missing and not may_share:
        raise InvalidInput(
            "canvas-may-share", _("Say first that you may share this data: tick the box.")
        ).at("may_share")
    for name in missing:
        form = STEPS[name].form({**usual[name], "may_share": may_share}, dataset=dataset)
        if not form.is_valid():
            raise InvalidInput(
                "canvas-own-answer",
                _("This question needs an answer of your own: %(question)s"),
                question=str(STEPS[name].question),
            ).at(name)
        row = answer_step(dataset, name, kept(form), by=by)
    return confirm_canvas(row, by=by)


def _require_nobody_exposed(offer: DatasetOffer) -> None:
    """Refuse what is about people and goes to anybody, without somebody who looks at it."""
    chosen = choices_of(offer.terms)
    is_open = offer.template == AgreementTemplate.OPEN or (
        offer.is_automatic and chosen is not None and chosen.is_for_everybody
    )
    if is_open and offer.dataset.personal == Dataset.Personal.PERSONAL:
        raise Conflict(
            "open-personal",
            _("Data about people who can be known from it cannot be open to everyone."),
            hint=_("Begin from another model, or leave out what people can be known by."),
        )


def _fill_in(dataset: Dataset, fields: Mapping[str, str], by: Actor) -> None:
    before = {name: getattr(dataset, name) for name in RECORD}
    for name in RECORD:
        setattr(dataset, name, fields[name])
    dataset.changed_at = timezone.now()
    require_sound(dataset)
    dataset.save()
    renew_offer(dataset, by=by)
    audit.record_edit("dataset.fill-in", dataset, by=by, before=before, after=fields)


def _template(name: str) -> str:
    """The name of a template of the library. Raises InvalidInput."""
    if name not in AgreementTemplate.values:
        raise InvalidInput("template", _("There is no such text of an agreement.")).at("template")
    return name


def _sound(terms: PolicyTerms) -> dict[str, Any]:
    """Terms as they are kept. Raises InvalidInput for what is no policy of ODRL."""
    try:
        shape = PolicyShape.model_validate({**terms, "@id": "offer"})
    except ValidationError as error:
        first = error.errors()[0]
        raise InvalidInput(
            "terms",
            _("These terms cannot be used: %(why)s"),
            why=f"{'.'.join(map(str, first['loc']))}: {first['msg']}",
        ).at("terms") from None
    return shape.terms()
