"""The list: search, filters, pages, counts, and the index behind them. The only hot SQL."""

from typing import TYPE_CHECKING

from store.later import later

if TYPE_CHECKING:
    from store.listing.counts import count
    from store.listing.folding import fold, spans
    from store.listing.pages import page
    from store.listing.people import load

__all__ = ["count", "fold", "load", "page", "spans"]

if not TYPE_CHECKING:  # to a checker every name would be there
    __getattr__ = later(
        __name__,
        {
            "count": "store.listing.counts",
            "fold": "store.listing.folding",
            "load": "store.listing.people",
            "page": "store.listing.pages",
            "spans": "store.listing.folding",
        },
    )
