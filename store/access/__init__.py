"""Who may what: what every verb asks, what a person holds, and where it comes from.

`acting` is about people of the account acting on people of the account, `holding` about what
somebody may do on the platform, `ceiling` about what one may give to others.
"""

from store.access.acting import (
    CARD,
    FIELDS,
    PLAIN,
    RIGHTS,
    Actor,
    Answer,
    Subject,
    actor_of,
    denied_of,
    editable,
    may,
    may_now,
    require,
    require_own_password,
    require_proof,
    why_not_field,
)

__all__ = [
    "CARD",
    "FIELDS",
    "PLAIN",
    "RIGHTS",
    "Actor",
    "Answer",
    "Subject",
    "actor_of",
    "denied_of",
    "editable",
    "may",
    "may_now",
    "require",
    "require_own_password",
    "require_proof",
    "why_not_field",
]
