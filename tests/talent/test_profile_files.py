"""A profile in a file: as JSON-LD of Europass and as CSV, there and back, and what hostile files do."""

import json
from collections import Counter
from typing import Any

import pytest
from hypothesis import given, strategies as st

from katalysator.faults import InvalidInput, NotAllowed
from katalysator.talent.models import SkillEvidence
from katalysator.talent.profiles import verbs
from katalysator.talent.profiles.evidence import verbs as evidences
from katalysator.talent.profiles.portable import elm, sheet
from katalysator.talent.profiles.portable.facts import (
    BEYOND,
    FOREIGN,
    LARGEST_FILE,
    UNREADABLE,
    PortableProfile,
)
from katalysator.talent.profiles.portable.reading import read
from katalysator.talent.profiles.portable.verbs import (
    NOT_KNOWN,
    REFUSED,
    THERE_ALREADY,
    take_in,
)
from tests import builders
from tests.examples import examples
from tests.talent import profiles as make

pytestmark = pytest.mark.django_db
BY = builders.HOUSE
ESCO = "http://data.europa.eu/esco/skill/ccd0a1d9-afda-43d9-b901-96344886e14d"


def said_of(profile: Any) -> tuple[Any, ...]:
    """What a profile says, to compare two of them."""
    certificates = SkillEvidence.objects.filter(skill__profile=profile, level="certificate")
    return (
        sorted(profile.skills.values_list("key", flat=True)),
        sorted(profile.occupations.values_list("key", "from_year", "until_year", "hours")),
        sorted(certificates.values_list("skill__key", "issuer", "issued_on")),
    )


def as_elm(profile: Any) -> bytes:
    return json.dumps(elm.written(PortableProfile.of(profile))).encode()


def as_csv(profile: Any) -> bytes:
    lines = [sheet.COLUMNS, *sheet.lines(PortableProfile.of(profile))]
    return "\n".join(",".join(str(cell) for cell in line) for line in lines).encode()


@pytest.mark.parametrize(("written", "name"), [(as_elm, "x.jsonld"), (as_csv, "x.CSV")])
def test_what_goes_out_comes_back_the_same_and_only_once(written: Any, name: str) -> None:
    first, second = make.full_profile(), make.profile()
    content = written(first)
    taken = take_in(second, read(content, name), by=second.person)
    assert (taken.skills, taken.occupations, taken.certificates) == (2, 1, 1)
    assert taken.left_out == Counter()
    assert said_of(second) == said_of(first)
    twice = take_in(second, read(content, name), by=second.person)
    assert (twice.skills, twice.occupations, twice.certificates) == (0, 0, 0)
    assert twice.left_out == Counter({THERE_ALREADY: 4})


def test_it_says_nothing_of_who_it_is_and_nothing_that_others_confirmed() -> None:
    made = make.full_profile()
    peer = builders.person(builders.organisation())
    asked = evidences.ask_peer(made.skills.get(key="skill/sql"), peer, by=BY)
    evidences.move(asked, "confirm", by=peer, sentence="Samen gebouwd.")
    text = as_elm(made).decode()
    assert made.person.email not in text
    assert peer.email not in text
    assert "Samen gebouwd" not in text
    assert "Credential" not in text


def test_a_skill_of_esco_goes_out_by_its_address_and_one_of_our_own_by_another() -> None:
    assert elm.uri_of(ESCO.removeprefix("http://data.europa.eu/esco/")) == ESCO
    assert elm.uri_of(ESCO) == ESCO
    assert elm.uri_of("skill/wounds") == "urn:katalysator:skill/wounds"
    for key in (
        ESCO.removeprefix("http://data.europa.eu/esco/"),
        "skill/wounds",
        "s é%/x",
        "https://x.example/y",
    ):
        assert elm.key_of(elm.uri_of(key)) == key
    assert {elm.key_of(nothing) for nothing in (None, 5, "x" * 201)} == {""}


def claim(**said: Any) -> dict[str, Any]:
    """An achievement with a skill, and more or otherwise as said."""
    outcome = {"type": "LearningOutcome", "relatedESCOSkill": [{"id": "urn:katalysator:skill/sql"}]}
    made = {"type": "LearningAchievement", "specifiedBy": {"learningOutcome": [outcome]}}
    return made | said


def test_a_credential_of_others_is_read_and_its_foreign_parts_are_counted() -> None:
    body = {"legalName": {"nl": ["<b>Voorbeeldschool</b>"]}}
    award = {"awardingBody": [body], "awardingDate": "2024-06-01T00:00:00+02:00"}
    subject = {
        "type": "Person",
        "hasClaim": [
            claim(awardedBy=award),
            {"type": "LearningEntitlement"},
            claim(specifiedBy={}),
            "x",
        ],
    }
    credential = {
        "type": ["VerifiableCredential", "EuropeanDigitalCredential"],
        "credentialSubject": subject,
    }
    profile = make.profile()
    taken = take_in(profile, read(json.dumps(credential).encode(), "x.json"), by=BY)
    assert (taken.skills, taken.certificates) == (0, 1)
    assert taken.left_out == Counter({FOREIGN: 1, UNREADABLE: 1})
    evidence = SkillEvidence.objects.get()
    assert (evidence.issuer, str(evidence.issued_on)) == ("Voorbeeldschool", "2024-06-01")


def test_what_is_not_in_the_list_or_cannot_be_right_is_left_out_and_counted() -> None:
    content = b"kind,key,from,until,hours\nskill,nothing,,,\noccupation,occupation/nurse,2020,1990,\nskill,,,,\npet,cat,,,\nskill,skill/sql,,,\n"
    profile = make.profile()
    taken = take_in(profile, read(content, "x.csv"), by=BY)
    assert (taken.skills, taken.occupations) == (1, 0)
    assert taken.left_out == Counter({NOT_KNOWN: 1, REFUSED: 1, UNREADABLE: 1, FOREIGN: 1})


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"", "x.json"),
        (b"{", "x.json"),
        (b"[]", "x.json"),
        (b"5", "x.json"),
        (b'{"type": "Person"}', "x.json"),
        (b"\xff\xfe", "x.json"),
        (b"[" * 200_000, "x.json"),
        (b'{"type":' * 50_000, "x.json"),
        (b" " * (LARGEST_FILE + 1), "x.json"),
        (b"", "x.csv"),
        (b"\xff", "x.csv"),
        (b"a,b\n1,2\n", "x.csv"),
        (b"%PDF-1.4", "x.pdf"),
    ],
)
def test_what_is_no_profile_is_refused_at_the_file(content: bytes, name: str) -> None:
    with pytest.raises(InvalidInput) as told:
        read(content, name)
    assert told.value.where == ("file",)


def test_of_an_endless_file_a_part_is_read() -> None:
    person = {"type": "Person", "hasClaim": [claim() for _ in range(1_003)]}
    found = read(json.dumps(person).encode(), "x.json")
    assert len(found.skills) == 1_000
    assert found.left_out == Counter({BEYOND: 3})


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=9),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                "type hasClaim specifiedBy learningOutcome relatedESCOSkill id awardedBy awardingBody legalName"
                " awardingDate credentialSubject schema:hasOccupation schema:startDate schema:workHours".split()
            ),
            inner | st.sampled_from(["Person", "LearningAchievement", "schema:Role"]),
            max_size=4,
        )
    ),
    max_leaves=25,
)


@given(anything)
@examples(150)
def test_whatever_json_says_it_is_read_or_refused(document: Any) -> None:
    for whole in (
        document,
        {"type": "Person", "hasClaim": document, "schema:hasOccupation": document},
    ):
        try:
            elm.read(json.dumps(whole).encode())
        except InvalidInput as error:
            assert error.where == ("file",)  # noqa: PT017 — most are refused


def test_a_file_is_taken_in_by_who_keeps_the_profile() -> None:
    made = make.full_profile()
    with pytest.raises(NotAllowed):
        take_in(made, PortableProfile(), by=builders.person(is_coordinator=True))


def test_of_a_full_profile_is_said_that_no_more_fits(monkeypatch: pytest.MonkeyPatch) -> None:
    content, empty = as_elm(make.full_profile()), make.profile()
    monkeypatch.setattr(verbs, "MOST_SKILLS", 1)
    taken = take_in(empty, read(content, "x.json"), by=BY)
    assert taken.skills == 1
    assert taken.left_out[REFUSED]
