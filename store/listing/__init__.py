"""The list: search, filters, pages, counts, and the index behind them. The only hot SQL."""

from store.listing.counts import count
from store.listing.folding import fold, spans
from store.listing.pages import page
from store.listing.people import load

__all__ = ["count", "fold", "load", "page", "spans"]
