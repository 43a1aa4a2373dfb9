"""`python -m nightdesk.site WORD ...`: the nightdesk command."""

from nightdesk.site.cli import main

if __name__ == "__main__":  # the server's worker processes import this file again
    raise SystemExit(main())
