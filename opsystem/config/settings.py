"""Django's settings, made from the environment only. See `installation.py` for what may be set.

There is no debug mode and no second settings file: demo, tests and production differ in their environment.
"""

from __future__ import annotations

import os
from pathlib import Path

from opsystem.config.installation import read_installation
from opsystem.config.logs import log_configuration

OPSYSTEM = read_installation(os.environ)
_PACKAGE = Path(__file__).resolve().parent.parent

# --- the site -----------------------------------------------------------------------------------------------
SECRET_KEY = OPSYSTEM.secret_key
DEBUG = False
ALLOWED_HOSTS = [OPSYSTEM.host]
ROOT_URLCONF = "opsystem.config.urls"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
LANGUAGE_CODE = "en-us"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
APPEND_SLASH = False
LOGGING_CONFIG = None  # logging is set up below, without Django's own handlers

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "opsystem.control.accounts",
    "opsystem.control.businesses",
    "opsystem.control.hosting",
    "opsystem.control.tokens",
    "opsystem.control.audit",
    "opsystem.control.usage",
    "opsystem.control.upkeep",
    "opsystem.control.witness",
]

MIDDLEWARE = [
    "opsystem.config.headers.HeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "opsystem.control.accounts.sessions.HashedSessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "opsystem.config.failures.ProblemsMiddleware",
]

TEMPLATES = [
    {
        "NAME": "pages",
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [_PACKAGE / "web" / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {
            "environment": "opsystem.web.templating.environment",
            "context_processors": [
                "django.contrib.messages.context_processors.messages",
                "opsystem.web.accounts.context.account_forms",
            ],
        },
    },
    {
        # Only for what third-party packages render themselves; no page of ours is written in it.
        "NAME": "third-party",
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    },
]

DATABASES = {"default": OPSYSTEM.database}

# Rate limits count here. In the database, so that every process and machine counts together.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "rate_limit_counters",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

# --- the one cookie (promises P4.4, P7.1) -------------------------------------------------------------------
SESSION_ENGINE = "opsystem.control.accounts.sessions"
SESSION_COOKIE_NAME = "__Host-session"
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_PATH = "/"
SESSION_COOKIE_AGE = 14 * 24 * 60 * 60
CSRF_USE_SESSIONS = True
CSRF_FAILURE_VIEW = "opsystem.config.failures.stale_form"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# --- transport and headers; the rest of the headers is in headers.py ----------------------------------------
SECURE_SSL_REDIRECT = OPSYSTEM.is_https
SECURE_HSTS_SECONDS = 2 * 365 * 24 * 60 * 60 if OPSYSTEM.is_https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if OPSYSTEM.trusted_proxies else None
ALLAUTH_TRUSTED_PROXY_COUNT = OPSYSTEM.trusted_proxies

# --- static files -------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = OPSYSTEM.static_dir
STATICFILES_FINDERS = ["opsystem.web.assets.AssetFinder"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# --- uploads: nothing plain on a disk, also not for a moment ------------------------------------------------
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "opsystem.config.uploads.SealedUploadHandler",
]

# --- mail ---------------------------------------------------------------------------------------------------
EMAIL_BACKEND = "opsystem.control.accounts.mail.MailgunBackend"
DEFAULT_FROM_EMAIL = OPSYSTEM.mail_from

# --- people: sign-up, sign-in, second factors (security.md rows 36 and 37) ----------------------------------
AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["opsystem.control.accounts.hashing.Argon2idHasher"]
_VALIDATION = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{_VALIDATION}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {
        "NAME": f"{_VALIDATION}.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("name", "email")},
    },
    {"NAME": f"{_VALIDATION}.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "businesses"
LOGOUT_REDIRECT_URL = "account_login"

ACCOUNT_ADAPTER = "opsystem.control.accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_SIGNUP_FORM_CLASS = "opsystem.web.accounts.forms.SignUpQuestions"
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "100/h/ip,10/h/key",
    "signup": "20/h/ip",
    # allauth makes a new code before it finds the limit reached: a low one would leave people without any.
    "confirm_email": "10/h/key",
    "reset_password": "20/h/ip,5/h/key",
    "request_login_code": "20/h/ip,5/h/key",
}

MFA_ADAPTER = "opsystem.control.accounts.second_factors.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not OPSYSTEM.is_https
MFA_TOTP_ISSUER = OPSYSTEM.operator.product
MFA_TOTP_TOLERANCE = 1
MFA_RECOVERY_CODES_SHOW_ONCE = True
USERSESSIONS_TRACK_ACTIVITY = False

log_configuration()
