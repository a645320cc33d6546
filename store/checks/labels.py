"""What each field is called in a sentence. Open it when a field is added."""

from store.wording import _

LABELS = {
    "first_name": _("first name"),
    "last_name": _("last name"),
    "email": _("email address"),
    "login": _("login"),
    "phone": _("phone number"),
    "country": _("country"),
    "language": _("language"),
    "currency": _("currency"),
    "role": _("role"),
    "team": _("team"),
    "teams": _("team"),
    "sub_accounts": _("sub-account"),
    "admin": _("admin setting"),
    "simulator_only": _("simulator access"),
    "photo": _("photo"),
    "position": _("position"),
    "number": _("employee number"),
    "address": _("address"),
    "notes": _("notes"),
    "password": _("password"),
    "name": _("name"),
    "account": _("account name"),
    "subject": _("subject"),
    "body": _("text"),
    "sender_name": _("sender name"),
    "reply_to": _("reply-to address"),
    "signature": _("signature"),
    "kind": _("kind"),
    "ref": _("ref"),
    "title": _("title"),
    "state": _("state"),
    "owner": _("owner"),
    "sub_account": _("sub-account"),
    "module": _("module"),
    "action": _("action"),
}


def label_of(field: str) -> str:
    """Return what a sentence calls a field; its own name where there is no label."""
    return LABELS.get(field, field.replace("_", " "))
