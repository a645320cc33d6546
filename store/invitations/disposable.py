"""Addresses that are thrown away: whoever is invited by one can be reached by nobody tomorrow."""


def disposable(address: str) -> bool:
    """Whether the domain of an address, or one above it, lends mailboxes to anybody."""
    from disposable_email_domains import blocklist  # noqa: PLC0415  (ten thousand names)

    domain = address.rpartition("@")[2].lower()
    if not domain.isascii():
        domain = domain.encode("idna").decode()
    parts = domain.split(".")
    return any(".".join(parts[start:]) in blocklist for start in range(len(parts) - 1))
