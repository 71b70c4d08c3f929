"""The command that lists the broken rules of all that is published."""

import pytest
from django.core.management import CommandError, call_command

from commitments import models

pytestmark = pytest.mark.django_db


def test_the_command_fails_on_a_rule_broken_past_publishing(make_pledge):
    make_pledge()
    models.Undertaking.objects.update(slug="something--else")
    with pytest.raises(CommandError, match="undertaking_slug_differs"):
        call_command("check_integrity")


def test_the_command_warns_without_failing_where_a_curator_may_know_better(make_pledge, capsys):
    make_pledge("no-criteria", criteria=False)
    call_command("check_integrity")
    assert "warning: pledge no-criteria: It has no criteria" in capsys.readouterr().out


def test_the_command_does_not_look_at_drafts(make_pledge, capsys):
    make_pledge(state="draft", parties=[])
    call_command("check_integrity")
    assert capsys.readouterr().out == "No rule is broken; 0 warnings.\n"
