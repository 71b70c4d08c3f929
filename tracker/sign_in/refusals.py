"""Why a password is not checked. `tracker.sign_in.answers` makes the answer of it."""


class NotSignedIn(Exception):
    """A sentence for whoever signs in, the status of the answer and the seconds to wait."""

    status: int

    def __init__(self, sentence, wait):
        super().__init__(sentence)
        self.wait = wait


class TooManyFailures(NotSignedIn):
    """The same for an account that exists and for one that doesn't."""

    status = 429

    def __init__(self, wait):
        minutes = -(-wait // 60)
        duration = "minute" if minutes == 1 else f"{minutes} minutes"
        sentence = (
            f"Too many sign-ins failed. For the next {duration} no password is accepted here, not"
            " even the right one. An administrator can lift this sooner."
        )
        super().__init__(sentence, wait)


class Busy(NotSignedIn):
    status = 503

    def __init__(self, wait):
        sentence = (
            "Too many passwords are being checked at this moment. Nothing was changed; please try"
            " again in a few seconds."
        )
        super().__init__(sentence, wait)
