"""Every setting of a Summit Ledger site, read from the environment or from `.env`.

With nothing set, the site is a *local* one: it answers on loopback only, keeps everything in `var/`
and makes its own secret key. Naming a public host in `ALLOWED_HOSTS` makes it a production site:
then the key must be given, and cookies and pages travel by HTTPS only. docs/settings.md has the
list.
"""

import os
import sqlite3
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key
from django.utils.functional import SimpleLazyObject

from tracker.builds import name_build

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
env.read_env(BASE_DIR / ".env")

LOOPBACK = ["127.0.0.1", "localhost", "[::1]"]
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[]) or LOOPBACK
LOCAL = set(ALLOWED_HOSTS) <= set(LOOPBACK)
VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var")))
VAR_DIR.mkdir(parents=True, exist_ok=True)

DEBUG = env.bool("DEBUG", default=False)
if DEBUG and not LOCAL:
    raise ImproperlyConfigured(
        "DEBUG shows the inside of the program to everybody. Unset it on a public host."
    )


def _(text: str) -> str:
    """Mark a text for translation; `tracker.context` looks the translation up."""
    return text


def read_secret_key() -> str:
    """Return the key from the environment; a local site makes one once and stores it in `var/`."""
    if key := env.str("SECRET_KEY", default=""):
        return key
    if not LOCAL:
        raise ImproperlyConfigured(
            "SECRET_KEY is not set, and ALLOWED_HOSTS names a public host. Make a key with `python"
            ' -c "import secrets; print(secrets.token_urlsafe(64))"` and set it in the environment'
            " or in .env."
        )
    key_file = VAR_DIR / "secret_key"
    if not key_file.exists():
        # Written whole, then linked. If two processes start together, one makes the key and both
        # read it; a start that is cut short leaves no empty key behind.
        fresh = VAR_DIR / f"secret_key.{os.getpid()}"
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(get_random_secret_key())
        try:
            os.link(fresh, key_file)
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return key_file.read_text().strip()


SECRET_KEY = read_secret_key()

# Whose site this is: shown in the header, the footer, the about page and the API's description.
SITE_NAME = env.str("SITE_NAME", default="Summit Ledger")
SITE_TAGLINE = env.str(
    "SITE_TAGLINE", default=_("What leaders promised at summits, and what came of it")
)
SITE_ADDRESS = env.str("SITE_ADDRESS", default="http://127.0.0.1:8000").rstrip("/")
if not LOCAL and "//127.0.0.1" in SITE_ADDRESS:
    raise ImproperlyConfigured(
        "Set SITE_ADDRESS to the site's own address, such as https://ledger.example.org."
    )
SITE_CONTACT = env.str("SITE_CONTACT", default="editors@example.org")
SITE_ABOUT = env.str(
    "SITE_ABOUT",
    default=_("This installation shows the demonstration record that comes with Summit Ledger."),
)
SITE_DATA_LICENCE = env.str("SITE_DATA_LICENCE", default="CC BY 4.0")
SITE_DATA_LICENCE_URL = env.str(
    "SITE_DATA_LICENCE_URL", default="https://creativecommons.org/licenses/by/4.0/"
)

# Only where this is set, a single curator may sign their own assessments. Each of these says so in
# public.
ONE_PERSON_INSTALLATION = env.bool("ONE_PERSON_INSTALLATION", default=False)
# Each publication appends the head of the ledger to this file. Keep a copy where the owner of the
# database cannot write.
CHECKPOINT_FILE = Path(env.str("CHECKPOINT_FILE", default=str(VAR_DIR / "checkpoints.jsonl")))


def compute_build() -> str:
    """Name the program and the settings above, which its pages show."""
    texts = [
        SITE_NAME,
        SITE_TAGLINE,
        SITE_ADDRESS,
        SITE_CONTACT,
        SITE_ABOUT,
        SITE_DATA_LICENCE,
        SITE_DATA_LICENCE_URL,
        str(ONE_PERSON_INSTALLATION),
    ]
    return name_build(texts=texts)


# Part of every ETag, so that browsers do not keep the pages of an older version of the program.
# Computed only where it is used: most commands never do, and the server does so as it starts.
BUILD = env.str("BUILD", default="") or SimpleLazyObject(compute_build)

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "csp",
    "axes",
    "commitments",
]

MIDDLEWARE = [
    "tracker.middleware.RefuseJunk",
    # Before everything that sends files, so that it sees every long answer.
    "tracker.limits.KeepThreadsForReaders",
    "tracker.middleware.SayUnavailable",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "tracker.middleware.SpeakAsAddressed",
    # Lazy: no public page opens the session, so none sets a cookie (a test holds this).
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "tracker.sign_in.answers.AnswerRefusals",
]

ROOT_URLCONF = "tracker.urls"
WSGI_APPLICATION = "tracker.wsgi.application"
AUTH_USER_MODEL = "commitments.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "tracker.context.describe_site",
            ],
        },
    },
]


def read_database() -> dict:
    """Return Django's database settings for `DATABASE_URL` (SQLite in `var/` by default)."""
    settings = env.db("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'summit-ledger.sqlite3'}")
    # A connection that is used again is checked at the first statement of each request.
    settings["CONN_HEALTH_CHECKS"] = True
    if settings["ENGINE"].endswith("sqlite3"):
        settings["ENGINE"] = "tracker.sqlite3"
        # A connection lives as long as its thread: opening one costs as much as a short answer.
        settings.setdefault("CONN_MAX_AGE", None)
        # IMMEDIATE: a transaction that reads and then writes must not find the lock taken in
        # between. FULL: a power cut must not lose a publication whose checkpoint is already on
        # disk.
        settings["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;"
                "PRAGMA mmap_size=268435456;PRAGMA cache_size=-65536;"
                # So that a row which REPLACE deletes fires the triggers that refuse it.
                "PRAGMA recursive_triggers=ON;"
            ),
        }
    else:
        settings.setdefault("CONN_MAX_AGE", 60)
        settings["OPTIONS"] = {
            **settings.get("OPTIONS", {}),
            "options": "-c lock_timeout=10000 -c statement_timeout=30000",
        }
    return settings


DATABASES = {"default": read_database()}
if sqlite3.sqlite_version_info < (3, 35) and DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    raise ImproperlyConfigured("SQLite 3.35 or newer is needed; use a newer Python or PostgreSQL.")

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "admin:login"

# tracker/sign_in/ limits how often somebody may try to sign in, and how many passwords are hashed
# at once.
AUTHENTICATION_BACKENDS = [
    "tracker.sign_in.guard.Gate",
    "django.contrib.auth.backends.ModelBackend",
]
PASSWORD_HASHERS = ["tracker.sign_in.hashing.PatientHasher"]
AXES_HANDLER = "tracker.sign_in.guard.AttemptHandler"
AXES_CLIENT_IP_CALLABLE = "tracker.sign_in.addresses.client_address"
# The tables of axes stay empty.
AXES_ENABLE_ADMIN = False
# Axes warns that its own middleware is missing; that one would answer after the form is rendered.
SILENCED_SYSTEM_CHECKS = ["axes.W002"]
# How many of our own proxies a request passes. Only they are believed about where it came from.
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=0)
if TRUSTED_PROXIES < 0:
    raise ImproperlyConfigured("TRUSTED_PROXIES is a number of proxies: 0, 1 or more.")
PAGES_CACHE = env.str("PAGES_CACHE", default="")
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    # Public answers: in the memory of each process, or in a store that all processes share.
    "pages": env.cache_url_config(PAGES_CACHE)
    if PAGES_CACHE
    else {
        "BACKEND": "tracker.caches.SizedMemory",
        "LOCATION": "pages",
        "OPTIONS": {"MAX_BYTES": env.int("PAGES_MEMORY_MB", default=32) * 1024 * 1024},
    },
    # Counts of sign-ins by address. They are in files, because all processes must share them and a
    # flood of failures must not write to the database.
    "sign-in": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": VAR_DIR / "sign-in",
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    },
}
# Locked while one of those counts is read and written.
SIGN_IN_LOCK = VAR_DIR / "sign-in.lock"

LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en", "English"), ("ja", "日本語")]
# How the desk writes and reads days. FORMAT_MODULE_PATH repeats it for English, where Django's own
# formats would otherwise win.
DATE_INPUT_FORMATS = ["%Y-%m-%d", "%d %B %Y", "%d %b %Y"]
FORMAT_MODULE_PATH = "tracker.formats"
TIME_ZONE = "UTC"
USE_I18N = True
USE_TZ = True
# For Japanese, whose own format has none. It applies only where a template groups a number.
NUMBER_GROUPING = 3
LOCALE_PATHS = [BASE_DIR / "commitments" / "locale"]

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
MEDIA_ROOT = VAR_DIR / "media"
# Snapshots are never served from a guessable address: nothing maps MEDIA_URL.
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if DEBUG
            else "whitenoise.storage.CompressedManifestStaticFilesStorage"
        )
    },
}

# Protection in transit and in the browser. Everything is on; only a local site (plain HTTP) does
# without TLS.
SECURE_SSL_REDIRECT = not LOCAL and env.bool("SECURE_SSL_REDIRECT", default=True)
SECURE_HSTS_SECONDS = 0 if LOCAL else 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = not LOCAL
SECURE_HSTS_PRELOAD = not LOCAL
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not LOCAL
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[] if LOCAL else [SITE_ADDRESS])
if env.bool("BEHIND_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

REST_FRAMEWORK = {
    # The API reads public data only: no sign-in, no permissions, one format.
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": [],
    "UNAUTHENTICATED_USER": None,
    "DEFAULT_RENDERER_CLASSES": ["drf_orjson_renderer.renderers.ORJSONRenderer"],
    "DEFAULT_PARSER_CLASSES": [],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "commitments.api.base.error_answer",
}
SPECTACULAR_SETTINGS = {
    "TITLE": f"{SITE_NAME} API",
    "DESCRIPTION": SITE_TAGLINE,
    "VERSION": "1",
    "OAS_VERSION": "3.1.1",
    "SERVE_INCLUDE_SCHEMA": False,
    # Without the usual hook, lists of values stay where they are used: “kind” means another list
    # in every record.
    "POSTPROCESSING_HOOKS": ["commitments.api.description.unwrap_descriptions"],
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
}
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"skip_refusals": {"()": "tracker.sign_in.journal.SkipRefusals"}},
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "loggers": {"django.request": {"filters": ["skip_refusals"]}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="WARNING")},
}
