"""The benchmarks run: what `make bench` prints is made of findings, not of errors."""

import pytest

from bench import rules, search, serving
from commitments.verdicts.rules import evaluate


def test_the_benchmark_of_the_rules_runs(capsys, monkeypatch):
    monkeypatch.setattr("sys.argv", ["bench.rules", "80"])
    rules.main()
    assert "80 evaluations of a 12-point series" in capsys.readouterr().out


@pytest.mark.django_db
def test_the_benchmark_of_search_finds_what_it_asks_for(capsys):
    search.main(60, times=1)
    said = capsys.readouterr().out
    assert "60 pledges" in said
    rows = {
        line[:22].strip(): line[22:].split() for line in said.splitlines()[-len(search.QUESTIONS) :]
    }
    assert list(rows) == list(search.QUESTIONS)
    assert rows["a name that all have"][0] == "60" and rows["nothing"][0] == "0"
    assert all(float(number) >= 0 for numbers in rows.values() for number in numbers)


def test_the_benchmark_of_the_server_compares_with_quiet_and_counts_silence(capsys):
    quiet = {"/healthz": [0.002, 0.002], "a pledge": [0.05]}

    serving.report("downloads", {"/healthz": [0.01, None], "a pledge": [None]}, quiet)

    health, page = capsys.readouterr().out.splitlines()
    assert "10.0     5.0×   1 without an answer" in health
    assert "no answer within 5 s to 1 requests" in page


def test_it_measures_every_kind_of_answer():
    days = [rules.date(2023, 7, 1), rules.date(2026, 7, 1)]
    found = {
        evaluate(target, rules.make_series(), as_of=day, known_on=day).status
        for target in rules.make_targets()
        for day in days
    }
    assert {"met", "not_met", "on_track", "in_progress"} <= found


@pytest.mark.soak
def test_a_hundred_thousand_verdicts_take_seconds(soaking):
    count = rules.WANTED if soaking else 1000
    # Three seconds on a machine of its own; room here for a busy one.
    assert rules.time_evaluations(count) < count * 3 * 30e-6
