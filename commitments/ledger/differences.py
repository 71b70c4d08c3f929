"""What changed from one form of a record to another: its fields, and the rows inside it.

Both are in the newest form, public ones or full ones.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import NamedTuple

from django.core.exceptions import FieldDoesNotExist
from django.utils.translation import gettext as _

from commitments.ledger.edits import Edit, Run, compare_texts, compare_words
from commitments.ledger.history import RELATED
from commitments.models import Criteria, Tenure, Undertaking
from commitments.publicforms import CURRENT
from commitments.verdicts.dates import Precision

# The fields of a row that name it for a reader, by the key of its list.
TITLES = {
    "names": ("name",),
    "memberships": ("member",),
    "tenures": ("office",),
    "participations": ("party", "leader"),
    "snapshots": ("retrieved_at",),
    "statements": ("locator", "quote"),
    "observations": ("party", "period_start", "period_end"),
    "quotes": ("language",),
    "criteria": ("number",),
    "undertakings": ("party",),
    "links": ("kind", "to_pledge"),
    "targets": ("label", "undertaking"),
    "verdicts": ("undertaking",),
}
# What the names of rows inside a record read.
NAMED_BY = {Undertaking: ("party", "pledge"), Tenure: ("leader", "party")}
# The number of the form is for programs.
NOT_SHOWN = {"form"}
TITLE_LENGTH = 80
BLANK = (None, "", [])
# Texts in a language that another field of the record names.
QUOTED = {"quote", "text", "excerpt", "native_name", "deadline_words"}


class FieldChange(NamedTuple):
    """A field that says something else now, as the runs of words that lead there.

    `language` is that of the text, and blank for one in the language of the page or any other.
    """

    name: str
    label: str
    runs: list[Run]
    language: str

    @property
    def is_readable(self):
        """Whether a word changed, and not only the blanks between words."""
        return any(run.edit != Edit.KEPT for run in self.runs)


@dataclass(frozen=True)
class RowChange:
    """A row inside a record that was added, removed or changed."""

    kind: str
    title: str
    edit: Edit
    fields: list[FieldChange]

    @property
    def is_added(self):
        return self.edit == Edit.ADDED

    @property
    def is_removed(self):
        return self.edit == Edit.REMOVED


@dataclass(frozen=True)
class Differences:
    """All that leads from one form of a record to another."""

    fields: list[FieldChange] = field(default_factory=list)
    rows: list[RowChange] = field(default_factory=list)

    def __bool__(self):
        return bool(self.fields or self.rows)


class RowPair(NamedTuple):
    """A row before and after; None where it was not there."""

    before: dict | None
    after: dict | None

    @property
    def edit(self):
        if self.before is None:
            return Edit.ADDED
        if self.after is None:
            return Edit.REMOVED
        return Edit.KEPT


def compare_forms(record_type, before, after, names) -> Differences:
    """Return what leads from the form `before` of a record to the form `after`; no statement.

    `names` are those of records by (model, slug), as `load_names` returns them. A record without
    one is named by its slug.
    """
    form = CURRENT[record_type]
    children = {child.key: child for child in form.children}
    writer = ValueWriter(names)
    changes = Differences()
    for name in _list_changed(before, after):
        old = before.get(name)
        new = after.get(name)
        if name in children:
            rows = _compare_rows(children[name], old or [], new or [], writer)
            changes.rows.extend(rows)
        else:
            change = writer.compare_field(form.model, name, old, new)
            if change.is_readable:
                changes.fields.append(change)
    return changes


def load_names(record_type, *bodies, load=None):
    """Return {(model, slug): name} of the records that the forms of a record name.

    One statement for each kind of record. `load` narrows which records may be named.
    """
    slugs = defaultdict(set)
    form = CURRENT[record_type]
    for body in bodies:
        _collect_slugs(form.model, body, slugs)
        for child in form.children:
            for row in body.get(child.key) or []:
                _collect_slugs(child.model, row, slugs)
    names = {}
    for model, wanted in slugs.items():
        rows = model._base_manager.all()
        if load:
            rows = load(model)
        rows = rows.filter(slug__in=wanted)
        for row in join_names(rows):
            key = (model, row.slug)
            names[key] = str(row)
    return names


def join_names(rows):
    """Return the records `rows` with what their names read, in the same statement."""
    all_paths = {**RELATED, **NAMED_BY}
    paths = all_paths.get(rows.model)
    if not paths:
        # Without names, select_related() would follow every relation.
        return rows
    return rows.select_related(*paths)


def _collect_slugs(model, body, slugs):
    for name, value in body.items():
        related = find_related_model(model, name)
        if related is None or value in BLANK:
            continue
        if not isinstance(value, list):
            value = [value]
        slugs[related].update(value)


def find_related_model(model, name):
    """Return the model that the field refers to by slug, or None."""
    model_field = _find_field(model, name)
    if model_field is None or model_field.one_to_many:
        return None
    related = model_field.related_model
    # A version of criteria is named by its number.
    return None if related is Criteria else related


def _find_field(model, name):
    try:
        return model._meta.get_field(name)
    except FieldDoesNotExist:
        return None


def _list_changed(before, after):
    """Return the keys that differ, in the order of the newer form."""
    keys = [*after]
    keys += [name for name in before if name not in after]
    changed = []
    for name in keys:
        old = before.get(name)
        new = after.get(name)
        if old == new or name in NOT_SHOWN:
            continue
        if _is_blank(name, old) and _is_blank(name, new):
            continue
        changed.append(name)
    return changed


def _is_blank(name, value):
    """Whether a value says nothing, such as how exact a date is that is not there."""
    if name.endswith("_precision") and value == Precision.NONE:
        return True
    return value in BLANK


def _compare_rows(child, olds, news, writer):
    """Yield a change for each row inside a record that is not as it was."""
    for pair in pair_rows(child, olds, news):
        before = pair.before or {}
        after = pair.after or {}
        fields = []
        for name in _list_changed(before, after):
            if name == "slug":
                # It is made of what the row says, and is for programs.
                continue
            change = writer.compare_field(
                child.model,
                name,
                before.get(name),
                after.get(name),
            )
            fields.append(change)
        title = writer.write_title(child, after or before)
        kind = str(child.model._meta.verbose_name)
        yield RowChange(kind, title, pair.edit, fields)


def pair_rows(child, before, after) -> list[RowPair]:
    """Return the rows that differ, each beside the one it was made of."""
    olds = [row for row in before if row not in after]
    news = [row for row in after if row not in before]
    # First by all that orders the rows, then by the first of it: a changed title keeps its place.
    pairs = _pair_by(child.order, olds, news)
    pairs += _pair_by(child.order[:1], olds, news)
    # A slug names its row for good, so another one is another row.
    if "slug" not in child.fields:
        pairs += _pair_single(olds, news)
    pairs += [RowPair(row, None) for row in olds]
    pairs += [RowPair(None, row) for row in news]
    return pairs


def _pair_single(olds, news):
    """Take the one row that is left on each side out; return them as a pair, else no pair."""
    if len(olds) != 1:
        return []
    if len(news) != 1:
        return []
    old = olds.pop()
    new = news.pop()
    return [RowPair(old, new)]


def _pair_by(names, olds, news):
    """Take the rows that alone share the values of `names` out of both lists; return the pairs."""
    pairs = []
    old_by_key = _group_rows(names, olds)
    new_by_key = _group_rows(names, news)
    for key, rows in old_by_key.items():
        partners = new_by_key.get(key, [])
        for pair in _pair_single(rows, partners):
            pairs.append(pair)
            olds.remove(pair.before)
            news.remove(pair.after)
    return pairs


def _group_rows(names, rows):
    groups = defaultdict(list)
    for row in rows:
        key = tuple(str(row.get(name)) for name in names)
        groups[key].append(row)
    return groups


class ValueWriter:
    """Writes the values of forms as a reader knows them: choices in words, records by name."""

    def __init__(self, names):
        self.names = names

    def compare_field(self, model, name, old, new) -> FieldChange:
        model_field = _find_field(model, name)
        label = getattr(model_field, "verbose_name", name)
        runs = self._compare_values(model, name, old, new)
        language = ""
        if name.endswith("_ja"):
            language = "ja"
        elif name not in QUOTED and not _list_choices(model, name):
            language = "en"
        return FieldChange(name, str(label), runs, language)

    def _compare_values(self, model, name, old, new):
        if isinstance(old, list) or isinstance(new, list):
            before = self._write_items(model, name, old)
            after = self._write_items(model, name, new)
            return compare_words(before, after)
        before = self._write_value(model, name, old)
        after = self._write_value(model, name, new)
        return compare_texts(before, after)

    def write_title(self, child, row) -> str:
        """Return what names a row for a reader, shortened."""
        texts = []
        for name in TITLES.get(child.key, child.order):
            text = self._write_value(child.model, name, row.get(name))
            if text:
                texts.append(text)
        title = " · ".join(texts)
        if len(title) > TITLE_LENGTH:
            title = f"{title[:TITLE_LENGTH]}…"
        return title

    def _write_items(self, model, name, values):
        items = []
        for value in values or []:
            text = self._write_value(model, name, value)
            items.append(f"{text}\n")
        return items

    def _write_value(self, model, name, value):
        if value in BLANK:
            return ""
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        related = find_related_model(model, name)
        if related:
            key = (related, value)
            return self.names.get(key, str(value))
        choices = _list_choices(model, name)
        word = choices.get(value, value)
        return str(word)


def _list_choices(model, name):
    """Return {code: word} of a field; empty if it has no choices."""
    model_field = _find_field(model, name)
    choices = getattr(model_field, "flatchoices", [])
    return dict(choices)
