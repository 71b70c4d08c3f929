"""The text of an HTML page, so that two versions of a page can be compared line by line.

Every block is a line of its text, followed by the attributes in it. How the template is indented
and the order of attributes make no difference. Classes are left out: they are for the style sheet.
"""

import json
import re
from html.parser import HTMLParser

# Elements that stand inside a line of text. All others begin and end a line.
INLINE = frozenset(
    [
        "a",
        "abbr",
        "b",
        "bdi",
        "bdo",
        "button",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "i",
        "img",
        "input",
        "ins",
        "kbd",
        "label",
        "mark",
        "q",
        "rp",
        "rt",
        "ruby",
        "s",
        "samp",
        "select",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "time",
        "u",
        "var",
        "wbr",
        "svg",
        "g",
        "use",
        "path",
        "circle",
        "rect",
        "line",
        "polyline",
        "polygon",
        "ellipse",
        "defs",
        "symbol",
    ]
)
WHITE_SPACE = re.compile(r"[ \t\n\r\f]+")
VERBATIM = frozenset(["pre", "textarea"])
SCRIPTS = frozenset(["script", "style"])
IGNORED_ATTRIBUTES = frozenset(["class", "style"])
# Inputs whose values are random, or hold something random.
RANDOM_INPUTS = frozenset(["csrfmiddlewaretoken", "opened", "token"])


def collapse(text):
    """Collapse white space as a browser does: a no-break or Japanese space stays."""
    text = WHITE_SPACE.sub(" ", text)
    return text.strip(" ")


def describe_tag(tag, attributes):
    """Return a start tag with its attributes in alphabetical order, "" if it has none to show."""
    values = dict(attributes)
    if values.get("name") in RANDOM_INPUTS:
        values["value"] = "(random)"
    words = []
    for name in sorted(values.keys() - IGNORED_ATTRIBUTES):
        # Without a value it is merely there, as “checked” is.
        value = collapse(values[name] or "")
        word = f"{name}={value}"
        words.append(word)
    text = " ".join(words)
    return f"  <{tag} {text}>" if words else ""


def script_lines(text):
    """Return linked data as sorted JSON, and any other script as one line."""
    try:
        data = json.loads(text)
    except ValueError:
        return [collapse(text)]
    return json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True).splitlines()


class PageReader(HTMLParser):
    """Reads a page into `lines`."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.lines = []
        self.pieces = []
        self.tags = []

    def handle_starttag(self, tag, attrs):
        if tag not in INLINE:
            self.end_block()
        if description := describe_tag(tag, attrs):
            self.tags.append(description)

    def handle_endtag(self, tag):
        if tag not in INLINE:
            self.end_block(tag)

    def handle_data(self, data):
        self.pieces.append(data)

    def end_block(self, tag=""):
        text = "".join(self.pieces)
        if tag in SCRIPTS:
            lines = script_lines(text)
        elif tag in VERBATIM:
            lines = text.splitlines()
        else:
            lines = [collapse(text)]
        self.lines += filter(None, lines)
        self.lines += self.tags
        self.pieces = []
        self.tags = []


def page_text(html):
    """Return the text of a page, one block a line."""
    reader = PageReader()
    reader.feed(html)
    reader.close()
    reader.end_block()
    return "\n".join(reader.lines) + "\n"
