"""Reading the ledger: what changed, what was said at an entry, and how to cite it."""
