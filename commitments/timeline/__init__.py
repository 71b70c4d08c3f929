"""Summits in the order of time, each with what became of the pledges made there."""
