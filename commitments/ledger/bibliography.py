"""A pledge as a bibliography cites it.

The address in the citation shows for good what the site said at one entry of its ledger.
"""

import re
from dataclasses import dataclass
from datetime import date

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# Words, not \{ and \}: BibTeX counts braces whether a backslash stands before them or not.
TEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{character: f"\\{character}" for character in "$&#%_"},
    }
)
CONTROLS = re.compile(r"[\x00-\x1f\x7f]+")


@dataclass(frozen=True)
class Reference:
    """What a citation names: the title of the pledge then, the ledger's newest entry and its day.

    `verdicts` are sentences: the verdict on each party, where there are few, and its condition.
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
        # Not “entry 12”: a reader who looks that up may find another record there.
        day = self.on.isoformat()
        ledger = f"Ledger at entry {self.seq}, {day}"
        sentences = [*self.verdicts, ledger]
        return " ".join(sentences)

    def bibtex(self) -> str:
        """Return the reference as a BibTeX entry."""
        site = write_tex(self.site)
        title = write_tex(self.title)
        # Braces within the braces: a style must not make its capitals small, nor take the site for
        # a person.
        fields = {
            "author": f"{{{site}}}",
            "title": f"{{{title}}}",
            "year": str(self.on.year),
            "note": write_tex(self.note),
            "howpublished": f"\\url{{{self.address}}}",
            "url": self.address,
        }
        lines = [f"@misc{{{self.key},\n"]
        for name, value in fields.items():
            lines.append(f"  {name} = {{{value}}},\n")
        # A month has no braces: it is a name that the style knows.
        month = MONTHS[self.on.month - 1]
        lines.append(f"  month = {month}\n")
        lines.append("}\n")
        return "".join(lines)

    def csl(self) -> list[dict]:
        """Return the reference as CSL-JSON, which Zotero and others read: a list of one item."""
        day = self.on
        site = write_in_one_line(self.site)
        item = {
            "id": self.key,
            "type": "webpage",
            "title": write_in_one_line(self.title),
            "author": [{"literal": site}],
            "container-title": site,
            "issued": {"date-parts": [[day.year, day.month, day.day]]},
            "note": write_in_one_line(self.note),
            "URL": self.address,
            "language": "en",
        }
        return [item]


def write_tex(text):
    """Return `text` as TeX prints it, in one line, whatever characters it has."""
    line = write_in_one_line(text)
    return line.translate(TEX)


def write_in_one_line(text):
    text = CONTROLS.sub(" ", text)
    return " ".join(text.split())
