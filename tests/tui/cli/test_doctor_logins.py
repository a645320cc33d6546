"""`usher doctor logins` lists logins that are not allowed for new users."""

from store.models import UserRow
from store.session import Session
from tests.store.standing import MakeUser
from tests.tui.cli.conftest import Usher


def test_a_reserved_login_from_before_is_named_with_the_command_that_helps(
    usher: Usher, owner: Session, make_user: MakeUser
) -> None:
    answer = usher("doctor", "logins")
    assert (answer.code, answer.out) == (0, "No login is reserved or used twice.\n")
    user = make_user()
    with owner.store.write(owner):
        UserRow.update(login="host:root").where(UserRow.id == user.id).execute()
    answer = usher("doctor", "logins")
    assert (answer.code, answer.out) == (
        3,
        f"The login “host:root” of user {user.id} is reserved."
        f" Rename the user: usher users rename {user.id} --login NEW --generate\n",
    )
    answer = usher("doctor", "logins", "--json")
    assert (answer.code, answer.json) == (
        3,
        {
            "ok": False,
            "items": [
                {"user": user.id, "login": "host:root", "problem": "reserved", "other": None}
            ],
        },
    )
