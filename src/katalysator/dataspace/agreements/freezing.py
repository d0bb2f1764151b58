"""The text of an agreement, filled in from the terms, the canvas and who agree, and frozen to the byte."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from django.utils import timezone

from katalysator.core.audit import canonical
from katalysator.core.language import speaking, translate
from katalysator.dataspace.agreements.library import (
    LANGUAGES,
    TEMPLATES,
    AgreementFacts,
    filled,
    spoken_of,
)
from katalysator.dataspace.canvas.filling import CanvasAnswers
from katalysator.dataspace.canvas.steps import BASES
from katalysator.dataspace.canvas.terms import end_of
from katalysator.dataspace.canvas.wording import day_in_words, terms_in_words
from katalysator.dataspace.canvas.words import Duty, word_label
from katalysator.dataspace.models import (
    Agreement,
    AgreementTemplate,
    AgreementText,
    Connector,
    Dataset,
    DatasetOffer,
    Negotiation,
)
from katalysator.dataspace.policies.profile import rules_of
from katalysator.dataspace.processes.parties import names_of
from katalysator.faults import gettext_noop as _

FORMAT: Final = "katalysator-agreement/1"
NOBODY_YET: Final = _("whoever asks for it")
"""Who agrees, in a draft."""
NO_ID_YET: Final = _("(to come)")
"""What an agreement is known as, in a draft."""


@dataclass(frozen=True, slots=True)
class AgreementParty:
    """Who agrees: what it is called in the data space, and its name."""

    key: str
    name: str


@dataclass(frozen=True)
class AgreementSubject:
    """All that a text is made of."""

    provider: AgreementParty
    consumer: AgreementParty
    dataset: Dataset
    agreement: str
    policy: Mapping[str, Any]
    since: datetime
    template: AgreementTemplate
    must_be_signed: bool
    answers: CanvasAnswers = field(default_factory=dict)
    declared: Mapping[str, Any] = field(default_factory=dict)
    renews: str = ""


def freeze(agreement: Agreement) -> AgreementText | None:
    """Freeze the text of an agreement that is made now; None where its offer has no text. Cost: some ten queries."""
    subject = _subject(agreement)
    if subject is None:
        return None
    told = canonical(document(subject)).decode()
    facts = {
        "template": subject.template,
        "version": TEMPLATES[subject.template].version,
        "content": told,
        "sha256": digest(told),
        "must_be_signed": subject.must_be_signed,
    }
    return AgreementText.objects.update_or_create(agreement=agreement, defaults=facts)[0]


def draft_shown(
    dataset: Dataset,
    terms: Mapping[str, Any],
    template: str,
    answers: CanvasAnswers,
    *,
    must_be_signed: bool,
) -> dict[str, Any]:
    """The articles that there would be if somebody agreed to terms now, in the active language or in that of the dataset, for a page."""
    own = dataset.connector
    language = spoken_of(dataset.language)
    subject = AgreementSubject(
        provider=AgreementParty(own.participant_id, own.organisation.name),
        consumer=AgreementParty("…", ""),
        dataset=dataset,
        agreement="",
        policy=terms,
        since=timezone.now(),
        template=AgreementTemplate(template),
        must_be_signed=must_be_signed,
        answers=answers,
    )
    return {"articles": articles_in(subject, language), "articles_language": language}


def document(subject: AgreementSubject) -> dict[str, Any]:
    """The whole document: the facts that it is about, the terms as machines read them, and its text in each language."""
    texts = {language: articles_in(subject, language) for language in LANGUAGES}
    return {
        "format": FORMAT,
        "template": subject.template.value,
        "version": TEMPLATES[subject.template].version,
        "agreement": subject.agreement,
        "renews": subject.renews or None,
        "provider": {"id": subject.provider.key, "name": subject.provider.name},
        "consumer": {"id": subject.consumer.key, "name": subject.consumer.name},
        "dataset": {"id": subject.dataset.key, "title": subject.dataset.title},
        "made_at": subject.since.isoformat(timespec="seconds"),
        "language": subject.dataset.language,
        "must_be_signed": subject.must_be_signed,
        "answers": subject.answers,
        "policy": dict(subject.policy),
        "texts": texts,
    }


def articles_in(subject: AgreementSubject, language: str) -> list[dict[str, Any]]:
    """The articles of a text in one language."""
    with speaking(language):
        told = filled(subject.template, language, _facts(subject))
    return [{"title": each.title, "paragraphs": list(each.paragraphs)} for each in told]


def digest(content: str) -> str:
    """The SHA-256 of a text, in UTF-8."""
    return hashlib.sha256(content.encode()).hexdigest()


def _party_of(participant_id: str, connector: Connector) -> AgreementParty:
    """A participant with the name that a connector knows it by; of one that it does not know, its id. Cost: two queries."""
    return AgreementParty(
        participant_id, names_of([participant_id], [connector.pk])[participant_id]
    )


def _subject(agreement: Agreement) -> AgreementSubject | None:
    negotiation, dataset = agreement.negotiation, agreement.dataset
    if dataset is None:
        return None
    told = _told_before(negotiation) or _told_by_offer(negotiation, dataset)
    if told is None:
        return None
    own: Connector = agreement.connector
    return AgreementSubject(
        provider=AgreementParty(own.participant_id, own.organisation.name),
        consumer=_party_of(agreement.partner_id, own),
        dataset=dataset,
        agreement=agreement.key,
        policy=agreement.policy,
        since=agreement.made_at,
        declared=negotiation.declared,
        renews=negotiation.renews.key if negotiation.renews else "",
        **told,
    )


def _told_before(negotiation: Negotiation) -> dict[str, Any] | None:
    """The template and the answers of the agreement that this one takes the place of."""
    before = AgreementText.objects.filter(agreement=negotiation.renews_id).first()
    if before is None:
        return None
    return {
        "template": AgreementTemplate(before.template),
        "must_be_signed": before.must_be_signed,
        "answers": before.document["answers"],
    }


def _told_by_offer(negotiation: Negotiation, dataset: Dataset) -> dict[str, Any] | None:
    """Those of the offer that was agreed to; of other terms, those of the strictest open offer of the dataset.

    Whoever names an offer and asks for other terms than it has gains nothing by the name.
    """
    offers = DatasetOffer.objects.filter(dataset=dataset)
    offer = offers.filter(key=negotiation.offer["@id"]).first()
    if offer is None or rules_of(offer.terms) != rules_of(negotiation.offer):
        offer = offers.filter(is_open=True).order_by("-must_be_signed", "-pk").first()
    if offer is None or not offer.template:
        return None
    return {
        "template": AgreementTemplate(offer.template),
        "must_be_signed": offer.must_be_signed,
        "answers": offer.answers,
    }


def _facts(subject: AgreementSubject) -> AgreementFacts:
    """What is filled in, in the active language."""
    end = end_of(subject.policy, subject.since)
    duties = [rule["action"] for rule in subject.policy.get("obligation") or ()]
    return {
        "provider": subject.provider.name,
        "consumer": subject.consumer.name or translate(NOBODY_YET),
        "dataset": subject.dataset.title,
        "dataset_key": subject.dataset.key,
        "agreement": subject.agreement or translate(NO_ID_YET),
        "renews": subject.renews,
        "made_on": day_in_words(subject.since),
        "until": day_in_words(end) if end else "",
        "terms": [each.sentence for each in terms_in_words(subject.policy)],
        "purpose_said": _declared(subject, "purpose"),
        "outcome_said": _declared(subject, "derivedData"),
        "deletes": "yes" if Duty.DELETE in duties else "",
        "must_be_signed": "yes" if subject.must_be_signed else "",
        "language": subject.dataset.language,
        **_answered(subject.answers),
    }


def _declared(subject: AgreementSubject, left: str) -> str:
    """What who asked said of itself, in words."""
    return ", ".join(word_label(left, str(each)) for each in subject.declared.get(left) or ())


def _answered(answers: CanvasAnswers) -> dict[str, str]:
    owner, value = answers.get("owner", {}), answers.get("value", {})
    liability, technique = answers.get("liability", {}), answers.get("technique", {})
    partners = answers.get("partners", {})
    personal = owner.get("personal", "")
    contact = (partners.get("contact_name", ""), partners.get("contact_email", ""))
    return {
        "owner": owner.get("owner", ""),
        "personal": personal,
        "is_personal": "yes" if personal not in ("", Dataset.Personal.NONE) else "",
        "personal_label": _label(dict(Dataset.Personal.choices), personal),
        "basis": _label(dict(BASES), owner.get("basis", "")),
        "people": owner.get("people", ""),
        "price": value.get("price", ""),
        "price_text": value.get("price_text", ""),
        "licence": _label(dict(Dataset.Licence.choices), value.get("licence", "")),
        "quality": liability.get("quality", ""),
        "liability": liability.get("liability", ""),
        "liability_text": liability.get("liability_text", ""),
        "how": technique.get("how", ""),
        "security": technique.get("security", ""),
        "contact": ", ".join(filter(None, contact)),
    }


def _label(choices: Mapping[Any, Any], word: str) -> str:
    return str(choices[word]) if word in choices else ""
