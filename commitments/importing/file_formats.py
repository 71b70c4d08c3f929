"""What a file is by its first bytes, where it is no text, or a text that is no table."""

import re

SAVE_AS_CSV = "Save the sheet as “CSV UTF-8”."
# The first bytes of each format, and what is said of it.
SIGNATURES = (
    (b"%PDF-", f"This is a PDF. Copy its table into a spreadsheet. {SAVE_AS_CSV}"),
    (b"\xd0\xcf\x11\xe0", f"This is an Excel workbook of the old kind (.xls). {SAVE_AS_CSV}"),
    (b"{\\rtf", f"This is a document (.rtf). Copy its table into a spreadsheet. {SAVE_AS_CSV}"),
    (b"\x1f\x8b", "This is compressed (.gz). Unpack it first."),
    (b"7z\xbc\xaf", "This is compressed (.7z). Unpack it first."),
    (b"Rar!", "This is compressed (.rar). Unpack it first."),
    (b"\x89PNG", "This is a picture (.png). Get the table itself from its publisher."),
    (b"\xff\xd8\xff", "This is a picture (.jpg). Get the table itself from its publisher."),
    (b"GIF8", "This is a picture (.gif). Get the table itself from its publisher."),
    (b"SQLite format 3", f"This is a database (SQLite). Export the table. {SAVE_AS_CSV}"),
    (b"PAR1", f"This is a Parquet file. Open it in a program for such data. {SAVE_AS_CSV}"),
)
# What an archive of each kind has inside.
ARCHIVES = (
    (b"xl/", f"This is an Excel workbook (.xlsx). {SAVE_AS_CSV}"),
    (b"opendocument.spreadsheet", f"This is an OpenDocument spreadsheet (.ods). {SAVE_AS_CSV}"),
    (b"word/", f"This is a Word document. Copy its table into a spreadsheet. {SAVE_AS_CSV}"),
)
ANY_ARCHIVE = f"This is a spreadsheet or an archive. {SAVE_AS_CSV}"
HTML = re.compile(rb"<(!doctype html|html|head|body|table|!--)", re.IGNORECASE)
HTML_SENTENCE = (
    f"This is a web page. Download the table itself, or copy it into a spreadsheet. {SAVE_AS_CSV}"
)
XML_SENTENCE = f"This is XML. Open it in a spreadsheet. {SAVE_AS_CSV}"
JSON = re.compile(rb"(\{\s*[\"}]|\[\s*[\[{\"])")
JSON_SENTENCE = "This is JSON. Ask its publisher for CSV, or convert it."


def name_format(data: bytes) -> str | None:
    """Return a sentence on what the file is instead of a table of text; None if it may be one."""
    if data.startswith(b"PK\x03\x04"):
        return _name_archive(data)
    for signature, sentence in SIGNATURES:
        if data.startswith(signature):
            return sentence
    text = data.removeprefix(b"\xef\xbb\xbf").lstrip()[:500]
    if HTML.match(text) or (text.startswith(b"<") and HTML.search(text)):
        return HTML_SENTENCE
    if text.startswith(b"<?xml"):
        return XML_SENTENCE
    if JSON.match(text):
        return JSON_SENTENCE
    return None


def _name_archive(data):
    for inside, sentence in ARCHIVES:
        if inside in data:
            return sentence
    return ANY_ARCHIVE
