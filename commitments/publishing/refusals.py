class Refused(Exception):
    """A publishing action that will not be done. `reasons` are sentences for the person who
    asked.
    """

    def __init__(self, *reasons):
        self.reasons = [str(reason) for reason in reasons]
        super().__init__(" ".join(self.reasons))
