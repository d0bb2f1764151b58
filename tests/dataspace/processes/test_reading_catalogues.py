"""What is read of catalogues, from whoever they come."""

from typing import Any

from hypothesis import given, strategies as st

from katalysator.dataspace.catalogues.reading import entries, entry
from tests.examples import examples

_JSON = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                ["@id", "@type", "dataset", "catalog", "hasPolicy", "distribution", "dct:title",
                 "@value", "@language", "permission", "constraint", "action", "and", "format"]
            ),
            inner,
            max_size=6,
        )
    ),
    max_leaves=30,
)  # fmt: skip


def test_what_others_write_otherwise_is_read_too() -> None:
    told: dict[str, Any] = {
        "catalog": [{"dataset": {
            "@id": "urn:1",
            "dct:title": [{"@value": "Measurements", "@language": "en"}, {"@value": "Metingen", "@language": "nl"}],
            "hasPolicy": {"@id": "o", "permission": [{"action": "use"}]},
            "distribution": {"format": "HttpData-PULL"},
        }}],
    }  # fmt: skip
    [found] = entries(told, ("nl", "en"))
    assert (found.title, found.formats) == ("Metingen", ("HttpData-PULL",))
    assert [each.key for each in found.offers] == ["o"]


def test_terms_that_cannot_be_read_are_counted_and_not_shown() -> None:
    bad = {"@id": "o", "permission": [{"action": "use", "constraint": [{"leftOperand": 7}]}]}
    found = entry({"@id": "urn:1", "hasPolicy": [bad, {"@id": "leeg"}]}, ())
    assert found
    assert (found.title, found.offers, found.unreadable) == ("urn:1", (), 2)


@given(told=_JSON)
@examples(100)
def test_nothing_that_comes_in_breaks_it(told: Any) -> None:
    entries(told if isinstance(told, dict) else {"dataset": told}, ("nl",))
