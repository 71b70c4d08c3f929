import pytest

from commitments.models import Action, Attribution, Modality
from commitments.publicforms import CURRENT
from commitments.templatetags import wording
from commitments.verdicts.targets import Comparator, FigureKind, Kind
from commitments.verdicts.wording import COMPARATORS, KINDS_OF_FIGURE, KINDS_OF_TARGET


@pytest.mark.parametrize(
    "words, codes",
    [
        pytest.param(wording.ATTRIBUTIONS, Attribution.values, id="attributions"),
        pytest.param(wording.MODALITIES, Modality.values, id="modalities"),
        pytest.param(COMPARATORS, Comparator, id="comparators"),
        pytest.param(KINDS_OF_TARGET, Kind, id="kinds of target"),
        pytest.param(KINDS_OF_FIGURE, FigureKind, id="kinds of figure"),
        pytest.param(wording.DEEDS, Action.values, id="actions of the ledger"),
        pytest.param(wording.RECORDS, list(CURRENT), id="types of records"),
    ],
)
def test_every_code_has_words(words, codes):
    assert sorted(words) == sorted(codes)


@pytest.mark.parametrize(
    "labels, words", [(Attribution, wording.ATTRIBUTIONS), (Modality, wording.MODALITIES)]
)
def test_the_words_begin_with_the_label_used_everywhere(labels, words):
    for value, label in labels.choices:
        assert words[value].startswith(f"{label}: ")
