"""Settings come from the environment; what is not given has the value of a demo on one machine.

DATABASE_URL   postgres://… in production; in a demo without it an SQLite file beside manage.py
MIGRATION_DATABASE_URL   the same PostgreSQL database as the owner of its tables, if the role in
               DATABASE_URL is another: then that one cannot change the audit trail
SECRET_KEY     required unless DEBUG=1 or DEMO=1; SECRET_KEY_FALLBACKS: earlier ones, comma-separated.
               Second factors are kept encrypted under it: without it their owners set up new ones
ALLOWED_HOSTS, CSRF_TRUSTED_ORIGINS   comma-separated
TRUSTED_PROXY_COUNT   how many proxies of ours stand in front, each adding to X-Forwarded-For
ACCENT_COLOUR  the one colour of the pages
EMAIL_HOST, EMAIL_PORT, EMAIL_HOST_USER, EMAIL_HOST_PASSWORD, EMAIL_FROM   of a mail server, if there
               is one: one-time links may then go by mail too. Port 465 speaks TLS from the start, others are
               asked for STARTTLS; in clear only a server of this machine is spoken to, without password
GRIEVANCE_CONTACT   who answers people about their data: name, telephone, e-mail; on every page
IDLE_MINUTES, SESSION_HOURS   how long one stays signed in without doing anything, and at most
API_RATE_USER, API_RATE_ANONYMOUS   such as 300/min

What a start is refused for stands in environment.py, what pages may load in content_policy.py.
"""

import os
from datetime import timedelta
from pathlib import Path

import dj_database_url
from django.core.exceptions import ImproperlyConfigured
from django.templatetags.static import static
from django.utils.translation import gettext_lazy as _

from campaign.content_policy import POLICY
from campaign.environment import DEMO_KEY, Environment

BASE_DIR = Path(__file__).resolve().parent.parent

ENVIRONMENT = Environment(os.environ)
if refusals := ENVIRONMENT.refusals():
    raise ImproperlyConfigured(" ".join(refusals))

DEBUG = ENVIRONMENT.debug
DEMO = ENVIRONMENT.demo
LOCAL = ENVIRONMENT.local
SECRET_KEY = ENVIRONMENT.text("SECRET_KEY", DEMO_KEY)
ALLOWED_HOSTS = ENVIRONMENT.hosts or (["*"] if LOCAL else [])
CSRF_TRUSTED_ORIGINS = ENVIRONMENT.origins
TRUSTED_PROXY_COUNT = ENVIRONMENT.number("TRUSTED_PROXY_COUNT")
ACCENT_COLOUR = ENVIRONMENT.text("ACCENT_COLOUR", "#1d3f8f")
DEMO_GRIEVANCE_CONTACT = "डेमो शिकायत अधिकारी, 50000 00000" if DEMO else ""
GRIEVANCE_CONTACT = ENVIRONMENT.text("GRIEVANCE_CONTACT", DEMO_GRIEVANCE_CONTACT)
SECRET_KEY_FALLBACKS = ENVIRONMENT.words("SECRET_KEY_FALLBACKS")  # earlier keys, being replaced

INSTALLED_APPS = [
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "axes",
    "campaign",
    "booths",
    "zones",
    "unfold",
    "unfold.contrib.filters",
    "unfold.contrib.import_export",
    "import_export",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "simple_history",
    "rest_framework",
    "django_filters",
    "django_htmx",
    "drf_spectacular",
    "django_tasks",
    "django_tasks_db",  # after booths, whose db_worker also says that it lives
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "campaign.headers.HeadersMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # A page is a tenth over the wire. The token of a form is masked anew in each answer, and random
    # bytes are added: its length tells nothing.
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "campaign.middleware.SessionLimitsMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "campaign.language.ReaderLanguageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "campaign.middleware.WholePageMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "campaign.middleware.SecondFactorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "campaign.urls"
WSGI_APPLICATION = "campaign.wsgi.application"
ASGI_APPLICATION = "campaign.asgi.application"

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
                "campaign.views.around.account",
            ],
        },
    }
]

# SQLite waits for the other writer instead of failing, and readers never wait.
SQLITE_OPTIONS = {
    "timeout": 30,
    "transaction_mode": "IMMEDIATE",
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-32000;",
}
DATABASES = {
    "default": dj_database_url.parse(
        ENVIRONMENT.text("DATABASE_URL") or f"sqlite:///{BASE_DIR / 'booth_pragati.sqlite3'}",
        conn_max_age=600,
        conn_health_checks=True,
    )
}
OWNER = "owner"  # who migrates and prunes
if url := ENVIRONMENT.text("MIGRATION_DATABASE_URL"):
    DATABASES[OWNER] = dj_database_url.parse(url) | {"TEST": {"MIRROR": "default"}}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = SQLITE_OPTIONS

# Shared by all processes, as what counts tries and requests must be; a migration makes its table.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "shared_cache",
        # Each entry written counts them all; a thousand users need a few each.
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
}

# What takes longer than a page may: done by `manage.py db_worker`, from a queue in the database.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "zones.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "zones.scope.PostingBackend"]
PASSWORD_HASHERS = [
    f"django.contrib.auth.hashers.{name}"
    for name in ("ScryptPasswordHasher", "PBKDF2PasswordHasher")
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("UserAttributeSimilarityValidator", {}),
        ("MinimumLengthValidator", {"min_length": 10}),
        ("CommonPasswordValidator", {}),
        ("NumericPasswordValidator", {}),
    )
]

# Signing in is the library's; how many wrong tries there may be is ours (campaign/sign_in).
ACCOUNT_ADAPTER = "campaign.sign_in.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
# Many people share the address of a mobile network, so none of these is by address.
ACCOUNT_RATE_LIMITS = {"login": None, "login_failed": "5/900s/key"}  # the second factor's codes
MFA_RATE_LIMITS = {"webauthn_login": None}  # there is nothing to guess
MFA_ADAPTER = "campaign.sign_in.adapter.SecondFactorAdapter"
MFA_FORMS = {
    name: f"campaign.sign_in.factor_forms.{form}"
    for name, form in (
        ("authenticate", "CodeForm"),
        ("reauthenticate", "CodeAgainForm"),
        ("activate_totp", "AddAppForm"),
        ("authenticate_webauthn", "SecondKeyForm"),
        ("reauthenticate_webauthn", "KeyAgainForm"),
        ("add_webauthn", "AddPasskeyForm"),
        ("login_webauthn", "PasskeyForm"),
    )
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_ISSUER = "Booth Pragati"
MFA_TOTP_TOLERANCE = 1  # clocks of phones are wrong by half a minute
SECOND_FACTOR_REQUIRED = not DEMO

AXES_HANDLER = "campaign.sign_in.lock_out.LockOut"
AXES_CLIENT_IP_CALLABLE = "campaign.sign_in.lock_out.address_if_known"
AXES_LOCKOUT_CALLABLE = "campaign.sign_in.lock_out.say_so"
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # or a stranger could lock for ever
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False
SIMPLE_HISTORY_DATE_INDEX = False
AXES_VERBOSE = False

SESSION_ENGINE = "campaign.sign_in.sessions"
SESSION_COOKIE_AGE = 60 * ENVIRONMENT.number("IDLE_MINUTES", 30)
SESSION_LONGEST = timedelta(hours=ENVIRONMENT.number("SESSION_HOURS", 12))
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
LOGIN_URL = "sign_in"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "sign_in"

# A one-time link is handed over on paper, and the way to a far district takes days.
PASSWORD_RESET_TIMEOUT = 7 * 24 * 3600
EMAIL_HOST = ENVIRONMENT.text("EMAIL_HOST")
EMAIL_PORT = ENVIRONMENT.mail_port
EMAIL_HOST_USER = ENVIRONMENT.text("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = ENVIRONMENT.text("EMAIL_HOST_PASSWORD")
EMAIL_USE_SSL, EMAIL_USE_TLS = ENVIRONMENT.mail_by_tls, ENVIRONMENT.mail_by_starttls
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = ENVIRONMENT.text("EMAIL_FROM") or EMAIL_HOST_USER or "webmaster@localhost"

LANGUAGE_CODE = "hi"
LANGUAGES = [("hi", "हिन्दी"), ("en", "English")]
# Our own texts are gathered from the code; those of libraries are kept by hand.
LOCALE_PATHS = [BASE_DIR / "locale", BASE_DIR / "locale" / "libraries"]
FORMAT_MODULE_PATH = ["campaign.formats"]
TIME_ZONE = "Asia/Kolkata"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
FIXTURE_DIRS = [BASE_DIR / "fixtures"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# First digits of mobile numbers. 5 is given to nobody: the invented people of a demo have it.
MOBILE_STARTS = "5-9" if LOCAL else "6-9"

# What is posted beside files; files have limits of their own in booths/roll/limits.py.
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
DATA_UPLOAD_MAX_NUMBER_FILES = 2
FILE_UPLOAD_HANDLERS = [
    "campaign.body_limit.RefuseTooLarge",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

CONTENT_SECURITY_POLICY = {"DIRECTIVES": POLICY}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = True
# Lax, not Strict: a link from a message must find its reader signed in.
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
if TRUSTED_PROXY_COUNT:
    # Without a proxy that sets it, anyone could say so of their own request.
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
if not LOCAL:
    SECURE_SSL_REDIRECT = True
    # A browser takes such a name only over HTTPS and from this very host.
    SESSION_COOKIE_NAME = "__Host-session"
    CSRF_COOKIE_NAME = "__Host-csrf"
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    SECURE_HSTS_SECONDS = 31536000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True

# A fault is written to the console alone, without the data it happened with; Django would mail what
# was typed, and the guard of the sign-in write down what was tried as a user name.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {} if DEBUG else {"discreet": {"()": "campaign.discreet.PlaceAndKind"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler"} | ({} if DEBUG else {"formatter": "discreet"})
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"django": {"handlers": [], "level": "INFO"}, "axes": {"level": "ERROR"}},
}

REST_FRAMEWORK = {
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.SessionAuthentication"],
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_PAGINATION_CLASS": "rest_framework.pagination.LimitOffsetPagination",
    "PAGE_SIZE": 100,
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_THROTTLE_CLASSES": [
        "rest_framework.throttling.AnonRateThrottle",
        "rest_framework.throttling.UserRateThrottle",
    ],
    "DEFAULT_THROTTLE_RATES": {
        "anon": ENVIRONMENT.text("API_RATE_ANONYMOUS", "30/min"),
        "user": ENVIRONMENT.text("API_RATE_USER", "300/min"),
    },
    # Whose address counts: behind a proxy the one that it saw, else the one that knocks.
    "NUM_PROXIES": TRUSTED_PROXY_COUNT,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Booth Pragati",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.IsAuthenticated"],
}

# As it ships, any staff user may import and formulas reach the spreadsheet.
IMPORT_EXPORT_IMPORT_PERMISSION_CODE = "import"
IMPORT_EXPORT_EXPORT_PERMISSION_CODE = "export"
IMPORT_EXPORT_ESCAPE_FORMULAE_ON_EXPORT = True
IMPORT_EXPORT_USE_TRANSACTIONS = True

UNFOLD = {
    "SITE_TITLE": _("Booth Pragati"),
    "SITE_HEADER": _("Booth Pragati"),
    "SITE_URL": "/",
    "SHOW_VIEW_ON_SITE": False,
    "STYLES": [
        lambda request: static("admin-colours.css"),
        lambda request: static("admin.css"),
        lambda request: static("admin-lists.css"),
    ],
    "SCRIPTS": [lambda request: static("admin-names.js")],
}
