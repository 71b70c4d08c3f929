"""What is wrong in a file and what is done about it: the policies of an importer, and the list.

Nothing is repaired: a defect is reported with its line, column and value, and the policy for its
kind says what becomes of the cell or row. `refuse` refuses the whole file.
"""

from dataclasses import asdict, dataclass, field

from commitments.importing.texts import shorten

# {code of a defect: its policies}; the first is the default.
Policies = dict[str, tuple[str, ...]]

DONE = {
    "take": "taken as it stands",
    "keep": "kept as it stands",
    "leave-out": "left out",
    "refuse": "refused, and with it the file",
    "whole-year": "the summit is dated to the whole year, 1 January to 31 December, and says so",
    "today": "the day of the import stands for it, and the source stays undated",
}
# The policies under which nothing of the cell or row is entered.
LEAVING_OUT = frozenset({"leave-out", "refuse"})


@dataclass(frozen=True)
class FilePlace:
    """Where in which file something stands; line 1 is the header, line 0 the file as a whole.

    `id` is what the file itself calls the row.
    """

    file: str
    line: int
    column: str = ""
    value: str = ""
    id: str = ""

    def __str__(self):
        where = self.file
        if self.line:
            where += f" line {self.line}"
        if self.id and self.id != self.value.strip():
            where += f" (id {shorten(self.id)})"
        if self.column:
            where += f", column “{shorten(self.column)}”"
        if self.value:
            where += f", “{shorten(self.value)}”"
        return where.strip()


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
        return f"{self.place}: {self.sentence} Done: {self.done}. [{self.code}]"


class Defects(list):
    """The defects so far. `note` adds one and returns the policy that holds for it."""

    def __init__(self, choices: Policies, chosen=None):
        """`chosen` are the policies that differ from the default, {code: policy}."""
        super().__init__()
        self.choices = choices
        self.policies = {code: policies[0] for code, policies in choices.items()}
        for code, policy in (chosen or {}).items():
            if policy not in choices[code]:
                allowed = ", ".join(choices[code])
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

    def count(self) -> dict[str, int]:
        """Return how many defects of each code there are, {code: number}, by code."""
        counts = {}
        for defect in sorted(self, key=lambda defect: defect.code):
            counts[defect.code] = counts.get(defect.code, 0) + 1
        return counts

    def write_choices(self, code) -> str:
        """Return what else can be done about defects of this kind, in a sentence."""
        choices = [choice for choice in self.choices[code] if choice != self.policies[code]]
        *first, last = [f"--{code} {choice}" for choice in choices]
        options = " or ".join([", ".join(first), last]) if first else last
        return f"Or choose {options}."
