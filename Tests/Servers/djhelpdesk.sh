#!/usr/bin/env bash
# django-helpdesk under gunicorn on SQLite: http://127.0.0.1:PORT/api/tickets/, admin:adminpw.
# HELPDESK_NEW_TICKET_WEBHOOK_URLS and HELPDESK_FOLLOWUP_WEBHOOK_URLS=URL,URL at start are told of what is made.
NAME=djhelpdesk
. "$(dirname "${BASH_SOURCE[0]}")/_lib.sh"
template=$root/djhelpdesk.sqlite3

install() {
    venv django-helpdesk==2.6.1 'Django<6' gunicorn==23.0.0 || return
    [ -f "$template" ] || prepare
}
ready() { [ -f "$template" ] && [ -f "$root/$NAME/installed" ]; }

site() { # FOLDER
    data "$1"
    mkdir -p "$D/site"
    cat >"$D/site/settings.py" <<P
SECRET_KEY = 'x' * 50
DEBUG = False
ALLOWED_HOSTS = ['*']
USE_TZ = True
TIME_ZONE = 'UTC'
LANGUAGE_CODE = 'en-us'
ROOT_URLCONF = 'urls'
DEFAULT_AUTO_FIELD = 'django.db.models.AutoField'
SITE_ID = 1
DATABASES = {'default': {'ENGINE': 'django.db.backends.sqlite3', 'NAME': '$D/db.sqlite3', 'OPTIONS': {'timeout': 20}}}
INSTALLED_APPS = ['django.contrib.' + app for app in (
    'admin', 'auth', 'contenttypes', 'sessions', 'sites', 'messages', 'staticfiles', 'humanize')] + ['rest_framework', 'helpdesk']
MIDDLEWARE = [
    'django.contrib.sessions.middleware.SessionMiddleware', 'django.middleware.common.CommonMiddleware',
    'django.contrib.auth.middleware.AuthenticationMiddleware', 'django.contrib.messages.middleware.MessageMiddleware']
TEMPLATES = [{'BACKEND': 'django.template.backends.django.DjangoTemplates', 'APP_DIRS': True, 'OPTIONS': {'context_processors': [
    'django.template.context_processors.request', 'django.contrib.auth.context_processors.auth',
    'django.contrib.messages.context_processors.messages']}}]
REST_FRAMEWORK = {'DEFAULT_AUTHENTICATION_CLASSES': ['rest_framework.authentication.BasicAuthentication']}
EMAIL_BACKEND = 'django.core.mail.backends.dummy.EmailBackend'
STATIC_URL = '/static/'
MEDIA_ROOT = '$D/media'
HELPDESK_ACTIVATE_API_ENDPOINT = True
HELPDESK_TEAMS_MODE_ENABLED = False
HELPDESK_PUBLIC_ENABLED = False
P
    echo "from django.urls import include, path
urlpatterns = [path('', include('helpdesk.urls', namespace='helpdesk'))]" >"$D/site/urls.py"
}

# A database with the queue 1, made once and copied for each folder.
prepare() {
    local made python=$root/$NAME/bin/python
    made=$(mktemp -d)
    site "$made"
    (
        cd "$D/site" && export DJANGO_SETTINGS_MODULE=settings DJANGO_SUPERUSER_PASSWORD=adminpw
        "$python" -m django migrate -v0 &&
            "$python" -m django createsuperuser --noinput --username admin --email admin@example.com &&
            "$python" -m django shell -c \
                "from helpdesk.models import Queue; Queue.objects.get_or_create(id=1, defaults=dict(title='Demo', slug='demo'))"
    ) >"$made/setup.log" 2>&1 || { tail -n 5 "$made/setup.log" >&2; return 1; }
    mv "$made/db.sqlite3" "$template"
    chmod 644 "$template"
    rm -rf "$made"
}

start() {
    site "$2"
    echo "$1" >"$D/port"
    [ -f "$D/db.sqlite3" ] || cp "$template" "$D/db.sqlite3"
    background server env -C "$D/site" DJANGO_SETTINGS_MODULE=settings "PYTHONPATH=$D/site" \
        "$root/$NAME/bin/gunicorn" -b "127.0.0.1:$1" -w 2 'django.core.wsgi:get_wsgi_application()'
    try_for 30 answers "http://127.0.0.1:$1/api/tickets/"
}

seed() {
    data "$1"
    curl -sS --noproxy '*' -u admin:adminpw -H 'Content-Type: application/json' -X POST \
        "http://127.0.0.1:$(cat "$D/port")/api/tickets/" \
        -d '{"queue":1,"priority":3,"title":"Seed ticket","description":"d","submitter_email":"a@example.com"}'
}

main "$@"
