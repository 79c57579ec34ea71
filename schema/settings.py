"""Where the database is. Nothing here prints, logs or raises with a password in it."""

from __future__ import annotations

from pydantic import SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

DEFAULT_DATABASE_URL = "postgresql+asyncpg://localhost/threats"


class SettingsError(Exception):
    """The environment holds a setting that can't be used; the message never quotes its value."""


class Settings(BaseSettings):
    """What the environment says. The URL may hold a password: it prints as asterisks."""

    model_config = SettingsConfigDict(
        env_ignore_empty=True, frozen=True, hide_input_in_errors=True, validate_default=True
    )

    database_url: SecretStr = SecretStr(DEFAULT_DATABASE_URL)

    @field_validator("database_url")
    @classmethod
    def is_a_url(cls, value: SecretStr) -> SecretStr:
        """Refuse what SQLAlchemy can't read as a URL."""
        try:
            make_url(value.get_secret_value())
        except (ArgumentError, ValueError):
            # SQLAlchemy's own message may quote a part of the URL.
            raise ValueError("not a database URL") from None
        return value


def load_settings() -> Settings:
    """Read the settings from the environment.

    Raises SettingsError, which names the variable and what is wrong with it, never its value.
    """
    try:
        return Settings()
    except ValidationError as error:
        # errors() holds the value itself: pass on only the name and the reason.
        found = error.errors(include_url=False, include_context=False, include_input=False)
    reasons = "; ".join(f"{str(item['loc'][0]).upper()}: {item['msg']}" for item in found)
    raise SettingsError(f"{reasons}; expected something like {DEFAULT_DATABASE_URL}")
