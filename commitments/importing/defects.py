"""What is wrong in a file and what is done about it: the policies of an importer, and the list.

Nothing is repaired: a defect is reported with its line, column and value, and the policy for its
kind says what becomes of the cell or row. `refuse` refuses the whole file.
"""

from collections import Counter
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
        parts = []
        where = self._name_line()
        if where:
            parts.append(where)
        if self.column:
            column = shorten(self.column)
            parts.append(f"column “{column}”")
        if self.value:
            value = shorten(self.value)
            parts.append(f"“{value}”")
        return ", ".join(parts)

    def _name_line(self):
        words = []
        if self.file:
            words.append(self.file)
        if self.line:
            words.append(f"line {self.line}")
        is_shown_already = self.id == self.value.strip()
        if self.id and not is_shown_already:
            row_id = shorten(self.id)
            words.append(f"(id {row_id})")
        return " ".join(words)


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
        sentences = f"{self.sentence} Done: {self.done}."
        return f"{self.place}: {sentences} [{self.code}]"


class Defects(list):
    """The defects so far. `note` adds one and returns the policy that holds for it."""

    def __init__(self, choices: Policies, policies=None):
        """`policies` are those that differ from the default, {code: policy}."""
        super().__init__()
        self.choices = choices
        self.policies = {}
        for code, allowed in choices.items():
            self.policies[code] = allowed[0]
        if policies is None:
            return
        for code, policy in policies.items():
            allowed = choices[code]
            if policy not in allowed:
                names = ", ".join(allowed)
                raise ValueError(f"{code} may be {names}, not {policy}.")
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
        refused = []
        for defect in self:
            if defect.policy == "refuse":
                refused.append(defect)
        return refused

    def count(self) -> dict[str, int]:
        """Return how many defects of each code there are, {code: number}, by code."""
        codes = [defect.code for defect in self]
        counts = Counter(codes)
        by_code = sorted(counts.items())
        return dict(by_code)

    def write_choices(self, code) -> str:
        """Return what else can be done about defects of this kind, in a sentence."""
        options = []
        for policy in self.choices[code]:
            if policy != self.policies[code]:
                options.append(f"--{code} {policy}")
        alternatives = " or ".join(options)
        return f"Or choose {alternatives}."
