"""Fixtures for taking disclosures."""

import pytest


@pytest.fixture
def plain_triage(monkeypatch: pytest.MonkeyPatch) -> None:
    """Triage with a few words, whatever the lexicon of the pack says today."""
    from nightdesk.actions import intake
    from tests.records.taking import small_triage

    monkeypatch.setattr(intake, "lexicon", lambda: None)
    monkeypatch.setattr(intake, "triage", small_triage)
