"""Turns upstream's (options, expected HTML) pairs into calls of our components, for those options that we offer.

An option that we do not offer gives ``None``: the pair is not compared. Names of form controls differ by design (Django
names them), so they are left out of the comparison, as is ``aria-invalid``, which we add and upstream does not.
"""

from html.parser import HTMLParser

from django.utils.safestring import mark_safe

VOID = {"input", "br", "img", "path", "hr"}
IGNORED = {"name", "aria-invalid"}


class Tree(HTMLParser):
    """HTML as a flat list of opening tags with sorted attributes, texts with single spaces, and closing tags."""

    def __init__(self, ignored):
        super().__init__()
        self.ignored = ignored
        self.parts = []

    def handle_starttag(self, name, attrs):
        """Class names count as a set."""
        kept = [
            (key, " ".join(sorted(value.split())) if key == "class" and value else value)
            for key, value in attrs
            if key not in self.ignored
        ]
        self.parts.append((name, tuple(sorted(kept, key=str))))

    def handle_endtag(self, name):
        """Void elements have none."""
        if name not in VOID:
            self.parts.append(("/" + name,))

    def handle_data(self, text):
        """White space between tags says nothing."""
        words = " ".join(text.split())
        if words:
            self.parts.append(words)


def tree(html, also_ignored=()):
    """The comparable form of some HTML."""
    parser = Tree(IGNORED | set(also_ignored))
    parser.feed(html)
    parser.close()
    return parser.parts


def only(options, *offered):
    """Whether every option given is one that we offer."""
    return set(options) <= set(offered)


def wording(options, name="text"):
    """Text, or HTML that upstream gives as safe."""
    html_key = "html" if name == "text" else name.replace("Text", "Html")
    if options.get(html_key):
        return mark_safe(options[html_key])  # noqa: S308 - upstream's own fixture
    return options.get(name, "")


def common(options):
    """The options every component takes."""
    return {key: options[key] for key in ("classes", "attributes") if options.get(key)}
