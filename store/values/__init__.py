"""What goes into the store and comes out of it: frozen values, no live model, nothing lazy."""

from typing import TYPE_CHECKING

from store.later import later

if TYPE_CHECKING:
    from store.values.acts import (
        AuditEntry,
        Key,
        Letter,
        LetterShown,
        OpenSession,
        Origin,
        Rehearsal,
    )
    from store.values.altering import Altered, Copied, Difference, LeftOut
    from store.values.employees import Employee, Employees
    from store.values.groups import SubAccount, Team
    from store.values.invitations import Invitation, Invitations, Sent
    from store.values.listing import Count, Filters, Page
    from store.values.ownership import Absence, Ownership
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
    from store.values.records import (
        Assignment,
        Counts,
        HandOver,
        Heirs,
        Record,
        RecordFilters,
        RecordPage,
        RecordPlace,
    )
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
    from store.values.words import Door, Locked, Status, View, Why, rfc3339, status_word

__all__ = [
    "ALL",
    "Absence",
    "Altered",
    "Assignment",
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
    "HandOver",
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
    "Ownership",
    "Page",
    "Past",
    "Photo",
    "Place",
    "Record",
    "RecordFilters",
    "RecordPage",
    "RecordPlace",
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
    "status_word",
]

_HOMES = {
    "acts": "AuditEntry Key Letter LetterShown OpenSession Origin Rehearsal",
    "altering": "Altered Copied Difference LeftOut",
    "employees": "Employee Employees",
    "groups": "SubAccount Team",
    "invitations": "Invitation Invitations Sent",
    "listing": "Count Filters Page",
    "ownership": "Absence Ownership",
    "people": "ALL Deadline Draft EmployeeCard Held Holder Named OwnMail Place Row User",
    "photos": "Photo",
    "records": "Assignment Counts HandOver Heirs Record RecordFilters RecordPage RecordPlace",
    "rights": "Because CopiedRole Explanation Module Past Right Rights Role Source Withdrawn",
    "scope": "Scope Sees",
    "words": "Door Locked Status View Why rfc3339 status_word",
}
"""Where each stands: to make a dataclass takes half a millisecond, and no command needs all."""
_HOME_OF = {one: f"{__name__}.{home}" for home, names in _HOMES.items() for one in names.split()}
if not TYPE_CHECKING:  # to a checker every name would be there
    __getattr__ = later(__name__, _HOME_OF)
