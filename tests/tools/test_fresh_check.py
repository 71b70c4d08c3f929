"""What `tools.fresh_check` takes over from this machine, and when it is content."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tools import fresh_check


def test_pip_is_asked_for_its_settings_and_the_environment_goes_first(tmp_path, monkeypatch):
    file = tmp_path / "pip.conf"
    file.write_text("[global]\nretries = 2\ntimeout = 10\nfind-links =\n  one\n  two\n")
    for name in [name for name in os.environ if name.startswith("PIP_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PIP_CONFIG_FILE", str(file))
    monkeypatch.setenv("PIP_TIMEOUT", "20")
    settings = fresh_check.pip_settings()
    assert settings["retries"] == "2"
    assert settings["timeout"] == "20"
    assert settings["find-links"] == "one two"


def test_what_apt_needs_to_reach_its_sources_is_kept_and_no_more(tmp_path, monkeypatch):
    lines = [
        'Acquire::http::Proxy "http://127.0.0.1:3142";',
        'Acquire::https::Proxy "";',
        'Acquire::Check-Valid-Until "false";',
        'DPkg::Post-Invoke:: "rm -f /var/cache/apt/*.bin || true";',
    ]
    program = tmp_path / "apt-config"
    program.write_text("#!/bin/sh\ncat <<'END'\n" + "\n".join(lines) + "\nEND\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    assert fresh_check.apt_options() == [lines[0], lines[2]]


def test_the_files_and_folders_that_settings_name_are_seen_inside(tmp_path):
    bundle = tmp_path / "bundle.pem"
    bundle.touch()
    index = tmp_path / "mirror" / "simple"
    index.mkdir(parents=True)
    values = [str(bundle), f"file://{index} 30 https://127.0.0.1/simple {tmp_path}/missing"]
    # An index links to files beside it.
    assert list(fresh_check.local_paths(values)) == [bundle, index.parent]


def test_a_process_is_found_by_its_root():
    assert os.getpid() in fresh_check.processes_inside(Path("/"))


def test_nobody_is_found_in_a_folder_that_is_no_process_s_root(tmp_path):
    assert fresh_check.processes_inside(tmp_path) == []


def test_a_server_that_ends_before_it_answers_is_a_failure():
    server = subprocess.Popen([sys.executable, "-c", "raise SystemExit(3)"])
    server.wait()
    with pytest.raises(fresh_check.CheckFailed, match="ended with 3"):
        fresh_check.wait_for_a_pledge("http://127.0.0.1:1/", server)


def test_a_command_that_fails_stops_the_check():
    with pytest.raises(fresh_check.CheckFailed, match="false ended with 1"):
        fresh_check.run("false")
