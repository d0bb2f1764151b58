"""A connection that keeps no thread for who reads slowly, and on which large blocks go straight out.

waitress keeps what is written in buffers, and on disk beyond a megabyte: right for a page, for its thread is free again at
once. Who makes one large block after another is busy anyway. Sent straight that is several times as fast, and
what is stopped ends there: no megabytes wait in a buffer. Where a thread waits for a reader, it does not do so for ever.
"""

import select
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, Final

from waitress.channel import ClientDisconnected, HTTPChannel

LARGE: Final = 256 << 10
"""Bytes of a block that goes straight out."""
_SILENCE: Final = 20.0
"""Seconds in which so many bytes must be taken: whoever takes less keeps a thread from others, and is given up."""
_LOOK: Final = 500.0  # milliseconds


class StreamingChannel(HTTPChannel):  # type: ignore[misc]
    """A connection of waitress that buffers the first large block of an answer, and none that follows."""

    requests: list[Any]
    _follows_large = False
    _patience = _SILENCE

    def service(self) -> None:
        """Answer. Who asks on before the answer came asks again: on another connection, so that answers do not pile up (RFC 9112, 9.3.2)."""
        with self.requests_lock:
            first, *more = self.requests
            if more:
                first.headers["CONNECTION"] = "close"
                self.requests = [first]
        for each in more:
            each.close()
        self._patience = _SILENCE
        super().service()

    def write_soon(self, data: Any) -> int:
        """Write something; a large block that follows another is out when this returns. Raises ClientDisconnected."""
        is_large = isinstance(data, bytes) and len(data) >= LARGE
        is_straight, self._follows_large = is_large and self._follows_large, is_large
        if is_straight:
            self._write_straight(data)
            return len(data)
        written: int = super().write_soon(data)
        self._took(written)
        return written

    def _took(self, size: int) -> None:
        """What this reader took lets them be waited for that much longer."""
        self._patience = min(_SILENCE, self._patience + _SILENCE * size / LARGE)

    @contextmanager
    def _waiting(self) -> Iterator[None]:
        """Wait in the block, as long as this reader may be waited for. Raises ClientDisconnected."""
        if self._patience <= 0:
            raise ClientDisconnected
        began = time.monotonic()
        yield
        self._patience -= time.monotonic() - began

    def _flush_outbufs_below_high_watermark(self) -> None:
        """Wait until there is room in the buffer."""
        with self.outbuf_lock:
            while self.connected and self.total_outbufs_len > self.adj.outbuf_high_watermark:
                with self._waiting():
                    self.server.pull_trigger()
                    self.outbuf_lock.wait(self._patience)

    def _write_straight(self, data: bytes) -> None:
        left = memoryview(data)
        while left:
            sent = self._sent(left)
            if sent is None:
                raise ClientDisconnected
            self._took(sent)
            left = left[sent:]
            if not sent:
                with self._waiting():
                    self._look()

    def _look(self) -> None:
        """Until more can be sent, or for a moment."""
        writable = select.poll()
        with suppress(ValueError, OSError):  # it was closed meanwhile
            writable.register(self.socket, select.POLLOUT)
            writable.poll(_LOOK)

    def _sent(self, block: memoryview) -> int | None:
        """How much of a block went out, after what was written before; None where nobody is there any more."""
        with self.outbuf_lock:
            if not self.connected:
                return None
            try:
                if self.total_outbufs_len and not self._flush_some(do_close=False):
                    return 0
                sent: int = 0 if self.total_outbufs_len else self.socket.send(block)
            except BlockingIOError:
                return 0
            except OSError:
                return None
            self.last_activity = time.time()
            return sent
