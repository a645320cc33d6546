"""Usher over a real sshd on lines as they are, with and without compression.

    python -m bench.ssh

Needs OpenSSH's server. First screen: from the start of the client, so with the handshake.
"""

import os
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

from bench.sshlab import ShapedLine, megabytes, processes, seconds
from store.opening import open_store
from store.upkeep import examples
from tests.e2e import sshd as servers
from tests.e2e.seat import Seat
from tests.e2e.sshd import Sshd

PEOPLE, SESSIONS = 400, 20
LINES = {"LAN": (None, 0.001), "56k, 300 ms": (56.0, 0.3), "9.6k, 600 ms": (9.6, 0.6)}
"""kbit/s and seconds of a round trip."""
KEYS, EVERY = 150, 1 / 30
COUNTED = 100
LISTED = "Abernathy, Samuel"


def main() -> None:
    """Print what one waits for on each line, and what many sessions take of the host."""
    if servers.MISSING:
        print(f"not installed: {' '.join(servers.MISSING)}")
        return
    with tempfile.TemporaryDirectory(prefix="usher-bench-") as folder:
        data = Path(folder) / "data"
        os.environ["USHER_DATA"] = str(data)
        store = open_store(f"sqlite:///{data}/usher.db", create=True)
        examples.fill(store, PEOPLE)
        store.close()
        program = f"/usr/bin/env USHER_DATA={data} LANG=C.UTF-8 {sys.executable} -m tui"
        lines = (
            f"ForceCommand exec {program}\nAuthorizedKeysFile {folder}/sshd/me.pub\n"
            "MaxStartups 500\nPasswordAuthentication no"
        )
        with servers.sshd(Path(folder) / "sshd", lines) as server:
            server.key("me")
            print(
                f"{'':16}{'first screen':>14}{'list':>8}{'a key':>8}{'bytes of it':>13}{'lag':>7}"
            )
            for name, (kbit, round_trip) in LINES.items():
                for compressed in (False, True):
                    label = f"{name} -C" if compressed else name
                    print(f"{label:16}{_session(server, kbit, round_trip, compressed)}")
            _many(server, data)


def _sit(server: Sshd, line: ShapedLine, *, compressed: bool = False) -> Seat:
    options = ("RequestTTY=force", f"Compression={'yes' if compressed else 'no'}")
    return Seat(server.ssh(key="me", port=line.port, options=options))


def _come_in(seat: Seat) -> None:
    seat.until("Sign in with")
    seat.send(f"olga\t{examples.PASSWORD}\r")
    seat.until(LISTED)


def _session(server: Sshd, kbit: float | None, round_trip: float, compressed: bool) -> str:
    """First screen, sign-in to list, one key to its end, and the lag behind a held one."""
    with (
        ShapedLine(server.port, kbit, round_trip) as line,
        _sit(server, line, compressed=compressed) as seat,
    ):
        begun = time.monotonic()
        seat.until("Sign in with")
        first = time.monotonic() - begun
        seat.send(f"olga\t{examples.PASSWORD}\r")
        begun = time.monotonic()
        seat.until(LISTED, "401")
        listed = time.monotonic() - begun
        seat.quiet(2)
        before, begun = line.down.bytes, time.monotonic()
        seat.send("j")
        seat.quiet(2)
        key, size = seat.last - begun, line.down.bytes - before
        lag = _lag(seat)
    return f"{first:12.2f} s{listed:6.2f} s{key:6.2f} s{size:13}{lag:5.2f} s"


def _lag(seat: Seat) -> float:
    begun = time.monotonic()
    for number in range(KEYS):
        while (left := begun + number * EVERY - time.monotonic()) > 0:
            seat.read(left)
        seat.send("j")
    released = time.monotonic()
    seat.quiet(3)
    return max(seat.last - released, 0)


def _many(server: Sshd, data: Path) -> None:
    """Memory of many, the processor's time of a key, and how soon all are gone."""
    with ShapedLine(server.port) as line, ExitStack() as stack:
        seats = [stack.enter_context(_sit(server, line)) for _session in range(SESSIONS)]
        for seat in seats:
            _come_in(seat)
        there = processes(data)
        assert len(there) == SESSIONS, there
        memory = [megabytes(one) for one in there]
        print(
            f"memory of {SESSIONS} sessions: {sum(memory):.0f} MB, {max(memory):.0f} MB at most one"
        )
        used = {one: seconds(one) for one in there}
        for _key in range(COUNTED):
            seats[0].send("j")
            seats[0].quiet(0.02)
        spent = max(seconds(one) - before for one, before in used.items())
        print(f"processor's time of a key: {spent / COUNTED * 1000:.1f} ms")
        line.cut()
        begun = time.monotonic()
        while processes(data) and time.monotonic() - begun < 10:
            time.sleep(0.02)
        print(f"all gone {time.monotonic() - begun:.2f} s after a reset")


if __name__ == "__main__":
    main()
