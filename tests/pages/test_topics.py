from commitments.models import Topic


def test_a_topic_lists_its_pledges_and_counts_their_verdicts(
    read, client, make_topic, make_pledge, make_assessment
):
    energy, other = make_topic("energy", name="Energy"), make_topic("culture", name="Culture")
    gas = make_pledge("gas", title="More gas", topics=[energy])
    make_pledge("trees", title="Trees", topics=[other])
    make_pledge("secret", title="Not yet", topics=[energy], state="draft")
    make_assessment(gas.undertakings.get(), "met")
    text = read("/topics/energy/")
    assert "More gas" in text
    assert "Trees" not in text
    assert "Not yet" not in text
    assert "?topic=energy&amp;status=met" in text
    assert client.get("/topics/never/").status_code == 404


def test_a_topic_names_what_it_is_part_of(read, make_topic):
    climate = make_topic("climate", name="Climate")
    make_topic("methane", name="Methane", parent=climate)
    assert 'href="/topics/climate/"' in read("/topics/methane/")
    assert 'href="/topics/methane/"' in read("/topics/climate/")


def test_a_topic_under_one_that_was_hidden_past_publishing_is_hidden_too(client, make_topic):
    make_topic("methane", parent=make_topic("climate"))
    assert client.get("/topics/methane/").status_code == 200
    Topic.objects.filter(slug="climate").update(state="withdrawn")
    assert client.get("/topics/methane/").status_code == 404


def test_the_list_counts_pledges_and_verdicts(read, make_topic, make_pledge, make_assessment):
    topic = make_topic()
    make_assessment(make_pledge("one", topics=[topic]).undertakings.get(), "met")
    make_pledge("two", topics=[topic], state="draft")
    make_topic("hidden", state="draft")
    text = read("/topics/")
    assert "1 pledge<" in text
    assert 'href="/topics/defence/"' in text
    assert "Hidden" not in text
