"""Every write: permission, rule, rows and one journal line in one transaction."""
