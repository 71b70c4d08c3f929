"""What every template knows about the site itself."""

from django.conf import settings
from django.utils.translation import gettext


def describe_site(request):
    """Return the settings that describe the site; none is secret. Texts that were left at their
    defaults are translated.
    """
    return {
        "site_name": settings.SITE_NAME,
        "site_tagline": gettext(settings.SITE_TAGLINE),
        "site_address": settings.SITE_ADDRESS,
        "site_contact": settings.SITE_CONTACT,
        "site_about": gettext(settings.SITE_ABOUT),
        "site_data_licence": settings.SITE_DATA_LICENCE,
        "site_data_licence_url": settings.SITE_DATA_LICENCE_URL,
    }
