"""`usher access`: what people may do on the platform, and what there is to be permitted."""

from store.wording import _
from tui.cli.options import Noun

access_noun = Noun(
    "access",
    help=_("Permissions: show, allow, deny, inherit, copy, diff, at, modules."),
    example="usher access show oksana --why clients.edit\nusher access modules list",
    later={
        "show": "tui.cli.rights:show_access",
        "allow": "tui.cli.rights:allow_access",
        "deny": "tui.cli.rights:deny_access",
        "inherit": "tui.cli.rights:inherit_access",
        "copy": "tui.cli.rights:copy_access",
        "diff": "tui.cli.rights:compare_access",
        "at": "tui.cli.past:at",
        "modules": "tui.cli.modules:modules_noun",
    },
)
