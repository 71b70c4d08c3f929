"""A pledge as a bibliography cites it: by the address that shows for good what the site said at a
ledger entry.
"""

import re
from dataclasses import dataclass
from datetime import date

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# Words, not \{ and \}: BibTeX counts braces whether a backslash stands before them or not.
TEX = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{character: f"\\{character}" for character in "$&#%_"},
}
CONTROLS = re.compile(r"[\x00-\x1f\x7f]+")


@dataclass(frozen=True)
class Reference:
    """What a citation names: the pledge as it was titled then, how far the ledger had come, and the
    day of that.

    `verdicts` are sentences: what was judged of each party, where there are few, and on what
    condition.
    """

    slug: str
    seq: int
    title: str
    on: date
    site: str
    address: str
    verdicts: tuple[str, ...] = ()

    @property
    def key(self):
        return f"{self.slug}-{self.seq}"

    @property
    def note(self):
        # Not “entry 12”: whoever looks that up may find another record there.
        return " ".join([*self.verdicts, f"Ledger at entry {self.seq}, {self.on.isoformat()}"])

    def bibtex(self) -> str:
        fields = {
            # Twice in braces: a style must not make its capitals small, nor take the site for a
            # person.
            "author": f"{{{tex(self.site)}}}",
            "title": f"{{{tex(self.title)}}}",
            "year": str(self.on.year),
            "note": tex(self.note),
            "howpublished": f"\\url{{{self.address}}}",
            "url": self.address,
        }
        lines = [f"  {name} = {{{value}}}," for name, value in fields.items()]
        return "\n".join(
            [f"@misc{{{self.key},", *lines, f"  month = {MONTHS[self.on.month - 1]}", "}", ""]
        )

    def csl(self) -> list[dict]:
        """Return CSL-JSON, which Zotero and its like read: a list of one item."""
        return [
            {
                "id": self.key,
                "type": "webpage",
                "title": one_line(self.title),
                "author": [{"literal": one_line(self.site)}],
                "container-title": one_line(self.site),
                "issued": {"date-parts": [[self.on.year, self.on.month, self.on.day]]},
                "note": one_line(self.note),
                "URL": self.address,
                "language": "en",
            }
        ]


def tex(text):
    """Return `text` as TeX prints it, in one line, whatever stands in it."""
    return "".join(TEX.get(character, character) for character in one_line(text))


def one_line(text):
    return " ".join(CONTROLS.sub(" ", text).split())
