"""How far the clocks of several hosts, or of one host before and after a correction, may differ."""

from datetime import timedelta

AHEAD = timedelta(days=1)
"""How far a stored time may be ahead of the clock and still count (DESIGN 3.3).

The time of all rules follows the newest audit entry by so much. What is further ahead was written
by a clock that was wrong. It is reported, and must neither lock anybody nor hold anything up.
"""
