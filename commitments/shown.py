"""The verdict that readers see of an undertaking at another time than now, put into rows in memory.

What they see now stands in the table, written by `publishing`; nothing here is ever saved.
"""

from commitments.models import OURS


def show_verdicts(undertakings, assessments, outside, *, checked_on=None):
    """Let each of `undertakings` show the first of `assessments`, else of `outside`, that judges it.

    Both lists come newest first. `checked_on` gives the day an assessment, by its key, was last checked;
    without it that is not known.
    """
    for row in undertakings:
        row.current_assessment_id, row.shown_status, row.shown_by, row.checked_on = None, "", "", None
        ours = next((one for one in assessments if one.undertaking_id == row.pk), None)
        others = next((one for one in outside if one.undertaking_id == row.pk and one.status), None)
        if row.is_exempt:
            continue
        if ours:
            row.current_assessment_id, row.shown_status, row.shown_by = ours.pk, ours.status, OURS
            row.checked_on = (checked_on or {}).get(ours.pk)
        elif others:
            row.shown_status, row.shown_by = others.status, others.report.assessor.slug
