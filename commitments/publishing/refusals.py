"""Why publishing refuses an action."""


class Refused(Exception):
    """A publishing action that is not done; `reasons` are sentences for the person who wants it."""

    def __init__(self, *reasons):
        self.reasons = [str(reason) for reason in reasons]
        text = " ".join(self.reasons)
        super().__init__(text)
