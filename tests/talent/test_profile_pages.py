"""Pages and API of skill profiles: what people do there, what they read, and what others get."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.utils import timezone

from katalysator.coalition.merged.records import move
from katalysator.coalition.models import Membership, Person
from katalysator.talent.models import (
    ProfileConsent,
    ProfileLook,
    SkillEvidence,
    SkillProfile,
    TaxonomyVersion,
)
from katalysator.talent.profiles.evidence import verbs as evidences
from katalysator.tokens.verbs import make as make_token
from tests import builders
from tests.attack.steps import inside
from tests.talent import profiles as make

pytestmark = pytest.mark.django_db
OWN = "/en/talent/profile/"


@pytest.fixture
def person() -> Person:
    return builders.person(builders.organisation())


@pytest.fixture
def browser(person: Person) -> Client:
    make.used()
    return inside(person)


def text(browser: Client, address: str, status: int = 200) -> str:
    answer = browser.get(address)
    assert answer.status_code == status
    return answer.content.decode()


def test_who_has_no_profile_is_shown_the_first_step(browser: Client, person: Person) -> None:
    assert "You have no profile yet" in text(browser, OWN)
    text(browser, f"{OWN}sharing/", 404)
    browser.post(f"{OWN}make/")
    assert "Nobody but you sees this" in text(browser, OWN)
    assert SkillProfile.objects.get().person == person


def test_a_skill_is_searched_and_added_without_a_script(browser: Client) -> None:
    browser.post(f"{OWN}make/")
    assert "care for wounds" in text(browser, f"{OWN}skills/add/?q=wounds")
    answer = browser.post(f"{OWN}skills/add/?q=wounds", {"key": "skill/wounds"})
    assert answer.url == f"{OWN}skills/add/?q=wounds"  # type: ignore[attr-defined]
    assert "In your profile" in text(browser, answer.url)  # type: ignore[attr-defined]
    assert "care for wounds" in text(browser, OWN)
    assert "Nothing is found" in text(browser, f"{OWN}skills/add/?q=<script>")
    browser.post(f"{OWN}skills/add/", {"key": "nonsense"})
    assert SkillProfile.objects.get().skills.count() == 1


def test_an_english_label_on_a_dutch_page_says_so(browser: Client) -> None:
    browser.post(f"{OWN}make/")
    page = text(browser, "/nl/talent/profile/skills/add/?q=test")
    assert 'lang="en"' in page
    assert "Engels" in page


def test_work_is_chosen_and_then_dated(browser: Client) -> None:
    browser.post(f"{OWN}make/")
    add = f"{OWN}occupations/add/"
    assert "?key=occupation%2Fnurse" in text(browser, f"{add}?q=nurse")
    assert "When did you do this work?" in text(browser, f"{add}?key=occupation/nurse")
    sent = {"key": "occupation/nurse", "from_year": "2019", "until_year": "2010"}
    answer = browser.post(add, sent)
    assert answer.status_code == 422
    assert "It ended before it began" in answer.content.decode()
    browser.post(add, sent | {"until_year": "", "hours": "24"})
    page = text(browser, OWN)
    assert "since 2019" in page
    assert "24 hours a week" in page
    work = SkillProfile.objects.get().occupations.get()
    browser.post(f"{OWN}occupations/{work.pk}/remove/")
    assert "since 2019" not in text(browser, OWN)


def test_without_a_list_of_skills_the_page_says_so(person: Person) -> None:
    TaxonomyVersion.objects.all().delete()
    browser = inside(person)
    browser.post(f"{OWN}make/")
    for address in (OWN, f"{OWN}skills/add/?q=x", f"{OWN}occupations/add/?q=x"):
        assert "There is no list of occupations and skills here yet" in text(browser, address)


def test_a_profile_is_erased_after_being_sure(browser: Client) -> None:
    browser.post(f"{OWN}make/")
    assert browser.post(f"{OWN}erase/", {"sure": ""}).status_code == 422
    browser.post(f"{OWN}erase/", {"sure": "on"})
    assert not SkillProfile.objects.exists()


def test_a_certificate_is_given_with_a_file_that_only_those_get_who_may(
    browser: Client, person: Person
) -> None:
    made = make.full_profile(person)
    skill = made.skills.get(key="skill/sql")
    file = SimpleUploadedFile("diploma.pdf", make.PDF)
    sent = {"issuer": "Voorbeeldschool", "issued_on": "2024-05-01", "file": file}
    browser.post(f"{OWN}skills/{skill.pk}/certificate/", sent)
    evidence = skill.evidence.get()
    where = f"/en/talent/profiles/{made.pk}/files/{evidence.pk}/"
    answer = browser.get(where)
    assert b"".join(answer.streaming_content) == make.PDF  # type: ignore[attr-defined]
    assert answer["Content-Disposition"] == 'attachment; filename="diploma.pdf"'
    other = builders.person(builders.organisation())
    bureau = builders.person(is_coordinator=True)
    make.consent(other, made, parts=("skills",))
    for who in (other, bureau):
        text(inside(who), where, 404)
    make.consent(other, made, parts=("evidence",))
    shown = inside(other).get(where)
    assert b"".join(shown.streaming_content) == make.PDF  # type: ignore[attr-defined]


def test_a_file_that_runs_something_is_refused_where_it_was_chosen(
    browser: Client, person: Person
) -> None:
    skill = make.skill(make.profile(person))
    file = SimpleUploadedFile("x.pdf", b"MZ")
    answer = browser.post(f"{OWN}skills/{skill.pk}/certificate/", {"issuer": "x", "file": file})
    assert answer.status_code == 422
    assert not SkillEvidence.objects.exists()


def test_a_colleague_is_asked_and_answers_on_a_page(browser: Client, person: Person) -> None:
    skill = make.skill(make.profile(person))
    peer = builders.person(person.organisations.get())
    answer = browser.post(f"{OWN}skills/{skill.pk}/ask/", {"whom": "wie@elders.example"})
    assert answer.status_code == 422
    browser.post(f"{OWN}skills/{skill.pk}/ask/", {"whom": peer.email})
    asked = SkillEvidence.objects.get()
    theirs = inside(peer)
    page = text(theirs, "/en/talent/asked/")
    assert person.email in page
    assert "Python" in page
    assert "1 skill of somebody else to confirm" in text(theirs, "/en/account/")
    confirm = f"/en/talent/asked/{asked.pk}/confirm/"
    answer = theirs.post(confirm, {})
    assert answer.status_code == 422
    assert "Say in one sentence how you know" in answer.content.decode()
    theirs.post(confirm, {"sentence": "Samen een <b>rapport</b> gemaakt."})
    asked.refresh_from_db()
    assert (asked.state, asked.sentence) == ("confirmed", "Samen een rapport gemaakt.")
    text(inside(builders.person()), confirm, 405)
    assert inside(builders.person()).post(confirm, {"sentence": "x"}).status_code == 404
    theirs.post(f"/en/talent/asked/{asked.pk}/take-back/")
    browser.post(f"{OWN}evidence/{asked.pk}/remove/")
    assert not SkillEvidence.objects.exists()


def test_a_school_answers_on_the_same_page(browser: Client, person: Person) -> None:
    skill = make.skill(make.profile(person))
    school = builders.organisation(kind="hbo", name="Voorbeeldhogeschool")
    manager = builders.person(school)
    Membership.objects.filter(person=manager).update(role="manager")
    browser.post(f"{OWN}skills/{skill.pk}/assess/", {"whom": "Voorbeeldhogeschool"})
    asked = SkillEvidence.objects.get()
    sent = {"sentence": "Examen van mei.", "valid_until": "2040-01-01"}
    inside(manager).post(f"/en/talent/asked/{asked.pk}/confirm/", sent)
    assert "Examen van mei." in text(browser, f"{OWN}skills/{skill.pk}/")


def test_a_profile_is_shown_to_whom_it_is_let_and_the_person_sees_who_looked(
    browser: Client, person: Person
) -> None:
    made = make.full_profile(person)
    own = builders.organisation(name="Voorbeeldlab Zuid")
    other = builders.person(own)
    theirs, where = inside(other), f"/en/talent/profiles/{made.pk}/"
    text(theirs, where, 404)
    assert person.email not in text(theirs, "/en/talent/profiles/")
    until = timezone.localdate() + timedelta(days=10)
    sent = {"to": "organisation", "whom": "Voorbeeldlab Zuid", "purpose": "job", "until": until}
    answer = browser.post(f"{OWN}sharing/", sent)
    assert answer.status_code == 422
    browser.post(f"{OWN}sharing/", sent | {"parts": ["evidence", "occupations"]})
    page = text(theirs, where)
    assert "Python" in page
    assert "Voorbeeldschool" in page
    assert "2015 until 2019" in page
    assert "Utrecht" not in page
    assert theirs.get(where)["Cache-Control"].startswith("max-age=0, no-cache, no-store")
    assert ProfileLook.objects.get().times == 2
    page = text(browser, f"{OWN}sharing/")
    assert "Somebody of Voorbeeldlab Zuid" in page
    assert other.email not in page
    browser.post(f"{OWN}sharing/{ProfileConsent.objects.get().pk}/end/")
    text(theirs, where, 404)
    assert browser.get(where).status_code == 302


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"to": "person", "whom": "Niemand"}, "We find nobody by this name or address"),
        ({"to": "organisation", "whom": "Niets"}, "There is no participant “Niets”"),
        ({"to": "bureau", "until": "2099-01-01"}, "Choose a day within a year"),
    ],
)
def test_a_consent_that_cannot_be_is_told_where_it_was_typed(
    browser: Client, person: Person, sent: dict[str, str], said: str
) -> None:
    make.profile(person)
    until = str(timezone.localdate())
    given = {"purpose": "job", "parts": ["skills"], "until": until}
    answer = browser.post(f"{OWN}sharing/", given | sent)
    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_a_profile_goes_out_and_comes_in_on_pages(browser: Client, person: Person) -> None:
    make.full_profile(person)
    out = browser.get(f"{OWN}profile.jsonld")
    assert out["Content-Type"] == "application/ld+json"
    assert json.loads(out.content)["type"] == "Person"
    sheet = b"".join(browser.get(f"{OWN}profile.csv").streaming_content)  # type: ignore[attr-defined]
    assert sheet.decode("utf-8-sig").startswith("kind,key,label")
    other = inside(builders.person())
    other.post(f"{OWN}make/")
    for name, content in (("p.jsonld", out.content), ("p.csv", sheet)):
        answer = other.post(f"{OWN}import/", {"file": SimpleUploadedFile(name, content)})
        assert answer.status_code == 200
        assert (
            "2 skills" in answer.content.decode()
            or "in your profile already" in answer.content.decode()
        )
    answer = other.post(f"{OWN}import/", {"file": SimpleUploadedFile("x.json", b"{")})
    assert answer.status_code == 422


def test_what_is_wanted_and_kept_is_said_on_pages(browser: Client, person: Person) -> None:
    made = make.profile(person)
    browser.post(f"{OWN}wanted/", {"hours": "20", "region": "NL31", "level": "hbo"})
    assert "Utrecht" in text(browser, OWN)
    SkillProfile.objects.update(asked_at=timezone.now())
    assert "It is erased soon" in text(browser, OWN)
    assert "erased soon" in text(browser, "/en/account/")
    browser.post(f"{OWN}keep/")
    made.refresh_from_db()
    assert made.asked_at is None
    browser.post(f"{OWN}mend/")


def test_own_pages_cost_the_same_however_much_there_is(
    browser: Client, person: Person, django_assert_max_num_queries: Any
) -> None:
    made = make.full_profile(person)
    for key in ("skill/wounds", "skill/washing", "skill/talking", "skill/medicine"):
        skill = make.skill(made, key)
        make.certificate(skill, with_file=False)
        evidences.ask_peer(skill, builders.person(person.organisations.get()), by=builders.HOUSE)
        make.consent(builders.person(), made)
    asking = inside(person)
    for address, most in ((OWN, 11), (f"{OWN}sharing/", 11), (f"{OWN}skills/{skill.pk}/", 11)):
        asking.get(address)
        with django_assert_max_num_queries(most):
            asking.get(address)


@pytest.mark.parametrize(
    ("address", "most"),
    [
        ("/en/talent/asked/", 8),
        ("/en/talent/profiles/", 7),
        ("/api/v1/skill-profiles", 6),
        ("/api/v1/skill-profile", 9),
    ],
)
def test_lists_cost_the_same_however_long_they_are(
    person: Person, address: str, most: int, django_assert_max_num_queries: Any
) -> None:
    asking = inside(person)
    for _ in range(3):
        made = make.full_profile()
        make.consent(person, made)
        evidences.ask_peer(make.skill(made, "skill/wounds"), person, by=builders.HOUSE)
        make.consent(
            made.person, SkillProfile.objects.of(person).first() or make.full_profile(person)
        )
        asking.get(address)
        with django_assert_max_num_queries(most):
            asking.get(address)


def test_a_question_to_both_of_two_schools_that_merge_is_one_question(person: Person) -> None:
    skill = make.skill(make.profile(person))
    for states in (("asked", "confirmed"), ("confirmed", "asked")):
        gone, kept = (builders.organisation(kind="hbo") for _ in states)
        for school, state in zip((gone, kept), states, strict=True):
            asked = evidences.ask_assessor(skill, school, by=builders.HOUSE)
            SkillEvidence.objects.filter(pk=asked.pk).update(state=state)
        with transaction.atomic():
            move(gone, kept)
        row = SkillEvidence.objects.get()
        assert (row.organisation, row.state) == (kept, "confirmed")
        row.delete()


def authorised(person: Person) -> Client:
    """A program of a person."""
    until = timezone.localdate() + timedelta(days=5)
    _token, secret = make_token(
        person, by=person, name="x", scopes=["skill-profile"], ends_on=until
    )
    return Client(headers={"Authorization": f"Bearer {secret}"})


def test_a_program_of_a_person_keeps_the_profile(person: Person) -> None:
    make.used()
    program, other = (
        authorised(person),
        builders.person(builders.organisation(slug="voorbeeld-ander")),
    )
    root = "/api/v1/skill-profile"
    assert program.get(root).json() == {"profile": None, "consents": []}

    def send(method: str, address: str, **said: Any) -> Any:
        return program.generic(method, f"{root}{address}", json.dumps(said), "application/json")

    made = send("POST", "/skills", uri="urn:katalysator:skill/sql")
    assert made.status_code == 201
    assert made["Location"].endswith(root)
    assert send("POST", "/skills", uri="urn:katalysator:skill/sql").status_code == 409
    assert send("POST", "/skills", uri="https://x.example/").status_code == 422
    work = send("POST", "/occupations", uri="urn:katalysator:occupation/nurse", fromYear=2020)
    told = send("PUT", "/wanted", hours=20).json()["profile"]
    assert told["wanted"] == {"hours": 20, "region": "", "level": ""}
    assert [each["label"] for each in told["skills"]] == ["SQL"]
    until = str(timezone.localdate())
    said = {"purpose": "job", "parts": ["skills"], "until": until}
    assert send("POST", "/consents", to="person", **said).status_code == 422
    name = other.organisations.get().name
    shared = send("POST", "/consents", to="organisation", whom=name, **said)
    (consent,) = shared.json()["consents"]
    assert consent["organisation"] == "voorbeeld-ander"
    theirs = inside(other)
    (listed,) = theirs.get("/api/v1/skill-profiles").json()["items"]
    seen = theirs.get(f"/api/v1/skill-profiles/{listed['id']}").json()
    assert (seen["parts"], seen["occupations"], seen["wanted"]) == (["skills"], None, None)
    assert ProfileLook.objects.count() == 1
    assert send("DELETE", f"/consents/{consent['id']}").status_code == 204
    assert theirs.get(f"/api/v1/skill-profiles/{listed['id']}").status_code == 404
    assert send("DELETE", f"/skills/{told['skills'][0]['id']}").status_code == 204
    number = work.json()["profile"]["occupations"][0]["id"]
    assert send("DELETE", f"/occupations/{number}").status_code == 204
    assert send("DELETE", "").status_code == 204
    assert send("DELETE", "").status_code == 204
    assert not SkillProfile.objects.exists()


def test_a_program_without_the_scope_and_a_stranger_get_nothing(person: Person) -> None:
    make.full_profile(person)
    assert Client().get("/api/v1/skill-profile").json()["profile"] is None
    assert Client().get("/api/v1/skill-profiles").json()["total"] == 0
    assert inside(person).delete("/api/v1/skill-profile").status_code in (401, 403)
    assert SkillProfile.objects.exists()


def test_nobody_is_asked_without_end(browser: Client, person: Person) -> None:
    skill = make.skill(make.profile(person))
    for number in range(31):
        answer = browser.post(f"{OWN}skills/{skill.pk}/ask/", {"whom": f"Niemand {number}"})
    assert answer.status_code == 429
