"""The record of a module's tests is made once, and no test changes it for the next."""

import pytest
from django.db import OperationalError

from commitments.models import Topic
from tests.fixtures.kept import keep

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
made = []


@keep
def topic(make_topic):
    made.append("topic")
    return make_topic()


@pytest.mark.parametrize("_again", [1, 2])
def test_it_is_made_once_and_found_as_it_was_made(topic, _again):
    assert made == ["topic"]
    assert topic.name == Topic.objects.get().name == "Defence"
    topic.name = "Changed"
    with pytest.raises(OperationalError, match="readonly"):
        topic.save()


def test_a_test_that_does_not_begin_with_it_finds_nothing_and_may_write(make_topic):
    assert not Topic.objects.exists()
    make_topic()
