import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from katalysator.core.errors import Conflict
from katalysator.core.workflow import Transition, Workflow

LISTING = Workflow(
    "listing",
    {"draft": "draft", "published": "published", "paused": "paused", "closed": "closed"},
    (
        Transition("publish", ("draft", "paused"), "published", "publish"),
        Transition("pause", ("published",), "paused", "pause"),
        Transition("close", ("published", "paused"), "closed", "close for good"),
    ),
)
STATES = ("a", "b", "c", "d", "e")
VERBS = ("go", "stop", "turn")


@st.composite
def workflows(draw: st.DrawFn) -> Workflow:
    """Any machine in which a verb means one thing per state."""
    edges = draw(
        st.dictionaries(
            st.tuples(st.sampled_from(STATES), st.sampled_from(VERBS)), st.sampled_from(STATES)
        )
    )
    steps = tuple(
        Transition(verb, (source,), target, verb.title())
        for (source, verb), target in edges.items()
    )
    return Workflow("machine", {state: state.upper() for state in STATES}, steps)


def edges_of(workflow: Workflow) -> dict[tuple[str, str], str]:
    return {(s, t.verb): t.target for t in workflow.transitions for s in t.sources}


def closure(workflow: Workflow) -> set[str]:
    """States that can be reached, by repeating one step as often as there are states."""
    reached = {workflow.initial}
    for _ in workflow.states:
        reached |= {
            target for (source, _), target in edges_of(workflow).items() if source in reached
        }
    return reached


class WalkingAListing(RuleBasedStateMachine):
    """Walk the table of listings, beside a model that knows only its four rules."""

    def __init__(self) -> None:
        super().__init__()
        self.state = LISTING.initial
        self.was_published = False

    def _do(self, verb: str) -> None:
        self.state = LISTING.next(self.state, verb)

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

    @rule(verb=st.sampled_from(["publish", "pause", "close", "shout"]))
    def try_anything(self, verb: str) -> None:
        if LISTING.allows(self.state, verb):
            assert LISTING.next(self.state, verb) in LISTING.states
        else:
            with pytest.raises(Conflict):
                LISTING.next(self.state, verb)

    @invariant()
    def only_what_was_published_is_anything_but_a_draft(self) -> None:
        assert self.was_published == (self.state != "draft")

    @invariant()
    def closed_is_final(self) -> None:
        assert (LISTING.verbs(self.state) == ()) == (self.state == "closed")


TestWalkingAListing = WalkingAListing.TestCase


@given(workflows(), st.sampled_from(STATES), st.sampled_from([*VERBS, "fly"]))
def test_next_and_allows_agree_with_the_table(workflow: Workflow, state: str, verb: str) -> None:
    expected = edges_of(workflow).get((state, verb))
    assert workflow.allows(state, verb) == (expected is not None)
    if expected is None:
        with pytest.raises(Conflict):
            workflow.next(state, verb)
    else:
        assert workflow.next(state, verb) == expected


@given(workflows(), st.lists(st.integers(0, 10)))
def test_no_walk_comes_to_an_unreachable_state(workflow: Workflow, choices: list[int]) -> None:
    state = workflow.initial
    for choice in choices:
        if verbs := workflow.verbs(state):
            state = workflow.next(state, verbs[choice % len(verbs)])
    assert state not in workflow.unreachable()


@given(workflows())
def test_unreachable_is_what_repeated_steps_never_reach(workflow: Workflow) -> None:
    assert set(workflow.unreachable()) == set(STATES) - closure(workflow)


@given(workflows())
def test_the_drawing_has_an_arrow_for_every_step(workflow: Workflow) -> None:
    drawn = workflow.mermaid()
    final = [state for state in STATES if not workflow.verbs(state)]
    assert drawn.count(" --> ") == len(edges_of(workflow)) + len(final) + 1


def test_verbs_come_in_the_order_of_the_table() -> None:
    assert LISTING.verbs("paused") == ("publish", "close")
    assert LISTING.initial == "draft"
    assert LISTING.unreachable() == ()


def test_an_impossible_deed_gets_a_sentence_with_what_is_possible() -> None:
    with pytest.raises(Conflict) as caught:
        LISTING.next("paused", "pause")
    assert caught.value.code == "workflow-refused"
    assert str(caught.value) == (
        "“pause” is not possible while the state is “paused”. "
        "Possible now: publish, close for good."
    )


def test_a_final_state_is_said_to_be_final() -> None:
    with pytest.raises(
        Conflict, match=r"“close for good” is not possible .* This state is final\."
    ):
        LISTING.next("closed", "close")


def test_an_unknown_state_is_a_mistake_of_the_program() -> None:
    with pytest.raises(ValueError, match="listing: 'lost' is not a state; known are draft, "):
        LISTING.allows("lost", "publish")


@pytest.mark.parametrize(
    "step", [Transition("go", ("draft",), "lost", "go"), Transition("go", ("lost",), "draft", "go")]
)
def test_a_table_with_an_unknown_state_is_refused(step: Transition) -> None:
    with pytest.raises(ValueError, match="'lost' is not a state"):
        Workflow("broken", {"draft": "draft"}, (step,))


def test_a_table_in_which_a_verb_means_two_things_is_refused() -> None:
    steps = (Transition("go", ("a",), "b", "go"), Transition("go", ("b", "a"), "a", "go"))
    with pytest.raises(ValueError, match="in 'a', 'go' leads to two states"):
        Workflow("broken", {"a": "a", "b": "b"}, steps)


def test_the_drawing() -> None:
    workflow = Workflow(
        "call",
        {"open": 'open: "yes"; #1', "shut": "shut"},
        (Transition("shut", ("open",), "shut", "shut it"),),
    )
    assert workflow.mermaid() == (
        "stateDiagram-v2\n"
        '    state "open#58; #34;yes#34;#59; #35;1" as s0\n'
        '    state "shut" as s1\n'
        "    [*] --> s0\n"
        "    s0 --> s1 : shut it\n"
        "    s1 --> [*]\n"
    )
