"""What the checking commands say, and the answer their caller's script gets."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from commitments.management.commands.verify_ledger import NOT_COVERED
from commitments.models import LedgerHead, Party, Pledge
from commitments.publishing import guards

pytestmark = pytest.mark.django_db(transaction=True)


def test_an_empty_ledger_holds(capsys):
    call_command("verify_ledger")
    assert capsys.readouterr().out.startswith("The ledger holds: 0 entries, head empty.\n")


def test_a_ledger_that_holds_is_named_by_its_head(japan, capsys):
    call_command("verify_ledger")
    head = LedgerHead.objects.get()
    first, *others = capsys.readouterr().out.splitlines()
    assert first == f"The ledger holds: 1 entries, head {head.hash}."
    assert others == NOT_COVERED.splitlines()


def test_every_finding_is_listed_with_their_number(make_party, capsys):
    make_party("japan")
    make_party("atlantis")
    Party.objects.update(name="Mu")
    with pytest.raises(CommandError) as refusal:
        call_command("verify_ledger")
    assert str(refusal.value).splitlines() == [
        "party atlantis differs from entry 2: its row was changed past publishing.",
        "party japan differs from entry 1: its row was changed past publishing.",
        "2 findings: do not trust this ledger before each is explained.",
        *NOT_COVERED.splitlines(),
    ]
    assert refusal.value.returncode == 1


def test_a_ledger_without_guards_does_not_hold(japan):
    with (
        guards.without_guards(),
        pytest.raises(CommandError, match="The trigger ledger_entry_delete is missing"),
    ):
        call_command("verify_ledger")


def test_migrate_warns_of_a_missing_guard_and_installs_it(japan, capsys):
    """A check that failed would stop the one command that mends it."""
    guards.remove_guards()
    call_command("migrate", verbosity=0, skip_checks=False)
    assert "missing or were changed: ledger_entry_delete, " in capsys.readouterr().err
    assert guards.find_missing_guards() == []


def test_the_commands_change_nothing(make_pledge):
    make_pledge()
    written = []

    def watch(execute, sql, parameters, many, context):
        if not sql.lstrip().upper().startswith("SELECT"):
            written.append(sql)
        return execute(sql, parameters, many, context)

    with connection.execute_wrapper(watch):
        call_command("verify_ledger")
        call_command("check_integrity")
    assert written == []


def test_a_record_without_fault_breaks_no_rule(make_pledge, capsys):
    make_pledge()
    call_command("check_integrity")
    assert capsys.readouterr().out == "No rule is broken; 0 warnings.\n"


def test_warnings_are_printed_and_counted(make_pledge, make_source, capsys):
    make_pledge("no-criteria", criteria=False)
    make_source("on-paper", url="")
    call_command("check_integrity")
    assert capsys.readouterr().out.splitlines() == [
        (
            "warning: source on-paper: It has neither an address nor a note on where it can be"
            " read. (source_cannot_be_found)"
        ),
        (
            "warning: pledge no-criteria: It has no criteria: nobody can tell in advance what would"
            " count as met. (pledge_without_criteria)"
        ),
        "No rule is broken; 2 warnings.",
    ]


def test_what_would_be_refused_today_fails_the_check(make_pledge, capsys):
    make_pledge("orphan", criteria=False)
    Pledge.objects.get().undertakings.all().delete()
    with pytest.raises(CommandError) as refusal:
        call_command("check_integrity")
    assert str(refusal.value).splitlines() == [
        (
            "pledge orphan: Nobody owes it. Add an undertaking for each party it binds."
            " (pledge_without_undertaking)"
        ),
        "1 broken rules, 1 warnings.",
    ]
    assert "pledge_without_criteria" in capsys.readouterr().out
