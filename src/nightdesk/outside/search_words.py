"""What the pack says of names, places, plates and platforms, ready for search; and phones in one form."""

from functools import cache

from django.conf import settings

from nightdesk.outside.current import pack
from nightdesk.outside.packs import load_pack
from nightdesk.outside.phones import normal_phone
from nightdesk.rules.identifiers import plain
from nightdesk.rules.pack import Pack
from nightdesk.rules.search_letters import latin
from nightdesk.rules.search_names import NameWords
from nightdesk.rules.search_terms import Term, Words


def search_words() -> Words:
    """The words of this instance's pack, worked out once for each process."""
    return _words_of(settings.NIGHTDESK_PACK)


@cache
def _words_of(name: str) -> Words:
    return words_of(load_pack(name))


def words_of(chosen: Pack) -> Words:
    """The words of a pack."""
    groups: dict[str, tuple[str, ...]] = {}
    for entry in chosen.nicknames:
        for group in entry.groups:
            names = [latin(name) for name in group.split()]
            for name in names:
                groups[name] = tuple(dict.fromkeys((*groups.get(name, ()), names[0])))
    left_out = {"name": set[str](), "place": set[str]()}
    for out in chosen.left_out:
        left_out[out.among] |= {latin(word) for word in out.words}
    shapes = {entry.id: entry.pattern for entry in chosen.search_shapes}
    platforms = {
        plain(name): entry.id
        for entry in chosen.platforms
        for name in (entry.id, str(entry.text), *entry.also)
    }
    return Words(
        names=NameWords(groups, frozenset(left_out["name"])), place_left_out=frozenset(left_out["place"]),
        postcode=shapes.get("postcode", ""), plate=shapes.get("plate", ""),
        platforms=tuple(sorted(platforms.items(), key=lambda pair: -len(pair[0]))),
    )  # fmt: skip


def normal_term(term: Term) -> Term:
    """The term with its phone in E.164, as keys need it; any other as it is."""
    return (
        term._replace(value=normal_phone(term.value, pack().about.country)) if term.kind == "phone" else term
    )
