"""Who owns the account: giving it away, and claiming it from who is absent (DESIGN 3.7)."""
