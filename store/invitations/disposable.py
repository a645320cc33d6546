"""Addresses that are thrown away: whoever is invited by one can be reached by nobody tomorrow."""


def disposable(address: str) -> bool:
    """Whether the domain of a checked address, or one above it, lends mailboxes to anybody."""
    # Ten thousand names, for which only who invites has any use.
    import idna  # noqa: PLC0415
    from disposable_email_domains import blocklist  # noqa: PLC0415

    domain = address.rpartition("@")[2].lower()
    if not domain.isascii():
        domain = idna.encode(domain).decode()
    parts = domain.split(".")
    return any(".".join(parts[start:]) in blocklist for start in range(len(parts) - 1))
