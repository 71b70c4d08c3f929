"""Errors of the API: one shape for all of them."""

from rest_framework import exceptions, serializers, status

# An address can name thousands of parameters; the answer does not repeat them all.
MOST_FIELDS, LONGEST_NAME = 20, 60
MESSAGES = {
    "not_found": "There is nothing public at this address.",
    "not_yet": "This record was not there yet on the day of “as_of”; it is there now.",
    "method_not_allowed": "The API only reads: use GET.",
    "not_acceptable": "The API answers with application/json only.",
    "parse_error": "This request cannot be read.",
}


class WrongParameters(exceptions.APIException):
    """A parameter that nobody declared, or a value that a parameter cannot have."""

    status_code = status.HTTP_400_BAD_REQUEST

    def __init__(self, unknown, invalid, *, known):
        self.unknown = unknown
        self.invalid = invalid
        self.known = known
        code = "unknown_parameter" if unknown else "invalid_parameter"
        super().__init__(self.write_sentence(), code)

    def write_sentence(self):
        if not self.unknown:
            return "A parameter has a value that cannot be used."
        if not self.known:
            return "This address takes no parameters."
        known = ", ".join(sorted(self.known))
        return f"Not a parameter of this address. It takes: {known}."

    @property
    def fields(self):
        """What is wrong with each parameter, by its name."""
        fields = {}
        for name in self.unknown[:MOST_FIELDS]:
            fields[name[:LONGEST_NAME]] = "Unknown parameter."
        for name, message in self.invalid.items():
            if name in self.known:
                fields[name] = str(message)
        return fields


class NotYetError(exceptions.NotFound):
    """A record that exists now and did not on the day of `as_of`."""

    default_code = "not_yet"


class PreconditionFailed(exceptions.APIException):
    status_code = status.HTTP_412_PRECONDITION_FAILED
    default_code = "precondition_failed"
    default_detail = "The answer is no longer the one your If-Match names."


def render_error(exc):
    """Return the body of the answer to the error `exc`."""
    code = exc.get_codes()
    return {
        "error": {
            "status": exc.status_code,
            "code": code,
            "message": MESSAGES.get(code, str(exc.detail)),
            "fields": getattr(exc, "fields", {}),
        }
    }


class ErrorDetailSerializer(serializers.Serializer):
    status = serializers.IntegerField(help_text="The HTTP status.")
    code = serializers.CharField(help_text="What went wrong, for programs.")
    message = serializers.CharField(help_text="What went wrong, for people.")
    fields = serializers.DictField(
        child=serializers.CharField(), help_text="By parameter, what is wrong with it."
    )


class ErrorSerializer(serializers.Serializer):
    error = ErrorDetailSerializer()
