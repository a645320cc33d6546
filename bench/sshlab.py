"""A line between an ssh client and a server on this machine, as slow as it is told to be."""

import os
import queue
import re
import socket
import threading
import time
from contextlib import suppress
from pathlib import Path

from tests.e2e.lines import Line

PACKET, HEADER = 1448, 52
"""Bytes of a packet's load, and of its headers."""
QUEUED = 22
"""Packets that wait before a modem: 32 KB, as most have."""
TICKS = os.sysconf("SC_CLK_TCK")

Waiting = queue.Queue[tuple[float, bytes]]


class Way:
    """One direction: a rate in kbit/s, or none, and then a delay. `bytes` counts the load."""

    def __init__(self, kbit: float | None, delay: float) -> None:
        self.rate = kbit * 1000 / 8 if kbit else None
        self.delay = delay
        self.bytes = 0
        self._busy_until = 0.0

    def due(self, size: int) -> float:
        """When a packet of this size arrives."""
        begin = max(time.monotonic(), self._busy_until)
        self._busy_until = begin + ((size + HEADER) / self.rate if self.rate else 0)
        self.bytes += size
        return self._busy_until + self.delay


class ShapedLine(Line):
    """One that connections share, with a rate and a delay each way."""

    def __init__(self, port: int, kbit: float | None = None, round_trip: float = 0.0) -> None:
        self._round_trip = round_trip
        self.down, self.up = Way(kbit, round_trip / 2), Way(kbit, round_trip / 2)
        super().__init__(port)

    def join(self, near: socket.socket) -> None:
        threading.Thread(target=self._join, args=(near,), daemon=True).start()

    def _join(self, near: socket.socket) -> None:
        time.sleep(self._round_trip * 1.5)  # the handshake
        far = socket.socket()
        # The server shall feel that the line is full.
        far.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 8192)
        far.connect(("127.0.0.1", self._to))
        self._ends += [near, far]
        for one, other, way in ((near, far, self.up), (far, near, self.down)):
            waiting: Waiting = queue.Queue(QUEUED)
            threading.Thread(target=self._take, args=(one, way, waiting), daemon=True).start()
            threading.Thread(target=self._deliver, args=(other, waiting), daemon=True).start()

    @staticmethod
    def _take(one: socket.socket, way: Way, waiting: Waiting) -> None:
        with suppress(OSError):
            while data := one.recv(PACKET):
                waiting.put((way.due(len(data)), data))
        waiting.put((0.0, b""))

    @staticmethod
    def _deliver(other: socket.socket, waiting: Waiting) -> None:
        with suppress(OSError):
            while True:
                due, data = waiting.get()
                if (left := due - time.monotonic()) > 0:
                    time.sleep(left)
                if not data:
                    other.shutdown(socket.SHUT_WR)
                    return
                other.sendall(data)


def processes(data: Path) -> set[int]:
    """The running programs whose account is in this folder."""
    mark = f"USHER_DATA={data}\0".encode()
    found = set()
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            program = (folder / "cmdline").read_bytes()
            if b"\0-m\0tui\0" in program and mark in (folder / "environ").read_bytes():
                found.add(int(folder.name))
    return found


def megabytes(process: int) -> float:
    """The memory of a process, what it shares divided among those that share it (PSS)."""
    text = Path(f"/proc/{process}/smaps_rollup").read_text()
    found = re.search(r"^Pss:\s+(\d+)", text, re.M)
    assert found
    return int(found[1]) / 1024


def seconds(process: int) -> float:
    """The processor's time that a process has used."""
    numbers = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(numbers[11]) + int(numbers[12])) / TICKS
