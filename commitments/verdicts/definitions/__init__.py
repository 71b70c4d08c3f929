"""The rules as definitions: what the methodology says of them, with examples that are run."""
