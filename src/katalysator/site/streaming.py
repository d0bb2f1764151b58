"""A connection that keeps no thread for who reads slowly, and on which large blocks go straight out.

waitress keeps what is written in buffers, and on disk beyond a megabyte: right for a page, for its thread is free again at
once. Who makes one large block after another is busy anyway. Sent straight that is several times as fast, and
what is stopped ends there: no megabytes wait in a buffer. Where a thread waits for a reader, it does not do so for ever.
"""

import select
import time
from contextlib import suppress
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
        written: int = self._write_straight(data) if is_straight else super().write_soon(data)
        self._patience = min(_SILENCE, self._patience + _SILENCE * written / LARGE)
        return written

    def _flush_outbufs_below_high_watermark(self) -> None:
        """Wait until there is room in the buffer, as long as this reader may be waited for."""
        with self.outbuf_lock:
            while self.connected and self.total_outbufs_len > self.adj.outbuf_high_watermark:
                if self._patience <= 0:
                    raise ClientDisconnected
                began = time.monotonic()
                self.server.pull_trigger()
                self.outbuf_lock.wait(self._patience)
                self._patience -= time.monotonic() - began

    def _write_straight(self, data: bytes) -> int:
        left, until = memoryview(data), time.monotonic() + _SILENCE * len(data) / LARGE
        while left:
            sent = self._sent(left)
            if sent is None or time.monotonic() > until:
                raise ClientDisconnected
            left = left[sent:]
            if not sent:
                self._wait()
        return len(data)

    def _wait(self) -> None:
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
