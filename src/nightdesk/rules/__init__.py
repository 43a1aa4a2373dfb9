"""What is allowed, due, open and countable, with the reasons. Pure: no framework, no clock, no database."""
