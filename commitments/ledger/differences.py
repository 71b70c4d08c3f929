"""What changed from one form of a record to another: its fields, and the rows inside it.

Both are payloads in the newest form, public ones or full ones.
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
# Kept for the program: the number of the form is no content.
NOT_SHOWN = {"form"}
TITLE_LENGTH = 80


class FieldChange(NamedTuple):
    """A field that says something else now, as the runs of words that lead there."""

    name: str
    label: str
    runs: list[Run]


@dataclass(frozen=True)
class RowChange:
    """A row inside a record that was added, removed or changed."""

    kind: str
    title: str
    edit: Edit
    fields: list[FieldChange]


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


def compare_forms(record_type, before, after, names=None) -> Differences:
    """Return what leads from the form `before` of a record to the form `after`; no statement.

    `names` are those of records by (model, slug), as `load_names` returns them. A record without
    one is named by its slug.
    """
    form = CURRENT[record_type]
    children = {child.key: child for child in form.children}
    writer = ValueWriter(names or {})
    changes = Differences()
    for name in _list_keys(before, after):
        old, new = before.get(name), after.get(name)
        if old == new:
            continue
        if name in children:
            pairs = pair_rows(children[name], old or [], new or [])
            changes.rows.extend(_describe_pairs(children[name], pairs, writer))
        else:
            changes.fields.append(writer.compare_field(form.model, name, old, new))
    return changes


def load_names(record_type, *forms, load=None):
    """Return {(model, slug): name} of the records that the forms of a record name.

    One statement for each kind of record. `load` narrows which records may be named.
    """
    slugs = defaultdict(set)
    form = CURRENT[record_type]
    for body in forms:
        _collect_slugs(form.model, body, slugs)
        for child in form.children:
            for row in body.get(child.key) or []:
                _collect_slugs(child.model, row, slugs)
    names = {}
    for model, wanted in slugs.items():
        rows = load(model) if load else model._base_manager.all()
        for row in join_names(rows.filter(slug__in=wanted)):
            names[model, row.slug] = str(row)
    return names


def join_names(rows):
    """Return the records `rows` with what their names read, in the same statement."""
    paths = NAMED_BY.get(rows.model) or RELATED.get(rows.model)
    # Without names, select_related() would follow every relation.
    return rows.select_related(*paths) if paths else rows


def _collect_slugs(model, body, slugs):
    for name, value in body.items():
        related = _find_related(model, name)
        if related is None or related is Criteria or not value:
            continue
        slugs[related].update(value if isinstance(value, list) else [value])


def _find_field(model, name):
    try:
        return model._meta.get_field(name)
    except FieldDoesNotExist:
        return None


def _find_related(model, name):
    """Return the model that the field refers to by slug, or None."""
    field_of_model = _find_field(model, name)
    if field_of_model is None or field_of_model.one_to_many:
        return None
    return field_of_model.related_model


def _list_keys(before, after):
    """Return the keys of both forms in the order of the newer one."""
    keys = [*after, *(name for name in before if name not in after)]
    return [name for name in keys if name not in NOT_SHOWN]


def pair_rows(child, before, after) -> list[RowPair]:
    """Return the rows that differ, each beside the one it was made of."""
    olds = [row for row in before if row not in after]
    news = [row for row in after if row not in before]
    pairs = []
    # First by all that orders the rows, then by the first of it: a changed title keeps its place.
    for names in (child.order, child.order[:1]):
        pairs += _pair_by(names, olds, news)
    # A slug names its row for good, so another one is another row.
    is_named = "slug" in child.fields
    if not is_named and len(olds) == 1 and len(news) == 1:
        pairs.append(RowPair(olds.pop(), news.pop()))
    pairs += [RowPair(row, None) for row in olds]
    pairs += [RowPair(None, row) for row in news]
    return pairs


def _pair_by(names, olds, news):
    """Take the rows that alone share the values of `names` out of both lists; return the pairs."""
    pairs = []
    old_by_key, new_by_key = _group_rows(names, olds), _group_rows(names, news)
    for key, rows in old_by_key.items():
        partners = new_by_key.get(key, [])
        if len(rows) == 1 and len(partners) == 1:
            pairs.append(RowPair(rows[0], partners[0]))
            olds.remove(rows[0])
            news.remove(partners[0])
    return pairs


def _group_rows(names, rows):
    groups = defaultdict(list)
    for row in rows:
        key = tuple(str(row.get(name)) for name in names)
        groups[key].append(row)
    return groups


def _describe_pairs(child, pairs, writer):
    changes = []
    for before, after in pairs:
        edit = _choose_edit(before, after)
        before, after = before or {}, after or {}
        fields = []
        for name in _list_keys(before, after):
            old, new = before.get(name), after.get(name)
            if old != new and not (_is_blank(old) and _is_blank(new)):
                fields.append(writer.compare_field(child.model, name, old, new))
        title = writer.write_title(child, after or before)
        kind = str(child.model._meta.verbose_name)
        changes.append(RowChange(kind, title, edit, fields))
    return changes


def _choose_edit(before, after):
    if before is None:
        return Edit.ADDED
    if after is None:
        return Edit.REMOVED
    return Edit.KEPT


def _is_blank(value):
    return value in (None, "", [])


class ValueWriter:
    """Writes the values of forms as a reader knows them: choices in words, records by name."""

    def __init__(self, names):
        self.names = names

    def compare_field(self, model, name, old, new) -> FieldChange:
        field_of_model = _find_field(model, name)
        if isinstance(old, list) or isinstance(new, list):
            runs = compare_words(
                self._write_items(model, name, old),
                self._write_items(model, name, new),
            )
        else:
            before = self._write_value(model, name, old)
            after = self._write_value(model, name, new)
            runs = compare_texts(before, after)
        return FieldChange(name, _write_label(field_of_model, name), runs)

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
        return [f"{self._write_value(model, name, value)}; " for value in values or []]

    def _write_value(self, model, name, value):
        if value is None or value == "":
            return ""
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        related = _find_related(model, name)
        if related:
            return self.names.get((related, value), str(value))
        field_of_model = _find_field(model, name)
        choices = dict(getattr(field_of_model, "flatchoices", []))
        return str(choices.get(value, value))


def _write_label(field_of_model, name):
    if field_of_model is None or field_of_model.one_to_many:
        return name.replace("_", " ")
    return str(field_of_model.verbose_name)
