"""`python -m nightdesk.site WORD ...`: the nightdesk command."""

from nightdesk.site.cli import main

raise SystemExit(main())
