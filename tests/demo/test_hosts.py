"""Every address of the demonstration record leads to a host that somebody has vouched for."""

from pathlib import Path
from urllib.parse import urlsplit

import pytest
import yaml

from commitments.demo.loading import read_records

DEMO = Path(__file__).resolve().parents[2] / "commitments" / "demo"
HOSTS = yaml.safe_load((DEMO / "hosts.yaml").read_text(encoding="utf-8"))
ORIGINALS = {*HOSTS["official"], *HOSTS["independent"], *HOSTS["press"]}
# Which groups an address of each field may lead to.
VOUCHED_FOR = {
    "url": ORIGINALS,
    "read_at": ORIGINALS | {*HOSTS["copies"], *HOSTS["archives"]},
    "archived_at": {*HOSTS["archives"], *HOSTS["official"]},
}


def list_addresses():
    """Yield (record, field, host) of every address in the files."""
    for record_type, fields in read_records():
        for name in VOUCHED_FOR:
            if fields.get(name):
                host = urlsplit(fields[name]).hostname
                yield f"{record_type} {fields['slug']}", name, host


@pytest.mark.parametrize("field", VOUCHED_FOR)
def test_every_address_leads_to_a_host_that_was_vouched_for(field):
    others = [
        f"{record}: {host}"
        for record, name, host in list_addresses()
        if name == field and host not in VOUCHED_FOR[field]
    ]
    assert others == []


def test_an_official_text_is_not_on_a_newspapers_site():
    elsewhere = []
    for record_type, fields in read_records():
        if record_type == "source" and fields["tier"] == "primary_official" and fields.get("url"):
            host = urlsplit(fields["url"]).hostname
            if host in HOSTS["press"]:
                elsewhere.append(f"{fields['slug']}: {host}")
    assert elsewhere == []


def test_no_host_is_listed_that_nothing_leads_to():
    used = {host for _, _, host in list_addresses()}
    listed = {host for group in HOSTS.values() for host in group}
    assert listed - used == set()


def test_a_host_stands_once_and_in_order():
    groups = [list(hosts) for hosts in HOSTS.values()]
    every = [host for hosts in groups for host in hosts]
    assert len(every) == len(set(every))
    assert groups == [sorted(hosts) for hosts in groups]
