"""One settings file. Values that differ between places come from the environment (docs/settings.md lists every one)."""

from pathlib import Path

from nightdesk.outside.packs import time_zone_of
from nightdesk.site import env
from nightdesk.site.env_linkage import engine_and_master

PACKAGE = Path(__file__).resolve().parents[1]
DATA = Path(env.text("NIGHTDESK_DATA", str(Path.cwd() / "var"))).absolute()

DEMO = env.yes("NIGHTDESK_DEMO")
NIGHTDESK_SITE = env.text("NIGHTDESK_SITE", "staff")
NIGHTDESK_PACK = env.text("NIGHTDESK_PACK", "england_wales")
NIGHTDESK_GAZETTEER = env.text("NIGHTDESK_GAZETTEER", "")  # empty: only the places of the pack
DEMO_OUTLINE = str(PACKAGE / "jobs" / "demo_data" / "outline.geojson")
NIGHTDESK_OUTLINE = env.text("NIGHTDESK_OUTLINE", DEMO_OUTLINE if DEMO else "")  # empty: maps without it
NIGHTDESK_LINK_WEIGHTS = env.text("NIGHTDESK_LINK_WEIGHTS", "")  # empty: the shipped ones
NIGHTDESK_KEYS = env.text("NIGHTDESK_KEYS", str(DATA / "keys"))
NIGHTDESK_KEY_PROVIDER = "nightdesk.outside.keys.provider"
NIGHTDESK_ADDRESS = env.text("NIGHTDESK_ADDRESS", "http://127.0.0.1:8000").rstrip(
    "/"
)  # as written in messages
NIGHTDESK_IDLE_SECONDS = env.whole("NIGHTDESK_IDLE_SECONDS", 300)
NIGHTDESK_SESSION_HOURS = env.whole("NIGHTDESK_SESSION_HOURS", 12)

DEBUG = False
SECRET_KEY = env.text("NIGHTDESK_SECRET_KEY", "demo-only-" + "0" * 50 if DEMO else None)
ALLOWED_HOSTS = env.text("NIGHTDESK_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
HTTPS = env.yes("NIGHTDESK_HTTPS", "0" if DEMO else "1")

DATABASE_ADDRESS = env.text("NIGHTDESK_DATABASE", f"sqlite:///{DATA / 'nightdesk.sqlite3'}")
DATABASES = {"default": env.database(DATABASE_ADDRESS)}

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "nightdesk.records.apps.RecordsConfig",
    "nightdesk.desks.furniture",
    "nightdesk.desks.entrance",
    "nightdesk.desks.counter",
    "nightdesk.desks.caseroom",
    "nightdesk.desks.rota",
    "nightdesk.desks.paging",
    "nightdesk.desks.evidence",
    "nightdesk.desks.exhibits",
    "nightdesk.desks.series",
    "nightdesk.desks.shield",
    "nightdesk.desks.oversight",
    "nightdesk.site.apps.SiteConfig",
]

MIDDLEWARE = [
    "nightdesk.site.middleware.OneRequest",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "nightdesk.site.middleware.Headers",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "nightdesk.site.middleware.ChosenLanguage",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "nightdesk.site.middleware.WhoReads",
    "nightdesk.site.desk_time.DeskTime",
    "nightdesk.site.middleware.Refusals",
]

ROOT_URLCONF = f"nightdesk.site.{NIGHTDESK_SITE}_urls"
WSGI_APPLICATION = "nightdesk.site.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "nightdesk.site.context.every_page",
            ]
        },
    }
]
FORM_RENDERER = "nightdesk.desks.furniture.renderer.GovukRenderer"

AUTH_USER_MODEL = "records.Staff"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "sign_in"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "nightdesk.desks.entrance.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = [
    "username*",
    "password1*",
]  # nobody signs up (the adapter refuses); allauth wants it set
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_RATE_LIMITS = False  # ours are in the database and slow instead of shutting out (actions/_tries.py)
ACCOUNT_LOGIN_TIMEOUT = 900  # seconds between password and second factor
MFA_ADAPTER = "nightdesk.desks.entrance.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Nightdesk"

# Over HTTPS a browser refuses a __Host- cookie that another host or path tries to set.
SESSION_COOKIE_NAME = "__Host-nightdesk_session" if HTTPS else "nightdesk_session"
CSRF_COOKIE_NAME = "__Host-nightdesk_form" if HTTPS else "nightdesk_form"
SESSION_COOKIE_AGE = NIGHTDESK_SESSION_HOURS * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Strict"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_FAILURE_VIEW = "nightdesk.site.refusals.page_too_old"
CSRF_TRUSTED_ORIGINS = [NIGHTDESK_ADDRESS] if HTTPS else []
SECURE_SSL_REDIRECT = HTTPS and env.yes("NIGHTDESK_REDIRECT_HTTPS", "1")
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
# Not "no-referrer": with it a browser sends "Origin: null" with our own forms, and every one would be refused.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.yes("NIGHTDESK_BEHIND_PROXY") else None
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000  # bytes; a disclosure of 20,000 characters fits many times over
DATA_UPLOAD_MAX_NUMBER_FIELDS = 300
# A file that is sent lies in memory while it is small, else sealed: never on a disk in clear (site/uploads.py).
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "nightdesk.site.uploads.SealedUploadHandler",
]

LANGUAGE_CODE = "en-gb"
LANGUAGES = [
    ("en-gb", "English"),
    ("cy", "Cymraeg"),
    ("es", "Español"),
    ("pt-br", "Português (Brasil)"),
    ("pl", "Polski"),
    ("ar", "العربية"),
]
LANGUAGE_COOKIE_NAME = "nightdesk_language"
LOCALE_PATHS = [PACKAGE / "locale"]
TIME_ZONE = time_zone_of(NIGHTDESK_PACK)  # one clock: forms, pages and rules go by that of the force
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STORAGES = {"staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}}
WHITENOISE_USE_FINDERS = DEMO

MAIL_ADDRESS = env.text(
    "NIGHTDESK_MAIL", "" if DEMO else "smtp://127.0.0.1:25"
)  # empty: kept in the demo's message page
DEFAULT_FROM_EMAIL = env.text("NIGHTDESK_MAIL_FROM", "nightdesk@localhost")
NOTIFY_KEY = env.text("NIGHTDESK_NOTIFY_KEY", "")  # empty: no text messages
NOTIFY_TEMPLATE = env.text("NIGHTDESK_NOTIFY_TEMPLATE", None if NOTIFY_KEY else "")
NOTIFY_ADDRESS = env.text("NIGHTDESK_NOTIFY_URL", "https://api.notifications.service.gov.uk")
WEBHOOK_SECRET = env.text("NIGHTDESK_WEBHOOK_SECRET", "")  # empty: no webhooks
WEBHOOK_PRIVATE = env.yes("NIGHTDESK_WEBHOOK_PRIVATE")

NIGHTDESK_CLAMAV = env.text("NIGHTDESK_CLAMAV", "")  # empty: files are not scanned, and said so
# Megabytes of one attachment. A hundred is as much as ClamAV takes in one stream as it is delivered.
NIGHTDESK_ATTACHMENT_MB = env.whole("NIGHTDESK_ATTACHMENT_MB", 100)

NIGHTDESK_LINKAGE_ENGINE, NIGHTDESK_SPARK_MASTER = engine_and_master()

LOGGING_CONFIG = None  # structlog, set up in site/apps.py: JSON lines without personal data
