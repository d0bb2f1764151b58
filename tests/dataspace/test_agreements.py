"""Agreements that people read: texts from the library, frozen to the byte, signed by both, ended and renewed."""

import hashlib
import json
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob
from pypdf import PdfReader

from katalysator.coalition.verbs import erase
from katalysator.core.audit import canonical
from katalysator.core.language import speaking
from katalysator.core.models import Event
from katalysator.dataspace.agreements import tasks, verbs
from katalysator.dataspace.agreements.followups import note_verification
from katalysator.dataspace.agreements.freezing import digest, freeze
from katalysator.dataspace.agreements.library import LANGUAGES, TEMPLATES, articles
from katalysator.dataspace.agreements.paper import as_pdf
from katalysator.dataspace.agreements.queries import counterpart, text_of
from katalysator.dataspace.agreements.showing import agreement_rows
from katalysator.dataspace.canvas.terms import SharingTerms, end_of, terms_of
from katalysator.dataspace.models import (
    Agreement,
    AgreementSignature,
    AgreementTemplate,
    AgreementText,
    DatasetOffer,
    Negotiation,
    Partner,
)
from katalysator.dataspace.protocol.sending import RULE, send
from katalysator.faults import Conflict, InvalidInput, NotAllowed
from tests import builders
from tests.attack.hostile_texts import TEXTS as TEXTS_TYPED
from tests.attack.steps import inside
from tests.attack.test_stored_text import Shape
from tests.dataspace.agreed import ANSWERS, agreed
from tests.dataspace.world import all_done, connector, manager

pytestmark = pytest.mark.django_db
TEXTS = {
    ("nl", 2): "17d1459dc771f667",
    ("en", 2): "9516962722884f8a",
}
"""What the library said in each version of its texts: another word needs another version in each template that has it."""


def _jobs(name: str) -> list[dict[str, Any]]:
    """What the jobs of this name are about that wait."""
    waiting = ProcrastinateJob.objects.filter(task_name=name, status="todo")
    return [job.args for job in waiting]


def _sign(agreement: Agreement) -> AgreementSignature:
    who = manager(agreement.connector)
    return verbs.sign(agreement, by=who, name="Voorbeeld Directeur", function="directeur")


def test_another_word_in_the_library_needs_another_version() -> None:
    newest = max(each.version for each in TEMPLATES.values())
    for language in LANGUAGES:
        told = {name: [each.title, *each.paragraphs] for name, each in articles(language).items()}
        assert digest(canonical(told).decode())[:16] == TEXTS[language, newest]


def test_each_template_has_the_same_articles_and_facts_in_each_language() -> None:
    assert set(TEMPLATES) == set(AgreementTemplate)
    dutch, english = (articles(language) for language in LANGUAGES)
    assert list(dutch) == list(english)
    for name, article in dutch.items():
        marks = [
            [
                sorted(part for part in each.split() if "{" in part or "[" in part).__len__()
                for each in told.paragraphs
            ]
            for told in (article, english[name])
        ]
        assert marks[0] == marks[1], name
    assert set(dutch) == {name for each in TEMPLATES.values() for name in each.articles}


def test_the_text_is_frozen_with_the_agreement_and_its_digest_is_of_each_byte() -> None:
    holder, user = agreed()
    text = text_of(holder)
    assert text is not None
    assert text == text_of(user)
    told = text.document
    assert (told["provider"]["name"], told["consumer"]["name"]) == (
        "Voorbeeld Lab",
        "Voorbeeld Kliniek",
    )
    assert told["policy"] == holder.policy
    plain = json.dumps(told, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    assert hashlib.sha256(plain.encode()).hexdigest() == text.sha256
    dutch = json.dumps(told["texts"]["nl"], ensure_ascii=False)
    for said in (
        "Voorbeeld Kliniek",
        "€ 100 per jaar",
        "ten hoogste € 10.000",
        "Versleuteld.",
        "Datadesk",
        "Bezoekers",
    ):
        assert said in dutch
    assert freeze(holder).sha256 == text.sha256  # type: ignore[union-attr]
    assert holder.ends_at == holder.made_at + timedelta(days=90)


@pytest.mark.parametrize("template", AgreementTemplate.values)
def test_nothing_is_left_to_fill_in(template: str) -> None:
    holder, _user = agreed(template, answers={} if template == "members" else ANSWERS)
    text = text_of(holder)
    assert text is not None
    for told in text.document["texts"].values():
        for article in told:
            for paragraph in article["paragraphs"]:
                assert not paragraph.startswith("[")
                assert "{" not in paragraph


def test_an_offer_without_a_template_has_no_text() -> None:
    holder, user = agreed(template="", must_be_signed=False)
    assert text_of(holder) is None
    assert text_of(user) is None
    with pytest.raises(Conflict, match="nothing to sign"):
        _sign(holder)


def test_no_data_goes_before_both_have_signed() -> None:
    holder, user = agreed()
    assert "not signed" in holder.why_not()
    _sign(holder)
    assert "not signed" in holder.why_not()
    made = _sign(user)
    assert (made.role, made.function) == ("consumer", "directeur")
    assert holder.why_not() == ""
    assert Event.objects.filter(verb="agreement.sign").count() == 2
    with pytest.raises(Conflict, match="already"):
        _sign(user)


def test_a_signature_is_taken_back_until_the_other_has_signed() -> None:
    holder, user = agreed()
    with pytest.raises(Conflict, match="has not signed"):
        verbs.withdraw(holder, by=manager(holder.connector))
    _sign(holder)
    verbs.withdraw(holder, by=manager(holder.connector))
    assert not AgreementSignature.objects.exists()
    _sign(holder)
    _sign(user)
    with pytest.raises(Conflict, match="Both"):
        verbs.withdraw(user, by=manager(user.connector))


def test_only_people_who_manage_a_party_sign_end_and_renew() -> None:
    holder, user = agreed()
    until = timezone.localdate() + timedelta(days=9)
    for person in (
        builders.person(holder.connector.organisation),
        manager(user.connector),
        manager(connector(name="Voorbeeld Derde")),
        builders.person(is_coordinator=True),
    ):
        for deed in (
            lambda who: verbs.sign(holder, by=who, name="A", function="B"),
            lambda who: verbs.withdraw(holder, by=who),
            lambda who: verbs.end(holder, "Het is klaar.", by=who),
            lambda who: verbs.renew(holder, until, by=who),
        ):
            with pytest.raises(NotAllowed):
                deed(person)
    with pytest.raises(Conflict, match="Only a person"):
        verbs.sign(holder, by=builders.HOUSE, name="A", function="B")
    with pytest.raises(InvalidInput):
        verbs.sign(holder, by=manager(holder.connector), name=" ", function="B")


@pytest.mark.parametrize("who", ["holder", "user"])
def test_whoever_ends_it_it_ends_for_both(who: str) -> None:
    holder, user = agreed(must_be_signed=False)
    mine = holder if who == "holder" else user
    assert counterpart(holder) == user
    verbs.end(mine, "Het onderzoek is klaar.", by=manager(mine.connector))
    for each in (holder, user):
        each.refresh_from_db()
        assert each.ended_at is not None
        assert each.end_reason == "Het onderzoek is klaar."
    assert "ended" in holder.why_not()
    with pytest.raises(Conflict, match="has ended"):
        verbs.end(mine, "Nog eens.", by=manager(mine.connector))


def test_an_agreement_is_renewed_by_another_one_with_a_text_of_its_own() -> None:
    holder, _user = agreed(must_be_signed=False)
    until = timezone.localdate() + timedelta(days=400)
    who = manager(holder.connector)
    with pytest.raises(InvalidInput):
        verbs.renew(holder, timezone.localdate(), by=who)
    verbs.renew(holder, until, by=who)
    with pytest.raises(Conflict, match="already"):
        verbs.renew(holder, until, by=who)
    all_done()
    send(Negotiation.objects.get(role="consumer", state="OFFERED"), "accepted", by=RULE)
    all_done()
    renewed = Agreement.objects.get(role="provider", negotiation__renews=holder)
    text = text_of(renewed)
    assert text is not None
    assert text.document["renews"] == holder.key
    assert text.document["answers"] == ANSWERS
    assert renewed.ends_at is not None
    assert timezone.localtime(renewed.ends_at).date() == until


def test_only_the_holder_offers_to_renew() -> None:
    _holder, user = agreed(must_be_signed=False)
    with pytest.raises(Conflict, match="Only who holds"):
        verbs.renew(user, timezone.localdate() + timedelta(days=9), by=manager(user.connector))


def test_a_connector_elsewhere_signs_by_verifying() -> None:
    holder, user = agreed()
    Partner.objects.create(
        participant_id="did:web:elders.example",
        name="Voorbeeld Elders",
        address="https://elders.example",
    )
    Agreement.objects.filter(pk=holder.pk).update(partner_id="did:web:elders.example")
    user.delete()
    event = Event(verb="negotiation.verification", subject_id=str(holder.negotiation_id))
    note_verification(event)
    note_verification(event)
    made = AgreementSignature.objects.get()
    assert (made.role, made.is_by_connector, made.person) == ("consumer", True, None)


def test_the_one_who_signed_is_forgotten_and_the_organisation_stays_bound() -> None:
    holder, _user = agreed()
    signed_by = _sign(holder).person
    assert signed_by is not None
    erase(signed_by, by=builders.HOUSE)
    made = AgreementSignature.objects.get()
    assert (made.person, made.name, made.function) == (None, "", "directeur")
    assert AgreementText.objects.count() == 1


def test_an_agreement_has_a_page_for_both_parties_and_nobody_else() -> None:
    holder, user = agreed()
    third = inside(manager(connector(name="Voorbeeld Derde")))
    for mine, other in ((holder, user), (user, holder)):
        client = inside(manager(mine.connector))
        assert client.get(f"/nl/dataspace/agreements/{other.pk}/").status_code == 404
        body = client.get("/en/dataspace/agreements/").content.decode()
        assert "Metingen" in body
        assert "Waits for your signature" in body
        at = f"/en/dataspace/agreements/{mine.pk}/"
        body = client.get(at).content.decode()
        assert "No data goes before both have signed." in body
        assert client.get(f"{at}text.pdf").content.startswith(b"%PDF")
        assert client.get(f"{at}text.json").json()["sha256"] in body
        assert "urn:uuid" not in client.get(f"{at}sign/").content.decode().partition("<h1")[0]
        assert client.post(f"{at}sign/", {"name": "A"}).status_code == 422
        told = {"name": "Voorbeeld Directeur", "function": "directeur", "has_read": "on"}
        assert client.post(f"{at}sign/", told, follow=True).status_code == 200
        for page in ("", "sign/", "end/", "renew/", "text.pdf", "text.json"):
            assert third.get(f"{at}{page}").status_code == 404
        assert "Metingen" not in third.get("/en/dataspace/agreements/").content.decode()
    assert AgreementSignature.objects.count() == 2
    client = inside(manager(holder.connector))
    at = f"/en/dataspace/agreements/{holder.pk}/"
    told = {"until": (timezone.localdate() + timedelta(days=400)).isoformat()}
    assert b"not answered yet" in client.post(f"{at}renew/", told, follow=True).content
    answer = client.post(f"{at}end/", {"reason": "Het is klaar."}, follow=True)
    assert "Het is klaar." in answer.content.decode()


def test_a_list_of_agreements_takes_as_many_queries_whatever_its_length(
    django_assert_max_num_queries: Any,
) -> None:
    holder, _user = agreed()
    row = Agreement.objects.get(pk=holder.pk)
    for number in range(4):
        made = Negotiation.objects.get(pk=holder.negotiation_id)
        made.pk, made.provider_pid, made.consumer_pid = None, f"urn:p{number}", f"urn:c{number}"
        made.save()
        row.pk, row.negotiation, row.key = None, made, f"urn:uuid:{number}"
        row.save()
    client = inside(manager(holder.connector))
    client.get("/en/dataspace/agreements/")
    with django_assert_max_num_queries(14):
        client.get("/en/dataspace/agreements/")


def test_who_has_to_sign_and_whose_agreement_will_end_or_was_ended_gets_a_letter() -> None:
    holder, user = agreed()
    owner, _reader = manager(holder.connector), manager(user.connector)
    tasks.tell_to_sign(agreement_id=user.pk)
    assert "Voorbeeld Lab" in mail.outbox[-1].body
    _sign(user)
    tasks.tell_to_sign(agreement_id=user.pk)
    assert len(mail.outbox) == 1
    near = timezone.now() + timedelta(days=10)
    Agreement.objects.filter(pk=holder.pk).update(ends_at=near)
    tasks.watch(timestamp=int(timezone.now().timestamp()))
    assert _jobs("dataspace.tell_ending") == [{"agreement_id": holder.pk}]
    for _twice in range(2):
        tasks.tell_ending(agreement_id=holder.pk)
    ending = [each for each in mail.outbox if "eindigt" in each.body]
    assert [each.to for each in ending] == [[owner.email]]
    verbs.end(holder, "Het onderzoek is klaar.", by=owner)
    assert _jobs("dataspace.tell_ended") == [{"agreement_id": user.pk}]
    tasks.tell_ended(agreement_id=user.pk)
    assert "Het onderzoek is klaar." in mail.outbox[-1].body


def test_what_others_typed_stays_text_on_the_page_and_on_the_paper() -> None:
    holder, _user = agreed()
    typed = " | ".join((*TEXTS_TYPED, "a" * 400, "א\u202eב \U0001f642 ž"))
    told = ANSWERS | {"owner": ANSWERS["owner"] | {"people": typed}}
    DatasetOffer.objects.update(answers=told)
    Agreement.objects.update(end_reason=typed[:500], ended_at=timezone.now())
    text = freeze(holder)
    assert text is not None
    client = inside(manager(holder.connector))
    at = f"/nl/dataspace/agreements/{holder.pk}/"
    page = Shape(client.get(at).content.decode())
    assert not page.runs
    assert sum(typed[:500] in each for each in page.texts) == 2
    paper = PdfReader(BytesIO(client.get(f"{at}text.pdf").content))
    assert all(text.sha256 in each.extract_text() for each in paper.pages)
    assert client.get(f"{at}text.json").json()["document"]["answers"] == told


def test_a_paper_is_the_same_each_time_and_says_what_it_is() -> None:
    holder, _user = agreed()
    _sign(holder)
    text = text_of(holder)
    assert text is not None
    with speaking("nl"):
        first, second = (as_pdf(text, "nl") for _each in range(2))
    assert first == second
    paper = PdfReader(BytesIO(first))
    root: Any = paper.trailer["/Root"]
    assert (root["/Lang"], root["/MarkInfo"]["/Marked"]) == ("nl", True)
    kinds = [
        each.get_object()["/S"] for each in root["/StructTreeRoot"]["/K"][0].get_object()["/K"]
    ]
    assert kinds[0] == "/H1"
    assert set(kinds) == {"/H1", "/H2", "/P"}
    for page in paper.pages:
        assert text.sha256 in page.extract_text()
    assert "Voorbeeld Directeur, directeur" in paper.pages[-1].extract_text()


def test_what_another_organisation_calls_somebody_stands_nowhere() -> None:
    given, _got = agreed()
    Partner.objects.create(
        connector=connector(), participant_id="did:web:elders.example", name="Geheime naam",
        address="https://elders.example/",
    )  # fmt: skip
    Agreement.objects.filter(pk=given.pk).update(partner_id="did:web:elders.example")
    given.refresh_from_db()
    (row,) = agreement_rows([given])
    assert row.partner == "did:web:elders.example"
    text = freeze(given)
    assert text is not None
    assert text.document["consumer"]["name"] == "did:web:elders.example"


@pytest.mark.parametrize("named", [True, False])
def test_other_terms_do_not_shake_off_that_both_sign(named: bool) -> None:
    given, _got = agreed()
    offer = given.negotiation.offer
    other = offer | terms_of(SharingTerms(days=10)) | ({} if named else {"@id": "urn:uuid:other"})
    dataset = given.dataset
    assert dataset is not None
    DatasetOffer.objects.create(
        dataset=dataset, key="urn:later", terms=terms_of(SharingTerms()), template="open"
    )
    Negotiation.objects.filter(pk=given.negotiation_id).update(offer=other)
    text = freeze(Agreement.objects.get(pk=given.pk))
    assert text is not None
    assert text.must_be_signed


def test_open_use_is_signed_where_its_holder_wants_that() -> None:
    given, got = agreed("open")
    assert given.why_not() == "the agreement is not signed by both yet"
    for each in (given, got):
        _sign(each)
    assert Agreement.objects.get(pk=given.pk).why_not() == ""


def test_an_end_that_no_clock_here_has_is_no_end() -> None:
    given, _got = agreed()
    late = {
        "leftOperand": "dateTime",
        "operator": "lteq",
        "rightOperand": "9999-12-31T23:59:59-14:00",
    }
    policy = given.policy | {"permission": [{"action": "use", "constraint": [late]}]}
    Agreement.objects.filter(pk=given.pk).update(policy=policy)
    given.refresh_from_db()
    assert end_of(policy, given.made_at) is None
    assert freeze(given) is not None
    page = inside(manager(given.connector)).get(f"/en/dataspace/agreements/{given.pk}/")
    assert page.status_code == 200
