"""Tables, constraints and indexes; no behaviour. Every name begins with `usher_`, for the
platform's own tables may stand in the same database (DESIGN 3.8)."""

from peewee import Model

from store.models.account import Account, SettingRow
from store.models.audit import AnchorRow, AuditHead, AuditRow, AuditValues, Erasing
from store.models.base import Table
from store.models.coming_in import CodeRow, InvitationRow, SessionRow, ThrottleRow
from store.models.groups import Module, Permission, RolePermission, RoleRow, SubAccountRow, TeamRow
from store.models.held import Membership, Override, SubAccess
from store.models.mail import LetterRow, MailSettingsRow
from store.models.owned import AbsenceRow, HandOverRow, PhotoRow, RecordRow
from store.models.people import (
    ConfirmedAddress,
    EmployeeRow,
    FormerPassword,
    Identifier,
    KeyRow,
    UserRow,
)

TABLES: tuple[type[Model], ...] = (
    Account,
    SettingRow,
    Module,
    Permission,
    RoleRow,
    RolePermission,
    TeamRow,
    SubAccountRow,
    UserRow,
    Identifier,
    ConfirmedAddress,
    Membership,
    Override,
    SubAccess,
    EmployeeRow,
    FormerPassword,
    CodeRow,
    ThrottleRow,
    LetterRow,
    InvitationRow,
    MailSettingsRow,
    RecordRow,
    HandOverRow,
    AbsenceRow,
    PhotoRow,
    SessionRow,
    KeyRow,
    AuditRow,
    AuditValues,
    AuditHead,
    AnchorRow,
    Erasing,
)
"""In the order in which foreign keys allow them to be made."""


__all__ = [
    "TABLES",
    "AbsenceRow",
    "Account",
    "AnchorRow",
    "AuditHead",
    "AuditRow",
    "AuditValues",
    "CodeRow",
    "ConfirmedAddress",
    "EmployeeRow",
    "Erasing",
    "FormerPassword",
    "HandOverRow",
    "Identifier",
    "InvitationRow",
    "KeyRow",
    "LetterRow",
    "MailSettingsRow",
    "Membership",
    "Module",
    "Override",
    "Permission",
    "PhotoRow",
    "RecordRow",
    "RolePermission",
    "RoleRow",
    "SessionRow",
    "SettingRow",
    "SubAccess",
    "SubAccountRow",
    "Table",
    "TeamRow",
    "ThrottleRow",
    "UserRow",
]
