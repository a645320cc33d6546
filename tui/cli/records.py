"""`usher records`: what people own on the platform."""

from store.wording import _
from tui.cli.options import Noun

records_noun = Noun(
    "records",
    help=_("What people own on the platform: transfer."),
    example="usher records transfer --from oksana --to olga",
    later={"transfer": "tui.cli.transferring:transfer_records"},
)
