"""What every template may say about the site itself."""

from django.conf import settings
from django.utils.translation import gettext


def site(request):
    """Return the settings that name the site; they hold no secrets. Texts left as they came are
    translated.
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
