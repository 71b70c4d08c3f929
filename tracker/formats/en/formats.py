"""Days as the desk writes and reads them: 2026-06-30, which is the same day everywhere. 06/07/2026
could be two days.
"""

from django.conf import settings

DATE_INPUT_FORMATS = settings.DATE_INPUT_FORMATS
