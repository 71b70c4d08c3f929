"""Which version of the program runs, as a short name made of its files.

The same files give the same name on every host, whenever and in whatever order they were copied
there; hosts behind one address must agree.
"""

import hashlib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# Everything that decides what a page looks like, the packages' versions included.
SOURCES = ("commitments", "docs", "templates", "tracker", "requirements.txt")


def find_sources(root):
    """Yield every file below `root` that an answer may depend on, in a fixed order."""
    for name in SOURCES:
        source = root / name
        if source.is_dir():
            yield from find_files(source)
        elif source.is_file():
            yield source


def find_files(folder):
    for path in sorted(folder.rglob("*.*")):
        # What Python compiled differs from host to host.
        if path.is_file() and path.suffix != ".pyc":
            yield path


def name_build(root=ROOT, *, texts=()):
    """Return a name for the sources below `root` together with `texts` that pages show."""
    digest = hashlib.sha256()
    for text in texts:
        digest.update(text.encode())
        digest.update(b"\0")
    for file in find_sources(root):
        name = file.relative_to(root).as_posix()
        content = file.read_bytes()
        # With its length, so that two files never read like one.
        digest.update(f"{name} {len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()[:12]
