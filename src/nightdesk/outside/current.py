"""The pack this instance runs on, as NIGHTDESK_PACK says."""

from django.conf import settings

from nightdesk.outside.packs import load_lexicon, load_pack
from nightdesk.rules.lexicon import Lexicon
from nightdesk.rules.pack import Pack


def pack() -> Pack:
    """The pack of this jurisdiction, read once per process."""
    return load_pack(settings.NIGHTDESK_PACK)


def lexicon() -> Lexicon:
    """Its compiled lexicon, read once per process."""
    return load_lexicon(settings.NIGHTDESK_PACK)
