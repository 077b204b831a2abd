"""Jupyter messages over a pair of connected sockets: no port, no name in the file system, nothing to clash with.

A message is its frames, as `jupyter_client.session.Session` makes them, with a leading frame that names the channel.
"""

import asyncio
import selectors
import socket
import struct
import threading
from collections.abc import Sequence

COUNT = struct.Struct("!I")
SIZE = struct.Struct("!Q")


class Wire:
    """What a `Session` takes for its socket: everything sent here reaches the other end on *channel*."""

    def __init__(self, end: socket.socket, channel: bytes, lock: "threading.Lock | None" = None) -> None:
        self._end, self._channel, self._lock = end, channel, lock or threading.Lock()

    def other(self, channel: bytes) -> "Wire":
        """The same end for another channel; messages of both stay whole and in order."""
        return Wire(self._end, channel, self._lock)

    def send_multipart(self, frames: Sequence[bytes], copy: bool = True) -> None:
        """Send one message; blocks until the system has taken it."""
        every = [self._channel, *map(bytes, frames)]
        parts = [COUNT.pack(len(every))]
        for frame in every:
            parts += [SIZE.pack(len(frame)), frame]
        with self._lock:
            _send_all(self._end, b"".join(parts))


def _send_all(end: socket.socket, message: bytes) -> None:
    """Send all of *message*, also where an event loop reads at *end* and has made it non-blocking."""
    rest = memoryview(message)
    while rest:
        try:
            rest = rest[end.send(rest) :]
        except BlockingIOError:
            with selectors.DefaultSelector() as ready:
                ready.register(end, selectors.EVENT_WRITE)
                ready.select()


async def receive(reader: asyncio.StreamReader) -> tuple[bytes, list[bytes]] | None:
    """The next message as (channel, frames); None when the other end is gone."""
    try:
        (count,) = COUNT.unpack(await reader.readexactly(COUNT.size))
        frames = []
        for _ in range(count):
            (size,) = SIZE.unpack(await reader.readexactly(SIZE.size))
            frames.append(await reader.readexactly(size))
    except (asyncio.IncompleteReadError, ConnectionError):
        return None
    return frames[0], frames[1:]
