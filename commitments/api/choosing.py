"""`fields=slug,title`: of every record only the fields that a client wants."""

from commitments.api.errors import LONGEST_NAME, MOST_FIELDS

NAME = "fields"


class FieldChoice:
    """The fields that one request asks for; all of them without `fields`."""

    def __init__(self, request, known, always):
        self.errors = {}
        self.always = always
        values = request.query_params.getlist(NAME)
        self.names = split_names(values)
        unknown = self.names - known
        if len(values) > 1:
            self.errors[NAME] = "Give it once, the names with commas between them."
        elif unknown:
            self.errors[NAME] = write_unknown_fields(unknown, known)

    def cut(self, body):
        """Return `body` with only the fields that the request asks for."""
        if not self.names:
            return body
        visible = self.names | self.always
        fields = {}
        for name, value in body.items():
            if name in visible:
                fields[name] = value
        return fields


def split_names(values):
    """Return the set of names in the last of `values`, which separates them with commas."""
    if not values:
        return set()
    names = values[-1].split(",")
    return {name for name in names if name}


def write_unknown_fields(unknown, known):
    """Return the sentence about names that are not fields; it repeats only some of them."""
    names = []
    for name in sorted(unknown)[:MOST_FIELDS]:
        names.append(name[:LONGEST_NAME])
    wrong = ", ".join(names)
    fields = ", ".join(sorted(known))
    return f"No fields of this record: {wrong}. It has: {fields}."
