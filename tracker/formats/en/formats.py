"""Days as the desk writes and reads them: 2026-06-30, the same everywhere; 06/07/2026 means two
days.
"""

from django.conf import settings

DATE_INPUT_FORMATS = settings.DATE_INPUT_FORMATS
