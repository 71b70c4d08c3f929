"""What is offered where nothing has all the words: those with most of them, and never without a
phrase.
"""

import pytest

from commitments import models, search
from tests.fixtures.cases import on_the_same_record

pytestmark = pytest.mark.django_db


@pytest.fixture
def nearest(rows):
    """Return the slugs of the pledges that have most of the words, or half of them, and which of
    the two.
    """

    def nearest(text, pledges=None):
        slugs = dict(models.Pledge.objects.values_list("pk", "slug"))
        near = search.find_nearest(
            models.Pledge.objects.published() if pledges is None else pledges, text
        )
        return near and ([slugs[key] for key in near.keys], "most" if near.most else "half")

    return nearest


@on_the_same_record(
    "text, expected",
    [
        pytest.param("critical minerals loan xyzzy", (["loan"], "most"), id="three of four"),
        pytest.param(
            "critical minerals xyzzy",
            (["minerals", "aid", "loan"], "most"),
            id="two of three, by title first",
        ),
        pytest.param("minerals élysée", None, id="not where something has all"),
        pytest.param("mineral Élysée 石破", (["aid", "loan"], "most"), id="equal ones by slug"),
        pytest.param("minerals elysee xyzzy abcde", (["aid"], "half"), id="half, if none has more"),
        pytest.param(
            "climate critical", (["solar"], "half"), id="the rarer half, and not the commoner"
        ),
        pytest.param(
            "minerals xyzzy", (["minerals", "aid", "loan", "solar"], "half"), id="one of two"
        ),
        pytest.param("minerals xyzzy abcde", None, id="fewer than half is nothing"),
        pytest.param("minerals", None, id="a single word finds or does not"),
        pytest.param('"minerals critical" stockpiles', None, id="a phrase is never left out"),
        pytest.param(
            '"critical minerals" xyzzy',
            (["minerals", "aid"], "half"),
            id="another word beside it is",
        ),
        pytest.param('"critical minerals" "xyzzy"', None, id="but no second phrase"),
        pytest.param(
            "promise to keep solar power", (["solar"], "most"), id="what every record is asked"
        ),
        pytest.param("広島の気候変動枠組", (["solar"], "half"), id="a Japanese question"),
        pytest.param("気候変動枠組", None, id="every pair of a Japanese word counts"),
        pytest.param("レアアースの援助の海", (["aid"], "most"), id="a synonym is as good"),
        pytest.param("米 xyzzy", (["minerals"], "half"), id="one character"),
        pytest.param("!!! ***", None, id="nothing to find"),
    ],
)
def test_what_has_most_of_the_words(nearest, text, expected):
    assert nearest(text) == expected


def test_only_the_pledges_given_are_offered_and_hold_others_back(nearest):
    others = models.Pledge.objects.published().exclude(slug="aid")
    assert nearest("minerals Élysée", others) == (["minerals", "loan", "solar"], "half")
    assert nearest("minerals Élysée", others.none()) is None


def test_the_nearest_cost_one_statement_and_a_single_word_none(rows, django_assert_num_queries):
    with django_assert_num_queries(1):
        search.find_nearest(
            models.Pledge.objects.published(), 'critical "minerals" of the us xyzzy'
        )
    with django_assert_num_queries(0):
        search.find_nearest(models.Pledge.objects.published(), "minerals")
