"""What is refused over the protocol, with the status and the reasons that the other side gets."""

from http import HTTPStatus


class ProtocolFault(Exception):  # noqa: N818
    """A message or a question that is refused; nothing has changed."""

    def __init__(self, status: HTTPStatus, *reasons: str) -> None:
        super().__init__(*reasons)
        self.status = status
        self.reasons = reasons

    @classmethod
    def bad(cls, *reasons: str) -> "ProtocolFault":
        """What cannot be read, or does not fit what went before."""
        return cls(HTTPStatus.BAD_REQUEST, *reasons)

    @classmethod
    def unknown(cls) -> "ProtocolFault":
        """What is not there, or not for who asks: both sound the same, so that nobody learns what there is."""
        return cls(HTTPStatus.NOT_FOUND, "not found")
