"""The fields of a form in what two people changed differently."""

from commitments.publicforms import CURRENT


def keep_clashing(differences, clashes, record):
    """Keep the differences of a form in what two people changed."""
    form = CURRENT[record._meta.model_name]
    prefixes = {child.key: child.accessor for child in form.children}
    fields = set()
    rows = set()
    for clash in clashes:
        key, *inside = clash.place
        # A form names the rows of a list by how the record leads to them.
        prefix = prefixes.get(key)
        if not inside:
            fields.add(key)
        elif len(inside) == 1:
            rows.add(prefix)
        else:
            field = (prefix, inside[-1])
            fields.add(field)
    return [row for row in differences if _is_among(row.name, fields, rows)]


def _is_among(html_name, fields, rows):
    """Whether a field of a form is one of `fields`, or in one of the lists `rows`.

    A field of a row is named by its list, the row's number and its own name; a whole row by none.
    """
    if not html_name:
        return bool(rows)
    if html_name in fields:
        return True
    prefix, _, numbered = html_name.partition("-")
    _number, _, name = numbered.partition("-")
    return prefix in rows or (prefix, name) in fields
