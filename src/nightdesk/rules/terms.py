"""The field's words, once. Every other file takes its codes from here; docs/glossary.md explains them."""

from typing import Final

# Roles (product.md, "Who uses it"). The discloser has no account and so no role here.
COUNTER: Final = "counter"
SOIT: Final = "soit"
SUPERVISOR: Final = "supervisor"
COMMANDER: Final = "commander"
ANALYST: Final = "analyst"
ADVISER: Final = "adviser"
TRAINER: Final = "trainer"
PARTNER: Final = "partner"
AUDITOR: Final = "auditor"
ADMIN: Final = "admin"

ROLES: Final = (COUNTER, SOIT, SUPERVISOR, COMMANDER, ANALYST, ADVISER, TRAINER, PARTNER, AUDITOR, ADMIN)
ANYONE: Final = frozenset({"anyone"})  # no sign-in: the page itself shows nothing personal
STAFF: Final = frozenset(ROLES) - {PARTNER}
WORKS_CASES: Final = frozenset({SOIT, SUPERVISOR})  # opens and works on the cases of a unit

# How a disclosure came. The channel is a field, never a second form.
CHANNELS: Final = ("counter", "phone", "online", "health_desk", "third_party", "partner")

# What was done about a question. "Not asked" is never the same as "declined".
GIVEN: Final = "given"
DONT_KNOW: Final = "dont_know"
RATHER_NOT: Final = "rather_not"
NOT_ASKED: Final = "not_asked"
ANSWER_STATES: Final = (GIVEN, DONT_KNOW, RATHER_NOT, NOT_ASKED)

QUESTIONS: Final = ("what", "when", "where", "who_person", "who_suspect")

# Layers of cover, in the order in which they are asked.
LAYERS: Final = ("soit", "second", "duty_di", "control_room")

# Why somebody on the rota is away.
ABSENCES: Final = ("leave", "sick", "course", "court", "other")

# What a repeating pattern does on a bank holiday: goes on, leaves it out, or is there for nothing else.
ON_HOLIDAYS: Final = ("as_usual", "left_out", "only")

SWAP_STATES: Final = ("asked", "accepted", "declined", "withdrawn", "past")

# How a member of staff can be told, and what a message may be about.
WAYS: Final = ("screen", "sms", "email", "webhook")
ABOUT: Final = ("page", "gap", "swap", "reassigned", "reminder", "test", "notice")

# An exhibit is with a member of staff, in a store, or outside: always exactly one of them.
# Facts of an exhibit that may be corrected, with the earlier value kept. Never its code, its court reference or its chain.
EXHIBIT_FACTS: Final = ("kind", "taken_at", "taken_where", "seal", "description")
STORE_KINDS: Final = ("fridge", "freezer", "dry")
OUTSIDE: Final = ("sarc", "laboratory", "hospital", "court", "person", "destroyed")
CUSTODY: Final = ("taken", "handed", "stored", "sent", "received", "returned", "destroyed")

# What was done about one step of the early evidence kit.
KIT_OUTCOMES: Final = ("done", "declined", "not_possible")

# Why the evidence clock was computed: at first, or because the time, the act or a drug became better known, or anew.
CLOCK_REASONS: Final = ("first", "time", "act", "drug", "edition")

# What linkage compares, where an unexplained death was entered, and whether two reports tell of one incident.
LINK_KINDS: Final = ("disclosure", "death", "information")
DEATH_SOURCES: Final = ("counter", "coroner", "import")
INCIDENT: Final = ("possible", "likely")
