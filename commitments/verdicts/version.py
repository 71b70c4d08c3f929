"""The versions stored with every assessment, so that a reader knows which rules judged it."""

RULES_VERSION = "2"
METHODOLOGY_VERSION = "1"
