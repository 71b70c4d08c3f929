"""Finding pledges by words. Simple and slow, until there is a search table: each text is compared as it stands."""

import unicodedata

from django.db.models import Q

from commitments.models import Party, Pledge, Topic, Undertaking

# Every word costs the database a comparison with each of these texts of each pledge.
MOST_WORDS = 12
TEXTS = (
    *("title", "title_ja", "quote", "translation", "explanation", "explanation_ja"),
    *("summit__name", "summit__name_ja"),
)


def words(text):
    """Return the words of a search, each once, composed as the stored texts are."""
    return list(dict.fromkeys(unicodedata.normalize("NFC", text).split()))


def matching(pledges, text):
    """Keep the `pledges` in which every word of `text` occurs: in a text of theirs, or in the name of
    their summit, of a party that owes them or of a topic. Only public names count."""
    for word in words(text):
        called = Q(name__icontains=word) | Q(name_ja__icontains=word)
        owed = Undertaking.objects.published().filter(party__in=Party.objects.published().filter(called))
        about = Pledge.objects.published().filter(topics__in=Topic.objects.published().filter(called))
        somewhere = Q(pk__in=owed.values("pledge")) | Q(pk__in=about.values("pk"))
        for field in TEXTS:
            somewhere |= Q(**{f"{field}__icontains": word})
        pledges = pledges.filter(somewhere)
    return pledges
