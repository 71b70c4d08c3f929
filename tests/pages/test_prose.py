import pytest

from commitments.models import Attribution, Modality
from commitments.verdicts.statuses import MEANINGS


@pytest.fixture
def methodology(read, db):
    return read("/methodology/")


@pytest.mark.parametrize("meaning", MEANINGS.values(), ids=MEANINGS)
def test_every_status_is_named_with_its_definition(methodology, meaning):
    assert f"<td>{meaning.word}</td>" in methodology
    assert f"<td>{meaning.definition}</td>" in methodology


@pytest.mark.parametrize("label", [*Attribution.labels, *Modality.labels])
def test_every_attribution_and_modality_is_named(methodology, label):
    assert f"<td>{label}</td>" in methodology


def test_the_about_page_is_the_installations_own(read, db, settings):
    settings.SITE_ABOUT, settings.SITE_CONTACT = "Run by <b>us</b>.", "desk@example.org"
    text = read("/about/")
    assert "Run by &lt;b&gt;us&lt;/b&gt;." in text
    assert "mailto:desk@example.org" in text
