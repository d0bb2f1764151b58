"""The shape of terms in ODRL, as messages of the protocol carry them: what their words mean is for `policies`."""

from typing import Annotated, Any, Final, Literal, TypeAlias

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

DEEPEST: Final = 8
"""Constraints may stand within each other so deep."""
LONGEST: Final = 2_000  # letters of a word or an address

Operator: TypeAlias = Literal[
    "eq", "neq", "gt", "gteq", "lt", "lteq", "isA", "hasPart", "isPartOf", "isAllOf", "isAnyOf", "isNoneOf",
]  # fmt: skip
MessageText: TypeAlias = Annotated[str, Field(max_length=LONGEST)]
ProtocolName: TypeAlias = Annotated[str, Field(min_length=1, max_length=300)]
"""What a process, a dataset, an offer, an agreement or a participant is called."""
_WAYS: Final = ("and", "or", "xone", "andSequence")


class Shape(BaseModel):
    """What stands in a message; what else does is no concern of ours."""

    model_config = ConfigDict(extra="ignore", populate_by_name=True, strict=True)


class AtomicConstraint(Shape):
    """One condition: a left operand of the profile, an operator, and what is compared with."""

    left: MessageText = Field(alias="leftOperand")
    operator: Operator
    right: MessageText | dict[str, Any] | list[Any] = Field(alias="rightOperand")


class LogicalConstraint(Shape):
    """Conditions joined in one of four ways."""

    all_of: "list[Constraint] | None" = Field(None, alias="and", max_length=50)
    any_of: "list[Constraint] | None" = Field(None, alias="or", max_length=50)
    one_of: "list[Constraint] | None" = Field(None, alias="xone", max_length=50)
    in_order: "list[Constraint] | None" = Field(None, alias="andSequence", max_length=50)

    @model_validator(mode="after")
    def _in_one_way(self) -> "LogicalConstraint":
        told = (self.all_of, self.any_of, self.one_of, self.in_order)
        if sum(each is not None for each in told) != 1:
            raise ValueError("exactly one of and, or, xone and andSequence is needed")
        return self


def _shallow(given: object) -> object:
    """The same, unless it is deeper than we read. Raises ValueError."""
    layer, depth = [given], 0
    while layer:
        depth += 1
        if depth > 3 * DEEPEST:
            raise ValueError("constraints stand too deep within each other")
        layer = [
            inner
            for each in layer
            for inner in (
                each.values() if isinstance(each, dict) else each if isinstance(each, list) else ()
            )
        ]
    return given


Constraint: TypeAlias = AtomicConstraint | LogicalConstraint


class PolicyRule(Shape):
    """What may, may not or must be done, on which conditions."""

    action: MessageText
    constraint: list[Constraint] = Field(default_factory=list, max_length=50)


_Rules = Annotated[list[PolicyRule], Field(min_length=1, max_length=50)]


class PolicyShape(Shape):
    """The terms of an offer or an agreement."""

    key: ProtocolName = Field(alias="@id")
    profile: MessageText | list[MessageText] | None = None
    permission: _Rules | None = None
    prohibition: _Rules | None = None
    obligation: _Rules | None = None

    @model_validator(mode="after")
    def _with_rules(self) -> "PolicyShape":
        if self.permission is None and self.prohibition is None:
            raise ValueError("a permission or a prohibition is needed")
        return self

    def terms(self) -> dict[str, Any]:
        """Its rules as they are told, without what it is called."""
        kept = {"profile", "permission", "prohibition", "obligation"}
        return self.model_dump(by_alias=True, exclude_unset=True, include=kept)


class OfferShape(PolicyShape):
    """An offer in a message: which terms, and of which dataset."""

    type: Literal["Offer"] = Field(alias="@type")
    target: ProtocolName | None = None


class AgreementShape(PolicyShape):
    """An agreement: between whom, of which dataset, since when."""

    type: Literal["Agreement"] = Field(alias="@type")
    target: ProtocolName
    assigner: ProtocolName
    assignee: ProtocolName
    timestamp: MessageText | None = None


Shallow = BeforeValidator(_shallow)
"""Refuses what is too deep before anything reads it."""
