"""All settings. Each that may differ comes from the environment: see docs/settings.md."""

from pathlib import Path
from typing import Any

from katalysator.core.language import LOCALE, language_choices
from katalysator.site import environment
from katalysator.site.environment import data_folder, secret_key
from katalysator.site.logs import configuration

HERE = Path(__file__).parent

DEBUG = environment.flag("KATALYSATOR_DEBUG", default=False)
SECRET_KEY = secret_key()
ALLOWED_HOSTS = list(environment.items("KATALYSATOR_HOSTS", ("localhost", "127.0.0.1", "[::1]")))
HTTPS = environment.flag("KATALYSATOR_HTTPS", default=False)
ADDRESS = environment.site_address("KATALYSATOR_ADDRESS", ALLOWED_HOSTS, https=HTTPS)
DEMO = environment.flag("KATALYSATOR_DEMO", default=False)
CAREFUL = environment.encoder("KATALYSATOR_CAREFUL")
CAREFUL_TITLES = environment.flag("KATALYSATOR_CAREFUL_TITLES", default=False)
MODEL_KEY = environment.text("KATALYSATOR_MODEL_KEY", "")
JUDGE = environment.judge("KATALYSATOR_JUDGE")
MODEL_KEY_JUDGE = environment.text("KATALYSATOR_MODEL_KEY_JUDGE", "")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "django_cotton.apps.SimpleAppConfig",
    "django_htmx",
    "pgvector.django",
    "procrastinate.contrib.django",
    "rules.apps.AutodiscoverRulesConfig",
    "katalysator.core",
    "katalysator.readings",
    "katalysator.importing",
    "katalysator.notices",
    "katalysator.coalition",
    "katalysator.tokens",
    "katalysator.webhooks",
    "katalysator.commitments",
    "katalysator.admission",
    "katalysator.groups",
    "katalysator.activities",
    "katalysator.knowledge",
    "katalysator.questions",
    "katalysator.listings",
    "katalysator.boards",
    "katalysator.matches",
    "katalysator.introductions",
    "katalysator.rounds",
    "katalysator.grades",
    "katalysator.talent",
    "katalysator.research",
    "katalysator.dataspace",
    "katalysator.growth",
    "katalysator.bureau",
    "katalysator.site",
]
MIDDLEWARE = [
    "katalysator.site.request_log.log_requests",
    "katalysator.site.health.answer_monitors",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "katalysator.site.outage.keeping_reserve",
    "katalysator.site.bodies.BodyLimitMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "katalysator.site.accounts.backend.PersonMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "katalysator.site.content_policy.tell_content_policy",
]
ROOT_URLCONF = "katalysator.site.urls"
WSGI_APPLICATION = "katalysator.site.wsgi.application"

_LOADERS: list[Any] = [
    "django_cotton.cotton_loader.Loader",
    "django.template.loaders.filesystem.Loader",
    "django.template.loaders.app_directories.Loader",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [HERE / "templates"],
        "OPTIONS": {
            "loaders": _LOADERS if DEBUG else [("django.template.loaders.cached.Loader", _LOADERS)],
            "builtins": ["django_cotton.templatetags.cotton", "django.templatetags.i18n"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "katalysator.site.context.house",
            ],
        },
    }
]

DATABASES = {"default": environment.database(environment.text("DATABASE_URL"))}
FORM_RENDERER = "django.forms.renderers.Jinja2"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "coalition.Person"
AUTHENTICATION_BACKENDS = [
    "katalysator.site.accounts.published.PublishedPasswordBackend",
    "rules.permissions.ObjectPermissionBackend",
    "katalysator.site.accounts.backend.PersonBackend",
]
SESSION_ENGINE = "katalysator.site.accounts.sessions"
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "katalysator.site.accounts.published.PublishedPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "account"
LOGOUT_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "katalysator.site.accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "change_password": "katalysator.site.accounts.forms.ChangePasswordForm",
    "reset_password_from_key": "katalysator.site.accounts.forms.ResetPasswordKeyForm",
    "user_token": "katalysator.site.accounts.forms.UserTokenForm",
    "reauthenticate": "katalysator.site.accounts.forms.ConfirmPasswordForm",
}
MFA_ADAPTER = "katalysator.site.accounts.second_step.SecondStepAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Katalysator"
MFA_TOTP_TOLERANCE = 1  # half a minute: clocks of phones differ
MFA_FORMS = {
    "authenticate": "katalysator.site.accounts.forms.CodeForm",
    "reauthenticate": "katalysator.site.accounts.forms.ConfirmCodeForm",
    "activate_totp": "katalysator.site.accounts.forms.FirstCodeForm",
    "login_webauthn": "katalysator.site.accounts.forms.PasskeyForm",
    "add_webauthn": "katalysator.site.accounts.forms.AddKeyForm",
    "edit_webauthn": "katalysator.site.accounts.forms.RenameKeyForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # an account has one address, proven before it counts
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105 — a name
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "20/10m/ip,5/5m/key",  # the key is a client and an address
    "login_failed_anywhere": "20/h/key",  # an address; more is an attack of many clients, and then
    "login_failed_watched": "2/15m/key",  # each client tries it so often
    "reauthenticate": "10/m/user,60/h/user",
    "apply": "10/h/ip",
    "invite": "30/h/user",
    "ask": "20/h/ip",
    "ask_skill": "30/h/user",
    "ask_by_program": "20/h/user",
    "propose_by_program": "60/h/user",
    "ask_address": "5/h/key",
    "manage_email": "10/h/user",
    "open_data": "20/h/ip",
    "reset_password": "20/m/ip,5/h/key",
    "ask_partner": "120/h/user",
    "send_webhook": "60/h/user",
    "find_partner": "30/h/user",
    "try_address": "60/h/user",
}
SOCIALACCOUNT_ADAPTER = "katalysator.site.accounts.elsewhere.ElsewhereAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False  # nobody gets an account by its address
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {"APPS": environment.logins_elsewhere("KATALYSATOR_OIDC")}
}
SOCIALACCOUNT_STORE_TOKENS = False
ALLAUTH_TRUSTED_PROXY_COUNT = environment.number("KATALYSATOR_PROXIES", 0)
ACCOUNT_PRESERVE_USERNAME_CASING = False
ACCOUNT_SESSION_REMEMBER = True

LANGUAGE_CODE = "nl"
LANGUAGES = language_choices()
LOCALE_PATHS = [LOCALE]
FORMAT_MODULE_PATH = "katalysator.site.formats"
TIME_ZONE = "Europe/Amsterdam"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = data_folder() / "static"
STATICFILES_DIRS = [HERE / "static"]
STORAGES = {
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
}
WHITENOISE_USE_FINDERS = DEBUG

FILES = data_folder() / "files"

CACHES = {
    # counters, which all processes share: allauth keeps them in the default
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "core_counter",
        "KEY_FUNCTION": "katalysator.core.counters.sealed_key",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
}
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 300
FILE_UPLOAD_HANDLERS = ["katalysator.site.bodies.NoFiles"]

EMAIL_BACKEND = "katalysator.site.mail.PrivateFileBackend"
EMAIL_FILE_PATH = str(data_folder() / "mail")
if _smtp := environment.text("KATALYSATOR_SMTP", ""):
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST, _colon, _port = _smtp.partition(":")
    EMAIL_PORT = int(_port or 587)
    EMAIL_USE_TLS = True
    EMAIL_HOST_USER = environment.text("KATALYSATOR_SMTP_USER", "")
    EMAIL_HOST_PASSWORD = environment.text("KATALYSATOR_SMTP_PASSWORD", "")
DEFAULT_FROM_EMAIL = environment.text("KATALYSATOR_MAIL_FROM", "katalysator@localhost")
MAIL_BOUNCES = environment.text("KATALYSATOR_MAIL_BOUNCES", "")
MAIL_THREADS = environment.text("KATALYSATOR_MAIL_THREADS", "")
MAILBOX = environment.text("KATALYSATOR_MAILBOX", "")  # host:port, where mail comes in by LMTP

DATASPACE_IDENTITY = "katalysator.dataspace.protocol.identity.SignedTokens"
DATASPACE_REACTIONS = "katalysator.dataspace.protocol.usual.usual"
OUTGOING_LOOPBACK = environment.flag("KATALYSATOR_OUTGOING_LOOPBACK", default=False)

AUDIT_HEADS = environment.text("KATALYSATOR_AUDIT_HEADS", "")
AUDIT_MAIL = environment.text("KATALYSATOR_AUDIT_MAIL", "")

SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "katalysator.site.views.csrf_failure"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS] if HTTPS else []

LOGGING = configuration(
    environment.choice("KATALYSATOR_LOG", ("lines", "json", "no"), "no" if DEMO else "lines")
)
