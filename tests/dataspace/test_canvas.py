"""The five questions: what they are answered fills in terms, an agreement and the record."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, strategies as st

from katalysator.coalition.models import Organisation
from katalysator.core.language import speaking
from katalysator.dataspace.canvas import verbs
from katalysator.dataspace.canvas.filling import (
    record_fields,
)
from katalysator.dataspace.canvas.steps import STEPS
from katalysator.dataspace.canvas.terms import SharingTerms, choices_of, end_of, terms_of, with_end
from katalysator.dataspace.canvas.wording import terms_in_words
from katalysator.dataspace.canvas.words import Duty, ResultUse, UsePurpose
from katalysator.dataspace.models import Dataset, DatasetOffer
from katalysator.dataspace.policies.evaluation import Situation, evaluate
from katalysator.dataspace.policies.profile import LEFT_OPERANDS, OPERATORS
from katalysator.dataspace.protocol.policy_shapes import PolicyShape
from katalysator.faults import Conflict, InvalidInput, NotAllowed
from tests import builders
from tests.dataspace.answering import answered
from tests.dataspace.world import connector, dataset
from tests.examples import examples

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
SOME = SharingTerms(
    purposes=("research",),
    results=("published",),
    only_participants=True,
    kinds=("university", "hbo"),
    region="NL",
    until=date(2026, 12, 31),
    days=90,
    uses=3,
    duties=("delete", "attribute"),
)


def _choices() -> st.SearchStrategy[SharingTerms]:
    def some(words: list[Any]) -> st.SearchStrategy[tuple[str, ...]]:
        return st.lists(st.sampled_from(words), unique=True).map(tuple)

    return st.builds(
        SharingTerms,
        purposes=some(UsePurpose.values),
        results=some(ResultUse.values),
        only_participants=st.booleans(),
        kinds=some(Organisation.Kind.values),
        region=st.sampled_from(["", "NL", "NL31"]),
        until=st.none() | st.dates(date(2026, 1, 1), date(2100, 1, 1)),
        days=st.none() | st.integers(1, 36_500),
        uses=st.none() | st.integers(1, 1_000_000),
        stays_put=st.booleans(),
        may_pass_on=st.booleans(),
        duties=some(Duty.values),
    )


def _facts(**words: str) -> Situation:
    known = {
        "membership": "participant",
        "partyKind": "hbo",
        "spatial": "NL31",
        "purpose": "research",
        "derivedData": "published",
    }
    return Situation(
        NOW, {name: frozenset({word}) for name, word in (known | words).items()}, 1, NOW
    )


@given(_choices())
@examples(60)
def test_whatever_is_chosen_makes_terms_that_the_protocol_carries_and_the_profile_knows(
    chosen: SharingTerms,
) -> None:
    terms = terms_of(chosen)
    assert PolicyShape.model_validate({**terms, "@id": "x"}).terms() == terms
    for rule in (*terms["permission"], *terms.get("prohibition", ())):
        for told in rule["constraint"]:
            kind = LEFT_OPERANDS[told["leftOperand"]].kind
            assert told["operator"] in OPERATORS[kind]
    answer = evaluate(terms, "use", _facts())
    assert not [each for each in answer.grounds if each.why]
    assert not (chosen.stays_put and evaluate(terms, "read", _facts()).is_allowed)


@pytest.mark.parametrize(
    ("other", "is_allowed"),
    [
        ({}, True),
        ({"purpose": "operation"}, False),
        ({"derivedData": "product"}, False),
        ({"membership": "outside"}, False),
        ({"partyKind": "company"}, False),
        ({"spatial": "BE21"}, False),
    ],
)
def test_terms_let_in_who_they_are_for_and_nobody_else(
    other: dict[str, str], is_allowed: bool
) -> None:
    terms = terms_of(SOME)
    assert evaluate(terms, "read", _facts(**other)).is_allowed is is_allowed
    assert not evaluate(terms, "distribute", _facts(**other)).is_allowed


def test_two_purposes_of_which_one_is_not_offered_are_refused() -> None:
    here = _facts()
    both = Situation(NOW, {**here.words, "purpose": frozenset({"research", "operation"})}, 1, NOW)
    assert not evaluate(terms_of(SOME), "use", both).is_allowed


def test_terms_end_when_the_first_of_their_limits_is_reached() -> None:
    assert end_of(terms_of(SOME), NOW) == NOW + timedelta(days=90)
    assert end_of(terms_of(SharingTerms(days=1_000, until=date(2026, 12, 31))), NOW) == datetime(
        2026, 12, 31, 22, 59, 59, tzinfo=UTC
    )
    assert end_of(terms_of(SharingTerms()), NOW) is None
    renewed = with_end(terms_of(SOME), date(2027, 6, 30))
    end = end_of(renewed, NOW)
    assert end is not None
    assert end.date() == date(2027, 6, 30)
    assert (
        len(renewed["permission"][0]["constraint"])
        == len(terms_of(SOME)["permission"][0]["constraint"]) - 1
    )


@pytest.mark.parametrize(
    "right", [{"@value": "x"}, ["P1D"], "P999999D", "never", "9999-12-31T23:59:59+00:00", ""]
)
def test_an_end_that_cannot_be_reckoned_is_none_or_far_away(right: Any) -> None:
    for left in ("dateTime", "elapsedTime"):
        told = {"leftOperand": left, "operator": "lteq", "rightOperand": right}
        end_of({"permission": [{"action": "use", "constraint": [told]}]}, NOW)


@pytest.mark.django_db
def test_terms_are_said_in_words_of_the_reader() -> None:
    with speaking("en"):
        said = [each.sentence for each in terms_in_words(terms_of(SOME))]
    assert said[0].startswith("Allowed: Use the data – only by: participants of the coalition")
    assert "only for: research that is published" in said[0]
    assert "until 31 December 2026" in said[0]
    assert "until 90 days after the agreement" in said[0]
    assert said[1:] == [
        "Not allowed: Pass the data on to others",
        "Required: Name the source",
        "Required: Delete the data when the agreement ends",
    ]
    with speaking("nl"):
        assert "deelnemers" in terms_in_words(terms_of(SOME))[0].sentence
        (training, *_more) = terms_in_words(terms_of(SharingTerms(purposes=("training",))))
        assert "alleen voor: een AI-model" in training.sentence


@pytest.mark.django_db
def test_terms_of_others_are_said_too_however_strange() -> None:
    strange = {
        "permission": [
            {
                "action": "https://example.org/dance",
                "constraint": [
                    {
                        "or": [
                            {"leftOperand": "moon", "operator": "eq", "rightOperand": "full"},
                            {
                                "leftOperand": "area",
                                "operator": "isAnyOf",
                                "rightOperand": ["zorg"],
                            },
                        ]
                    },
                    {"leftOperand": "dateTime", "operator": "lt", "rightOperand": "0001-01-01"},
                    {"leftOperand": "purpose", "operator": "eq", "rightOperand": {"@id": "%s"}},
                ],
            }
        ]
    }
    with speaking("en"):
        (line,) = terms_in_words(strange)
    assert line.action == "https://example.org/dance"
    assert "at least one of these: moon is full / " in line.sentence
    assert "%s" in line.sentence


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("model", "access", "licence", "is_automatic", "must_be_signed"),
    [
        ("open", "PUBLIC", "CC_BY_4_0", True, False),
        ("members", "RESTRICTED", "agreed", True, False),
        ("contract", "RESTRICTED", "agreed", False, True),
        ("stays", "NON_PUBLIC", "agreed", False, True),
    ],
)
def test_each_model_fills_in_an_offer_and_the_record(
    model: str, access: str, licence: str, is_automatic: bool, must_be_signed: bool
) -> None:
    row = dataset(connector(name="Voorbeeld Lab"))
    offer = verbs.confirm_canvas(answered(row, model), by=builders.HOUSE)
    row.refresh_from_db()
    assert (row.model, row.access, row.licence) == (model, access, licence)
    assert (offer.template, offer.is_automatic, offer.must_be_signed) == (
        model,
        is_automatic,
        must_be_signed,
    )
    asked = _facts() if model != "open" else Situation(NOW, {}, 1, NOW)
    assert evaluate(offer.terms, "use", asked).is_allowed
    assert evaluate(offer.terms, "read", asked).is_allowed is (model != "stays")
    assert evaluate(offer.terms, "distribute", asked).is_allowed is (model == "open")


@pytest.mark.django_db
def test_a_canvas_that_is_confirmed_again_makes_an_offer_in_place_of_its_last_one() -> None:
    row = dataset(connector(name="Voorbeeld Lab"))
    canvas = answered(row, "members")
    first = verbs.confirm_canvas(canvas, by=builders.HOUSE)
    second = verbs.confirm_canvas(canvas, by=builders.HOUSE)
    first.refresh_from_db()
    assert (first.is_open, second.is_open) == (False, True)
    with pytest.raises(Conflict):
        verbs.close_offer(first, by=builders.HOUSE)


@pytest.mark.django_db
def test_a_canvas_is_not_confirmed_before_all_is_answered_nor_where_people_would_be_exposed() -> (
    None
):
    row = dataset(connector(name="Voorbeeld Lab"))
    canvas = verbs.begin_canvas(row, "open", by=builders.HOUSE)
    with pytest.raises(Conflict, match="answered"):
        verbs.confirm_canvas(canvas, by=builders.HOUSE)
    Dataset.objects.update(personal="personal")
    row.refresh_from_db()
    told = {"basis": "consent", "people": "Bezoekers"}
    canvas = answered(row, "open", owner=told)
    with pytest.raises(Conflict, match="open to everyone"):
        verbs.confirm_canvas(canvas, by=builders.HOUSE)
    again = verbs.begin_canvas(row, "contract", by=builders.HOUSE)
    assert (again.pk, again.answers) == (canvas.pk, {})


@pytest.mark.django_db
def test_only_who_manages_the_organisation_makes_terms() -> None:
    own = connector(name="Voorbeeld Lab")
    row = dataset(own)
    canvas = answered(row, "members")
    offer = DatasetOffer.objects.get()
    for person in (
        builders.person(own.organisation),
        builders.person(builders.organisation()),
        builders.person(is_coordinator=True),
    ):
        for deed in (
            lambda who: verbs.begin_canvas(row, "open", by=who),
            lambda who: verbs.answer_step(row, "owner", {}, by=who),
            lambda who: verbs.confirm_canvas(canvas, by=who),
            lambda who: verbs.make_offer(row, terms_of(SOME), False, by=who),
            lambda who: verbs.close_offer(offer, by=who),
        ):
            with pytest.raises(NotAllowed):
                deed(person)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "terms",
    [
        {},
        {"permission": []},
        {"permission": [{}]},
        {"obligation": [{"action": "pay"}]},
        {"permission": 3},
    ],
)
def test_what_is_no_policy_is_refused_with_a_reason(terms: dict[str, Any]) -> None:
    row = dataset(connector(name="Voorbeeld Lab"))
    with pytest.raises(InvalidInput):
        verbs.make_offer(row, terms, False, by=builders.HOUSE)
    assert row.offers.count() == 1


@pytest.mark.django_db
def test_a_text_that_the_library_has_not_is_refused() -> None:
    row = dataset(connector(name="Voorbeeld Lab"))
    with pytest.raises(InvalidInput, match="no such text"):
        verbs.make_offer(row, terms_of(SOME), False, by=builders.HOUSE, template="poem")


@pytest.mark.django_db
def test_what_is_changed_without_the_canvas_is_what_the_canvas_replaces_next() -> None:
    row = dataset(connector(name="Voorbeeld Lab"))
    canvas = answered(row, "members")
    first = verbs.confirm_canvas(canvas, by=builders.HOUSE)
    changed = verbs.replace_offer(row, first, terms_of(SOME), False, by=builders.HOUSE)
    newest = verbs.confirm_canvas(canvas, by=builders.HOUSE)
    still_open = set(row.offers.filter(is_open=True).values_list("key", flat=True))
    assert still_open == {"urn:dataset:1:offer", newest.key}
    assert changed.key not in still_open


@pytest.mark.django_db
def test_a_dataset_has_so_many_open_offers_at_most(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verbs, "MOST_OFFERS", 1)
    row = dataset(connector(name="Voorbeeld Lab"))
    with pytest.raises(Conflict, match="already"):
        verbs.make_offer(row, terms_of(SOME), False, by=builders.HOUSE)


@given(_choices())
@examples(30)
def test_terms_that_were_chosen_are_read_back_as_what_was_chosen(chosen: SharingTerms) -> None:
    read = choices_of(terms_of(chosen))
    assert read is not None
    assert terms_of(read) == terms_of(chosen)


@pytest.mark.django_db
def test_data_about_people_goes_to_nobody_by_itself() -> None:
    row = dataset(connector(), personal="personal")
    for template in ("open", "contract"):
        with pytest.raises(Conflict):
            verbs.make_offer(
                row, terms_of(SharingTerms()), True, by=builders.HOUSE, template=template
            )
    somebody_looks = verbs.make_offer(
        row, terms_of(SharingTerms()), False, by=builders.HOUSE, template="contract"
    )
    assert somebody_looks.is_open


@pytest.mark.parametrize(
    ("part", "said"),
    [("partners", {"is_automatic": False}), ("partners", {"must_be_signed": True}), ("value", {"price": "paid"})],
)  # fmt: skip
def test_what_somebody_decides_signs_or_pays_is_not_public(part: str, said: dict[str, Any]) -> None:
    open_to_all: dict[str, dict[str, Any]] = {name: {} for name in STEPS}
    open_to_all["partners"] = {"is_automatic": True}
    assert record_fields("open", open_to_all)["access"] == "PUBLIC"
    answers = open_to_all | {part: open_to_all[part] | said}
    assert record_fields("open", answers)["access"] == "RESTRICTED"


def test_a_renewed_rule_has_its_new_end_alone_wherever_the_old_one_stood() -> None:
    old = {"leftOperand": "dateTime", "operator": "lteq", "rightOperand": "2026-04-01"}
    other = {"leftOperand": "count", "operator": "lteq", "rightOperand": "3"}
    terms = {"permission": [{"action": "use", "constraint": [{"and": [old, other]}]}]}
    renewed = with_end(terms, date(2030, 1, 1))
    end = end_of(renewed, NOW)
    assert end is not None
    assert end.year in (2029, 2030)
    assert other in renewed["permission"][0]["constraint"]


def test_ends_are_read_as_terms_are_also_as_linked_data() -> None:
    told = {"@value": "2026-04-01", "@type": "xsd:date"}
    rule = {"leftOperand": "odrl:dateTime", "operator": "odrl:lteq", "rightOperand": told}
    end = end_of({"permission": [{"action": "use", "constraint": [rule]}]}, NOW)
    assert end == datetime(2026, 4, 1, tzinfo=UTC)
