"""A line between a client and a server on this machine that can be cut, or go dead in silence."""

import contextlib
import socket
import struct
import threading
from types import TracebackType
from typing import Self

CHUNK = 65_536
AT_ONCE = struct.pack("ii", 1, 0)
"""SO_LINGER that makes closing a reset."""


class Line:
    """A TCP proxy. `cut` resets all connections, `fall_silent` swallows what comes from now on."""

    def __init__(self, port: int) -> None:
        self._to = port
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listening.getsockname()[1]
        self._ends: list[socket.socket] = []
        self._silent = threading.Event()
        threading.Thread(target=self._serve, daemon=True).start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._listening.close()
        self.cut()

    def cut(self) -> None:
        """Reset every connection, as a router does that has forgotten it."""
        for end in self._ends:
            with contextlib.suppress(OSError):
                end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, AT_ONCE)
                # A reader that waits in a thread would keep the socket open.
                end.shutdown(socket.SHUT_RD)
            end.close()

    def fall_silent(self) -> None:
        """From now on nothing arrives at either end, and nobody is told."""
        self._silent.set()

    def _serve(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                near, _address = self._listening.accept()
                self.join(near)

    def join(self, near: socket.socket) -> None:
        """Connect somebody who came with the other end."""
        far = socket.create_connection(("127.0.0.1", self._to))
        self._ends += [near, far]
        for one, other in ((near, far), (far, near)):
            threading.Thread(target=self._carry, args=(one, other), daemon=True).start()

    def _carry(self, one: socket.socket, other: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while chunk := one.recv(CHUNK):
                if not self._silent.is_set():
                    other.sendall(chunk)
        if not self._silent.is_set():
            with contextlib.suppress(OSError):
                other.shutdown(socket.SHUT_WR)
