"""A row for each refusal: the command that causes it, what it must name, and the remedy.

A row is a specification. `names` are words of the sentence: the field and the value that are wrong.
Where the sentence ends with a command, that command is run, with `fill` in the place of its words
in capitals, and the refused command has to end in another way afterwards.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

NEW = "seven quiet herons"


@dataclass(frozen=True)
class Refusal:
    """`code` is the code of the error or its first problem. `before` runs first."""

    code: str
    words: str
    names: tuple[str, ...]
    before: tuple[str, ...] = ()
    fill: Mapping[str, str] = field(default_factory=dict)
    stdin: str = ""
    remedy: bool = True
    """Whether to run the command at the end. A command that only shows data is not run."""


def row(
    code: str,
    words: str,
    *names: str,
    before: tuple[str, ...] = (),
    stdin: str = "",
    remedy: bool = True,
    **fill: str,
) -> Refusal:
    return Refusal(code, words, names, before, fill, stdin, remedy)


LOOKS = False
"""The command at the end only shows data."""

REFUSALS = (
    # who is meant
    row("not_found", "users show nobody", "“nobody”"),
    row("not_found", "roles show Boss", "“Boss”", remedy=LOOKS),
    row("not_found", "teams show South", "“South”", remedy=LOOKS),
    row("not_found", "sub-accounts show Lisbon", "“Lisbon”", remedy=LOOKS),
    row("not_found", "mail show 4711", "“4711”", remedy=LOOKS),
    row("not_found", "employees show 4711", "“4711”", remedy=LOOKS),
    row("not_found", "access modules remove sailing", "“sailing”", remedy=LOOKS),
    row("not_found", "records assign client 4711 --to ana", "“client 4711”", remedy=LOOKS),
    row("key_not_found", "keys remove SHA256:abc", "“SHA256:abc”", remedy=LOOKS, WHO="ana"),
    row("session_not_found", "users sessions ana --end 4711", "4711", remedy=LOOKS),
    row("permission_unknown", "access allow ana clients.sail", "“clients.sail”", remedy=LOOKS),
    row("setting_unknown", "settings set sails 3", "“sails”", remedy=LOOKS),
    row("no_photo", "users photo ana --save x.webp", "User", remedy=LOOKS),
    row("no_invitation", "invitations show ana", "Ana Silva", "active"),
    # where somebody stands
    row("wrong_status", "users block ana", "Ana Silva", "blocked", before=("users block ana",)),
    row("wrong_status", "users block eva", "Eva Nova", "deactivated"),
    row("wrong_status", "users unblock ana", "Ana Silva", "active"),
    row("wrong_status", "users unblock eva", "Eva Nova", "deactivated", "not blocked"),
    row("wrong_status", "users deactivate eva", "Eva Nova", "deactivated"),
    row("wrong_status", "users restore ana", "Ana Silva", "active"),
    row("wrong_status", "users restore ana", "Ana Silva", "blocked", before=("users block ana",)),
    row("wrong_status", "users release ana", "Ana Silva", "active"),
    row("wrong_status", "users send-confirmation eva", "Eva Nova", "deactivated"),
    row("wrong_status", "invitations resend ana", "Ana Silva", "active"),
    row("wrong_status", "invitations revoke ana", "Ana Silva", "active"),
    row("wrong_status", "invitations revoke eva", "Eva Nova", "deactivated"),
    row("owner_status", "users block olga --reason x", "Olga Bakum", "the owner", WHO="adam",
        stdin="Acme\n"),
    row("not_locked", "users unlock ana", "Ana Silva", remedy=LOOKS),
    row("already_confirmed", "users confirm ana", "Ana Silva"),
    row("no_email", "users send-confirmation ivo", "Ivo Dom", NEW="ivo@acme.ua"),
    row("no_email", "users release ivo", "Ivo Dom", before=("users deactivate ivo",)),
    row("owns_records", "users deactivate ana", "Ana Silva", "1 record (1 client)",
        before=("records import {records}",), WHO="adam"),
    # fields
    row("required", "users create --first A --last B --team North --role Support", "email"),
    row("required", "users create --first A --email a@acme.ua --team North --role Support",
        "last name"),
    row("email_invalid", "users edit ana --email two@@acme.ua", "email address", "“two@@acme.ua”"),
    row("email_taken", "users edit ana --email rui@acme.ua", "email address", "“rui@acme.ua”",
        "Rui Simões", "pending"),
    row("login_invalid", "users create --first A --last B --role Support --team North"
        " --generate --login 4711", "login", "“4711”"),
    row("login_taken", "users create --first A --last B --role Support --team North"
        " --generate --login ana", "login", "“ana”", "Ana Silva"),
    row("phone_invalid", "users edit ana --phone +12", "phone number", "“+12”"),
    row("phone_invalid", "users edit ana --phone 3.80671E+11", "“3.80671E+11”", "spreadsheet"),
    row("phone_invalid", "users edit ana --phone 0671234567", "“0671234567”", "country code"),
    row("country_unknown", "users edit ana --country XX", "country", "“XX”"),
    row("language_unknown", "users edit ana --language xx", "language", "“xx”"),
    row("currency_unknown", "users edit ana --currency XXY", "currency", "“XXY”"),
    row("role_unknown", "users edit ana --role Boss", "“Boss”", remedy=LOOKS),
    row("team_unknown", "users edit ana --team South", "“South”", remedy=LOOKS),
    row("sub_account_unknown", "users edit ana --sub-account Porto", "“Porto”", remedy=LOOKS),
    row("control_characters", "users edit ana --position a\\nb", "position", "line break"),
    row("control_characters", "users edit ana --first a\\x07b", "first name", "U+0007"),
    row("too_long", "users edit ana --position " + 101 * "x", "position", "101", "100"),
    row("role_lacks", "users edit ana --simulator-only", "“Support”", "simulator.use",
        before=("users edit ana --role Support",)),
    row("another_command", "users edit ana --login anna", "login", NEW="anna"),
    row("another_command", "users edit olga --no-admin --reason x", "owner", "admin", remedy=LOOKS),
    row("not_allowed", "users block adam", "--reason"),
    row("login_same", "users rename ana --login ana --generate", "“ana”", remedy=LOOKS),
    row("password_short", "users set-password ana", "password", "5", "12", stdin="short\n"),
    row("password_common", "users set-password ana", "password", stdin="password1234\n"),
    row("password_names", "users set-password ana", "password", stdin="ana silva at acme\n"),
    row("password_reused", "users set-password ana", "password", stdin=f"{NEW}\n"),
    # names of things
    row("name_taken", "teams create North", "“North”"),
    row("name_invalid", "teams create 4711", "“4711”"),
    row("name_reserved", "sub-accounts create all", "“all”"),
    row("control_characters", "teams create a|b", "name", "“a|b”"),
    row("too_long", "teams create " + 101 * "x", "name", "101"),
    row("name_invalid", "access modules add Sailing --action view", "module", "“Sailing”"),
    row("name_taken", "access modules add clients --action view", "“clients”"),
    row("no_action_left", "access modules edit boats --remove-action view", "“boats”",
        before=("access modules add boats --action view",)),
    row("action_unknown", "access modules edit clients --remove-action sail", "“clients”",
        "“sail”", remedy=LOOKS),
    row("built_in", "access modules remove clients", "“clients”"),
    row("team_in_use", "teams delete North", "“North”", "users", NAME="West",
        before=("teams create West",)),
    row("same", "teams delete North --to North", "“North”"),
    row("role_in_use", "roles delete Salesperson", "“Salesperson”", ROLE="Support"),
    row("same_role", "roles delete Support --to Support", "“Support”"),
    row("sub_account_in_use", "sub-accounts delete Lisbon", "“Lisbon”", NAME="Porto",
        before=("sub-accounts create Lisbon", "sub-accounts create Porto",
                "users edit ana --sub-account Lisbon")),
    row("has_all", "sub-accounts revoke Lisbon ana", "sub-accounts", NAME="Porto",
        before=("sub-accounts create Lisbon", "sub-accounts create Porto",
                "users edit ana --sub-account all")),
    # permissions
    row("admin_holds_all", "access allow adam clients.view --reason x", "User", "admin",
        before=("access deny adam clients.view --reason x",), remedy=LOOKS),
    row("nothing_to_copy", "access copy ana --from adam", "Adam Rios", remedy=LOOKS),
    row("same_person", "access copy ana --from ana", "Ana Silva"),
    row("in_the_future", "access at 2031-01-01T00:00:00Z ana", "“2031-01-01T00:00:00Z”"),
    # ownership
    row("account_name_wrong", "owner transfer adam --account Acne --reason x", "“Acne”",
        remedy=LOOKS),
    row("not_selectable", "owner transfer ana --account Acme --reason x", "Ana Silva",
        "a standard user"),
    row("not_selectable", "owner transfer eva --account Acme --reason x", "Eva Nova",
        "deactivated"),
    row("not_selectable", "owner transfer adam --account Acme --reason x", "Adam Rios",
        "blocked", before=("users block adam --reason x",)),
    row("not_selectable", "owner transfer rui --account Acme --reason x", "Rui Simões",
        "pending"),
    row("same_person", "owner transfer olga --account Acme --reason x", "Olga Bakum"),
    row("reason_needed", "--as adam owner declare-absent", "--reason", stdin=f"{NEW}\n"),
    row("declared_already", "--as adam owner declare-absent --reason x", "adam", remedy=LOOKS,
        before=("--as adam owner declare-absent --reason x",), stdin=f"{NEW}\n"),
    row("owner_not_absent", "--as adam owner claim --account Acme", "Olga Bakum", TEXT="x",
        stdin=f"{NEW}\n"),
    # records, employees
    row("owns_nothing", "records transfer --from ana --to adam", "Ana Silva"),
    row("not_selectable", "records transfer --from ana --to eva", "Eva Nova", "deactivated"),
    row("same_person", "records transfer --from ana --to ana", "Ana Silva"),
    row("linked", "employees edit ana --first Anna", "Employee record", "user", remedy=LOOKS),
    row("linked", "employees remove {employee}", "Employee record", "user"),
    # mail, undo, settings
    row("setting_invalid", "settings set lockout.attempts 99", "“99”", "1 to 20"),
    row("setting_invalid", "settings set ssh.key_is_enough maybe", "“maybe”"),
    row("setting_invalid", "settings set display.time_zone Moon", "“Moon”"),
    row("setting_invalid", "settings set mail.smtp_host bad_host", "“bad_host”"),
    row("setting_invalid", "settings set profile.self_edit phone,fax", "“phone,fax”"),
    row("address_unconfirmed", "--as adam mail send ana --subject Hi", "adam@acme.ua",
        remedy=LOOKS, stdin=f"{NEW}\nHello\n"),
    row("nothing_to_undo", "--as adam undo", "24 hours", stdin=f"{NEW}\n"),
    row("not_undoable", "undo", "deletion", "usher teams create", NAME="x", remedy=LOOKS,
        before=("teams create Gone", "teams delete Gone")),
    row("letters_too_many", "users send-confirmation ana", "Ana Silva", "5",
        before=5 * ("users send-confirmation ana",)),
    row("not_sent", "mail test x@acme.ua", "localhost",
        before=("settings set mail.smtp_host localhost", "settings set mail.smtp_port 9",
                "settings set mail.smtp_security none")),
    row("clock_right", "doctor clock --accept", "clock"),
    row("nobody_named", "records transfer --from ana", "recipient", "--to WHO",
        before=("records import {records}",)),
    # files
    row("file_unreadable", "import nowhere.csv", "nowhere.csv"),
    row("file_empty", "import {empty}", "empty"),
    row("columns_unknown", "import {strange}", "column"),
    row("columns_twice", "import {twice}", "“email”"),
    row("not_csv", "import {workbook}", "workbook"),
    row("not_utf8", "import {latin}", "UTF-8", remedy=LOOKS),
    row("file_exists", "export {empty}", "exists already"),
    row("file_ending", "--as adam export people.txt", "people.txt", ".csv", stdin=f"{NEW}\n"),
    row("file_unwritable", "export nowhere/people.csv", "nowhere"),
    row("mapping_unknown", "import {records} --mapping mine", "“mine”"),
    row("file_unreadable", "users photo ana --file nowhere.png", "nowhere.png"),
    row("photo_unknown", "users photo ana --file {records}", "PNG"),
    # the history
    row("history_whole", "audit accept --reason fine", "history", "intact"),
    row("reason_needed", "audit accept", "reason", "history"),
    # who acts
    row("sign_in_refused", "--as nobody users list", "Login or password", stdin="x\n"),
    row("password_change_required", "--as temp users list", "temporary", stdin=f"{NEW}\n"),
    row("code_refused", "accept abc", "code", remedy=LOOKS, stdin=f"{NEW}\n"),
    row("account_exists", "init --account B --first A --last B --email a@b.ua --login b",
        "account", remedy=LOOKS, stdin=f"{NEW}\n"),
)  # fmt: skip

ELSEWHERE = {
    "account_lost": ("store/history/test_lost.py", "account_lost"),
    "account_replaced": ("store/history/test_lost.py", "account_replaced"),
    "anchor_damaged": ("store/history/test_tampering.py", "anchor_damaged"),
    "another_since": ("store/undo/test_refused.py", "another_since"),
    "beyond_your_own": ("store/access/test_overrides.py", "beyond_your_own"),
    "cancelled": ("store/exchange/test_export_file.py", "cancelled"),
    "cannot_sign_in": ("store/ownership/test_transferring.py", "cannot_sign_in"),
    "card_filled": ("store/employees/test_employees.py", "card_filled"),
    "changed_since": ("store/undo/test_refused.py", "changed_since"),
    "code_ended": ("store/mail/test_delivery.py", "code_ended"),
    "columns_too_many": ("store/exchange/test_headings.py", "columns_too_many"),
    "denied_by_owner": ("store/access/test_owner_denials.py", "denied_by_owner"),
    "duplicate_in_file": ("store/exchange/test_importing.py", "duplicate_in_file"),
    "employee_unknown": ("store/employees/test_exchange.py", "employee_unknown"),
    "field_count": ("store/exchange/test_bad_input.py", "field_count"),
    "file_changed": ("store/exchange/test_bad_input.py", "file_changed"),
    "file_out_of_reach": ("store/test_session.py", "file_out_of_reach"),
    "file_too_long": ("store/inviting/test_addresses.py", "too long"),
    "folder_unwritable": ("store/exchange/test_failed_file.py", "folder_unwritable"),
    "is_leaving": ("store/leaving/test_batches.py", "IsLeaving"),
    "key_invalid": ("store/test_keys.py", "key_invalid"),
    "key_taken": ("store/test_keys.py", "key_taken"),
    "key_right": ("store/history/test_key.py", "key_right"),
    "kind_declared": ("store/records/test_importing.py", "kind_declared"),
    "kind_invalid": ("store/records/test_importing.py", "kind_invalid"),
    "letter_out": ("store/undo/test_refused.py", "letter_out"),
    "letter_sending": ("store/mail/test_delivery.py", "is being sent now"),
    "migration_needed": ("store/test_database.py", "migration_needed"),
    "needed_by_simulator": ("store/access/test_overrides.py", "needed_by_simulator"),
    "newer_database": ("tui/cli/test_unavailable.py", "newer_database"),
    "no_account": ("store/test_opening.py", "no_account"),
    "owner_not_active": ("store/records/test_importing.py", "owner_not_active"),
    "owner_unknown": ("store/records/test_importing.py", "owner_unknown"),
    "password_long": ("store/policy/test_passwords.py", "password_long"),
    "password_needed": ("store/test_keys.py", "PasswordNeeded"),
    "password_set_meanwhile": ("store/test_storing.py", "Conflict"),
    "password_unreadable": ("store/policy/test_passwords.py", "password_unreadable"),
    "password_wrong": ("store/test_signin.py", "password_wrong"),
    "photo_damaged": ("store/test_photos.py", "photo_damaged"),
    "photo_too_large": ("store/test_photos.py", "photo_too_large"),
    "records_too_many": ("store/records/test_assign.py", "records_too_many"),
    "session_ended": ("store/test_signin.py", "SessionEnded"),
    "stale": ("store/test_users.py", "Stale"),
    "too_many_people": ("store/test_own_mail.py", "too_many_people"),
    "unavailable": ("tui/cli/test_unavailable.py", "unavailable"),
}
"""Refusals that need a race, a fault, a clock or a special file, with the test and how it
refers to them."""

ROOT = frozenset({"conflict", "failed", "invalid", "not_allowed", "refused"})
"""The codes of base classes, which are never shown by themselves."""
