from commitments.templatetags.wording import kind_words, reason_words
from commitments.verdicts.findings import Reason
from commitments.verdicts.targets import SUREST_FIRST


def test_every_reason_and_kind_of_figure_has_words():
    assert all(reason_words(reason) for reason in Reason)
    assert [kind_words(kind) for kind in SUREST_FIRST] == list(SUREST_FIRST)
