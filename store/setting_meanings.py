"""What each setting means, in which unit, where it comes from, and what today's advice says of it.

`S0` … `S4` are the five documents from which the rules come, ASVS is OWASP's standard 5.0, NIST the
Special Publication 800-63B.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from store.wording import _


@dataclass(frozen=True, slots=True)
class Meaning:
    """Of one setting. `advice` stands where the default departs from what is advised today."""

    meaning: str
    source: str
    unit: str = ""
    advice: str = ""


MEANINGS: Mapping[str, Meaning] = {
    "code_confirmation_days": Meaning(
        _("So long an e-mail address may be confirmed by the code that was sent to it."),
        "DESIGN 3.9",
        _("days"),
    ),
    "code_invitation_days": Meaning(
        _("So long an invitation may be accepted, to the second."), "S3", _("days")
    ),
    "code_reset_minutes": Meaning(
        _("So long the letter for a forgotten password lets one choose another."),
        "ASVS 6.5.5",
        _("minutes"),
    ),
    "code_resets_a_day": Meaning(
        _("So many such letters one person gets in 24 hours; more are asked for in vain."),
        "DESIGN 3.4",
        _("letters"),
    ),
    "display_time_zone": Meaning(
        _("The zone in which screens and tables show times, by its IANA name."), "DESIGN 4"
    ),
    "invitations_batch": Meaning(
        _("So many addresses are invited at once; the others of a longer list wait."),
        "DESIGN 3.5",
        _("addresses"),
    ),
    "invitations_a_day": Meaning(
        _("So many addresses are invited in 24 hours, by all admins together."),
        "DESIGN 3.5",
        _("addresses"),
    ),
    "links_template": Meaning(
        _(
            "The page of the platform to which letters with a code link: an address with {code} "
            "in it and, where one page is for all, {purpose}. Empty: letters carry the bare code."
        ),
        "DESIGN 3.5",
    ),
    "lockout_attempts": Meaning(
        _("So many wrong passwords in a row are forgiven; the next one locks."),
        "S0, ASVS 6.3.1",
        _("attempts"),
        _("NIST allows up to 100: a few lock out more honest people than thieves."),
    ),
    "lockout_idle_days": Meaning(
        _("Whoever has not been here for longer is locked; 0 is never."), "S0", _("days")
    ),
    "lockout_timed_minutes": Meaning(
        _("So long the first lock of the owner, or of the last usable admin, holds."),
        "DESIGN 3.3, ASVS 6.1.1",
        _("minutes"),
    ),
    "lockout_timed_most_hours": Meaning(
        _("Each further such lock holds twice as long, up to this."), "DESIGN 3.3", _("hours")
    ),
    "lockout_source_attempts": Meaning(
        _("After so many failed sign-ins an address is refused for a while, whoever it asks for."),
        "DESIGN 3.2, ASVS 6.3.1",
        _("attempts"),
    ),
    "lockout_source_minutes": Meaning(
        _("So long they are counted together, and so long the address is refused."),
        "DESIGN 3.2",
        _("minutes"),
    ),
    "mail_credentials": Meaning(
        _(
            "What letters at creation and renaming carry: a link by which one chooses a password, "
            "or a temporary password, made while the letter is sent."
        ),
        "S0, DESIGN 3.4",
        advice=_("ASVS 6.4.1 and good sense prefer the link: a mailbox keeps what it was sent."),
    ),
    "mail_from": Meaning(
        _("The address from which letters come; empty is usher@ and the name of this host."),
        "DESIGN 3.12",
    ),
    "mail_keep_days": Meaning(
        _("So long the outbox keeps a letter that was sent, or that nobody sent again."),
        "DESIGN 3.12",
        _("days"),
    ),
    "mail_smtp_host": Meaning(
        _("The mail server that takes letters; empty is none."), "DESIGN 3.12"
    ),
    "mail_smtp_port": Meaning(
        _("Its port: usually 587 with starttls, 465 with tls, 25 with none."), "DESIGN 3.12"
    ),
    "mail_smtp_security": Meaning(
        _("How the line to it is closed to others: by starttls, by tls from the start, or not."),
        "DESIGN 3.12",
        advice=_("Say none only for a server on this very host: letters carry codes."),
    ),
    "mail_smtp_user": Meaning(
        _(
            "Who signs in at the server; empty is nobody. The password is given by: "
            "usher mail password"
        ),
        "DESIGN 3.12",
    ),
    "mail_transport": Meaning(
        _(
            "What letters leave by. With auto it is smtp where a server is named, else the "
            "maildir: the folder mail beside the database, whence nothing goes anywhere."
        ),
        "DESIGN 3.12",
    ),
    "ownership_claim_delay_hours": Meaning(
        _("So long after the owner was declared absent an admin may claim the account."),
        "DESIGN 3.7",
        _("hours"),
    ),
    "password_history": Meaning(
        _("So many former passwords may not be chosen again; 0 is any but the present one."),
        "DESIGN 3.4",
        _("passwords"),
        _("Neither NIST nor ASVS asks for it; it goes with passwords that expire."),
    ),
    "password_min_length": Meaning(
        _("So many characters a new password has at least."),
        "ASVS 6.2.1",
        _("characters"),
        _("ASVS recommends 15, and so does NIST where no second factor follows."),
    ),
    "password_max_age_days": Meaning(
        _("After so many days one must choose a new password to go on; 0 is never."),
        "S0",
        _("days"),
        _(
            "NIST and ASVS 6.2.10 advise against it: who must change often chooses worse ones. "
            "They would set 0, and change a password when it may be known to others."
        ),
    ),
    "password_temporary_hours": Meaning(
        _("So long a password that somebody else has set may be used, once."),
        "S0, ASVS 6.4.1",
        _("hours"),
    ),
    "password_remind_days": Meaning(
        _("So many days before a password expires a letter says so; several are parted by blanks."),
        "S0, ASVS 6.4.5",
        _("days"),
    ),
    "records_tables": Meaning(
        _(
            "The platform's own tables in this database whose rows belong to users: a JSON list "
            "of kind, table, owner, title and, where there is one, sub_account. See "
            "docs/platform.md. Empty: none."
        ),
        "DESIGN 3.8",
    ),
    "session_idle_minutes": Meaning(
        _("After so many minutes without a key the screen locks, and keeps what was typed."),
        "ASVS 7.3.1",
        _("minutes"),
    ),
    "session_absolute_hours": Meaning(
        _("After so many hours one signs in anew, whatever one is at."),
        "ASVS 7.3.2",
        _("hours"),
    ),
    "users_required": Meaning(_("What has to be known of a new user; of a|b one is enough."), "S1"),
    "profile_self_edit": Meaning(
        _(
            "Profile fields that standard users can edit for themselves: any of first_name, "
            "last_name, phone, photo, language, country, position."
        ),
        "S1, S4",
    ),
    "ssh_key_is_enough": Meaning(
        _("Whether a person's SSH key opens a session without their password."),
        "DESIGN 6",
        advice=_(
            "With yes, whoever has the key's file comes in; ASVS 6.3.3 asks for two factors. "
            "Dangerous commands ask for the password all the same."
        ),
    ),
}
"""By the field of `Settings`."""
