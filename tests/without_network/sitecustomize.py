"""On PYTHONPATH: every socket of the internet that this process (or one it starts) binds or connects is written down and
refused, and so is every name that is asked for."""

import os
import sys

_WATCHED = ("socket.connect", "socket.bind", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto", "urllib.Request")


def _refuse(event: str, arguments: tuple[object, ...]) -> None:
    if event in _WATCHED:
        address = arguments[1] if event in ("socket.connect", "socket.bind", "socket.sendto") else arguments
        if isinstance(address, tuple):  # an address of the internet; those of the file system are text
            descriptor = os.open(os.environ["SOCKETS_SEEN"], os.O_WRONLY | os.O_APPEND | os.O_CREAT)
            os.write(descriptor, f"{event} {address}\n".encode())
            os.close(descriptor)
            raise PermissionError(1, f"the network is cut: {event} {address}")


if "SOCKETS_SEEN" in os.environ:
    sys.addaudithook(_refuse)
