"""State machines as one table: which deed leads from which states to which state.

The table says what is possible. Who may do it is for the rules of each room, and what else happens
is for its verbs. The same table draws itself for the documentation.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from katalysator.core.errors import Conflict
from katalysator.core.language import lazy, translate
from katalysator.faults import gettext_noop

_MERMAID_ENTITIES: Final = {ord(sign): f"#{ord(sign)};" for sign in '#":;'}


@dataclass(frozen=True, slots=True)
class Transition:
    """One deed: `verb` leads from each of `sources` to `target`; `label` is its English text."""

    verb: str
    sources: tuple[str, ...]
    target: str
    label: str


@dataclass(frozen=True, slots=True)
class Workflow:
    """The states of a kind of record and the deeds between them.

    Parameters
    ----------
    name
        What the records are called in code.
    states
        English label of every state, by its stored value; the first state is where records begin.
    transitions
        The deeds. In one state a verb means one thing.

    """

    name: str
    states: Mapping[str, str]
    transitions: tuple[Transition, ...]

    def __post_init__(self) -> None:
        taken: set[tuple[str, str]] = set()
        for transition in self.transitions:
            for state in (*transition.sources, transition.target):
                self._require(state)
            for step in ((source, transition.verb) for source in transition.sources):
                if step in taken:
                    raise ValueError(
                        f"{self.name}: in {step[0]!r}, {step[1]!r} leads to two states"
                    )
                taken.add(step)

    @property
    def initial(self) -> str:
        """The state in which a record begins."""
        return next(iter(self.states))

    def verbs(self, state: str) -> tuple[str, ...]:
        """Return what can be done in `state`, in the order of the table."""
        return tuple(transition.verb for transition in self._from(state))

    def allows(self, state: str, verb: str) -> bool:
        """Tell whether `verb` can be done in `state`."""
        return verb in self.verbs(state)

    def next(self, state: str, verb: str) -> str:
        """Return the state after `verb`; raise `Conflict` where it cannot be done."""
        for transition in self._from(state):
            if transition.verb == verb:
                return transition.target
        raise self._conflict(state, verb)

    def unreachable(self) -> tuple[str, ...]:
        """Return the states that no record can ever come to."""
        reached, frontier = {self.initial}, [self.initial]
        while frontier:
            targets = {transition.target for transition in self._from(frontier.pop())}
            frontier.extend(targets - reached)
            reached |= targets
        return tuple(state for state in self.states if state not in reached)

    def mermaid(self) -> str:
        """Draw the table as a Mermaid state diagram, in the active language."""
        names = {state: f"s{number}" for number, state in enumerate(self.states)}
        lines = ["stateDiagram-v2"]
        lines += [f'    state "{_drawn(self.states[state])}" as {names[state]}' for state in names]
        lines.append(f"    [*] --> {names[self.initial]}")
        for transition in self.transitions:
            for source in transition.sources:
                arrow = f"{names[source]} --> {names[transition.target]}"
                lines.append(f"    {arrow} : {_drawn(transition.label)}")
        lines += [f"    {names[state]} --> [*]" for state in names if not self.verbs(state)]
        return "\n".join(lines) + "\n"

    def _from(self, state: str) -> tuple[Transition, ...]:
        self._require(state)
        return tuple(step for step in self.transitions if state in step.sources)

    def _require(self, state: str) -> None:
        if state not in self.states:
            known = ", ".join(self.states)
            raise ValueError(f"{self.name}: {state!r} is not a state; known are {known}")

    def _conflict(self, state: str, verb: str) -> Conflict:
        possible = self._from(state)
        labels = {transition.verb: transition.label for transition in self.transitions}
        return Conflict(
            "workflow-refused",
            gettext_noop("“%(verb)s” is not possible while the state is “%(state)s”."),
            hint=gettext_noop("Possible now: %(possible)s.")
            if possible
            else gettext_noop("This state is final."),
            verb=lazy(labels.get(verb, verb)),
            state=lazy(self.states[state]),
            possible=tuple(lazy(step.label) for step in possible),
        )


def _drawn(label: str) -> str:
    """Return a label in the active language, without the signs that mean something to Mermaid."""
    return translate(label).translate(_MERMAID_ENTITIES)
