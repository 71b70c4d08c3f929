"""What may be wrong in a matrix. docs/importing.md explains each for curators."""

from commitments.importing.defects import Policies

# The policies of each defect; the first is the default.
POLICIES: Policies = {
    "unknown-column": ("leave-out", "refuse"),
    "unknown-member": ("make-unless-near", "make", "leave-out", "refuse"),
    "ambiguous-member": ("leave-out", "refuse"),
    "duplicate-member": ("leave-out", "refuse"),
    "new-party": ("refuse", "make"),
    "duplicate-id": ("suffix", "leave-out", "refuse"),
    "edge-blanks": ("take", "leave-out", "refuse"),
    "date-for-id": ("take", "leave-out", "refuse"),
    "unusable-id": ("leave-out", "refuse"),
    "unreadable-year": ("leave-out", "refuse"),
    "no-text": ("leave-out", "take", "refuse"),
    "unusable-text": ("leave-out", "refuse"),
    "unusable-area": ("leave-out", "refuse"),
    "no-scores": ("leave-out", "refuse"),
    "minus-sign": ("take", "leave-out", "refuse"),
    "lone-minus": ("take", "leave-out", "refuse"),
    "lone-plus": ("take", "leave-out", "refuse"),
    "unreadable-score": ("leave-out", "refuse"),
    "average-differs": ("take", "refuse"),
    "unreadable-average": ("leave-out", "refuse"),
    "undated-summit": ("whole-year", "leave-out", "refuse"),
    "second-summit": ("refuse", "make", "leave-out"),
    "unknown-summit": ("leave-out", "refuse"),
    "unusable-summit": ("leave-out", "refuse"),
    "duplicate-summit": ("leave-out", "refuse"),
    "impossible-summit-date": ("whole-year", "leave-out", "refuse"),
    "identical-summit-dates": ("take", "whole-year", "refuse"),
    "undated-report": ("today", "refuse"),
}
# What is not wrong, and made only once somebody has confirmed it.
CONFIRMED_FIRST = ("new-party", "second-summit")
MATRIX, SUMMITS = "matrix", "summits"
