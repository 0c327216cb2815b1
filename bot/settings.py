"""Every setting, typed, from the environment or a `.env` file; all mistakes told at once."""

from __future__ import annotations

import re
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from pydantic import SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.domain.errors import OperatorError

TOKEN_SHAPE = re.compile(r"\d{3,}:[\w-]{20,}")


class Settings(BaseSettings):
    """The settings of one network. Empty variables count as not set."""

    model_config = SettingsConfigDict(
        env_prefix="FOCAL_", env_file=".env", env_ignore_empty=True, extra="ignore", hide_input_in_errors=True
    )

    token: SecretStr | None = None
    token_file: Path | None = None
    api_url: str = "https://api.telegram.org"
    database_url: str | None = None
    data: Path = Path("data")
    knowledge: Path | None = None
    schedules: Path | None = None
    templates: Path | None = None
    admins: Annotated[frozenset[int], NoDecode] = frozenset()
    webhook_url: str | None = None
    webhook_secret: SecretStr | None = None
    listen: str = "127.0.0.1:8080"
    language: str = "en"
    time_zone: str = "UTC"
    log: str = "INFO"

    @field_validator("admins", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return re.split(r"[,;\s]+", value.strip()) if isinstance(value, str) else value

    @field_validator("log")
    @classmethod
    def _level(cls, value: str) -> str:
        if value.upper() not in {"DEBUG", "INFO", "WARNING", "ERROR"}:
            raise ValueError("must be DEBUG, INFO, WARNING or ERROR")
        return value.upper()

    @field_validator("time_zone")
    @classmethod
    def _zone(cls, value: str) -> str:
        if value not in available_timezones():
            raise ValueError("must be a zone of the IANA list, such as Asia/Tokyo")
        return value

    @field_validator("api_url", "webhook_url")
    @classmethod
    def _url(cls, value: str | None) -> str | None:
        if value is not None and not re.match(r"https?://[^/\s]+", value):
            raise ValueError("must be an address that begins with http:// or https://")
        return value.rstrip("/") if value else value

    @field_validator("webhook_url")
    @classmethod
    def _encrypted(cls, value: str | None) -> str | None:
        if value is not None and value.startswith("http:") and not _is_this_machine(value):
            raise ValueError("must begin with https://, for Telegram sends updates to no other address")
        return value

    @field_validator("listen")
    @classmethod
    def _host_and_port(cls, value: str) -> str:
        host, _, port = value.rpartition(":")
        if not host or not port.isdigit() or int(port) > 65535:
            raise ValueError("must be host:port, such as 127.0.0.1:8080")
        return value

    @field_validator("webhook_secret")
    @classmethod
    def _secret(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not re.fullmatch(r"[\w-]{16,256}", value.get_secret_value(), re.ASCII):
            raise ValueError("must be 16 to 256 of A-Z, a-z, 0-9, _ and -")
        return value

    @model_validator(mode="after")
    def _token(self) -> Settings:
        if self.token is None and self.token_file is not None:
            try:
                self.token = SecretStr(self.token_file.read_text("utf-8-sig").strip())
            except OSError as error:
                raise ValueError(f"FOCAL_TOKEN_FILE cannot be read ({error.strerror})") from None
            except UnicodeDecodeError:
                raise ValueError("FOCAL_TOKEN_FILE is no plain text (UTF-8)") from None
        if self.token is not None and not TOKEN_SHAPE.fullmatch(self.token.get_secret_value()):
            raise ValueError("FOCAL_TOKEN does not look like a bot token (123456789:AA...)")
        if self.webhook_url and self.webhook_secret is None:
            raise ValueError(
                "FOCAL_WEBHOOK_URL needs FOCAL_WEBHOOK_SECRET: any 32 letters and digits of yours"
            )
        return self

    @property
    def database(self) -> str:
        return self.database_url or f"sqlite:///{self.data / 'focal.db'}"


def read_settings() -> Settings:
    """The settings; raises OperatorError with every mistake, a line each, and never a value."""
    try:
        return Settings()
    except ValidationError as error:
        lines = []
        for problem in error.errors():
            place = "".join(f"FOCAL_{part}".upper() for part in problem["loc"][:1])
            said = problem["msg"].removeprefix("Value error, ")
            lines.append(f"{place}: {said}" if place else said)
        raise OperatorError("Some settings need a correction:\n  " + "\n  ".join(lines)) from None
    except UnicodeDecodeError:
        raise OperatorError("The file .env is no plain text (UTF-8). Save it anew as such.") from None


def _is_this_machine(url: str) -> bool:
    host = urlsplit(url).hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
