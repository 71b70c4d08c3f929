"""What `tools.audit` makes of a report, and that it says what it lacks.

The programs that it runs are tested by running it.
"""

import shutil

import pytest

from tools import audit


def test_a_report_of_lighthouse_is_scored_of_a_hundred_and_says_what_costs_points():
    references = [{"id": "labels", "weight": 3}, {"id": "colours", "weight": 0}]
    findings = {
        "categories": {"accessibility": {"score": 0.973, "auditRefs": references}},
        "audits": {
            "labels": {"title": "Labels", "score": 0.5, "displayValue": "2 missing"},
            "colours": {"title": "Colours", "score": 0},
        },
    }
    assert audit.score(findings) == ({"accessibility": 97}, ["Labels 2 missing"])


def test_it_says_which_programs_it_lacks(monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda name: None if name == "java" else f"/bin/{name}")
    with pytest.raises(
        audit.CannotAudit, match=r"needs java \(.*: apt install default-jre-headless\)"
    ):
        audit.require_programs()
