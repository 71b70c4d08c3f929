"""`fields=slug,title`: of every record only the fields that a client wants."""

from commitments.api.errors import LONGEST_NAME, MOST_FIELDS

NAME = "fields"


class FieldChoice:
    """The fields one request asks for; all of them without `fields`."""

    def __init__(self, request, known, always):
        self.errors = {}
        given = request.query_params.getlist(NAME)
        self.names = set(filter(None, given[-1].split(","))) if given else set()
        unknown = sorted(self.names - known)
        if len(given) > 1:
            self.errors[NAME] = "Give it once, the names with commas between them."
        elif unknown:
            shown = ", ".join(name[:LONGEST_NAME] for name in unknown[:MOST_FIELDS])
            self.errors[NAME] = (
                f"No fields of this record: {shown}. It has: {', '.join(sorted(known))}."
            )
        self.kept = self.names | always

    def shows(self, name):
        return not self.names or name in self.kept

    def cut(self, body):
        return {name: value for name, value in body.items() if self.shows(name)}
