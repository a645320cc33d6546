"""How far the clocks of several hosts, or of one host before and after a correction, may differ."""

from datetime import timedelta

AHEAD = timedelta(days=1)
"""How far a stored time may be ahead of the clock and still count (DESIGN 3.3).

Rules never use a time earlier than the newest audit entry, unless that entry is further ahead than
this. A time further ahead was written by a wrong clock. It is reported, and must not lock users or
delay messages.
"""
