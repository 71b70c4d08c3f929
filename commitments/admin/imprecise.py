"""Dates of a form as people write them: “May 2017” becomes a day and how exact it is."""

from commitments.admin.fields import TypedDate
from commitments.dates import explain_wrong_day, read_period
from commitments.models.imprecise import BEGINNINGS, DAY_WITHOUT_PRECISION, LABELS
from commitments.verdicts.dates import UNDATED, DayHeld, Precision

PARTS = ("", "_precision", "_fiscal_start", "_fiscal_named", "_from")
FISCAL_MONTHS = range(1, 13)
# What only a fiscal year has, and how it is empty.
FISCAL_PARTS = {"_fiscal_start": None, "_fiscal_named": ""}
AS_EXACT_AS_KNOWN = "As exactly as it is known: 28 October 2025, October 2025 or 2025."
NEEDS_MONTH = (
    "In which month does this fiscal year start? Give its number: 4 for Japan, 10 for the United"
    " States."
)
NO_SPAN = (
    "Neither a fiscal year nor several years fit here. Write the day, the month, the quarter or the"
    " year."
)


class DateReader:
    """For a ModelForm: settles the columns of each imprecise date from what was typed."""

    def clean(self):
        cleaned = super().clean()
        for name, field in self.fields.items():
            if isinstance(field, TypedDate):
                ImpreciseColumns(self, name).settle()
        return cleaned


class ImpreciseColumns:
    """The columns of the imprecise date `name` in a form."""

    def __init__(self, form, name):
        self.form = form
        self.name = name
        self.cleaned = form.cleaned_data
        self.held = DayHeld.FIRST if name in BEGINNINGS else DayHeld.LAST

    def settle(self):
        """Put day and precision for what was typed into the cleaned data, or add an error."""
        if self.name in self.cleaned:
            self._settle_written()
        if self.name in self.form.errors:
            self._drop_precision()

    def _settle_written(self):
        written = self.cleaned[self.name]
        month = self._read("_fiscal_start")
        if month is not None and month not in FISCAL_MONTHS:
            self._ask_for_month()
            return
        if written is None:
            self._set_usual_precision(Precision.NONE)
            return
        if written.precision == Precision.DAY:
            self.cleaned[self.name] = written.last_day
            self._set_usual_precision(Precision.DAY)
            self._refuse_contradiction()
        else:
            self._take_words(written)

    def _drop_precision(self):
        """Say nothing of the precision of a day that is refused: its own sentence is enough."""
        month_box = f"{self.name}_fiscal_start"
        if month_box in self.form.fields:
            return
        self._write("_precision", Precision.DAY.value)

    def _set_usual_precision(self, usual):
        """Set a precision that nobody chose: to the day if there is a date, to none without one."""
        if self._is_changed("_precision"):
            return
        precision = self._read("_precision")
        if precision in (Precision.DAY, Precision.NONE):
            self._write("_precision", usual.value)

    def _take_words(self, written):
        """Set every column from a date that names more than a day."""
        precision = self._read("_precision")
        is_chosen = self._is_changed("_precision")
        is_usual = precision == Precision.NONE and not is_chosen
        box = self.form.fields[f"{self.name}_precision"]
        known = dict(box.choices)
        if precision in UNDATED and not is_usual:
            self._refuse_undated()
        elif is_chosen and precision != written.precision:
            sentence = _explain_choice(precision, written.precision)
            self._refuse(sentence)
        elif written.precision not in known:
            self._refuse(NO_SPAN)
        else:
            self._take_days(written)

    def _refuse_undated(self):
        del self.cleaned[self.name]
        self.form.add_error(f"{self.name}_precision", DAY_WITHOUT_PRECISION)

    def _take_days(self, written):
        month = self._read("_fiscal_start")
        if f"{self.name}_fiscal_start" in self.form.errors:
            del self.cleaned[self.name]
            return
        if written.fiscal_year is not None and month is None:
            self._ask_for_month()
            return
        bound = self.form[self.name]
        text = bound.value()
        naming = self._read("_fiscal_named") or ""
        try:
            value = read_period(text, month, naming)
        except ValueError as unreadable:
            sentence = str(unreadable)
            self._refuse(sentence)
            return
        day = value.last_day
        if self.held == DayHeld.FIRST:
            day = value.first_day
        self.cleaned[self.name] = day
        self._write("_precision", value.precision.value)
        self._clear_others(value)

    def _ask_for_month(self):
        """Add an error beside the month; until it is given this counts as undated."""
        self.cleaned[self.name] = None
        self._write("_precision", Precision.NONE.value)
        self.form.add_error(f"{self.name}_fiscal_start", NEEDS_MONTH)

    def _clear_others(self, value):
        """Empty the columns that belonged to what stood here before."""
        if value.precision == Precision.PERIOD:
            self._write("_from", value.first_day)
        elif not self._is_changed("_from"):
            self._write("_from", None)
        if value.precision == Precision.FISCAL_YEAR:
            return
        for part, nothing in FISCAL_PARTS.items():
            if not self._is_changed(part):
                self._write(part, nothing)

    def _refuse_contradiction(self):
        """Add an error if the day is not the one that its precision ends (or begins) on.

        What nobody changed in this form stays: older records can be amended.
        """
        precision = self._read("_precision")
        month = self._read("_fiscal_start")
        changed = [part for part in PARTS if self._is_changed(part)]
        if not precision or not changed:
            return
        is_fiscal = precision == Precision.FISCAL_YEAR
        if is_fiscal is (month is None):
            # The rule of the columns says that these two do not fit.
            return
        sentence = explain_wrong_day(
            self.cleaned[self.name],
            precision,
            held=self.held,
            fiscal_start=month,
            fiscal_named=self._read("_fiscal_named") or "",
        )
        if sentence:
            self._refuse(sentence)

    def _is_changed(self, part):
        return f"{self.name}{part}" in self.form.changed_data

    def _read(self, part):
        return self.cleaned.get(f"{self.name}{part}")

    def _write(self, part, value):
        column = f"{self.name}{part}"
        if column in self.form.fields:
            self.cleaned[column] = value

    def _refuse(self, sentence):
        self.form.add_error(self.name, sentence)


def _explain_choice(precision, written):
    right = LABELS[written]
    wrong = LABELS[Precision(precision)]
    return f"You wrote {right} and chose “{wrong}”. Choose “{right}”, or write the other."
