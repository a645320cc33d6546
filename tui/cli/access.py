"""`usher access`: what people may do on the platform, and what there is to be permitted."""

from store.wording import _
from tui.cli.options import Noun

access_noun = Noun(
    "access",
    help=_("Permissions: at, modules."),
    example="usher access modules list",
    later={
        "at": "tui.cli.past:at",
        "modules": "tui.cli.modules:modules_noun",
    },
)
