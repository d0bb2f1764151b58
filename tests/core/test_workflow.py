import re

import pytest
from django.utils import translation
from hypothesis import given, strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from katalysator.core.workflow import State, Transition, Workflow
from katalysator.faults import Conflict


def step(deed: str, sources: tuple[str, ...], target: str, label: str = "") -> Transition:
    """A line of a table, with words that can be told from each other."""
    label = label or deed
    return Transition(deed, sources, target, f"may-{deed}", label, f"{label}, done", f"{label}ed")


LISTING = Workflow(
    "listing",
    {
        "draft": State("draft"),
        "published": State("published", frozenset({"shown", "open"})),
        "paused": State("paused", frozenset({"shown"})),
        "closed": State("closed"),
    },
    (
        step("publish", ("draft", "paused"), "published"),
        step("pause", ("published",), "paused"),
        step("close", ("published", "paused"), "closed", "close for good"),
    ),
    {"post": "written down"},
)
STATES = ("a", "b", "c", "d", "e")
DEEDS = ("go", "stop", "turn")


@st.composite
def workflows(draw: st.DrawFn) -> Workflow:
    """Any machine in which a deed means one thing per state."""
    edges = draw(
        st.dictionaries(
            st.tuples(st.sampled_from(STATES), st.sampled_from(DEEDS)), st.sampled_from(STATES)
        )
    )
    steps = tuple(step(deed, (source,), target) for (source, deed), target in edges.items())
    return Workflow("machine", {state: State(state.upper()) for state in STATES}, steps)


def edges_of(workflow: Workflow) -> dict[tuple[str, str], str]:
    return {(s, t.deed): t.target for t in workflow.transitions for s in t.sources}


class WalkingAListing(RuleBasedStateMachine):
    """Walk the table of listings, beside a model that knows only its four rules."""

    def __init__(self) -> None:
        super().__init__()
        self.state = LISTING.initial
        self.was_published = False

    def _do(self, deed: str) -> None:
        self.state = LISTING.transition(self.state, deed).target

    @precondition(lambda self: self.state in {"draft", "paused"})
    @rule()
    def publish(self) -> None:
        self._do("publish")
        self.was_published = True

    @precondition(lambda self: self.state == "published")
    @rule()
    def pause(self) -> None:
        self._do("pause")

    @precondition(lambda self: self.state in {"published", "paused"})
    @rule()
    def close(self) -> None:
        self._do("close")

    @rule(deed=st.sampled_from(["publish", "pause", "close", "shout"]))
    def try_anything(self, deed: str) -> None:
        if LISTING.allows(self.state, deed):
            assert LISTING.transition(self.state, deed).target in LISTING.states
        else:
            with pytest.raises(Conflict):
                LISTING.transition(self.state, deed)

    @invariant()
    def only_what_was_published_is_anything_but_a_draft(self) -> None:
        assert self.was_published == (self.state != "draft")

    @invariant()
    def closed_is_final(self) -> None:
        assert (LISTING.transitions_from(self.state) == ()) == (self.state == "closed")


TestWalkingAListing = WalkingAListing.TestCase


@given(workflows(), st.sampled_from(STATES), st.sampled_from([*DEEDS, "fly"]))
def test_transition_and_allows_agree_with_the_table(
    workflow: Workflow, state: str, deed: str
) -> None:
    expected = edges_of(workflow).get((state, deed))
    assert workflow.allows(state, deed) == (expected is not None)
    if expected is None:
        with pytest.raises(Conflict):
            workflow.transition(state, deed)
    else:
        assert workflow.transition(state, deed).target == expected


@given(workflows())
def test_the_drawing_has_an_arrow_for_every_step(workflow: Workflow) -> None:
    drawn = workflow.mermaid()
    final = [state for state in STATES if not workflow.transitions_from(state)]
    assert drawn.count(" --> ") == len(edges_of(workflow)) + len(final) + 1


def test_deeds_come_in_the_order_of_the_table() -> None:
    assert [step.deed for step in LISTING.transitions_from("paused")] == ["publish", "close"]
    assert LISTING.initial == "draft"


def test_a_line_says_who_may_and_what_to_say() -> None:
    assert LISTING.transition("paused", "close") == Transition(
        "close",
        ("published", "paused"),
        "closed",
        permission="may-close",
        label="close for good",
        done="close for good, done",
        history="close for gooded",
    )


def test_what_is_true_of_a_state_is_asked_by_tag() -> None:
    assert LISTING.tagged("shown") == ("published", "paused")
    assert LISTING.tagged("open") == ("published",)
    assert LISTING.tagged("elsewhere") == ()


@given(workflows())
def test_every_deed_has_one_name_address_and_audit_verb(workflow: Workflow) -> None:
    names = {step.deed for step in workflow.transitions}
    assert set(workflow.deeds) == names
    assert len(workflow.deeds) == len(names)
    assert workflow.audit_verbs() == tuple(f"machine.{deed}" for deed in workflow.deeds)
    for deed in DEEDS:
        is_known = re.fullmatch(workflow.pattern, deed) is not None
        assert is_known == (deed in names)


def test_the_history_tells_deeds_with_and_without_a_change_of_state() -> None:
    assert LISTING.history("listing.pause") == "pauseed"
    assert LISTING.history("listing.post") == "written down"


def test_the_history_tells_a_deed_that_the_table_had_before_by_its_name() -> None:
    assert LISTING.history("listing.shout") == "shout"


def test_one_deed_from_two_states_may_lead_to_two() -> None:
    workflow = Workflow(
        "walk",
        {"a": State("a"), "b": State("b")},
        (step("go", ("a",), "b"), step("go", ("b",), "a")),
    )
    assert workflow.deeds == ("go",)
    assert [workflow.transition(state, "go").target for state in "ab"] == ["b", "a"]


def test_labels_are_in_the_active_language() -> None:
    workflow = Workflow("listing", {"draft": State("Draft")}, ())
    assert workflow.label("draft") == "Draft"
    with translation.override("nl"):
        assert workflow.label("draft") == "Concept"
    with pytest.raises(ValueError, match="'lost' is not a state"):
        workflow.label("lost")


def test_an_impossible_deed_gets_a_sentence_with_what_is_possible() -> None:
    with pytest.raises(Conflict) as caught:
        LISTING.transition("paused", "pause")
    assert caught.value.code == "workflow-refused"
    assert str(caught.value) == (
        "“pause” is not possible while the state is “paused”. "
        "Possible now: publish, close for good."
    )


def test_a_final_state_is_said_to_be_final() -> None:
    with pytest.raises(
        Conflict, match=r"“close for good” is not possible .* This state is final\."
    ):
        LISTING.transition("closed", "close")


def test_an_unknown_state_is_a_mistake_of_the_program() -> None:
    with pytest.raises(ValueError, match="listing: 'lost' is not a state; known are draft, "):
        LISTING.allows("lost", "publish")


@pytest.mark.parametrize("lost", [step("go", ("draft",), "lost"), step("go", ("lost",), "draft")])
def test_a_table_with_an_unknown_state_is_refused(lost: Transition) -> None:
    with pytest.raises(ValueError, match="'lost' is not a state"):
        Workflow("broken", {"draft": State("draft")}, (lost,))


def test_a_table_in_which_a_deed_means_two_things_is_refused() -> None:
    steps = (step("go", ("a",), "b"), step("go", ("b", "a"), "a"))
    with pytest.raises(ValueError, match="in 'a', 'go' leads to two states"):
        Workflow("broken", {"a": State("a"), "b": State("b")}, steps)


def test_the_drawing() -> None:
    workflow = Workflow(
        "call",
        {"open": State('open: "yes"; #1'), "shut": State("shut")},
        (step("shut", ("open",), "shut", "shut it"),),
    )
    assert workflow.mermaid() == (
        "stateDiagram-v2\n"
        '    state "open#58; #34;yes#34;#59; #35;1" as s0\n'
        '    state "shut" as s1\n'
        "    [*] --> s0\n"
        "    s0 --> s1 : shut it\n"
        "    s1 --> [*]\n"
    )
