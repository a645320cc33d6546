"""Who may do what to whom: the one table, from which the tests and docs/rights.md are made.

To add a verb, add a row to `VERBS` (and, in `calls.py`, how it is called). A verb on a person goes
by one of the grids, a verb on nobody by one of the lists. A public verb of the store without a row
fails the build, and so does a row without a verb.

The answers: `yes`; `no`, for want of a right; `404`, as of an id that is not there (CHECKLIST F49);
`rule`, for they may, but not with somebody who stands there; `over`, for the session is; `first`,
for a new password is to be chosen first (gate 8); `.`, which does not arise.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from tests.rights.grids import (
    GRIDS,
    LISTS,
    STANDING,
)


@dataclass(frozen=True, slots=True)
class Verb:
    """One row: where the verb is, by which grid or list it goes, what it does in words.

    `right` is the permission that an owner denies an admin to keep them from it. `only` are the
    statuses with which it does anything; with any other a `yes` of the grid is a `rule`, and so it
    is `not_on` these targets. A `dangerous` one asks for the password again (CHECKLIST E41).
    """

    path: str
    by: str
    does: str
    right: str = ""
    only: str = ""
    not_on: str = ""
    dangerous: bool = False

    @property
    def on_somebody(self) -> bool:
        return self.by in GRIDS

    def answer(self, actor: str, target: str = "") -> str:
        """What the actor is answered; empty where it does not arise."""
        if actor == "denied this" and not self.right:
            return ""
        if not self.on_somebody:
            return LISTS[self.by][1].get(actor, "")
        found = GRIDS[self.by][1][actor][target]
        idle = self.only and STANDING.get(target, target) not in self.only.split()
        if found == "yes" and (idle or target in self.not_on.split()):
            return "rule"
        return "" if found == "." else found


VERBS: tuple[Verb, ...] = (
    Verb("users.read.show", "LOOK", "show somebody", "users.view"),
    Verb("users.edit.editable", "LOOK", "which fields one may edit", "users.view"),
    Verb("users.assigned.assigned", "LOOK", "what hangs on somebody", "users.view"),
    Verb("invitations.pending.find", "LOOK", "how somebody's invitation stands", "users.view"),
    Verb("signin.why.why", "LOOK", "why somebody cannot sign in", "users.view"),
    Verb("access.explaining.show", "LOOK", "what somebody may", "users.view"),
    Verb("access.explaining.explain", "LOOK", "where a right comes from", "users.view"),
    Verb("access.explaining.grounds", "LOOK", "what decides about somebody", "users.view"),
    Verb("access.explaining.difference", "LOOK", "in what two people differ", "users.view"),
    Verb("keys.keys_of", "LOOK_WITHIN", "list somebody's keys", "users.view"),
    Verb("signin.sessions.sessions_of", "LOOK_WITHIN", "list somebody's sessions", "users.view"),
    Verb("records.listing.counts", "LOOK_WITHIN", "count somebody's records", "users.view"),
    Verb("users.edit.edit", "OWN_DATA", "edit somebody, field by field as below", "users.edit"),
    Verb("keys.add", "ACCESS", "give somebody a key", "users.keys", dangerous=True),
    Verb("keys.remove", "ACCESS", "take a key away", "users.keys", dangerous=True),
    Verb("signin.sessions.end", "ACCESS", "end somebody's sessions", "users.sessions"),
    Verb("users.block.block", "STATUS", "block", "users.block", "active pending"),
    Verb("users.block.unblock", "STATUS", "lift a block", "users.unblock", "blocked"),
    Verb(
        "users.deactivate.deactivate", "STATUS", "deactivate", "users.deactivate",
        "active pending blocked",
    ),
    Verb("users.deactivate.restore", "STATUS", "restore", "users.restore", "inactive"),
    Verb("users.remove.remove", "STATUS", "remove for good", "users.remove", dangerous=True),
    Verb("users.confirm.confirm", "CONFIRM", "confirm", "users.confirm"),
    Verb(
        "signin.confirming.send_confirmation", "OWN_DATA", "have an address confirmed",
        "users.confirm", "active pending",
    ),
    Verb("mail.writing.write", "WRITE", "write to somebody", "users.mail", "active pending"),
    Verb("mail.writing.preview", "WRITE", "rehearse writing", "users.mail", "active pending"),
    Verb("users.unlock.unlock", "UNLOCK", "unlock", "users.unlock"),
    Verb(
        "users.release.release", "RELEASE", "release the address", "users.release", "inactive",
        dangerous=True,
    ),
    Verb(
        "users.set_password.set_password", "PASSWORD", "give a temporary password",
        "users.password", dangerous=True,
    ),
    Verb("users.rename.rename", "LOGIN", "give another login", "users.rename", dangerous=True),
    Verb(
        "access.overrides.put", "RIGHTS", "set several overrides at once", "users.rights",
        dangerous=True,
    ),
    Verb(
        "access.overrides.allow", "RIGHTS", "allow something to somebody", "users.rights",
        not_on="admin", dangerous=True,
    ),
    Verb(
        "access.overrides.deny", "RIGHTS", "deny something to somebody", "users.rights",
        dangerous=True,
    ),
    Verb(
        "access.overrides.inherit", "RIGHTS", "let the role decide again", "users.rights",
        dangerous=True,
    ),
    Verb(
        "access.copying.copy", "RIGHTS", "copy access from somebody", "users.rights",
        dangerous=True,
    ),
    Verb("access.copying.foresee", "RIGHTS", "rehearse such a copy", "users.rights"),
    Verb(
        "teams.add_members", "MEMBERS", "put somebody into a team", "users.rights",
        dangerous=True,
    ),
    Verb(
        "teams.remove_members", "MEMBERS", "take somebody out of a team", "users.rights",
        dangerous=True,
    ),
    Verb(
        "sub_accounts.grant", "MEMBERS", "let somebody into a sub-account", "users.rights",
        dangerous=True,
    ),
    Verb(
        "sub_accounts.revoke", "MEMBERS", "let somebody in no more", "users.rights",
        dangerous=True,
    ),
    Verb(
        "invitations.resend.resend", "UNLOCK", "invite somebody again", "users.invite", "pending"
    ),
    Verb(
        "invitations.revoke.revoke", "STATUS", "take an invitation back", "users.invite", "pending"
    ),
    Verb("photos.show", "LOOK", "show somebody's photo", "users.view"),
    Verb("photos.save", "LOOK", "write somebody's photo to a file", "users.view"),
    Verb("photos.put", "OWN_DATA", "give somebody a photo", "users.edit"),
    Verb("photos.remove", "OWN_DATA", "take somebody's photo out", "users.edit"),
    Verb("employees.changing.link", "CARD", "link an employee to somebody", "users.edit"),
    Verb("employees.changing.unlink", "CARD", "take an employee's card off", "users.edit"),
    Verb("employees.reading.listed", "OF_USERS", "list employees", "users.view"),
    Verb("employees.reading.show", "OF_USERS", "show an employee", "users.view"),
    Verb("employees.changing.create", "OF_USERS", "make an employee", "users.edit"),
    Verb("employees.changing.edit", "OF_USERS", "edit an employee without a user", "users.edit"),
    Verb("employees.changing.remove", "OF_USERS", "remove such an employee", "users.edit"),
    Verb("employees.exchange.plan", "OF_USERS", "rehearse an import of employees", "users.edit"),
    Verb(
        "employees.exchange.import_employees", "OF_USERS", "import employees", "users.edit"
    ),
    Verb(
        "employees.exchange.export_employees", "OF_USERS", "export employees", "users.export",
        dangerous=True,
    ),
    Verb("invitations.checking.check", "OF_USERS", "rehearse inviting", "users.invite"),
    Verb("invitations.sending.send", "OF_USERS", "invite many", "users.invite", dangerous=True),
    Verb("invitations.pending.listed", "OF_USERS", "list invitations", "users.view"),
    Verb("leaving.plan.plan", "LOOK", "plan how somebody leaves", "users.view"),
    Verb("leaving.leave.leave", "STATUS", "let somebody leave", "users.deactivate",
         "active pending blocked"),
    Verb("leaving.plan.foresee", "STATUS", "rehearse how somebody leaves", "users.deactivate",
         "active pending blocked"),
    Verb("records.transferring.transfer", "LOGIN", "hand over what somebody owns",
         "users.transfer", dangerous=True),
    Verb("users.acts.do", "STATUS", "one act by its name", "users.block", "active pending"),
    Verb("users.acts.edit", "OWN_DATA", "edit a user and show what the edit ended", "users.edit"),
    Verb("users.many.foresee_one", "STATUS", "rehearse an act", "users.block", "active pending"),
    Verb("users.many.act", "STATUS", "one act on many", "users.block", "active pending"),
    Verb("users.many.foresee", "REHEARSED", "rehearse an act on many"),
    Verb("users.many.marked", "OF_USERS", "mark all that match", "users.view"),
    Verb("listing.pages.page", "OF_USERS", "list people", "users.view"),
    Verb("listing.counts.count", "OF_USERS", "count people", "users.view"),
    Verb("listing.bulk.numbers", "OF_USERS", "list ids", "users.view"),
    Verb("listing.bulk.people", "OF_USERS", "list people in bulk", "users.export"),
    Verb(
        "records.assign.assign", "RECORDS", "give somebody's records to another one",
        "users.transfer",
    ),
    Verb("records.listing.listed", "OF_USERS", "list records", "users.view"),
    Verb("records.listing.count", "OF_USERS", "count records", "users.view"),
    Verb("records.importing.plan", "OF_USERS", "rehearse an import of records", "users.transfer"),
    Verb("records.importing.import_records", "OF_USERS", "import records", "users.transfer"),
    Verb("users.create.create", "OF_USERS", "create a user", "users.create"),
    Verb(
        "access.copying.for_new", "OF_USERS", "copy access to a new user", "users.rights",
        dangerous=True,
    ),
    Verb("exchange.importing.plan", "OF_USERS", "rehearse an import", "users.create"),
    Verb("exchange.importing.import_people", "OF_USERS", "import people", "users.create"),
    Verb("exchange.mappings.saved", "OF_USERS", "list saved mappings", "users.create"),
    Verb("exchange.mappings.named", "OF_USERS", "show a saved mapping", "users.create"),
    Verb("exchange.mappings.save", "OF_USERS", "save a mapping", "users.create"),
    Verb("exchange.mappings.remove", "OF_USERS", "forget a mapping", "users.create"),
    Verb("exchange.exporting.plan", "OF_USERS", "rehearse an export", "users.export"),
    Verb(
        "exchange.exporting.export_people", "OF_USERS", "export people", "users.export",
        dangerous=True,
    ),
    Verb(
        "exchange.exporting.print_people", "OF_USERS", "print people", "users.export",
        dangerous=True,
    ),
    Verb("audit.reading.history", "OF_USERS", "read the history of all", "users.view"),
    Verb("audit.reading.count", "OF_USERS", "count the history of all", "users.view"),
    Verb("access.past.at", "OF_USERS", "what everybody held at a moment", "users.view"),
    Verb("access.modules.listed", "ADMINS", "list modules"),
    Verb("access.modules.add", "OWNER", "add a module", dangerous=True),
    Verb("access.modules.edit", "OWNER", "edit a module", dangerous=True),
    Verb("access.modules.remove", "OWNER", "remove a module", dangerous=True),
    Verb("access.roles.names", "SIGNED_IN", "list roles by name"),
    Verb("access.roles.listed", "ADMINS", "list roles with what they permit"),
    Verb("access.roles.show", "ADMINS", "show a role"),
    Verb("access.roles.create", "OF_USERS", "create a role", "users.rights"),
    Verb("access.roles.copy", "OF_USERS", "copy a role", "users.rights"),
    Verb(
        "access.roles.edit", "OF_USERS", "edit a role that users have", "users.rights",
        dangerous=True,
    ),
    Verb(
        "access.roles.delete", "OF_USERS", "delete a role that users have", "users.rights",
        dangerous=True,
    ),
    Verb("teams.names", "SIGNED_IN", "list teams by name"),
    Verb("teams.listed", "ADMINS", "list teams with how many are in each"),
    Verb("teams.show", "ADMINS", "show a team"),
    Verb("teams.create", "ADMINS", "create a team"),
    Verb(
        "teams.edit", "OF_USERS", "change what the members of a team see", "users.rights",
        dangerous=True,
    ),
    Verb(
        "teams.delete", "OF_USERS", "delete a team that somebody is in", "users.rights",
        dangerous=True,
    ),
    Verb("sub_accounts.names", "SIGNED_IN", "list sub-accounts by name"),
    Verb("sub_accounts.listed", "ADMINS", "list sub-accounts with how many are in each"),
    Verb("sub_accounts.show", "ADMINS", "show a sub-account"),
    Verb("sub_accounts.create", "ADMINS", "create a sub-account"),
    Verb("sub_accounts.edit", "ADMINS", "edit a sub-account"),
    Verb(
        "sub_accounts.delete", "OF_USERS", "delete a sub-account that somebody has",
        "users.rights", dangerous=True,
    ),
    Verb("undo.acting.undo", "OWN_DATA", "undo what one has edited", "users.edit"),
    Verb("undo.acting.foresee", "OWN_DATA", "rehearse undoing it", "users.edit"),
    Verb("mail.letters.listed", "OF_USERS", "list letters", "users.view"),
    Verb("mail.letters.count", "OF_USERS", "count letters", "users.view"),
    Verb("mail.letters.show", "OF_USERS", "show a letter", "users.view"),
    Verb("mail.letters.resend", "OF_USERS", "send a letter again", "users.mail"),
    Verb("mail.server.where", "OF_USERS", "where letters go", "users.view"),
    Verb("mail.server.test", "OF_USERS", "try out whether letters arrive", "users.mail"),
    Verb(
        "mail.server.set_password", "OWNER", "keep the password of the mail server",
        dangerous=True,
    ),
    Verb("ownership.owner.show", "ADMINS", "show who owns the account"),
    Verb(
        "ownership.transferring.transfer", "OWNER_OR_WHY", "give the account to another admin",
        dangerous=True,
    ),
    Verb("ownership.transferring.heirs", "OWNER", "list who could be given the account"),
    Verb(
        "ownership.absence.declare_absent", "OF_OWNER", "declare the owner absent", "users.rights"
    ),
    Verb("ownership.absence.cancel", "DECLARED", "take that back"),
    Verb(
        "ownership.claiming.claim", "CLAIM", "claim the account of an absent owner",
        dangerous=True,
    ),
    Verb("settings.listed", "ADMINS", "list settings"),
    Verb("settings.change", "OWNER", "change a setting", dangerous=True),
    Verb("mail.own_settings.show", "OWN", "show one's own mail settings"),
    Verb("mail.own_settings.change", "OWN_SETTLED", "change one's own mail settings"),
    Verb("signin.own_password.change", "OWN", "choose a new password of one's own"),
    Verb("signin.own_password.prove", "OWN", "give one's password again"),
    Verb("signin.sessions.sign_out", "OUT", "sign out"),
    Verb("signin.standing.heard", "OUT", "say that one is still there"),
    Verb("upkeep.clock.accept", "HOST", "say that the clock is right"),
    Verb("audit.sealing.accept", "HOST_WHY", "accept damage to the history"),
    Verb("audit.sealing.rekey", "HOST_WHY", "continue with another server.key"),
)  # fmt: skip

NO_VERBS = frozenset(
    {
        # What every verb asks.
        "access.acting.actor_of",
        "access.acting.may_now",
        "access.acting.require",
        "access.acting.require_own_password",
        "access.acting.require_proof",
        "mail.own_settings.require_address",
        "access.ceiling.check",
        "access.ceiling.check_draft",
        "access.ceiling.check_denials",
        "access.ceiling.check_sign_in_data",
        "access.ceiling.refuse",
        "access.denials.note",
        # What the actor has done themselves, for undo.
        "audit.reading.own_since",
        "undo.finding.last",
        "undo.refusing.about",
        "undo.refusing.refuse",
        # A part of maintain, which takes the store.
        "upkeep.erasing.erase",
        # What verbs are made of: each of those has its row.
        "invitations.addresses.loaded",
        "invitations.checking.planned",
        "records.deciding.decide",
        "records.recipients.chosen",
        "records.recipients.heir",
        "named.create",
        "named.listed",
        "named.rename",
        "users.groups.put",
        "users.edit.check_fields",
        "users.many.each",
        "records.transferring.chosen",
        "users.moving.moving",
    }
)
"""Public functions of the store that take a session and are no verbs."""


FIELD_ACTORS: Mapping[str, tuple[str, str]] = {
    "standard, self": ("standard", "self"),
    "admin, self": ("admin", "self"),
    "admin, standard": ("admin", "standard"),
    "admin, admin": ("admin", "admin"),
    "admin, owner": ("admin", "owner"),
    "denied users.rights, standard": ("denied users.rights", "standard"),
    "denied users.edit, self": ("denied users.edit", "self"),
    "denied users.edit, standard": ("denied users.edit", "standard"),
    "owner, self": ("owner", "self"),
    "owner, standard": ("owner", "standard"),
    "owner, admin": ("owner", "admin"),
    "host, reason, admin": ("host, reason", "admin"),
}
"""Who edits whom, for the fields below."""

# Columns: standard self | admin self, standard, admin, owner | denied users.rights: standard
#          denied users.edit: self, standard | owner self, standard, admin | host: admin
_FIELDS = """
phone country language photo            | yes | yes yes yes no | yes | yes no | yes yes yes | yes
first_name last_name position           | no  | yes yes yes no | yes | yes no | yes yes yes | yes
currency number address notes           | no  | yes yes no  no | yes | yes no | yes yes yes | yes
email                                   | no  | yes yes no  no | yes | yes no | yes yes yes | yes
role teams sub_accounts simulator_only  | no  | no  yes no  no | no  | no  no | yes yes yes | yes
admin                                   | no  | yes yes no  no | no  | yes no | rule yes yes | yes
login                                   | no | no rule no no | rule | no no | rule rule rule | rule
"""


def _fields() -> Mapping[str, Mapping[str, str]]:
    found: dict[str, Mapping[str, str]] = {}
    for line in _FIELDS.strip().splitlines():
        names, *answers = line.split("|")
        row = dict(zip(FIELD_ACTORS, " ".join(answers).split(), strict=True))
        found.update(dict.fromkeys(names.split(), row))
    return found


FIELDS = _fields()
"""Each field of a person, and whether it may be edited (CHECKLIST F46)."""
