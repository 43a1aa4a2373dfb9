"""The WSGI application, for granian and waitress."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nightdesk.site.settings")
application = get_wsgi_application()

# Read before the first person waits: compiling the lexicon takes a second or more.
from nightdesk.outside.current import lexicon, pack  # noqa: E402

pack()
lexicon()
