"""Undo: one's own last change is put back through the old values of its audit entry (DESIGN 3.13).

`finding` tells which change that is, `kinds` how each kind of change is put back by the ordinary
verb, `refusing` why it may not be, `acting` does it.
"""
