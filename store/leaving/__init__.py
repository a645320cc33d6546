"""Whoever leaves and what they own: the plan, the act, and the batches of a big hand-over."""
