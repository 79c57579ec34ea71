"""The settings: where they come from, and that a password never shows."""

from __future__ import annotations

import traceback

import pytest
from pydantic import ValidationError

from schema.settings import DEFAULT_DATABASE_URL, Settings, SettingsError, load_settings

PASSWORD = "hunter2"  # noqa: S105  # made up, to look for it in outputs
UNREADABLE = [
    f"postgres:{PASSWORD}",
    f"postgresql://u:{PASSWORD}@host:{PASSWORD}/x",
    PASSWORD,
]


@pytest.mark.parametrize("value", [None, ""])
def test_url_has_a_default_without_a_password(monkeypatch: pytest.MonkeyPatch, value: str | None) -> None:
    """An unset and an empty DATABASE_URL mean the same."""
    monkeypatch.delenv("DATABASE_URL", raising=False)
    if value is not None:
        monkeypatch.setenv("DATABASE_URL", value)
    assert load_settings().database_url.get_secret_value() == DEFAULT_DATABASE_URL
    assert "@" not in DEFAULT_DATABASE_URL


@pytest.mark.parametrize(
    "url",
    [
        f"postgresql+asyncpg://u:{PASSWORD}@host/x",
        f"postgresql+asyncpg://host/x?password={PASSWORD}",
    ],
)
def test_password_shows_in_no_form_of_the_settings(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    """Neither repr, str, nor a dump as JSON or dict holds it."""
    monkeypatch.setenv("DATABASE_URL", url)
    settings = load_settings()
    assert settings.database_url.get_secret_value() == url
    shown = f"{settings!r} {settings} {settings.model_dump()} {settings.model_dump_json()}"
    assert PASSWORD not in shown


@pytest.mark.parametrize("value", UNREADABLE)
def test_unreadable_url_is_named_and_not_quoted(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    """The error says which variable it is about, with no cause that would hold the value."""
    monkeypatch.setenv("DATABASE_URL", value)
    with pytest.raises(SettingsError, match=r"DATABASE_URL: .*not a database URL") as caught:
        load_settings()
    assert PASSWORD not in "".join(traceback.format_exception(caught.value))
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None


@pytest.mark.parametrize("value", UNREADABLE)
def test_validation_error_does_not_quote_the_url(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    """Pydantic's own error, for whoever makes Settings directly, prints no input either."""
    monkeypatch.setenv("DATABASE_URL", value)
    with pytest.raises(ValidationError) as caught:
        Settings()
    assert PASSWORD not in "".join(traceback.format_exception(caught.value))
