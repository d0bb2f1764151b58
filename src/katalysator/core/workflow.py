"""State machines as one table: states, and the deeds that lead from one to another.

All that a deed is stands in its line: from where to where, who may, and its words for the button, for
who did it, and for the history. Addresses, buttons, the API, the history and the documentation read
the same table. What else happens is for the verbs of each room.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from katalysator.core.language import lazy, translate
from katalysator.faults import Conflict, gettext_noop

_MERMAID_ENTITIES: Final = {ord(sign): f"#{ord(sign)};" for sign in '#":;'}


@dataclass(frozen=True, slots=True)
class State:
    """Where a record can be: its English label, and what else is true there, as tags."""

    label: str
    tags: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Transition:
    """One deed, in one line of the table.

    Parameters
    ----------
    deed
        Its name in code, in addresses and in the audit trail.
    sources, target
        The states that it leads from, and to.
    permission
        What who does it must have (see `core.actors`).
    label
        Its English text on a button.
    done
        What is said to who did it.
    history
        What it is called when it is over.

    """

    deed: str
    sources: tuple[str, ...]
    target: str
    permission: str
    label: str
    done: str
    history: str


@dataclass(frozen=True, slots=True)
class Workflow:
    """The states of a kind of record and the deeds between them.

    Parameters
    ----------
    name
        What the records are called in code.
    states
        Every state by its stored value; the first is where records begin.
    transitions
        The deeds. In one state a deed means one thing.
    other_deeds
        What is done without a change of state, with its words for the history.

    """

    name: str
    states: Mapping[str, State]
    transitions: tuple[Transition, ...]
    other_deeds: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        taken: set[tuple[str, str]] = set()
        for transition in self.transitions:
            for state in (*transition.sources, transition.target):
                self._require(state)
            for step in ((source, transition.deed) for source in transition.sources):
                if step in taken:
                    raise ValueError(
                        f"{self.name}: in {step[0]!r}, {step[1]!r} leads to two states"
                    )
                taken.add(step)

    @property
    def initial(self) -> str:
        """The state in which a record begins."""
        return next(iter(self.states))

    def label(self, state: str) -> str:
        """The name of a state in the active language."""
        self._require(state)
        return translate(self.states[state].label)

    def tagged(self, tag: str) -> tuple[str, ...]:
        """The states of which something is true."""
        return tuple(name for name, state in self.states.items() if tag in state.tags)

    def transitions_from(self, state: str, permission: str = "") -> tuple[Transition, ...]:
        """What can be done in `state`, in the order of the table; by who has one permission, where it is named."""
        self._require(state)
        steps = (step for step in self.transitions if state in step.sources)
        return tuple(step for step in steps if permission in ("", step.permission))

    def step(self, deed: str) -> Transition:
        """The first line of a deed, for what all its lines say alike. Raises KeyError for no deed of the table."""
        return {step.deed: step for step in reversed(self.transitions)}[deed]

    def allows(self, state: str, deed: str) -> bool:
        """Tell whether `deed` can be done in `state`."""
        return any(step.deed == deed for step in self.transitions_from(state))

    def transition(self, state: str, deed: str) -> Transition:
        """The line of a deed in a state; raises `Conflict` where it cannot be done."""
        for step in self.transitions_from(state):
            if step.deed == deed:
                return step
        raise self._conflict(state, deed)

    @property
    def deeds(self) -> tuple[str, ...]:
        """The names of all deeds that change the state."""
        return tuple(dict.fromkeys(transition.deed for transition in self.transitions))

    @property
    def pattern(self) -> str:
        """What a deed looks like in an address, as a regular expression."""
        return "|".join(self.deeds)

    def pattern_of(self, permission: str) -> str:
        """The same of those deeds for which one has one permission."""
        return "|".join(deed for deed in self.deeds if self.step(deed).permission == permission)

    def audit_verb(self, deed: str) -> str:
        """The deed as the audit trail names it."""
        return f"{self.name}.{deed}"

    def audit_verbs(self) -> tuple[str, ...]:
        """All deeds that change the state, as the audit trail names them."""
        return tuple(map(self.audit_verb, self.deeds))

    def history(self, audit_verb: str) -> str:
        """What a deed of the audit trail is called in a history, in the active language."""
        words = dict(self.other_deeds) | {step.deed: step.history for step in self.transitions}
        deed = audit_verb.removeprefix(f"{self.name}.")
        return translate(words[deed]) if deed in words else deed  # the table may have had it before

    def mermaid(self) -> str:
        """Draw the table as a Mermaid state diagram, in the active language."""
        names = {state: f"s{number}" for number, state in enumerate(self.states)}
        lines = ["stateDiagram-v2"]
        lines += [
            f'    state "{_drawn(self.states[state].label)}" as {names[state]}' for state in names
        ]
        lines.append(f"    [*] --> {names[self.initial]}")
        for transition in self.transitions:
            for source in transition.sources:
                arrow = f"{names[source]} --> {names[transition.target]}"
                lines.append(f"    {arrow} : {_drawn(transition.label)}")
        final = [state for state in names if not self.transitions_from(state)]
        lines += [f"    {names[state]} --> [*]" for state in final]
        return "\n".join(lines) + "\n"

    def _require(self, state: str) -> None:
        if state not in self.states:
            known = ", ".join(self.states)
            raise ValueError(f"{self.name}: {state!r} is not a state; known are {known}")

    def _conflict(self, state: str, deed: str) -> Conflict:
        possible = self.transitions_from(state)
        labels = {step.deed: step.label for step in self.transitions}
        return Conflict(
            "workflow-refused",
            gettext_noop("“%(deed)s” is not possible while the state is “%(state)s”."),
            hint=gettext_noop("Possible now: %(possible)s.")
            if possible
            else gettext_noop("This state is final."),
            deed=lazy(labels.get(deed, deed)),
            state=lazy(self.states[state].label),
            possible=tuple(lazy(step.label) for step in possible),
        )


def _drawn(label: str) -> str:
    """Return a label in the active language, without the signs that mean something to Mermaid."""
    return translate(label).translate(_MERMAID_ENTITIES)
