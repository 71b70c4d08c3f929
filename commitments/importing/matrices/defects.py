"""What may be wrong in a matrix, what is done about it, and the list of what was wrong.

Nothing is repaired: a defect is reported with its line, column and value, and the policy for its
kind says what becomes of the cell or row. `refuse` refuses the whole file. docs/importing.md
explains each for curators.
"""

from dataclasses import asdict, dataclass, field

from commitments.importing.texts import shorten

# The policies of each defect; the first is the default.
POLICIES = {
    "unknown-column": ("leave-out", "refuse"),
    "unknown-member": ("make-unless-near", "make", "leave-out", "refuse"),
    "ambiguous-member": ("leave-out", "refuse"),
    "duplicate-member": ("leave-out", "refuse"),
    "duplicate-id": ("suffix", "leave-out", "refuse"),
    "edge-blanks": ("take", "leave-out", "refuse"),
    "date-for-id": ("take", "leave-out", "refuse"),
    "unusable-id": ("leave-out", "refuse"),
    "unreadable-year": ("leave-out", "refuse"),
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
    "unknown-summit": ("leave-out", "refuse"),
    "unusable-summit": ("leave-out", "refuse"),
    "duplicate-summit": ("leave-out", "refuse"),
    "impossible-summit-date": ("whole-year", "leave-out", "refuse"),
    "identical-summit-dates": ("take", "whole-year", "refuse"),
    "undated-report": ("today", "refuse"),
}
DEFAULT_POLICIES = {code: choices[0] for code, choices in POLICIES.items()}
DONE = {
    "take": "taken as it stands",
    "leave-out": "left out",
    "refuse": "refused, and with it the file",
    "whole-year": "the summit is dated to the whole year, 1 January to 31 December, and says so",
    "today": "the day of the import stands for it, and the source stays undated",
}
# The policies under which nothing of the cell or row is entered.
LEAVING_OUT = frozenset({"leave-out", "refuse"})
MATRIX, SUMMITS = "matrix", "summits"


@dataclass(frozen=True)
class FilePlace:
    """Where in which file something stands; line 1 is the header, line 0 the file as a whole."""

    file: str
    line: int
    column: str = ""
    value: str = ""


@dataclass(frozen=True)
class Defect:
    """One thing that is wrong, and what was done; `more` has what few kinds have, as `nearest`."""

    code: str
    place: FilePlace
    sentence: str
    policy: str
    done: str
    more: dict = field(default_factory=dict)

    def as_json(self):
        return {
            "code": self.code,
            **asdict(self.place),
            "sentence": self.sentence,
            "policy": self.policy,
            "done": self.done,
            **self.more,
        }

    def __str__(self):
        place = self.place
        where = place.file
        if place.line:
            where += f" line {place.line}"
        if place.column:
            where += f", column “{place.column}”"
        if place.value:
            where += f", “{shorten(place.value)}”"
        return f"{where}: {self.sentence} Done: {self.done}. [{self.code}]"


class Defects(list):
    """The defects so far. `note` adds one and returns the policy that holds for it."""

    def __init__(self, policies=None):
        super().__init__()
        self.policies = dict(DEFAULT_POLICIES)
        if policies is None:
            return
        for code, policy in policies.items():
            choices = POLICIES[code]
            if policy not in choices:
                allowed = ", ".join(choices)
                raise ValueError(f"{code} may be {allowed}, not {policy}.")
            self.policies[code] = policy

    def note(self, code, place, sentence, *, done=None, **more) -> str:
        """Add a defect; return its policy.

        `done` says what the policy does here, where its usual words do not fit.
        """
        policy = self.policies[code]
        if not done or policy in LEAVING_OUT:
            done = DONE[policy]
        defect = Defect(code, place, sentence, policy, done, more)
        self.append(defect)
        return policy

    @property
    def refused(self):
        return [defect for defect in self if defect.policy == "refuse"]
