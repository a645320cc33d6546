"""What goes into the store and comes out of it: frozen values, no live model, nothing lazy."""

from store.values.acts import AuditEntry, Key, Letter, LetterShown, OpenSession, Origin, Rehearsal
from store.values.altering import Altered, Copied, Difference, LeftOut
from store.values.employees import Employee, Employees
from store.values.groups import SubAccount, Team
from store.values.invitations import Invitation, Invitations, Sent
from store.values.listing import Count, Filters, Page
from store.values.people import (
    ALL,
    Deadline,
    Draft,
    EmployeeCard,
    Held,
    Holder,
    Named,
    OwnMail,
    Place,
    Row,
    User,
)
from store.values.photos import Photo
from store.values.records import Counts, Heirs, Record
from store.values.rights import (
    Because,
    CopiedRole,
    Explanation,
    Module,
    Past,
    Right,
    Rights,
    Role,
    Source,
    Withdrawn,
)
from store.values.scope import Scope, Sees
from store.values.words import Door, Locked, Status, View, Why, rfc3339

__all__ = [
    "ALL",
    "Altered",
    "AuditEntry",
    "Because",
    "Copied",
    "CopiedRole",
    "Count",
    "Counts",
    "Deadline",
    "Difference",
    "Door",
    "Draft",
    "Employee",
    "EmployeeCard",
    "Employees",
    "Explanation",
    "Filters",
    "Heirs",
    "Held",
    "Holder",
    "Invitation",
    "Invitations",
    "Key",
    "LeftOut",
    "Letter",
    "LetterShown",
    "Locked",
    "Module",
    "Named",
    "OpenSession",
    "Origin",
    "OwnMail",
    "Page",
    "Past",
    "Photo",
    "Place",
    "Record",
    "Rehearsal",
    "Right",
    "Rights",
    "Role",
    "Row",
    "Scope",
    "Sees",
    "Sent",
    "Source",
    "Status",
    "SubAccount",
    "Team",
    "User",
    "View",
    "Why",
    "Withdrawn",
    "rfc3339",
]
