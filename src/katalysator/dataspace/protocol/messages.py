"""What participants say to each other: the messages of the protocol as shapes, read and written.

They are plain JSON. The official schemas say what they are; tests hold these shapes beside them.
"""

import json
from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Final, Literal, TypeVar
from uuid import uuid4

from pydantic import Field, ValidationError, field_validator, model_validator

from katalysator.dataspace.protocol.faults import ProtocolFault
from katalysator.dataspace.protocol.policy_shapes import (
    AgreementShape,
    MessageText,
    OfferShape,
    ProtocolName,
    Shallow,
    Shape,
)

VERSION: Final = "2025-1"
CONTEXT: Final = "https://w3id.org/dspace/2025/1/context.jsonld"
LARGEST: Final = 256 << 10
"""Bytes of a message that is read."""
MOST_REASONS: Final = 10
_OF_EDC: Final = "https://w3id.org/edc/v0.0.1/ns/"

MessageT = TypeVar("MessageT", bound="Message")


class Message(Shape):
    """Any message: `word` is what we call it; `key` names this one message, where its sender gave it a name."""

    word: ClassVar[str]
    context: list[str] = Field(alias="@context")
    key: ProtocolName | None = Field(None, alias="@id")

    @field_validator("context")
    @classmethod
    def _of_this_protocol(cls, given: list[str]) -> list[str]:
        if CONTEXT not in given:
            raise ValueError(f"{CONTEXT} is missing")
        return given


class CatalogRequest(Message):
    """Asks what somebody shares."""

    word = "catalog"
    type: Literal["CatalogRequestMessage"] = Field(alias="@type")
    filter: list[Any] | None = None


class ListQuestion(Shape):
    """From where in a catalogue, and how many: a filter as Eclipse EDC writes it where nothing is filtered."""

    type: Literal["QuerySpec"] = Field(alias="@type")
    offset: Annotated[int, Field(ge=0, le=1_000_000)] = 0
    limit: Annotated[int, Field(ge=1)] = 50
    filters: list[Any] = Field(default_factory=list, alias="filterExpression", max_length=0)


class _OfProcess(Message):
    """A message in a process that both sides know."""

    provider_pid: ProtocolName = Field(alias="providerPid")
    consumer_pid: ProtocolName = Field(alias="consumerPid")


class _WithReason(_OfProcess):
    code: MessageText | None = None
    reason: list[Any] | None = Field(None, min_length=1)


class ContractRequest(Message):
    """A consumer asks for a contract, or answers with other terms.

    `declared` is ours, beside the protocol, which leaves it to who understands it: what the consumer says of itself.
    """

    word = "request"
    type: Literal["ContractRequestMessage"] = Field(alias="@type")
    consumer_pid: ProtocolName = Field(alias="consumerPid")
    provider_pid: ProtocolName | None = Field(None, alias="providerPid")
    callback_address: MessageText | None = Field(None, alias="callbackAddress")
    offer: Annotated[OfferShape, Shallow]
    declared: dict[ProtocolName, list[ProtocolName]] = Field(default_factory=dict, max_length=10)

    @model_validator(mode="after")
    def _first_or_later(self) -> "ContractRequest":
        return _one_of(self, self.provider_pid, self.callback_address)


class ContractOffer(Message):
    """A provider offers a contract, or answers with other terms."""

    word = "offer"
    type: Literal["ContractOfferMessage"] = Field(alias="@type")
    provider_pid: ProtocolName = Field(alias="providerPid")
    consumer_pid: ProtocolName | None = Field(None, alias="consumerPid")
    callback_address: MessageText | None = Field(None, alias="callbackAddress")
    offer: Annotated[OfferShape, Shallow]

    @model_validator(mode="after")
    def _first_or_later(self) -> "ContractOffer":
        return _one_of(self, self.consumer_pid, self.callback_address)


_SomeT = TypeVar("_SomeT")


def _one_of(message: _SomeT, pid: str | None, callback: str | None) -> _SomeT:
    if (pid is None) == (callback is None):
        raise ValueError("exactly one of a pid of the other side and callbackAddress is needed")
    return message


class ContractAgreed(_OfProcess):
    """A provider agrees."""

    word = "agreement"
    type: Literal["ContractAgreementMessage"] = Field(alias="@type")
    agreement: Annotated[AgreementShape, Shallow]


class ContractVerified(_OfProcess):
    """A consumer has seen that the agreement is what it asked for."""

    word = "verification"
    type: Literal["ContractAgreementVerificationMessage"] = Field(alias="@type")


class ContractEvent(_OfProcess):
    """A consumer accepts an offer, or a provider says that all is done."""

    type: Literal["ContractNegotiationEventMessage"] = Field(alias="@type")
    event: Literal["ACCEPTED", "FINALIZED"] = Field(alias="eventType")

    @property
    def word(self) -> str:  # type: ignore[override]
        """Which of the two."""
        return self.event.lower()


class ContractTermination(_WithReason):
    """Either side ends a negotiation."""

    word = "termination"
    type: Literal["ContractNegotiationTerminationMessage"] = Field(alias="@type")


class EndpointProperty(Shape):
    """Something that one needs to fetch or to bring data."""

    type: Literal["EndpointProperty"] = Field(alias="@type")
    name: MessageText
    value: Annotated[str, Field(max_length=10_000)]


class DataAddress(Shape):
    """Where data is fetched, or brought."""

    type: Literal["DataAddress"] = Field(alias="@type")
    endpoint_type: MessageText = Field(alias="endpointType")
    endpoint: MessageText | None = None
    properties: list[EndpointProperty] | None = Field(
        None, alias="endpointProperties", min_length=1, max_length=50
    )

    def plain(self) -> dict[str, Any]:
        """As it is kept. Eclipse EDC tells the endpoint among the properties, whose names may begin with a namespace of its own."""
        told = self.model_dump(by_alias=True, exclude_none=True)
        properties = told.get("endpointProperties", [])
        for each in properties:
            each["name"] = each["name"].removeprefix(_OF_EDC)
        named = {each["name"]: each["value"] for each in properties}
        return {"endpoint": named["endpoint"], **told} if "endpoint" in named else told


class TransferRequest(Message):
    """A consumer asks for data under an agreement."""

    word = "request"
    type: Literal["TransferRequestMessage"] = Field(alias="@type")
    consumer_pid: ProtocolName = Field(alias="consumerPid")
    agreement: ProtocolName = Field(alias="agreementId")
    format: Annotated[str, Field(min_length=1, max_length=120)]
    callback_address: MessageText = Field(alias="callbackAddress")
    data_address: DataAddress | None = Field(None, alias="dataAddress")


class TransferStart(_OfProcess):
    """A provider begins, or either side goes on."""

    word = "start"
    type: Literal["TransferStartMessage"] = Field(alias="@type")
    data_address: DataAddress | None = Field(None, alias="dataAddress")


class TransferCompletion(_OfProcess):
    """It is done."""

    word = "completion"
    type: Literal["TransferCompletionMessage"] = Field(alias="@type")


class TransferSuspension(_WithReason):
    """It stands still for a while."""

    word = "suspension"
    type: Literal["TransferSuspensionMessage"] = Field(alias="@type")


class TransferTermination(_WithReason):
    """Either side ends it."""

    word = "termination"
    type: Literal["TransferTerminationMessage"] = Field(alias="@type")


def read(body: bytes, shape: type[MessageT]) -> MessageT:
    """A message as it was sent. Raises ProtocolFault with what is wrong, and where."""
    if len(body) > LARGEST:
        raise ProtocolFault.bad(f"the message is larger than {LARGEST >> 10} kB")
    try:
        return shape.model_validate(plain_json(body))
    except ValidationError as error:
        raise ProtocolFault.bad(*_reasons(error)) from None
    except (ValueError, RecursionError):
        raise ProtocolFault.bad("the message is no JSON") from None


def plain_json(body: bytes) -> Any:
    """What stands in JSON that can be kept. Raises ValueError for letters and numbers that no database has."""
    told = json.loads(body)
    text = json.dumps(told, ensure_ascii=False, allow_nan=False)
    if "\\u0000" in text:
        raise ValueError("a letter without a sign")
    text.encode()
    return told


def _reasons(error: ValidationError) -> list[str]:
    told = error.errors(include_url=False, include_context=False, include_input=False)
    return [
        f"{'.'.join(str(each) for each in one['loc']) or 'message'}: {one['msg']}"[:300]
        for one in told[:MOST_REASONS]
    ]


def message(type_: str, **told: Any) -> dict[str, Any]:
    """A message that we send, with a name of its own by which a second one is known to be the same."""
    said = {name: value for name, value in told.items() if value is not None}
    return {"@context": [CONTEXT], "@id": f"urn:uuid:{uuid4()}", "@type": type_, **said}


def answer(type_: str, **told: Any) -> dict[str, Any]:
    """The body of an answer."""
    said = {name: value for name, value in told.items() if value is not None}
    return {"@context": [CONTEXT], "@type": type_, **said}


def same(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two messages say the same, whatever they are called."""
    return {**one, "@id": ""} == {**other, "@id": ""}
