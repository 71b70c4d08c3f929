"""The definitions as Markdown: the sections of docs/methodology.md that the program writes.

Every number of an example comes from its target, its figures or its finding, so the document prints
what the tests run. Every word goes through `say`, which leaves it in English or returns its
translation.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from commitments.verdicts.definitions.comparing import COMPARING
from commitments.verdicts.definitions.deciding import DECIDING
from commitments.verdicts.definitions.forms import Definition, _
from commitments.verdicts.definitions.kinds import KINDS
from commitments.verdicts.definitions.markup import Say, write_table
from commitments.verdicts.definitions.sentences import english, write_example
from commitments.verdicts.statuses import MEANINGS, Family
from commitments.verdicts.version import RULES_VERSION

DEFINITIONS = (*KINDS, *DECIDING, *COMPARING)
FAMILIES = {
    Family.OPEN: _("open"),
    Family.CLOSED: _("closed"),
    Family.SET_ASIDE: _("set aside"),
    None: _("none"),
}
SECTION = re.compile(
    r"(?P<begin><!-- written from the program: (?P<name>\w+) -->\n)"
    r".*?"
    r"(?P<end><!-- until here -->\n)",
    re.DOTALL,
)
# Which English text a section of a translation was made from: for a test, not for readers.
REMARK = re.compile(r"<!-- English: \w+ -->\n\n?")


def renew_sections(text: str, say: Say = english) -> str:
    """Return the document with its marked sections as the program has them now."""
    for section in SECTION.finditer(text):
        begin, name, end = section.groups()
        write = SECTIONS[name]
        content = write(say)
        text = text.replace(section[0], f"{begin}\n{content}\n{end}")
    return text


def remove_marks(text: str, say: Say = english) -> str:
    """Return the document for readers: its sections as they are now, without the marks."""
    for section in SECTION.finditer(text):
        write = SECTIONS[section["name"]]
        content = write(say)
        text = text.replace(section[0], content)
    return REMARK.sub("", text)


def write_statuses(say: Say) -> str:
    """Return the table of what each verdict means."""
    headings = [
        say(_("Verdict")),
        say(_("Family")),
        say(_("Means")),
    ]
    rows = []
    for meaning in MEANINGS.values():
        cells = [
            say(meaning.word),
            say(FAMILIES[meaning.family]),
            say(meaning.definition),
        ]
        rows.append(cells)
    return write_table(headings, rows)


def write_rules(say: Say) -> str:
    """Return all definitions, with their examples."""
    introduction = say(
        _(
            "These are the rules, version {version}: first the kinds of target, then what holds for"
            " all of them."
        )
    )
    paragraphs = [introduction.format(version=RULES_VERSION), ""]
    for rule in DEFINITIONS:
        paragraphs += write_definition(rule, say)
    text = "\n".join(paragraphs)
    return text.rstrip("\n") + "\n"


def write_definition(rule: Definition, say: Say) -> list[str]:
    """Return the lines of one definition."""
    colon = say(_(": "))
    lines = [
        f"### {say(rule.title)}{colon}`{rule.code}`",
        "",
        say(_("- **Formula:** {formula}.")).format(formula=say(rule.formula)),
        say(_("- **Boundary:** {boundary}")).format(boundary=say(rule.boundary)),
        say(_("- **Source:** {source}")).format(source=say(rule.source)),
        "",
    ]
    for example in rule.examples:
        lines += write_example(example, say)
    return lines


SECTIONS: dict[str, Callable[[Say], str]] = {
    "statuses": write_statuses,
    "rules": write_rules,
}
