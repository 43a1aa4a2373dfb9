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
