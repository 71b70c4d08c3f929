"""Summits in the order of time, each with what became of the pledges made there."""

from commitments.timeline.tallies import Tally, tallies, tally, tally_by

__all__ = ["Tally", "tallies", "tally", "tally_by"]
