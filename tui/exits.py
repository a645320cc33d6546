"""The exit codes that no refusal carries; those of refusals stand in `store.errors` (DESIGN 5)."""

FAILED = 1
"""An incident, an answer that could not be written, a history that is damaged."""
USAGE = 2
PARTLY_DONE = 8
INTERRUPTED = 130
"""As a shell says it of a program that ctrl+c ended."""
NO_READER = 141
"""As a shell says it of a program whose reader went away."""
